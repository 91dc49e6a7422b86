"""The second reader: trained, made small, weighed against the rules, and tried on documents that it has not seen.

usage: python -m bench.reader [ENCODER]      (make reader; needs torch and onnx; GONGBAO_MATERIAL: texts and gold)

Without ENCODER the marks that are there stay, and only their weights beside today's rules are learnt anew (make
confidence). ENCODER is a folder with bge-small-zh-v1.5.onnx and bge-small-zh-v1.5-tokenizer.json (bench/encoder.py
says from where). Of the annotated documents two thirds train it, by place, so that no place is in both parts; on the
others the weights of nlp/reader/calibration.json are learnt and tried. About half an hour on two cores.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gongbao.nlp.reader.shipped import describe

from bench.reader.gold import read_papers, split
from bench.reader.weigh import weigh

FOLDER = Path(__file__).parent.parent.parent / "nlp" / "reader"


def main() -> None:
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material or len(sys.argv) > 2:
        sys.exit(__doc__)
    papers = read_papers(Path(material))
    known, held = split(papers, Path(material) / "gold/more/MANIFEST.tsv")
    if len(sys.argv) == 2:
        from bench.reader.train import train  # needs torch

        train(known, Path(sys.argv[1]), FOLDER / "marker.onnx")
    describe(FOLDER / "marker.onnx")
    weigh(held, FOLDER)


if __name__ == "__main__":
    main()
