"""Is a document in force? Said with the reason, from what is printed: repeals and validity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.records import Deadline, DeadlineKind, DocumentRef, Extraction, Relation
from gongbao.nlp.links.lookup import Lookup

# What is laid down for a year: 2023年重点工作任务分解方案; of several years in a title the last counts.
_YEARLY = re.compile(r"(\d{4})年(?:度)?[^，。；]*(?:计划|要点|安排|方案|任务|清单|目标|实事|项目)")
_YEAR = re.compile(r"(\d{4})年")


class Validity(StrEnum):
    IN_FORCE = "现行有效"  # where that is printed
    UNKNOWN = "未见废止"
    PAST = "年度已过"
    NOT_YET = "尚未施行"
    REPEALED = "已废止"
    EXPIRED = "已失效"


@dataclass(frozen=True, slots=True)
class Status:
    """`reason` in words for people; `by` is the id of the document that repealed this one."""

    state: Validity
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
    """`repealed` comes from `repealed_in`. Where nothing is printed, nothing is claimed."""
    by = repealed.get(document.id)
    if by:
        return Status(Validity.REPEALED, f"被《{by.title}》{f'（{by.number}）' if by.number else ''}宣布废止", by.id)
    validity = [one for one in deadlines if one.kind is DeadlineKind.EFFECTIVE]
    ends = [one for one in validity if one.effective_due]
    last = max(ends, key=lambda one: one.effective_due or date.min, default=None)
    if last and last.effective_due and last.effective_due < today:
        return Status(Validity.EXPIRED, f"{last.text}，已于{last.effective_due.isoformat()}届满")
    begins = [day for one in validity if (day := _begin(one))]
    if begins and min(begins) > today:
        return Status(Validity.NOT_YET, f"自{min(begins).isoformat()}起施行")
    if last:
        return Status(Validity.IN_FORCE, last.text)
    year = _year_of_plan(document.title)
    if year and year < today.year:
        return Status(Validity.PAST, f"这是{year}年度的安排，该年度已经结束；未完成事项以后续文件为准")
    return Status(Validity.UNKNOWN, "已收录的文件中没有废止它的，它也没有写明有效期")


def _year_of_plan(title: str) -> int | None:
    """The last year that a plan for certain years speaks of."""
    return max(map(int, _YEAR.findall(title)), default=None) if _YEARLY.search(title) else None


def _begin(deadline: Deadline) -> date | None:
    return deadline.start or (deadline.resolved.start if deadline.resolved else None)
