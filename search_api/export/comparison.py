"""A comparison of two documents as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from gongbao.corpus.document import Document
from gongbao.search_api import labels
from gongbao.search_api.comparing import ComparedItem, DocumentComparison
from gongbao.search_api.export.columns import SheetColumn, Value
from gongbao.search_api.export.xlsx import write_sheet

_COLUMNS = (
    SheetColumn("序号", 5, True),
    SheetColumn("变化", 9, True),
    SheetColumn("具体变化", 36),
)


def write_comparison(found: DocumentComparison, old: Document, new: Document, target: BinaryIO) -> None:
    """One row an item, as on the page."""
    heads = (SheetColumn(document.number or document.title, 52) for document in (old, new))
    write_sheet((*_COLUMNS[:2], *heads, _COLUMNS[-1]), _rows(found), target, title_of(old, new))


def title_of(old: Document, new: Document) -> str:
    """2023年与2024年对比：文件标题"""
    years = "与".join(f"{document.year}年" for document in (old, new) if document.year)
    return f"{years}对比：{new.title}"


def _rows(found: DocumentComparison) -> Iterator[Sequence[Value]]:
    for place, pair in enumerate(found.items, 1):
        yield place, labels.FATES[pair.fate.value], _text(pair.old), _text(pair.new), "\n".join(pair.changes)


def _text(item: ComparedItem | None) -> str:
    return item.text.replace("\t", "  ") if item else ""
