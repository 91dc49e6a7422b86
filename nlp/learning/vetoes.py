"""Leaving out what the rules read and a model of the user's own corrections rejects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongbao.corpus.document import Document
from gongbao.corpus.records import Assignment, AssignmentSource, Party
from gongbao.nlp.learning.models import Models
from gongbao.nlp.learning.units import units_of
from gongbao.nlp.learning.weights import Veto
from gongbao.nlp.learning.words import features_of


def kept(document: Document, tasks: tuple[Assignment, ...], models: Models) -> tuple[Assignment, ...]:
    """The statements, without those in rejected sentences and without rejected bodies; tables stay as they are."""
    if models.sentences:
        tasks = tuple(_in_likely_sentences(document, tasks, models.sentences))
    if models.parties:
        tasks = tuple(_with_likely_parties(document, tasks, models.parties))
    return tasks


def _in_likely_sentences(document: Document, tasks: Iterable[Assignment], veto: Veto) -> Iterator[Assignment]:
    units = units_of(document)
    starts = [unit.span.start for unit in units]
    for task in tasks:
        place = bisect_right(starts, min(party.span.start for party in task.parties)) - 1
        if task.source is AssignmentSource.TABLE or place < 0 or not veto.rejects(features_of(units[place])):
            yield task


def _with_likely_parties(document: Document, tasks: Iterable[Assignment], veto: Veto) -> Iterator[Assignment]:
    for task in tasks:
        in_text = task.source is AssignmentSource.TEXT
        parties = tuple(p for p in task.parties if not (in_text and veto.rejects(features_of_party(document, p))))
        if parties:
            yield replace(task, parties=parties)


def parties_in_text(tasks: Iterable[Assignment]) -> Iterator[Party]:
    for task in tasks:
        yield from task.parties if task.source is AssignmentSource.TEXT else ()


def features_of_party(document: Document, party: Party) -> tuple[str, ...]:
    """How the name ends, what stands before and after it, its role and type."""
    before = document.text[max(party.span.start - 2, 0) : party.span.start]
    after = document.text[party.span.end : party.span.end + 2]
    ends = {f"尾:{party.name[-length:]}" for length in (1, 2)}
    sides = {f"前:{before[-1:]}", f"前:{before}", f"后:{after[:1]}", f"后:{after}"}
    kinds = {f"角色:{party.role.value}", f"类型:{party.type.value}", f"字数:{min(len(party.name) // 3, 5)}"}
    return tuple(sorted(ends | sides | kinds))
