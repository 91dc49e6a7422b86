"""Items put back onto whatever the extractor finds now, by the words that they were set for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from gongbao.corpus.desk.followups import Followups
from gongbao.corpus.desk.model import DeskSubject, Item
from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span, normalise
from gongbao.corpus.reapply import FoldedText, overlap
from gongbao.corpus.records import DocumentRef, Extraction

SETTLER = "程序"  # who moved an item, in its history
_SAME_PLACE = 0.5  # overlap, as a share of both together, from which two quotes are the same statement


def settle(
    followups: Followups,
    stamps: Mapping[str, str],
    document_of: Callable[[str], Document | None],
    extraction_of: Callable[[str], Extraction | None],
    successor_of: Callable[[DeskSubject], str | None],
) -> None:
    """Look at the items of every document that changed. `successor_of`: the document that now stands for one that is
    not in the corpus any more (the same number or title), None where there is none."""
    for name, found in followups.unsettled(dict(stamps)).items():
        present = name if name in stamps else successor_of(found[0].subject)
        document = document_of(present) if present else None
        extraction = extraction_of(present) if present and document else None
        subjects = list(_subjects(document, extraction)) if document and extraction else []
        placed = [_settled(item, document, subjects) for item in found]
        moved = [new for old, new in zip(found, placed, strict=True) if old != new]
        followups.settle(name, stamps.get(name, ""), moved, SETTLER)


def successors(present: Callable[[], Iterable[DocumentRef]]) -> Callable[[DeskSubject], str | None]:
    """Finds the document that stands for one that is gone: of the same number, else of the same title.

    What is `present` is only read once there is one.
    """
    read = cache(lambda: tuple(present()))

    def find(subject: DeskSubject) -> str | None:
        known = read()
        named = (ref.id for ref in known if subject.number and ref.number == subject.number)
        titled = (ref.id for ref in known if normalise(ref.title)[0] == normalise(subject.title)[0])
        return next(named, None) or next(titled, None)

    return find


def _subjects(document: Document, extraction: Extraction) -> Iterator[tuple[Span, DeskSubject]]:
    for task in extraction.assignments:
        yield task.span, DeskSubject.of_task(document, task)
    for limit in extraction.deadlines:
        yield limit.span, DeskSubject.of_limit(document, limit)


def _settled(item: Item, document: Document | None, subjects: Iterable[tuple[Span, DeskSubject]]) -> Item:
    found = _found(item, document, list(subjects)) if document else None
    return replace(item, subject=found, orphan=False) if found else replace(item, orphan=True)


def _found(item: Item, document: Document, subjects: list[tuple[Span, DeskSubject]]) -> DeskSubject | None:
    """By id; else by place, of several the one in the same words."""
    same = [subject for _, subject in subjects if subject.record == item.subject.record]
    if same:
        return same[0]
    span = FoldedText(document).find(item.subject.anchor)
    if span is None:
        return None
    alike = [pair for pair in subjects if bool(pair[1].bodies) == bool(item.subject.bodies)]
    close = [(overlap(place, span), subject) for place, subject in alike if overlap(place, span) >= _SAME_PLACE]
    wanted = normalise(item.subject.what)[0]
    close.sort(key=lambda pair: (normalise(pair[1].what)[0] == wanted, pair[0]))
    return close[-1][1] if close else None
