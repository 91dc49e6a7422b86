"""Is a document in force? Said with the reason, from what is printed: repeals and validity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.records import Deadline, DeadlineKind, DocumentRef, Extraction, Relation
from gongbao.nlp.links.lookup import Lookup


class State(StrEnum):
    IN_FORCE = "现行有效"
    NOT_YET = "尚未施行"
    REPEALED = "已废止"
    EXPIRED = "已失效"


@dataclass(frozen=True, slots=True)
class Status:
    """`reason` in words for people; `by` is the id of the document that repealed this one."""

    state: State
    reason: str
    by: str | None = None


def repealed_in(corpus: Iterable[tuple[DocumentRef, Extraction]], lookup: Lookup) -> dict[str, DocumentRef]:
    """Id of each document of the corpus that another one declares 废止 → that other one."""
    found: dict[str, DocumentRef] = {}
    for document, extraction in corpus:
        for citation in extraction.citations:
            target = lookup.find(citation.number, citation.title) if citation.relation is Relation.REPEALS else None
            if target and target != document.id:
                found[target] = document
    return found


def status_of(
    document: DocumentRef, deadlines: Iterable[Deadline], repealed: Mapping[str, DocumentRef], today: date
) -> Status:
    """`repealed` comes from `repealed_in`. Where nothing is printed, a document stays in force."""
    by = repealed.get(document.id)
    if by:
        return Status(State.REPEALED, f"被《{by.title}》{f'（{by.number}）' if by.number else ''}宣布废止", by.id)
    validity = [one for one in deadlines if one.kind is DeadlineKind.EFFECTIVE]
    ends = [one for one in validity if one.effective_due]
    last = max(ends, key=lambda one: one.effective_due or date.min, default=None)
    if last and last.effective_due and last.effective_due < today:
        return Status(State.EXPIRED, f"{last.text}，已于{last.effective_due.isoformat()}届满")
    begins = [day for one in validity if (day := _begin(one))]
    if begins and min(begins) > today:
        return Status(State.NOT_YET, f"自{min(begins).isoformat()}起施行")
    return Status(State.IN_FORCE, f"{last.text}" if last else "未见废止，也未载明有效期")


def _begin(deadline: Deadline) -> date | None:
    return deadline.start or (deadline.resolved.start if deadline.resolved else None)
