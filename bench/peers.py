"""Reading beside the peers that install from PyPI, on the bundled sample, whose truth is known.

    python -m bench.peers [PYTHON]

PYTHON: of an environment of the peers' own (`make bench` makes .cache/peers); one that lacks a peer leaves it out.
docling is not among them: it fetches its models from a hub at run time.
For each: processor milliseconds a page, start-up apart, and which share of the paragraphs and of the table cells
stand whole in what it gives, spaces apart. The sample is ours and fictional: how right we are elsewhere is told by the
other reports. Writes docs/reports/peers.json.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.measure import cpu_of

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "search_api" / "sample"
AGAIN = 2  # readings over the one that pays for the start
READERS = {
    "gongbao": """
from gongbao.ingest import read_file
from pathlib import Path
def read(path):
    issue = read_file(Path(path)).issue
    return "\\n".join(document.text for document in issue.documents)
""",
    "pypdfium2": """
import pypdfium2
def read(path):
    return "\\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
""",
    "pdfplumber": """
import pdfplumber
def read(path):
    with pdfplumber.open(path) as pdf:
        pages = [(page.extract_text(), page.extract_tables()) for page in pdf.pages]
    cells = (cell or "" for _, tables in pages for table in tables for row in table for cell in row)
    return "\\n".join(text for text, _ in pages) + "\\n" + "\\n".join(cells)
""",
    "markitdown": """
from markitdown import MarkItDown
def read(path):
    return MarkItDown().convert(path).text_content
""",
    "pdf_oxide": """
from pdf_oxide import PdfDocument
def read(path):
    return PdfDocument(path).to_markdown_all()
""",
    "kreuzberg": """
from kreuzberg import extract_file_sync
def read(path):
    return extract_file_sync(path).content
""",
}
_MAIN = """
import sys
for _ in range(int(sys.argv[2])):
    text = read(sys.argv[1])
sys.stdout.buffer.write(text.encode("utf-8", "replace"))
"""
_BLANK = re.compile(r"[\s|]+")


def main() -> None:
    python = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".cache" / "peers" / "bin" / "python")
    truth = json.loads((SAMPLE / "truth.json").read_text("utf-8"))
    found = {}
    for name, program in READERS.items():
        measured = _measure(sys.executable if name == "gongbao" else python, program, truth)
        if measured:
            found[name] = measured
            print(name, measured)
    report = {"date": date.today().isoformat(), "readers": found}
    (ROOT / "docs" / "reports" / "peers.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _measure(python: str, program: str, truth: dict[str, object]) -> dict[str, float] | None:
    """None where the reader is not installed."""
    said: list[bytes] = []

    def run(times: int) -> None:
        command = [python, "-c", program + _MAIN, str(SAMPLE / "sample.pdf"), str(times)]
        said.append(subprocess.run(command, capture_output=True, check=False).stdout)

    once, more = cpu_of(lambda: run(1)), cpu_of(lambda: run(1 + AGAIN))
    if not said[0]:
        return None
    text = _BLANK.sub("", said[0].decode())
    blocks = [block for document in truth["documents"] for block in document["blocks"]]  # type: ignore[attr-defined]
    paragraphs = [block["text"] for block in blocks if block["type"] in ("paragraph", "list_item")]
    cells = [cell for block in blocks if block["type"] == "table" for row in block["grid"] for cell in row if cell]
    pages = truth["pdf"]["pages"]  # type: ignore[index]
    whole = [_share(parts, text) for parts in (paragraphs, cells)]
    return {"ms a page": (more - once) / AGAIN / pages * 1000, "paragraphs whole": whole[0], "cells whole": whole[1]}


def _share(parts: list[str], text: str) -> float:
    return sum(_BLANK.sub("", part) in text for part in parts) / len(parts)


def rows(report: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    """The table of docs/benchmarks.md."""
    yield "| 读者 | 每页处理器时间 | 与本程序之比 | 段落完整 | 单元格完整 |"
    yield "| --- | --- | --- | --- | --- |"
    ours = report["readers"]["gongbao"]["ms a page"]
    for name, found in report["readers"].items():
        time, ratio = f"{found['ms a page']:.0f} ms", f"{found['ms a page'] / ours:.1f}"
        yield f"| {name} | {time} | {ratio} | {found['paragraphs whole']:.0%} | {found['cells whole']:.0%} |"


if __name__ == "__main__":
    main()
