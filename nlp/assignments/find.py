"""All assignment statements of a document, in reading order."""

from __future__ import annotations

from dataclasses import replace

from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span
from gongbao.nlp.assignments.chairs import find_chairs
from gongbao.nlp.assignments.classify import ActReader, Classifier
from gongbao.nlp.assignments.councils import find_councils
from gongbao.nlp.assignments.fold import Fold, read_in_order
from gongbao.nlp.assignments.frame import frame_of
from gongbao.nlp.assignments.groups import find_groups
from gongbao.nlp.assignments.model import Binding, Statement
from gongbao.nlp.assignments.places import SpanPlaces
from gongbao.nlp.assignments.runs import find_runs
from gongbao.nlp.assignments.seats import find_seats
from gongbao.nlp.rosters.lines import Listed, find_lists


def find_statements(document: Document, read_acts: ActReader) -> list[Statement]:
    """`read_acts` reads one paragraph: `gongbao.nlp.pipeline.read_acts`."""
    frame = frame_of(document)
    classifier = Classifier(document, frame, read_acts)
    blocks = (readings for block in document.blocks for readings in classifier.classify(block))
    lists = list(find_lists(document))
    councils = [*find_councils(document), *find_seats(document, lists), *find_groups(document)]
    councils += [*find_chairs(document), *find_runs(document)]
    told, seated = SpanPlaces(council.told for council in councils), _Seated(lists)
    told_in_order = read_in_order(Fold(document.text, frame), blocks)
    read = [one for one in told_in_order if not told.overlapping(one.span) and not seated.names(one)]
    found = sorted([*read, *(council.statement for council in councils)], key=lambda statement: statement.span.start)
    meant = [replace(s, bindings=frame.resolved(s.bindings)) for s in found]
    return [replace(s, bindings=_once(s)) for s in meant if s.bindings]


class _Seated:
    """The people of lists: 组长：林远市水利局局长 says who sits where, not who does what."""

    def __init__(self, lists: list[Listed]) -> None:
        self._people = {one.start: tuple({member.name for member in one.members}) for one in lists}
        self._places = SpanPlaces(Span(one.start, one.end) for one in lists)

    def names(self, statement: Statement) -> bool:
        place = self._places.overlapping(statement.span)
        people = self._people[place.start] if place else ()
        return any(name in binding.mention.name for name in people for binding in statement.bindings)


def _once(statement: Statement) -> tuple[Binding, ...]:
    return tuple({(b.mention.name, b.role): b for b in statement.bindings}.values())
