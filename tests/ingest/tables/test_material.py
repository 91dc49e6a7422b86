"""Real gazettes: every table with every cell, and none where there is none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from gongbao.ingest.pdf import read_page
from gongbao.ingest.tables import find_tables, join_over_pages

pytestmark = pytest.mark.material


def _texts(grids: Iterator[list[list[str]]]) -> Counter[str]:
    cells = ("".join(text.split()) for grid in grids for row in grid for text in row)
    return Counter(text for text in cells if text)


def _truths(folder: Path) -> Iterator[tuple[Path, list[list[list[str]]]]]:
    for path in sorted(folder.rglob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        pdf = next(folder.rglob(truth["pdf"]["file"]), None) if isinstance(truth, dict) and "pdf" in truth else None
        if pdf is not None and truth["pdf"].get("text_layer", True):
            yield pdf, [b["grid"] for d in truth["documents"] for b in d["blocks"] if b["type"] == "table"]


def test_tables_of_real_gazettes(material: Path) -> None:
    for pdf, truth in _truths(material):
        document = pdfium.PdfDocument(pdf)
        found = join_over_pages(find_tables(read_page(document, k)) for k in range(len(document)))
        document.close()
        assert len(found) == len(truth), pdf.name
        expected, got = _texts(iter(truth)), _texts(table.grid() for table in found)
        assert 2 * (expected & got).total() >= 0.98 * (expected.total() + got.total()), pdf.name
