"""What a paragraph is by itself (`classify`), and what it means behind those above it (`fold`)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, PartyType, Role
from gongbao.nlp.assignments.blocks import Break, Carrier, Reading, TimeLine
from gongbao.nlp.assignments.classify import Classifier
from gongbao.nlp.assignments.fold import Fold, read_in_order
from gongbao.nlp.assignments.frame import frame_of
from gongbao.nlp.assignments.model import Statement, bind
from gongbao.nlp.assignments.state import ReadingState, Step
from gongbao.nlp.bodies import Mention
from gongbao.nlp.pipeline import read_acts

from tests.nlp.writing import write

_KINDS = [
    ("完成时限：2024年12月底前", ["TimeLine", "MoreOfLeader", "Prose"]),  # of the task above, where there is one
    ("综合协调组", ["GroupName", "Prose"]),
    ("成员单位：市水利局、市财政局", ["Members", "Prose"]),
    ("组成：由市水利局牵头，市财政局参加。", ["Members", "Prose"]),
    ("主要职责：编制规划。", ["GeneralDuty", "Prose"]),
    ("组长单位：市水利局，成员单位：市财政局。主要职责：负责编制规划。", ["Told", "Prose"]),
    ("林远副市长：负责水利工作。", ["Leaders", "DutyLine", "Prose"]),
    ("林远　副市长", ["RosterLine"]),
    ("分管水利工作。", ["MoreOfLeader", "Prose"]),
    ("市气象局：负责预报。", ["DutyLine", "Prose"]),
    ("市气象局：", ["DutyLine", "Prose"]),
    ("市水利局要加强巡查。", ["Prose"]),
    ("（一）推进灌区改造。（市水利局）", ["Prose"]),
]


@pytest.mark.parametrize(("text", "kinds"), _KINDS, ids=[text for text, _ in _KINDS])
def test_what_a_paragraph_may_be(text: str, kinds: list[str]) -> None:
    assert [type(reading).__name__ for reading in _readings(text)] == kinds


@pytest.mark.parametrize(("text", "kinds"), _KINDS, ids=[text for text, _ in _KINDS])
def test_a_paragraph_is_the_same_wherever_it_stands(text: str, kinds: list[str]) -> None:
    """Nothing is remembered: asked twice, or behind a paragraph that changes what it means, it is the same."""
    document = write("成员单位：市教育局", text)
    classifier = Classifier(document, frame_of(document), read_acts)
    first, second = ([*classifier.paragraph(document.blocks[1].span)] for _ in range(2))
    assert first == second
    assert [type(reading).__name__ for reading in first] == kinds


def _readings(text: str) -> list[Reading]:
    document = write(text)
    return list(Classifier(document, frame_of(document), read_acts).paragraph(document.blocks[0].span))


_NAME = Mention("市水利局", PartyType.AGENCY, Span(0, 4))
_TASK = Statement(bind((_NAME,), Role.RESPONSIBLE), "推进灌区改造", Span(0, 6), (Span(0, 6),), AssignmentKind.TASK)


def test_a_time_line_binds_the_task_above_it_and_no_other() -> None:
    told = ReadingState(last=_TASK, item=0, attributed=True)
    assert _fold(told, TimeLine(Span(7, 20))).last == replace(_TASK, limits=(Span(0, 6), Span(7, 20)))
    assert _fold(replace(told, attributed=False), TimeLine(Span(7, 20)), Break()).last == _TASK


def test_a_state_is_never_changed_in_place() -> None:
    before = ReadingState(
        last=_TASK, item=3, carrier=Carrier(_TASK.bindings, "heading"), agencies=frozenset({"主管部门"})
    )
    kept = replace(before)
    _fold(before, Break())
    assert before == kept


def test_behind_a_break_only_what_holds_for_the_whole_document_is_kept() -> None:
    before = ReadingState(last=_TASK, item=3, attributed=True, conditions="（", agencies=frozenset({"主管部门"}))
    assert _fold(before, Break()) == ReadingState(last=_TASK, conditions="（", agencies=frozenset({"主管部门"}))


def test_a_statement_is_done_when_the_next_one_is_told() -> None:
    other = replace(_TASK, what="修订水价办法")
    first = Step(ReadingState()).adding(_TASK)
    assert (first.state.last, first.done) == (_TASK, ())
    second = first.adding(other, _TASK)
    assert (second.state.last, second.done) == (_TASK, (_TASK, other))


def _fold(state: ReadingState, *readings: Reading) -> ReadingState:
    document = write("推进灌区改造。")
    return Fold(document.text, frame_of(document)).step(state, readings).state


def test_the_same_blocks_read_twice_say_the_same() -> None:
    document = write(
        "（一）推进灌区改造。（市水利局）", "完成时限：2024年12月底前", "市气象局：", "1.预报。", "2.会商。"
    )
    frame = frame_of(document)
    classifier, fold = Classifier(document, frame, read_acts), Fold(document.text, frame)
    blocks = [[[*readings] for readings in classifier.classify(block)] for block in document.blocks]
    told = read_in_order(fold, [one for block in blocks for one in block])
    assert [s.what for s in told] == ["推进灌区改造。", "预报", "会商"]
    assert len(told[0].limits) == 2
    assert told == read_in_order(fold, [one for block in blocks for one in block])
