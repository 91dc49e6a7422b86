"""Lists of what is repealed: 废止的规范性文件目录, 下列文件予以废止：, with items as lines or as a table.

An item may be a title in 《》, or a bare title with its number (云川市…的通知（云政发〔2018〕3号）).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from importlib.resources import files

from gongbao.corpus.document import Block, BlockKind, Cell, Document, Table
from gongbao.corpus.language.document_numbers import canonical_number
from gongbao.corpus.language.numbering import Style, expression
from gongbao.corpus.offsets import Span
from gongbao.nlp.citations.titles import NUMBER, Named

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
REPEALING = f"(?:{'|'.join(_WORDS['repealing'].split())})"
_HEAD = re.compile(
    rf"(?:下列|以下|如下)[^。；;\n]{{0,40}}{REPEALING}|{REPEALING}[^。；;\n]{{0,20}}(?:目录|清单|如下|下列|以下)"
)
_BARE = re.compile(
    rf"\s*(?:{expression(Style)}\s*)?(?P<title>[^《》。；;：:\n]{{6,160}}?)"
    rf"\s*[（(]\s*(?P<number>{NUMBER})\s*[）)][\s；;。]*"
)
_ITEMS_FOLLOW = re.compile(rf"[：:]\s*(?:{expression(Style)})?\s*《")
_SHORT = 8  # characters: （共28件）, 附件1
_TITLE_COLUMN = re.compile(r"名称|标题|文件名|题名|^文件$")
_NUMBER_COLUMN = re.compile(r"文号|字号|编号")
_EDGES = "《》 \t\u3000"


def repeal_lists(document: Document) -> tuple[Span, ...]:
    """From the head of each list to its last item."""
    found: list[Span] = []
    begun: int | None = None
    for block in document.blocks:
        text = block.span.of(document.text)
        head = None if block.kind is BlockKind.TABLE else _HEAD.search(text)
        if head:
            begun = block.span.end
            if _ITEMS_FOLLOW.search(text, head.end()):
                found.append(Span(block.span.start + head.end(), block.span.end))
        elif begun is not None and _is_item(block, text):
            found.append(Span(begun, block.span.end))
        elif begun is not None:
            begun = None
    return tuple(found)


def is_listed(lists: tuple[Span, ...], at: int) -> bool:
    """Is a place inside one of the lists?"""
    index = bisect_right(lists, at, key=lambda span: span.end)
    return index < len(lists) and lists[index].start <= at


def bare_titles(document: Document, block: Block, lists: tuple[Span, ...]) -> Iterator[Named]:
    """Titles without 《》 that a block of such a list holds."""
    if not is_listed(lists, block.span.start):
        return
    if block.kind is BlockKind.TABLE and block.table is not None:
        yield from _rows(document.tables[block.table])
        return
    found = _BARE.fullmatch(block.span.of(document.text))
    if found:
        span = Span(found.start("title"), found.end("number")).shift(block.span.start)
        yield Named("".join(found["title"].split()), canonical_number(found["number"]), span)


def _is_item(block: Block, text: str) -> bool:
    if block.kind in (BlockKind.TABLE, BlockKind.CAPTION) or "《" in text or len(text.strip()) < _SHORT:
        return True
    return bool(_BARE.fullmatch(text))


def _rows(table: Table) -> Iterator[Named]:
    """Of a table with a column of titles and one of numbers; titles in 《》 with their number are read elsewhere."""
    heads = {cell.col: "".join(cell.text.split()) for cell in table.cells if cell.row == 0}
    titles = next((col for col, head in heads.items() if _TITLE_COLUMN.search(head)), None)
    numbers = next((col for col, head in heads.items() if _NUMBER_COLUMN.search(head)), None)
    if titles is None or numbers is None or titles == numbers:
        return
    cells = {(cell.row, cell.col): cell for cell in table.cells if cell.row > 0}
    for (row, col), cell in cells.items():
        if col == titles and cell.text.strip():
            yield _named(cell, cells.get((row, numbers)))


def _named(title: Cell, number: Cell | None) -> Named:
    printed = re.search(NUMBER, number.text) if number else None
    return Named(
        "".join(title.text.split()).strip(_EDGES), canonical_number(printed[0]) if printed else None, title.span
    )
