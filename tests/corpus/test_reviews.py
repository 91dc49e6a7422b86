"""People's words survive a new extraction and a new reading of the page, and nobody's are overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.document import Document, Issue
from gongbao.corpus.errors import Conflict
from gongbao.corpus.home import Home
from gongbao.corpus.ids import record_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.reapply import reapply
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    AssignmentSource,
    Comparison,
    Deadline,
    DeadlineKind,
    Extraction,
    Party,
    PartyType,
    Quantity,
    QuantityKind,
    Role,
)
from gongbao.corpus.reviews import Anchor, Review, Reviews, Verdict
from gongbao.corpus.store import Store
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import document

FIRST = "市水利局负责水库除险加固，5月底前完成。"
SECOND = "市财政局保障防汛资金。"


def _statement(doc: Document, quote: str, body: str, what: str, due: str | None = None) -> Assignment:
    span = _span(doc, quote)
    party = Party(body, f"云川{body}", Role.RESPONSIBLE, PartyType.AGENCY, _span(doc, body, span.start))
    limits = (_limit(doc, due, span),) if due else ()
    return Assignment(
        id=record_id("assignment", doc.id, doc.text, span),
        kind=AssignmentKind.TASK,
        source=AssignmentSource.TEXT,
        what=what,
        parties=(party,),
        deadlines=limits,
        path=(),
        quote=span.of(doc.text),
        span=span,
        regions=(),
    )


def _limit(doc: Document, words: str, inside: Span) -> Deadline:
    span = _span(doc, words, inside.start)
    return Deadline("d-" + words, words, DeadlineKind.BY, words, span, (), due=date(2024, 5, 31))


def _span(doc: Document, words: str, start: int = 0) -> Span:
    at = doc.text.index(words, start)
    return Span(at, at + len(words))


def _extraction(doc: Document, *statements: Assignment) -> Extraction:
    limits = tuple(limit for one in statements for limit in one.deadlines)
    return Extraction(doc.id, "1", "通知", (), statements, limits, (), ())


def _review(doc: Document, verdict: Verdict, original: Assignment, statement: Assignment | None) -> Review:
    anchor = Anchor.of(doc.text, original.span)
    kept = None if verdict is Verdict.ADDED else original
    return Review(doc.id, original.id, verdict, anchor, kept, statement, "林知远")


DOC = document(FIRST, SECOND)
TASK = _statement(DOC, FIRST, "市水利局", "水库除险加固", "5月底前")
OTHER = _statement(DOC, SECOND, "市财政局", "保障防汛资金")
EXTRACTED = _extraction(DOC, TASK, OTHER)
BETTER = replace(TASK, what="水库除险加固", parties=(replace(TASK.parties[0], role=Role.LEAD),), deadlines=())


def test_edited_statement_stands_in_place_of_the_extracted_one() -> None:
    found = reapply(DOC, EXTRACTED, [_review(DOC, Verdict.EDITED, TASK, BETTER)])
    assert found.extraction.assignments == (BETTER, OTHER)
    assert found.extraction.deadlines == ()  # the limit that the person took out
    assert found.differences == ()


def test_rejected_statement_is_gone() -> None:
    found = reapply(DOC, EXTRACTED, [_review(DOC, Verdict.REJECTED, TASK, None)])
    assert found.extraction.assignments == (OTHER,)
    assert [review.record for review in found.rejected] == [TASK.id]


def test_added_statement_is_there_and_not_twice_once_it_is_extracted() -> None:
    review = _review(DOC, Verdict.ADDED, OTHER, OTHER)
    for extraction in (_extraction(DOC, TASK), EXTRACTED):
        found = reapply(DOC, extraction, [review])
        assert found.extraction.assignments == (TASK, OTHER)
        assert found.differences == ()


def test_confirmed_statement_survives_an_extractor_that_misses_it() -> None:
    found = reapply(DOC, _extraction(DOC, OTHER), [_review(DOC, Verdict.CONFIRMED, TASK, TASK)])
    assert found.extraction.assignments == (TASK, OTHER)
    assert [d.reason for d in found.differences] == ["程序不再提取这一条"]


def test_an_extractor_that_says_something_new_is_shown_not_followed() -> None:
    now = replace(TASK, what="水库除险加固和巡查")
    found = reapply(DOC, _extraction(DOC, now, OTHER), [_review(DOC, Verdict.CONFIRMED, TASK, TASK)])
    assert found.extraction.assignments == (TASK, OTHER)
    assert [(d.found, d.reason) for d in found.differences] == [(now, "程序现在提取的内容与校核时不同")]


def test_an_extractor_that_has_learnt_the_correction_is_no_difference() -> None:
    found = reapply(DOC, _extraction(DOC, BETTER, OTHER), [_review(DOC, Verdict.EDITED, TASK, BETTER)])
    assert found.differences == ()


def test_a_quote_that_is_gone_is_shown() -> None:
    other_text = document("全文已改。")
    found = reapply(other_text, _extraction(other_text), [_review(DOC, Verdict.EDITED, TASK, BETTER)])
    assert found.extraction.assignments == ()
    assert [d.reason for d in found.differences] == ["原文中已找不到这句话"]


def test_figures_are_those_that_the_extractor_now_reads() -> None:
    span = _span(DOC, "5月")
    figure = Quantity("q", QuantityKind.QUANTITY, "5月", 5, "月", Comparison.EXACTLY, FIRST, span, ())
    reads = replace(EXTRACTED, quantities=(figure,))
    measured = replace(reads, assignments=tuple(replace(one, targets=(figure,)) for one in EXTRACTED.assignments))
    edited = _review(DOC, Verdict.EDITED, TASK, BETTER)  # as it was kept before there were any
    assert reapply(DOC, measured, [edited]).extraction.assignments[0].targets == (figure,)
    alone = replace(reads, assignments=())  # the extractor misses the statement, not the figure
    assert reapply(DOC, alone, [edited]).extraction.assignments[0].targets == (figure,)


@given(st.lists(st.integers(0, len(FIRST)), max_size=6), st.integers(0, 40))
def test_found_again_in_a_text_broken_and_moved_otherwise(breaks: list[int], moved: int) -> None:
    """The same page read again: other line breaks inside the quote, more text before it."""
    broken = FIRST
    for at in sorted(breaks, reverse=True):
        broken = broken[:at] + "\n" + broken[at:]
    again = document("前" * moved, broken, SECOND)
    found = reapply(again, _extraction(again), [_review(DOC, Verdict.CONFIRMED, TASK, TASK)])
    (task,) = found.extraction.assignments
    assert "".join(task.span.of(again.text).split()) == FIRST
    assert "".join(task.parties[0].span.of(again.text).split()) == "市水利局"
    assert "".join(task.deadlines[0].span.of(again.text).split()) == "5月底前"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(Home(tmp_path))
    store.put_issue(Issue(source=DOC.source, documents=(DOC,)), "1")
    store.put_extraction(EXTRACTED, DOC.source.sha256)
    return store


def test_store_gives_the_reviewed_records_and_keeps_the_extracted(store: Store) -> None:
    store.reviews.add(_review(DOC, Verdict.EDITED, TASK, BETTER), None)
    reviewed, own = store.extraction(DOC.id), store.own_extraction(DOC.id)
    assert reviewed is not None
    assert reviewed.assignments == (BETTER, OTHER)
    assert own == EXTRACTED


def test_a_review_is_a_change_of_the_document(store: Store) -> None:
    before = store.stamps()[DOC.id]
    store.reviews.add(_review(DOC, Verdict.CONFIRMED, TASK, TASK), None)
    assert store.stamps()[DOC.id] > before
    assert store.changed_since(before) == [DOC.id]


def test_the_later_of_two_reviewers_is_told(store: Store) -> None:
    first = store.reviews.add(_review(DOC, Verdict.CONFIRMED, TASK, TASK), None)
    late = replace(_review(DOC, Verdict.REJECTED, TASK, None), by="沈若谷")
    with pytest.raises(Conflict, match="林知远"):
        store.reviews.add(late, None)
    store.reviews.add(late, first.id)  # having seen it
    assert [review.by for review in store.reviews.of(DOC.id)] == ["沈若谷"]


def test_of_many_at_the_same_moment_one_holds(store: Store) -> None:
    def submit(name: str) -> str:
        try:
            return store.reviews.add(replace(_review(DOC, Verdict.CONFIRMED, TASK, TASK), by=name), None).by
        except Conflict:
            return ""

    with ThreadPoolExecutor(8) as threads:
        kept = [name for name in threads.map(submit, map(str, range(8))) if name]
    assert [review.by for review in store.reviews.history(DOC.id)] == kept
    assert len(kept) == 1


def test_two_programs_write_one_log(store: Store) -> None:
    """Reviews of different statements do not meet: each is kept, and the log has one order."""
    url = store._engine.url.render_as_string(hide_password=False)
    other = Store.open(store.home, url if url.startswith("postgresql") else None)

    def submit(number: int) -> str:
        of_another = replace(TASK, id=f"r{number}")
        return (store, other)[number % 2].reviews.add(_review(DOC, Verdict.CONFIRMED, of_another, TASK), None).id

    with ThreadPoolExecutor(4) as threads:
        written = set(threads.map(submit, range(20)))
    assert {review.id for review in other.reviews.history(DOC.id)} == written
    other.close()


def test_withdrawn_review_leaves_the_extractors_word(store: Store) -> None:
    first = store.reviews.add(_review(DOC, Verdict.REJECTED, TASK, None), None)
    store.reviews.add(_review(DOC, Verdict.WITHDRAWN, TASK, None), first.id)
    assert store.extraction(DOC.id) == EXTRACTED
    assert len(store.reviews.history(DOC.id)) == 2  # nothing is forgotten
    store.reviews.add(_review(DOC, Verdict.CONFIRMED, TASK, TASK), None)  # and the statement is open again


def test_reviews_survive_ingest_and_extraction_again(store: Store) -> None:
    store.reviews.add(_review(DOC, Verdict.EDITED, TASK, BETTER), None)
    store.put_issue(Issue(source=DOC.source, documents=(DOC,)), "2")
    store.put_extraction(replace(EXTRACTED, version="2"), DOC.source.sha256)
    reviewed = store.extraction(DOC.id)
    assert reviewed is not None
    assert BETTER in reviewed.assignments


def test_log_is_kept_by_value(tmp_path: Path) -> None:
    review = _review(DOC, Verdict.EDITED, TASK, BETTER)
    open_log: Callable[[], Reviews] = lambda: Store.open(Home(tmp_path)).reviews  # noqa: E731 -- opened anew each time
    kept = open_log().add(review, None)
    assert open_log().history() == [kept]
    assert replace(kept, id="", at="") == review
