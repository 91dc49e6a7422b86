"""A statement inside another's bracketed paragraph: listed with it, not counted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongbao.corpus.register import Register
from gongbao.index.engine import Engine
from gongbao.index.models import Filters
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms

from tests.index import sample
from tests.index.conftest import fill

TODAY = date(2024, 5, 15)


def test_parts_are_listed_and_not_counted_again(engine: Engine, register: Register) -> None:
    flood, *others = sample.filed()
    whole, second = flood.extraction.assignments
    parts = replace(flood.extraction, assignments=(whole, replace(second, part_of=whole.id)))
    fill(engine, [replace(flood, extraction=parts), *others])
    service = Service(engine, register, Synonyms.load())
    listed = {view.assignment.id: view.assignment.part_of for view in service.iter_tasks(None, today=TODAY)}
    assert listed[second.id] == whole.id
    assert service.count_tasks(None, today=TODAY) == len(listed)
    assert service.count_tasks(None, Filters(wholes=True), today=TODAY) == len(listed) - 1


def test_a_part_that_begins_with_its_whole_comes_after_it(engine: Engine, register: Register) -> None:
    """Of equal places the ids would decide: either way round."""
    flood, *_ = sample.filed()
    first, second = (replace(each, span=flood.extraction.assignments[0].span) for each in flood.extraction.assignments)
    for whole, part in ((first, second), (second, first)):
        both = (whole, replace(part, part_of=whole.id))
        fill(engine, [replace(flood, extraction=replace(flood.extraction, assignments=both))])
        service = Service(engine, register, Synonyms.load())
        listed = [view.id for view in service.iter_tasks(None, today=TODAY)]
        assert listed == [whole.id, part.id]
