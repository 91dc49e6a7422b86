"""find_contacts: telephone numbers that their form or a word beside them marks as such."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.document import Table
from gongbao.corpus.ids import fresh_record_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Contact, ContactKind
from gongbao.nlp.bodies import ends_as_body
from gongbao.nlp.contacts.words import ASK, BEHIND, BESIDE, BETWEEN, BODY, HEADS, LABEL, LONG, MARKS, NUMBER, PERSON
from gongbao.nlp.ground import Ground
from gongbao.nlp.rosters.names import is_name, squeezed

_REACH = 60  # characters before a number in which its label, person and body stand
_SENTENCE_END = re.compile("[。\n]")


@dataclass(frozen=True, slots=True)
class _BesideContact:
    """What is printed beside a number: the word that marks it, who is reached, and where."""

    label: re.Match[str] | None
    name: str | None
    body: str | None


def find_contacts(ground: Ground) -> tuple[Contact, ...]:
    """In order of place. A number without an area code counts only where a word marks it."""
    if not (any(mark in ground.text for mark in MARKS) or LONG.search(ground.text)):
        return ()
    taken: Counter[str] = Counter()
    cells = _Cells(ground)
    found = ((number, cells.beside(number.start()) or _beside(ground, number)) for number in _numbers(ground))
    return tuple(_record(ground, number, by, taken) for number, by in found if _is_contact(ground, number, by))


def _numbers(ground: Ground) -> Iterator[re.Match[str]]:
    return (found for found in NUMBER.finditer(ground.text) if not ground.is_claimed(Span(*found.span())))


def _is_contact(ground: Ground, number: re.Match[str], by: _BesideContact) -> bool:
    if number["mobile"] or number["area"] or by.label:
        return True
    return bool(number["hotline"] and BEHIND.match(ground.text, number.end()))


def _beside(ground: Ground, number: re.Match[str]) -> _BesideContact:
    """Read from the words in front of the number, within its paragraph."""
    block = ground.block_at(number.start())
    left = ground.text[max(block.span.start if block else 0, number.start() - _REACH) : number.start()]
    labels = list(LABEL.finditer(left))
    label = labels[-1] if labels and _marks(labels[-1], left) else None
    before = left[: label.start()] if label and BETWEEN.fullmatch(left, label.end()) else left
    person, beside = _last(PERSON.finditer(before)), BESIDE.search(before)
    name = squeezed(person["names"]) if person else beside["name"] if beside else None
    return _BesideContact(label, name if name and (person or is_name(name)) else None, _body(before))


def _marks(label: re.Match[str], left: str) -> bool:
    """At once before the number, or in the same sentence where the number is said of a body.

    市水利局为2345678, 致电市水利局（2345678）.
    """
    if BETWEEN.fullmatch(left, label.end()):
        return True
    return left.rstrip()[-1:] in ("为", "：", ":", "（", "(") and not _SENTENCE_END.search(left, label.end())


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return max(found, key=lambda one: one.start(), default=None)


def _body(before: str) -> str | None:
    found = BODY.search(before)
    if not found:
        return None
    body = ASK.sub("", found["body"])
    return body if len(body) > 2 and ends_as_body(body) else None


@dataclass(frozen=True, slots=True)
class _Columns:
    """A table with a column of telephone numbers: heads by column, texts by row."""

    heads: dict[int, str]
    labels: dict[int, re.Match[str]]
    rows: dict[int, dict[int, str]]

    @staticmethod
    def of(table: Table) -> _Columns | None:
        """None where no column is said to hold them."""
        heads = {col: squeezed(cell.text) for row, col, cell in table.places() if row < table.header_rows}
        labels = {col: label for col, head in heads.items() if (label := LABEL.search(head))}
        if not labels:
            return None
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for row, col, cell in table.places():
            rows[row][col] = cell.text
        return _Columns(heads, labels, rows)

    def under(self, kind: str, row: int) -> str | None:
        """The text of the row under the first head of that kind."""
        texts = (squeezed(self.rows[row].get(col, "")) for col, head in self.heads.items() if HEADS[kind].search(head))
        return next(filter(None, texts), None)


class _Cells:
    """Numbers in tables: the heads of the columns and the row say what they are."""

    def __init__(self, ground: Ground) -> None:
        self._cells: list[tuple[Span, int, int, _Columns]] = []
        for table in ground.document.tables:
            if columns := _Columns.of(table):
                self._cells += ((cell.span, cell.row, cell.col, columns) for cell in table.cells)
        self._starts = [span.start for span, *_ in self._cells]

    def beside(self, place: int) -> _BesideContact | None:
        """None outside such a table, and in a column that holds no telephone numbers."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or self._cells[at][0].end <= place:
            return None
        _, row, col, columns = self._cells[at]
        label = columns.labels.get(col)
        return _BesideContact(label, columns.under("person", row), columns.under("body", row)) if label else None


def _record(ground: Ground, number: re.Match[str], by: _BesideContact, taken: Counter[str]) -> Contact:
    document, span = ground.document, Span(*number.span())
    return Contact(
        id=fresh_record_id("contact", document.id, document.text, span, taken),
        kind=_kind(number, by),
        text=span.of(document.text),
        number=_spelled(number),
        label=squeezed(by.label[0]) if by.label else None,
        name=by.name,
        body=by.body,
        span=span,
        regions=document.regions(span),
    )


def _kind(number: re.Match[str], by: _BesideContact) -> ContactKind:
    if by.label and by.label["fax"]:
        return ContactKind.FAX
    if number["mobile"]:
        return ContactKind.MOBILE
    return ContactKind.HOTLINE if number["hotline"] or number["service"] else ContactKind.PHONE


def _spelled(number: re.Match[str]) -> str:
    """0359-1234567转8, 13800000000, 400-000-0000 → 4000000000."""
    digits = re.sub(r"\D", "", number["mobile"] or number["service"] or number["hotline"] or "")
    if digits:
        return digits
    whole = f"{number['area']}-{number['local']}" if number["area"] else number["bare"]
    inner = number["extension"] or number["inner"]
    return f"{whole}转{inner}" if inner else whole
