"""What later documents say of a task: done, its document changed or repealed. Offered to people, not decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.offsets import normalise
from gongbao.corpus.records import DocumentRef, Relation
from gongbao.index.models import Filters, StatementView
from gongbao.search_api import labels
from gongbao.search_api.catalog import Catalog
from gongbao.search_api.compose import Application
from gongbao.search_api.following import View
from rapidfuzz import fuzz

# A report says so: 已建成公共自行车站点60个. What is still to be done, or is asked for, does not.
_REPORTED = re.compile(
    r"(?:已|全部|全面|如期|顺利|累计)(?:全部|全面|基本|如期|顺利|按期)?(?:完成|建成|办结|竣工|投用|落实)(?!的)"
)
_ALIKE = 65.0  # of 100: how much of the task stands in the sentence
_LOOKED_AT = 8  # later documents
_MASK = re.compile(r"\d+")


class Said(StrEnum):
    """In the order of a task's life."""

    ASSIGNED = "assigned"
    AMENDED = "amended"
    REPORTED = "reported"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Event:
    """`quote`: the sentence, "" where the whole document says so."""

    said: Said
    document: DocumentRef
    quote: str = ""


def life_of(app: Application, catalog: Catalog, view: View, today: date) -> tuple[Event, ...]:
    """From the document that assigned it on, by date."""
    own = view.document
    events = [Event(Said.ASSIGNED, own, _words(view)), *_changes(catalog, own), *_reports(app, view, today)]
    return tuple(sorted(events, key=lambda event: (event.document.signed or date.max, list(Said).index(event.said))))


def _changes(catalog: Catalog, own: DocumentRef) -> Iterator[Event]:
    said = {Relation.AMENDS: Said.AMENDED, Relation.REPEALS: Said.REPEALED}
    for ref, relation in catalog.citing.get(own.id, ()):
        if relation in said:
            yield Event(said[relation], ref)


def _reports(app: Application, view: View, today: date) -> Iterator[Event]:
    """Sentences of later documents that hold the task and say that it is done."""
    wanted = labels.headline(_words(view), 60)
    found = app.service.search(wanted, Filters(), today=today, size=_LOOKED_AT)
    for hit in found.hits:
        if hit.document.id == view.document.id or not _is_later(hit.document, view.document):
            continue
        document = app.store.document(hit.document.id)
        for sentence in re.split(r"(?<=[。；！？\n])", document.text if document else ""):
            if _REPORTED.search(sentence) and _likeness(_words(view), sentence) >= _ALIKE:
                yield Event(Said.REPORTED, hit.document, labels.flat(sentence))


def _is_later(other: DocumentRef, own: DocumentRef) -> bool:
    return bool(other.signed and own.signed and other.signed > own.signed)


def _likeness(task: str, sentence: str) -> float:
    """Figures aside: what was ordered and what was reached differ."""
    wanted, said = (_MASK.sub("", normalise(text)[0]) for text in (task, sentence))
    shorter, longer = sorted((wanted, said), key=len)
    return fuzz.partial_ratio(shorter, longer) if len(shorter) >= 4 else 0.0


def _words(view: View) -> str:
    return labels.flat(view.assignment.what if isinstance(view, StatementView) else view.deadline.context)
