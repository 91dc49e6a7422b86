"""How well what was read agrees with what was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongbao.corpus.document import Document
from rapidfuzz.distance import Levenshtein

from bench.looks.text import DrawnTable, Truth


@dataclass(slots=True)
class Score:
    documents: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    characters: int = 0
    headings: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    by_style: dict[str, Counter[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = [
            f"文件 {share(self.documents)}",
            f"文字错误 {self.errors / max(self.characters, 1):.4f}",
            f"标题 {f1(self.headings):.3f}",
            f"单元格 {f1(self.cells):.3f}",
        ]
        return "，".join(parts)


def score(truths: Sequence[Truth], found: Sequence[Document], *scores: Score) -> None:
    by_number = {document.number: document for document in found}
    for own in scores:
        own.documents["wanted"] += max(len(truths), len(found))
    for truth in truths:
        document = by_number.get(truth.number)
        right = document is not None and (document.title, document.issuer, str(document.signed)) == (
            truth.title,
            truth.issuer,
            truth.signed,
        )
        wanted = _squeezed([truth.title, truth.number, *map(_text, truth.paragraphs)])
        read = _squeezed([document.text]) if document else ""
        headings = [(h.level, h.text.rstrip("。")) for h in document.headings if h.level] if document else []
        for own in scores:
            own.documents["right"] += right
            own.errors += Levenshtein.distance(wanted, read)
            own.characters += len(wanted)
            own.headings += _matched(truth.headings, headings)
            _score_tables([i for i in truth.paragraphs if isinstance(i, DrawnTable)], document, own)


def _score_tables(wanted: list[DrawnTable], document: Document | None, own: Score) -> None:
    left = [_cells(table.grid()) for table in document.tables] if document else []
    for table in wanted:
        cells = _cells(_rows(table))
        best = max(left, key=lambda other: len(set(cells) & set(other)), default=[])
        if best in left:
            left.remove(best)
        count = _matched(cells, best)
        own.cells += count
        own.by_style[table.style] = own.by_style.get(table.style, Counter()) + count
    for other in left:
        own.cells += _matched((), other)


def _rows(table: DrawnTable) -> list[list[str]]:
    """As they should be read: a merged cell's text stands in every cell that it covers."""
    rows = [list(row) for row in table.rows]
    if table.spanner:
        first = list(rows[0])
        first[1] = first[2] = table.spanner
        rows.insert(0, first)
    return rows


def _cells(rows: Iterable[Sequence[str]]) -> list[tuple[int, int, str]]:
    return [(r, c, _squeezed([text])) for r, row in enumerate(rows) for c, text in enumerate(row)]


def _text(item: str | DrawnTable) -> str:
    if isinstance(item, str):
        return item
    head, *body = item.rows
    if item.spanner:
        return "".join(
            [item.caption, head[0], item.spanner, *head[3:], head[1], head[2], *(c for row in body for c in row)]
        )
    return item.caption + "".join(cell for row in item.rows for cell in row)


def _squeezed(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _matched(wanted: Iterable[object], found: Iterable[object]) -> Counter[str]:
    want, have = Counter(wanted), Counter(found)
    return Counter(both=(want & have).total(), wanted=want.total(), found=have.total())


def f1(count: Counter[str]) -> float:
    return 2 * count["both"] / max(count["wanted"] + count["found"], 1)


def share(count: Counter[str]) -> str:
    return f"{count['right']}/{count['wanted']}"
