"""The second reader: trained, made small, weighed against the rules, and tried on documents that it has not seen.

usage: python -m bench.reader [ENCODER] [--fresh FOLDER…]     (make reader; GONGBAO_MATERIAL: texts and gold)

Without ENCODER the marks that are there stay, and only their weights beside today's rules are learnt anew (make
confidence). ENCODER is a folder with bge-small-zh-v1.5.onnx and bge-small-zh-v1.5-tokenizer.json (bench/encoder.py
says from where; needs torch and onnx). Of the annotated documents two thirds train it, by place, so that no place is
in both parts; on the others the weights of nlp/reader/calibration.json are learnt and tried. FOLDERs hold annotated
documents of a first contact, which neither rules nor reader had met: they are weighed too, and the tables are of them
alone. About half an hour on two cores.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from gongbao.nlp.reader.shipped import describe

from bench.reader.gold import read_folder, read_papers, split
from bench.reader.weigh import weigh

FOLDER = Path(__file__).parent.parent.parent / "nlp" / "reader"


def main() -> None:
    parser = ArgumentParser(usage=__doc__)
    parser.add_argument("encoder", nargs="?", type=Path)
    parser.add_argument("--fresh", nargs="*", type=Path, default=[])
    asked = parser.parse_args()
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material:
        sys.exit(__doc__)
    papers = read_papers(Path(material))
    known, held = split(papers, Path(material) / "gold/more/MANIFEST.tsv")
    if asked.encoder:
        from bench.reader.train import train  # needs torch

        train(known, asked.encoder, FOLDER / "marker.onnx")
    describe(FOLDER / "marker.onnx")
    weigh(held, [paper for folder in asked.fresh for paper in read_folder(folder / "text", folder)], FOLDER)


if __name__ == "__main__":
    main()
