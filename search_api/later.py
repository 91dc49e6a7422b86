"""What later documents say of a task: done, its document changed or repealed. Offered to people, not decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.offsets import normalise
from gongbao.corpus.records import DocumentRef, Relation
from gongbao.index.models import Filters, StatementView, View
from gongbao.search_api import labels
from gongbao.search_api.catalog import Catalog
from gongbao.search_api.compose import Application
from rapidfuzz import fuzz

# A report says so: 已建成公共自行车站点60个. What is still to be done, or is asked for, does not.
_REPORTED = re.compile(
    r"(?:已|全部|全面|如期|顺利|累计)(?:全部|全面|基本|如期|顺利|按期)?(?:完成|建成|办结|竣工|投用|落实)(?!的)"
)
# What is arranged otherwise says from what and to what: 完成时限由6月底前调整为9月底前, 牵头单位变更为市数据局.
_REARRANGED = re.compile(
    r"(?:时限|期限|时间|日期|单位|部门|牵头|责任|任务|目标)[^。；]{0,40}?(?:调整|变更|修改|改|延长|推迟|延期|提前)(?:为|至|到)"
)
_ALIKE = 65.0  # of 100: how much of the task stands in the sentence
_LOOKED_AT = 8  # later documents that a search finds
_MASK = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")


class SaidLater(StrEnum):
    """In the order of a task's life."""

    ASSIGNED = "assigned"
    AMENDED = "amended"
    REPORTED = "reported"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Event:
    """`quote`: the sentence, "" where the whole document says so; `due`: the day that it sets."""

    said: SaidLater
    document: DocumentRef
    quote: str = ""
    due: date | None = None


def life_of(app: Application, catalog: Catalog, view: View, today: date) -> tuple[Event, ...]:
    """From the document that assigned it on, by date; each sentence once."""
    own = view.document
    events = [
        Event(SaidLater.ASSIGNED, own, _words(view)),
        *_changes(app, catalog, own),
        *_sayings(app, catalog, view, today),
    ]
    ordered = sorted(events, key=lambda event: (event.document.signed or date.max, list(SaidLater).index(event.said)))
    return tuple(dict.fromkeys(ordered))


def _changes(app: Application, catalog: Catalog, own: DocumentRef) -> Iterator[Event]:
    """Documents that change or end the one that assigned it, each with its sentence."""
    said = {Relation.AMENDS: SaidLater.AMENDED, Relation.REPEALS: SaidLater.REPEALED}
    for ref, relation in catalog.citing.get(own.id, ()):
        if relation in said:
            yield Event(said[relation], ref, _citing_sentence(app, ref.id, own.id, relation))


def _citing_sentence(app: Application, document_id: str, target: str, relation: Relation) -> str:
    document, found = app.store.document(document_id), app.linked_extraction(document_id)
    for citation in found.citations if document and found else ():
        if document and (citation.target, citation.relation) == (target, relation):
            around = (m for m in _SENTENCE.finditer(document.text) if m.start() <= citation.span.start < m.end())
            return next((labels.flat(sentence[0]) for sentence in around), "")
    return ""


def _sayings(app: Application, catalog: Catalog, view: View, today: date) -> Iterator[Event]:
    """Sentences of later documents that hold the task and say that it is done or arranged otherwise."""
    own, words = view.document, _words(view)
    found = app.service.search(labels.headline(words, 60), Filters(), today=today, size=_LOOKED_AT)
    amending = (ref for ref, relation in catalog.citing.get(own.id, ()) if relation is Relation.AMENDS)
    for ref in dict.fromkeys((*(hit.document for hit in found.hits), *amending)):
        document = app.store.document(ref.id) if _is_later(ref, own) else None
        for sentence in _SENTENCE.finditer(document.text if document else ""):
            said = _said(sentence[0])
            if said and _likeness(words, sentence[0]) >= _ALIKE:
                yield Event(said, ref, labels.flat(sentence[0]), _due_in(app, ref.id, sentence, said))


def _said(sentence: str) -> SaidLater | None:
    if _REARRANGED.search(sentence):
        return SaidLater.AMENDED
    return SaidLater.REPORTED if _REPORTED.search(sentence) else None


def _due_in(app: Application, document_id: str, sentence: re.Match[str], said: SaidLater) -> date | None:
    """The last day that stands behind 调整为; None where it speaks of no day."""
    changed = _REARRANGED.search(sentence[0]) if said is SaidLater.AMENDED else None
    extraction = app.store.extraction(document_id) if changed else None
    if changed is None or extraction is None:
        return None
    first, end = sentence.start() + changed.end(), sentence.end()
    dues = [d.effective_due for d in extraction.deadlines if first <= d.span.start < end and d.effective_due]
    return dues[-1] if dues else None


def _is_later(other: DocumentRef, own: DocumentRef) -> bool:
    return bool(other.id != own.id and other.signed and own.signed and other.signed > own.signed)


def _likeness(task: str, sentence: str) -> float:
    """Figures aside: what was ordered and what was reached differ."""
    wanted, said = (_MASK.sub("", normalise(text)[0]) for text in (task, sentence))
    shorter, longer = sorted((wanted, said), key=len)
    return fuzz.partial_ratio(shorter, longer) if len(shorter) >= 4 else 0.0


def _words(view: View) -> str:
    return labels.flat(view.assignment.what if isinstance(view, StatementView) else view.deadline.context)
