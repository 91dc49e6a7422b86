"""One thing that a sentence binds somebody to, and the clauses that it stands in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Role
from gongbao.nlp.assignments.lists import number_length
from gongbao.nlp.assignments.model import Binding
from gongbao.nlp.assignments.places import SpanPlaces


@dataclass(frozen=True, slots=True)
class Act:
    """One subject with its predicate, inside one group of clauses (to the next 。 or ；)."""

    bindings: tuple[Binding, ...]
    clause: int  # where its clause begins
    start: int  # where the task is told
    end: int
    group: Span
    named: int  # where the first body is named
    after: int = 0  # behind subject and modal verb
    duty: bool = False
    bare: Role | None = None  # of a predicate without an object: 牵头, 配合, 负责
    by_duty: bool = False  # 按职责分工负责
    lone: bool = False  # nothing but the bodies stands before the predicate
    member: bool = False  # …组成: a member of a group
    passive: bool = False  # named after 由: what is done stands before
    brief: int | None = None  # where a predicate of a word or two ends (…，B聘任，C备案)
    quoted: bool = False  # inside a bracket that remarks on something
    shared: Span | None = None  # what stands before all acts of the group: 2024年底前，A…，B…
    closing: Span | None = None  # a time limit behind all acts of the group: A…，B…，年底前完成
    reach: int = 0  # where the clauses end that go on with it, if later than `end`
    checking: bool = False  # examines what the next act of the group does


def group_around(text: str, at: int, ends: list[int], set_apart: SpanPlaces, remark: Span | None = None) -> Span:
    """The clauses around `at` from 。 or ； to the next, cut at attributions; in a remark its own clause."""
    index = bisect_right(ends, at)
    start = ends[index - 1] if index else number_length(text)
    end = ends[index] if index < len(ends) else len(text)
    before, after = set_apart.around(at)
    start = max(start, before.end) if before and before.end <= at else start
    end = min(end, after.start) if after else end
    if remark:
        clause = max(text.rfind(mark, 0, remark.start) for mark in "，。；：") + 1
        start, end = max(start, clause), min(end, remark.end - 1)
    while start < at and text[start] in "；;，,。 \n\t　、":
        start += 1
    return Span(start, max(end, start))
