"""What every office format comes to: lines of text and tables, one after another, and the flow that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongbao.corpus.errors import TooLarge
from gongbao.corpus.geometry import NOWHERE
from gongbao.ingest.characters import fold
from gongbao.ingest.cover import Flow
from gongbao.ingest.markup import TextLine
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.tables import BLANK, RawCell, RawLine, RawTable
from gongbao.ingest.text import TextFlow
from gongbao.ingest.text_titles import find_titles


@dataclass(frozen=True, slots=True)
class TableBounds:
    """Of one table. The widest in print have some 60 columns (a .docx allows 63); a sheet of a year's tasks has
    thousands of rows."""

    columns: int = 1000
    places: int = 2_000_000


BOUNDS = TableBounds()


@dataclass(frozen=True, slots=True)
class Para:
    """A line of its own. `align` None: the file does not say; `level`: of a heading, 0 none."""

    text: str
    align: Align | None = None
    size: float = 0.0
    bold: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell and the rows and columns that it covers."""

    row: int
    col: int
    rows: int
    cols: int
    text: str


Piece = Para | RawTable


def to_flow(pieces: Iterable[Piece], furniture: Sequence[str] = ()) -> TextFlow:
    """Titles are what the file sets as such; where it sets none, they are found by their words as in a text."""
    kept = [piece for piece in pieces if isinstance(piece, RawTable) or piece.text.strip()]
    set_as_title = any(isinstance(piece, Para) and piece.align is Align.TITLE for piece in kept)
    titles = {} if set_as_title else find_titles([_as_line(piece) for piece in kept])
    return TextFlow(tuple(_flow(kept, titles)), (), tuple(furniture))


def _as_line(piece: Piece) -> TextLine:
    """For the search of titles, to which a table is a line of several cells."""
    if isinstance(piece, RawTable):
        return TextLine("", columns=("", ""))
    return TextLine(fold(piece.text.strip()).replace("\n", ""), piece.level, piece.bold)


def _flow(pieces: Sequence[Piece], titles: dict[int, int]) -> Iterator[Flow]:
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if isinstance(piece, RawTable):
            yield piece
            place += 1
            continue
        end = titles.get(place) or _title_end(pieces, place)
        lines = [part for part in pieces[place:end] if isinstance(part, Para)]
        yield _title(lines) if place in titles or piece.align is Align.TITLE else _paragraph(piece)
        place = end


def _title_end(pieces: Sequence[Piece], place: int) -> int:
    """Lines set as titles that follow each other are one title."""
    end = place + 1
    first = pieces[place]
    while isinstance(first, Para) and first.align is Align.TITLE and end < len(pieces):
        then = pieces[end]
        if not isinstance(then, Para) or then.align is not Align.TITLE:
            break
        end += 1
    return end


def _title(lines: Sequence[Para]) -> Paragraph:
    texts = tuple(part for line in lines for part in fold(line.text.strip()).split("\n") if part.strip())
    return Paragraph("".join(texts), Align.TITLE, lines[0].size, lines[0].bold, lines=texts)


def _paragraph(piece: Para) -> Paragraph:
    text = fold(piece.text.strip()).replace("\n", "")
    return Paragraph(text, piece.align or Align.BODY, piece.size, piece.bold, lines=(text,))


# --- tables


def check_table(columns: int, rows: int) -> None:
    """TooLarge for a table that no one prints."""
    if columns > BOUNDS.columns or columns * rows > BOUNDS.places:
        raise TooLarge(f"表格过大（{rows} 行 × {columns} 列）", "确认来源可靠后，拆分表格再读入")


def make_table(cells: Sequence[Spanned], header_rows: int | None = None, caption: str = "") -> RawTable:
    """`header_rows` None: the first row, where all its cells have words and none is a number."""
    rows = max((cell.row + cell.rows for cell in cells), default=0)
    columns = max((cell.col + cell.cols for cell in cells), default=0)
    check_table(columns, rows)
    headed = _header_rows(cells, rows) if header_rows is None else min(header_rows, rows)
    raw = tuple(RawCell(c.row, c.col, c.rows, c.cols, NOWHERE, _lines(c.text)) for c in cells)
    named = _lines(caption)
    return RawTable((), rows, columns, tuple(float(c) for c in range(columns + 1)), raw, headed, caption=named)


def _header_rows(cells: Sequence[Spanned], rows: int) -> int:
    """As deep as the first row's cells reach, names under names included."""
    first = [cell for cell in cells if cell.row == 0]
    if rows < 2 or not first or not all(cell.text.strip() for cell in first) or first[0].text.strip().isdigit():
        return 0
    deep = max(cell.rows for cell in first)
    return deep if deep < rows and any(cell.cols > 1 for cell in first) else 1


def _lines(text: str) -> tuple[RawLine, ...]:
    parts = [part.strip() for part in fold(text).split("\n") if part.strip()]
    return tuple(RawLine(0, part, (BLANK,) * len(part), "\n" if i else "") for i, part in enumerate(parts))


def spread(rows: Iterable[Iterable[tuple[str, int, int]]]) -> list[Spanned]:
    """Rows of (text, rows, columns) as HTML and its like give them → cells in their places; TooLarge."""
    cells: list[Spanned] = []
    taken: dict[int, int] = {}  # column → first row in which it is free again
    for at, row in enumerate(rows):
        col = 0
        for text, high, wide in row:
            while taken.get(col, 0) > at:
                col += 1
            check_table(col + wide, at + 1)
            cells.append(Spanned(at, col, high, wide, text))
            taken.update(dict.fromkeys(range(col, col + wide), at + high))
            col += wide
    last = max((cell.row for cell in cells), default=0)
    return [Spanned(c.row, c.col, min(c.rows, last - c.row + 1), c.cols, c.text) for c in cells]
