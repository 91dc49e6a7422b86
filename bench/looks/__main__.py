"""Gazettes of random looks, drawn from our own fictional text with their truth, and how well they are read.

usage: python -m bench.looks [--first SEED] [--count N] [--engine NAME] [--keep FOLDER] [--each]

Seeds below 1000 are for tuning; of those from 1000 on only the figures are looked at. A look is an engine, a font,
sizes, margins, columns, how the head and the numbers of pages stand, and for each table one of the styles that offices
use. Without --engine a seed draws with WeasyPrint or Chromium; with it all are drawn with that one: weasyprint,
chromium, reportlab, libreoffice (a DOCX through LibreOffice), ofd (ofdrw, needs a JRE; see bench/looks/engines.py). One
that this machine lacks is said and skipped. Printed: documents whose title, number, issuer and date are right, the
share of characters that are wrong, F1 of headings (level and text) and of cells (row, column and text).
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from gongbao.ingest import read_file

from bench.looks.engines import ENGINES, Absent, render
from bench.looks.page import Look, look_of
from bench.looks.score import Score, f1, score
from bench.looks.text import STYLES, Truth, write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--engine", choices=sorted(ENGINES), help="instead of one drawn by chance")
    parser.add_argument("--keep", type=Path, help="the files stay there, and those that are there are not drawn again")
    parser.add_argument("--each", action="store_true", help="a line for each seed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            whole = _measure(range(options.first, options.first + options.count), options.engine, folder, options.each)
        except Absent as absent:
            print(f"略过：{absent}")
            return
    print(f"种子 {options.first} 至 {options.first + options.count - 1}：{whole}")
    for style in STYLES:
        if style in whole.by_style:
            print(f"  {style}：单元格 {f1(whole.by_style[style]):.3f}")


def _measure(seeds: range, engine: str | None, folder: Path, each: bool) -> Score:
    whole = Score()
    for seed in seeds:
        look, truths, file = draw(seed, folder, engine)
        own = Score()
        score(truths, read_file(file).issue.documents, own, whole)
        if each:
            styles = "、".join(f"{name} {f1(count):.2f}" for name, count in own.by_style.items())
            print(f"{seed} {look.engine} {look.columns} 栏：{own}（{styles}）", flush=True)
    return whole


def draw(seed: int, folder: Path, engine: str | None = None) -> tuple[Look, list[Truth], Path]:
    random_ = random.Random(seed)
    look = look_of(random_)
    truths = [write(random_, number) for number in random_.sample(range(1, 99), random_.randint(2, 3))]
    return render(look, truths, folder, str(seed), engine)


if __name__ == "__main__":
    main()
