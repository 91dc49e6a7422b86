"""How fast office files are read: OFD by its pages, DOCX by pages of 600 characters; processor seconds.

usage: python -m bench.office [--pages N]

The files are of our own words: notices of a page each with a table on every fourth. Start-up, which a file of one page
takes too, is apart. The least of three rounds; the goal is 50 pages a second of either.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gongbao.corpus.document import Source, SourceKind
from gongbao.ingest.kinds import FileKind
from gongbao.ingest.ofd.read import read_ofd
from gongbao.ingest.whole import read_whole

from tests.ingest.hostile import docx, word_paragraph
from tests.ingest.ofd_files import Ofd, grid, page, text

_ROUNDS = 3
_LINE = "市水务局要完善监测预警体系，会同市财政局于六月底前完成"  # of a page's 24 lines
_LINES = 24
_ROWS = [["序号", "工作任务", "牵头单位"], *([str(n), "健全应急物资储备", "市水务局"] for n in range(1, 5))]
_EVERY = 4  # pages with a table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as name:
        for suffix, write, read in ((".ofd", _ofd, _read_ofd), (".docx", _docx, _read_docx)):
            path = Path(name) / f"文件{suffix}"
            path.write_bytes(write(pages))
            read(path)  # loads what it needs
            spent = min(_spent(read, path) for _ in range(_ROUNDS))
            print(f"{suffix[1:].upper()}：{pages} 页 {spent:.2f} 秒，每秒 {pages / spent:.0f} 页")


def _spent(read: Callable[[Path], object], path: Path) -> float:
    begun = time.process_time()
    read(path)
    return time.process_time() - begun


def _read_ofd(path: Path) -> object:
    return read_ofd(path, Source(path.name, "0" * 64, SourceKind.NATIVE))


def _read_docx(path: Path) -> object:
    return read_whole(path, FileKind.DOCX, Source(path.name, "0" * 64, SourceKind.TEXT))


def _ofd(pages: int) -> bytes:
    return Ofd([_page(number) for number in range(1, pages + 1)]).made()


def _page(number: int) -> str:
    parts = [text("云川市人民政府关于做好防汛工作的通知", 40, 30, 7.0), text(f"云政发〔2024〕{number}号", 80, 42)]
    parts += [text(_LINE, 24, 54 + 8 * line) for line in range(_LINES - 6 if number % _EVERY == 0 else _LINES)]
    if number % _EVERY == 0:
        parts.append(grid(24, 210, [20, 90, 50], 9, _ROWS))
    return page("".join(parts))


def _docx(pages: int) -> bytes:
    parts = []
    for number in range(1, pages + 1):
        parts += [word_paragraph("云川市人民政府关于做好防汛工作的通知"), word_paragraph(f"云政发〔2024〕{number}号")]
        parts += [word_paragraph(f"{_LINE}。" * 4) for _ in range(_LINES // 4)]
        if number % _EVERY == 0:
            rows = ("".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in _ROWS)
            parts.append(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    return docx("".join(parts))


if __name__ == "__main__":
    main()
