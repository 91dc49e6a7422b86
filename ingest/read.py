"""One page as the workers hand it back: lines in reading order, tables, and what went wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from gongbao.corpus.document import PageState
from gongbao.corpus.geometry import BBox
from gongbao.ingest.annotations import attached_files
from gongbao.ingest.characters import LayerJudgement, judge
from gongbao.ingest.columns import Gutter
from gongbao.ingest.damage import hidden_content
from gongbao.ingest.layout import Line, PageLayout, PlacedTable, lay_out
from gongbao.ingest.margins import find_side_heads
from gongbao.ingest.ocr import has_print
from gongbao.ingest.page import NO_BOXES, NO_GLYPHS, SLANTED, FloatArray, PageContent
from gongbao.ingest.pdf import read_page
from gongbao.ingest.prints import clean, read_as_gbk
from gongbao.ingest.second import read_again
from gongbao.ingest.tables import OpenTable, RawTable, find_goes_on, find_names_before, find_tables
from gongbao.ingest.tables.frames import turn_back, upright
from numpy.typing import NDArray

PICTURED = (PageState.SCANNED, PageState.CORRUPT)  # to be read from their pictures
_SAME_GUTTER = 12.0  # points
_SHARED_BY = 2  # pages
_NARROWER = 8.0  # points
_LEAVES = 1000  # more columns than a page has: leaves of turned text count on from here
_WATERMARK_SIZE = 2.0  # of the usual size
_LEGIBLE = 0.3  # of the usual size; smaller text is only there for machines
_PALE = 190  # mean of red, green, blue
_DOUBTFUL = 0.02  # share of glyphs in doubt from which a page is read a second time


@dataclass(frozen=True, slots=True, eq=False)
class PageReading:
    """`items`: lines and places of `tables` in reading order. `boxes`: the boxes of the page's
    glyphs, only where there are tables. `marks`: watermarks. `hidden`: what stands beside the page as it
    is shown. `attached`: files inside the file, told with its first page. `trouble`: why it could not be
    read. `again`: another try may succeed. `recognised`: its text was read from its picture, where `seen`
    was found."""

    number: int
    width: float
    height: float
    state: PageState
    note: str = ""
    items: tuple[Line | PlacedTable, ...] = ()
    tables: tuple[RawTable, ...] = ()
    boxes: FloatArray | None = None
    gutters: tuple[Gutter, ...] = ()
    marks: tuple[Line, ...] = ()
    hidden: tuple[Line, ...] = ()
    attached: tuple[str, ...] = ()
    trouble: str = ""
    again: bool = False
    recognised: bool = False
    seen: PageContent | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Read page `index` (from 0), perhaps again with other knowledge: tables that are none, gutters
    elsewhere. `seen`: what text recognition found in its picture. `file`: for a second reading of a
    doubtful text layer; without it there is none. `tries`: how often a process has died of it.
    `before`: the table that the page before ends with; `after`: that the next page begins with."""

    index: int
    no_tables: frozenset[int] = frozenset()
    hints: tuple[Gutter, ...] = ()
    seen: PageContent | None = None
    file: Path | None = None
    tries: int = 0
    before: OpenTable | None = None
    after: OpenTable | None = None


def read(document: pdfium.PdfDocument, request: Request) -> PageReading:
    """A page of the file, its text layer or, where that cannot be trusted, what was seen in its
    picture; errors are raised."""
    reading = _read(document, request)
    return replace(reading, attached=attached_files(document)) if request.index == 0 else reading


def _read(document: pdfium.PdfDocument, request: Request) -> PageReading:
    raw, verdict = _read_layer(document, request)
    if verdict.state is PageState.BLANK and has_print(document, request.index):
        verdict = LayerJudgement(PageState.SCANNED, "页面上有图形，没有文字层")
    if raw.added:
        verdict = replace(
            verdict, note="；".join(part for part in (verdict.note, f"含{raw.added}，已并入正文") if part)
        )
    if verdict.state is PageState.BLANK and request.file and (why := hidden_content(request.file, request.index)):
        return _lost(raw, why)
    if verdict.state not in PICTURED:
        return understand(raw, verdict, request)
    if request.seen is None:
        return _unread(raw, verdict)
    return replace(
        understand(request.seen, _recognised(verdict, request.seen), request), recognised=True, seen=request.seen
    )


def _read_layer(document: pdfium.PdfDocument, request: Request) -> tuple[PageContent, LayerJudgement]:
    """pdfium's reading of the text layer or, where that is doubtful, pdfplumber's if it is the better one."""
    raw = read_page(document, request.index)
    meant = read_as_gbk(raw)
    if meant:
        return meant
    verdict = judge(raw)
    doubtful = verdict.state is PageState.CORRUPT or verdict.doubt > _DOUBTFUL
    if not doubtful or request.file is None:
        return raw, verdict
    second = read_again(request.file, raw)
    found = judge(second) if second else verdict
    if second is None or found.state is not PageState.NATIVE or found.doubt >= verdict.doubt:
        note = f"{verdict.note}；另一种解读也不可信" if verdict.state is PageState.CORRUPT else verdict.note
        return raw, replace(verdict, note=note)
    return second, replace(found, note=f"文字层存疑（{verdict.doubt:.0%} 的字形），已由 pdfplumber 另行解读")


def _recognised(verdict: LayerJudgement, seen: PageContent) -> LayerJudgement:
    found = "文字由图像识别得到，请对照原件" if len(seen.glyphs) else "图像中没有识别出文字"
    return replace(verdict, note="；".join(part for part in (verdict.note, found, seen.added) if part))


def _lost(raw: PageContent, why: str) -> PageReading:
    return PageReading(raw.number, raw.width, raw.height, PageState.FAILED, why, trouble=why)


def _unread(raw: PageContent, verdict: LayerJudgement) -> PageReading:
    return PageReading(raw.number, raw.width, raw.height, verdict.state, verdict.note)


def understand(raw: PageContent, verdict: LayerJudgement, request: Request) -> PageReading:
    """Clean and lay out a page's content, from whatever engine it came."""
    page, marks, hidden = _without_marks(clean(raw))
    tables = tuple(t for i, t in enumerate(find_tables(page)) if i not in request.no_tables)
    if request.before:
        tables = find_goes_on(page, tables, request.before)
    if request.after:
        tables = find_names_before(page, tables, request.after)
    layouts = list(_lay_out(page, tables, request.hints))
    return PageReading(
        page.number,
        page.width,
        page.height,
        verdict.state,
        verdict.note,
        tuple(item for layout in layouts for item in layout.items),
        tables,
        page.glyphs.boxes.astype(np.float32) if tables else None,
        tuple(gutter for layout in layouts[:1] for gutter in layout.gutters),
        marks,
        hidden,
    )


def _lay_out(page: PageContent, tables: tuple[RawTable, ...], hints: tuple[Gutter, ...]) -> Iterator[PageLayout]:
    """The prose of each direction of text, most glyphs first; the tables go with the first."""
    prose = np.flatnonzero(~_inside(page, tables))
    turns = _turns(page) or [0]
    for turn in turns:
        frame = upright(page, turn)
        boxes = _table_boxes(page, tables, turn) if turn == turns[0] else NO_BOXES
        layout = lay_out(page.number, frame.glyphs, prose[page.glyphs.angle[prose] == turn], boxes, hints)
        yield layout if turn == 0 else replace(layout, items=tuple(_shown(i, turn, page) for i in layout.items))


def _turns(page: PageContent) -> list[int]:
    counts = np.bincount(page.glyphs.angle, minlength=4) if len(page.glyphs) else np.zeros(4, np.int64)
    return [int(turn) for turn in np.argsort(-counts, kind="stable") if counts[turn]]


def _shown(item: Line | PlacedTable, turn: int, page: PageContent) -> Line | PlacedTable:
    if isinstance(item, PlacedTable):
        return item
    box = BBox(item.x0, item.top, item.x1, item.bottom)
    return replace(item, leaf=item.leaf + _LEAVES * turn, shown=turn_back(box, turn, page))


def _without_marks(page: PageContent) -> tuple[PageContent, tuple[Line, ...], tuple[Line, ...]]:
    """The page without watermarks (large and pale, or slanted), without words on end at its sides, what is too
    small to be read and what stands beside the page; the lines of the marks, and of what stands beside."""
    glyphs = page.glyphs
    if not len(glyphs):
        return page, (), ()
    usual = float(np.median(glyphs.size))
    pale = np.array([sum(s.color[:3]) / 3 > _PALE or s.color[3] < 128 for s in glyphs.styles])[glyphs.style]
    mark = (
        (glyphs.angle == SLANTED) | (glyphs.size < _LEGIBLE * usual) | (pale & (glyphs.size > _WATERMARK_SIZE * usual))
    )
    mark |= find_side_heads(page)
    inside = (glyphs.x1 > 0) & (glyphs.x0 < page.width) & (glyphs.bottom > 0) & (glyphs.top < page.height)
    if not mark.any() and inside.all():
        return page, (), ()
    kept = glyphs.take(np.flatnonzero(inside & ~mark))
    return replace(page, glyphs=kept), _lines_of(page, inside & mark), _lines_of(page, ~inside)


def _lines_of(page: PageContent, which: NDArray[np.bool_]) -> tuple[Line, ...]:
    laid = lay_out(page.number, page.glyphs, np.flatnonzero(which), NO_BOXES)
    return tuple(item for item in laid.items if isinstance(item, Line))


def _inside(page: PageContent, tables: tuple[RawTable, ...]) -> NDArray[np.bool_]:
    """Which of the glyphs stand in a table."""
    glyphs = page.glyphs
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    found = np.zeros(len(glyphs), dtype=bool)
    for table in tables:
        for part in table.parts:
            box = part.bbox
            found |= (x >= box.x0 - 1) & (x <= box.x1 + 1) & (y >= box.top - 1) & (y <= box.bottom + 1)
    return found


def _table_boxes(page: PageContent, tables: tuple[RawTable, ...], turn: int) -> FloatArray:
    """The tables' boxes on the page as it is seen when turned upright."""
    boxes = [[t.parts[0].bbox.x0, t.parts[0].bbox.top, t.parts[0].bbox.x1, t.parts[0].bbox.bottom] for t in tables]
    shown = replace(page, glyphs=NO_GLYPHS, fills=np.array(boxes, dtype=np.float64).reshape(-1, 4))
    return upright(shown, turn).fills


# --- what pages tell about each other


def usual_gutters(pages: Sequence[tuple[Gutter, ...]]) -> tuple[Gutter, ...]:
    """The gutters that several pages share."""
    votes: dict[int, list[Gutter]] = defaultdict(list)
    for gutters in pages:
        for gutter in gutters:
            votes[round(gutter.middle / _SAME_GUTTER)].append(gutter)
    return tuple(found[len(found) // 2] for found in votes.values() if len(found) >= _SHARED_BY)


def helps(reading: PageReading, gutter: Gutter) -> bool:
    """The usual gutter shows something of the page: a narrower one than was found, or one where a line
    has a blank and was not parted."""
    own = [found for found in reading.gutters if found.left < gutter.middle < found.right]
    if own and all(gutter.right < found.right - _NARROWER for found in own):
        return True
    return any(isinstance(item, Line) and _has_gap(item, gutter) for item in reading.items)


def _has_gap(line: Line, gutter: Gutter) -> bool:
    if not line.x0 < gutter.left or not line.x1 > gutter.right:
        return False
    at = bisect_right(line.xs, gutter.middle) - 1
    return line.text[at] == "\u3000" and line.xs[at + 1] - line.xs[at] > 0.5 * (gutter.right - gutter.left)
