"""Which statements belong to others: parts of a bracketed paragraph, and rows that point to an item elsewhere.

A bracket that closes a paragraph makes the whole of it one statement; what a sentence in it says by itself is a part
of that. A row or sentence that only names an item (第1、2条由市水利局落实) is joined to what stands there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gongbao.corpus.document import BlockKind, Document
from gongbao.corpus.language.numbering import Style, numbering_at, without_numbering
from gongbao.corpus.language.numerals import TENS, count
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Assignment, AssignmentSource, Covered, Deadline, Quantity

_FEWEST = 6  # characters of an item that a row may name by its words
_MOST = 100  # numbers between the first and the last of a range
_SIGNS = re.compile(r"[^\w]+")
_PLAIN = rf"(?:\d{{1,3}}|[{TENS}百]{{1,5}})"
_NUMBER = rf"[（(]?{_PLAIN}[)）]?"
_JOINT = r"[、,，和及至到\-—~～]"
_POINTS = re.compile(rf"第(?P<numbers>{_NUMBER}(?:{_JOINT}第?{_NUMBER}){{0,30}})(?P<kind>[条项款])")
_RANGE = re.compile(rf"({_PLAIN})[)）]?(?:[至到\-—~～]第?[（(]?({_PLAIN}))?")
# As what an item may be numbered that is called so, the likeliest first
_STYLES = {
    "条": (Style.ARTICLE, Style.ARABIC, Style.HAN_IN_BRACKETS, Style.HAN),
    "项": (Style.ARABIC, Style.HAN_IN_BRACKETS, Style.HAN),
    "款": (Style.HAN_IN_BRACKETS, Style.ARABIC),
}
_IN_BRACKETS = (Style.HAN_IN_BRACKETS, Style.ARABIC_IN_BRACKETS)  # 第（二）项
_PROSE = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def belonging(
    document: Document,
    assignments: Sequence[Assignment],
    deadlines: Sequence[Deadline],
    quantities: Sequence[Quantity],
) -> tuple[Assignment, ...]:
    """The same statements, each with the whole that it is a part of and the items that it points to."""
    items = _Items.of(document)
    wholes = [task for task in assignments if _closed_by_bracket(task)]

    def joined(task: Assignment) -> Assignment:
        covered = (_covered(document, span, deadlines, quantities) for span in items.named_by(task))
        return replace(task, part_of=_whole(task, wholes), covers=tuple(covered))

    return tuple(map(joined, assignments))


# --- parts


def _closed_by_bracket(task: Assignment) -> bool:
    """Whether all bodies stand in the bracket that closes it: …。（市水利局牵头，市财政局配合）."""
    if task.source is not AssignmentSource.TEXT or not task.quote.rstrip("。").endswith(("）", ")")):
        return False
    opened = task.span.start + max(task.quote.rfind("（"), task.quote.rfind("("))
    return bool(task.parties) and all(opened < party.span.start < task.span.end for party in task.parties)


def _whole(task: Assignment, wholes: Iterable[Assignment]) -> str | None:
    """The id of the shortest bracketed paragraph that holds more than this statement."""
    found = [w for w in wholes if w.span.covers(task.span) and len(w.span) > len(task.span) and w.id != task.id]
    return min(found, key=lambda whole: len(whole.span)).id if found else None


# --- items that are pointed to


@dataclass(frozen=True, slots=True)
class _Items:
    """The numbered items of a document by their number, and by their words."""

    numbered: dict[tuple[Style, int], list[Span]]
    worded: dict[str, list[Span]]

    @staticmethod
    def of(document: Document) -> _Items:
        numbered: defaultdict[tuple[Style, int], list[Span]] = defaultdict(list)
        worded: defaultdict[str, list[Span]] = defaultdict(list)
        for block in document.blocks:
            text = block.span.of(document.text)
            number = numbering_at(text) if block.kind in _PROSE else None
            if number and len(number.values) == 1:
                numbered[number.style, number.values[0]].append(block.span)
                worded[_core(_first_sentence(without_numbering(text)))].append(block.span)
        return _Items(dict(numbered), dict(worded))

    def named_by(self, task: Assignment) -> tuple[Span, ...]:
        """What a statement points to and does not say itself; only what cannot be another item."""
        found = self._by_words(task) if task.source is AssignmentSource.TABLE else ()
        spans = found or self._by_numbers(task)
        return tuple(span for span in spans if not span.overlaps(task.span))

    def _by_words(self, task: Assignment) -> tuple[Span, ...]:
        words = _core(without_numbering(task.what))
        found = self.worded.get(words, []) if len(words) >= _FEWEST else []
        return (found[0],) if len(found) == 1 else ()

    def _by_numbers(self, task: Assignment) -> tuple[Span, ...]:
        pointer = _POINTS.match("".join(task.what.split()))
        if pointer is None:
            return ()
        wanted = tuple(_numbers(pointer["numbers"]))
        in_brackets = pointer["numbers"][0] in "（("
        for style in _IN_BRACKETS if in_brackets else _STYLES[pointer["kind"]]:
            found = [self.numbered.get((style, number), []) for number in wanted]
            if wanted and all(found):
                return tuple(spans[0] for spans in found) if all(len(spans) == 1 for spans in found) else ()
        return ()


def _numbers(text: str) -> Iterator[int]:
    """`1、3至5` → 1, 3, 4, 5."""
    for part in _RANGE.finditer(text):
        first, last = count(part[1]), count(part[2] or part[1])
        if first is not None and last is not None and first <= last <= first + _MOST:
            yield from range(first, last + 1)


def _covered(document: Document, span: Span, deadlines: Iterable[Deadline], quantities: Iterable[Quantity]) -> Covered:
    return Covered(
        text=span.of(document.text),
        span=span,
        deadlines=tuple(limit for limit in deadlines if span.covers(limit.span)),
        targets=tuple(figure for figure in quantities if span.covers(figure.span)),
    )


def _first_sentence(text: str) -> str:
    return re.split(r"[。；;：:]", text, maxsplit=1)[0]


def _core(text: str) -> str:
    return _SIGNS.sub("", text)
