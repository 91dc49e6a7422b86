"""What a gazette is: an issue, its pages, its documents with outline and tables.

All spans count in `Document.text`, one immutable string in reading order: title, number,
paragraphs (a line each), tables (cells separated by a tab, rows by a line break, a merged
cell once, at its top left).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongbao.corpus.geometry import BBox, Region
from gongbao.corpus.language.document_numbers import year_of_number
from gongbao.corpus.offsets import CharMap, Span


class PageState(StrEnum):
    NATIVE = "native"  # a text layer that can be trusted
    SCANNED = "scanned"  # a picture only
    CORRUPT = "corrupt"  # a text layer that maps to wrong characters
    BLANK = "blank"
    FAILED = "failed"  # could not be read at all; the ledger says why


class SourceKind(StrEnum):
    """How a document came in; better sources first."""

    NATIVE = "native"
    TEXT = "text"
    OCR = "ocr"


class BlockKind(StrEnum):
    TITLE = "title"
    NUMBER = "number"
    SALUTATION = "salutation"  # 主送机关
    HEADING = "heading"  # stands on a line of its own
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    ATTACHMENT_LIST = "attachment_list"  # 附件：1.…
    ATTACHMENT_LABEL = "attachment_label"  # 附件1
    CAPTION = "caption"  # title or units line of a table
    TABLE = "table"
    SIGNATURE = "signature"  # 落款
    DATE = "date"  # 成文日期
    NOTE = "note"  # （此件公开发布）
    IMPRINT = "imprint"  # 版记


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-sized piece; `table` is the place in `Document.tables` for tables."""

    kind: BlockKind
    span: Span
    level: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline. Level 0: title of an attached plan or attachment; then by depth.

    `run_in`: it begins a paragraph and ends at the first full stop.
    """

    level: int
    text: str
    span: Span
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at its top left corner; row and col count from 0."""

    row: int
    col: int
    row_span: int
    col_span: int
    header: bool
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    page_first: int | None
    page_last: int | None
    n_rows: int
    n_cols: int
    header_rows: int
    cells: tuple[Cell, ...]
    span: Span

    def grid(self) -> list[list[str]]:
        """n_rows x n_cols texts; a merged cell's text stands in every place that it covers."""
        rows = [[""] * self.n_cols for _ in range(self.n_rows)]
        for row, col, cell in self.places():
            rows[row][col] = cell.text
        return rows

    def places(self) -> Iterator[tuple[int, int, Cell]]:
        """Every place of the grid that a cell covers, with that cell."""
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for col in range(cell.col, min(cell.col + cell.col_span, self.n_cols)):
                    yield row, col, cell


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from, by name and content."""

    file: str
    sha256: str
    kind: SourceKind


def year_of(number: str | None, signed: date | None) -> int | None:
    """The year of the number, else of the date: 云政发〔2024〕10号 → 2024."""
    return year_of_number(number) or (signed.year if signed else None)


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    number: str | None  # 文号
    title: str
    issuer: str | None  # 发文机关
    signed: date | None  # 成文日期
    text: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    attachments: tuple[str, ...]
    source: Source
    addressees: str | None = None  # 主送机关, as printed
    section: str | None = None  # 市政府文件 …
    issue: str | None = None  # "2024-1"
    first_page: int | None = None
    last_page: int | None = None
    position: int = 0  # place in its issue
    charmap: CharMap = field(default_factory=CharMap, repr=False)
    confidence: float | None = None  # mean OCR confidence 0..1, None where the text is native

    @property
    def year(self) -> int | None:
        return year_of(self.number, self.signed)

    def regions(self, span: Span) -> tuple[Region, ...]:
        return self.charmap.regions(span, self.source.file)

    def body(self) -> str:
        """The text without title, number and table cells."""
        left_out = {BlockKind.TITLE, BlockKind.NUMBER, BlockKind.TABLE}
        return "\n".join(b.span.of(self.text) for b in self.blocks if b.kind not in left_out)

    def path_at(self, offset: int) -> tuple[str, ...]:
        """The headings above a place, outermost first."""
        above: list[Heading] = []
        for heading in self.headings:
            if heading.span.start > offset:
                break
            above = [h for h in above if h.level < heading.level] + [heading]
        return tuple(h.text for h in above)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running head, page number, watermark or seal: labelled and kept, in no document's text."""

    page: int
    bbox: BBox
    text: str
    kind: str  # running_head | page_number | divider | watermark | seal | cover | contents | repeated_header | hidden


@dataclass(frozen=True, slots=True)
class Page:
    """`number` from 1; width and height in points; `note` says what was unusual."""

    number: int
    width: float
    height: float
    state: PageState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One file read: an issue of a gazette, a single document, or a text file."""

    source: Source
    documents: tuple[Document, ...]
    id: str | None = None  # "2024-1"
    title: str | None = None  # 云川市人民政府公报
    year: int | None = None
    number: int | None = None
    total: int | None = None  # 总第N期
    published: date | None = None
    pages: tuple[Page, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    warnings: tuple[str, ...] = ()  # differences with the 目录 and the like, one line each
