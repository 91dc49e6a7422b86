"""Deadlines of one thing: the most relevant first, and what the heading above says counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongbao.corpus.store import reference
from gongbao.index.due import on_topic
from gongbao.index.models import DeadlineView
from gongbao.index.query.concepts import Concept, Spelling
from gongbao.index.search import FoundDocuments

from tests import builders
from tests.index.sample import deadline

_LINES = ("禁火时间", "每年10月1日至2024年5月31日。", "禁火总结报送时间", "2023年1月1日前报送总结。")
_DOCUMENT = builders.document(*_LINES, headings={"禁火时间": 1, "禁火总结报送时间": 1})


def limits() -> list[DeadlineView]:
    """The earlier one speaks of something else, the later one is what its heading says."""
    late = replace(deadline(_DOCUMENT, "2024年5月31日", date(2024, 5, 31)), context=_LINES[1])
    early = replace(deadline(_DOCUMENT, "2023年1月1日前", date(2023, 1, 1)), context=_LINES[3])
    ref = reference(_DOCUMENT)
    return [DeadlineView(one, ref, path=_DOCUMENT.path_at(one.span.start)) for one in (early, late)]


def asked(*words: str) -> FoundDocuments:
    return FoundDocuments((), (), tuple(Concept(word, (Spelling(word, 1.0),)) for word in words))


def test_the_heading_above_says_what_a_time_is_for() -> None:
    found = on_topic(asked("禁火", "2024"), limits())
    assert [view.deadline.due for view in found] == [date(2024, 5, 31)]


def test_what_is_asked_for_comes_before_what_is_earlier() -> None:
    found = on_topic(asked("禁火", "2024", "5月", "总结"), limits())
    assert [view.deadline.due for view in found] == [date(2024, 5, 31), date(2023, 1, 1)]
