"""The extractor as a whole: spans, ids, time limits, paths; and input of every odd kind."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from gongbao.corpus.document import Block, BlockKind
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, Extraction
from gongbao.corpus.register import Register
from gongbao.nlp import Extractor

from tests.nlp.writing import write

_PLAN = (
    "为加强用水管理，根据有关规定，结合我市实际，制定本方案。",
    "# 一、重点任务",
    "1.改造管网。2024年10月底前完成老旧管网改造。（市水利局牵头，市财政局配合）",
    "2.强化监管。市水利局要每季度通报一次进展，市财政局要在2024年6月底前拨付资金。",
    [["任务", "责任单位", "完成时限"], ["建设水库", "市水利局", "2025年6月底前"]],
    "本方案由市水利局负责解释，自印发之日起施行。",
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Register.load())


@pytest.fixture(scope="module")
def plan(extractor: Extractor) -> Extraction:
    return extractor.extract(write(*_PLAN))


def test_quotes_are_what_their_spans_say(plan: Extraction) -> None:
    text = write(*_PLAN).text
    assert all(a.quote == a.span.of(text) for a in plan.assignments)
    assert all(p.name in p.span.of(text) for a in plan.assignments for p in a.parties)


def test_time_limits_bind_the_statement_they_stand_in(plan: Extraction) -> None:
    limits = [("、".join(p.name for p in a.parties), [d.text for d in a.deadlines]) for a in plan.assignments]
    assert limits == [
        ("市水利局、市财政局", ["2024年10月底前"]),  # the item's
        ("市水利局", ["每季度"]),  # its own clause only
        ("市财政局", ["2024年6月底前"]),
        ("市水利局", ["2025年6月底前"]),  # the row's
        ("市水利局", []),  # from when a rule holds binds nobody
    ]


@pytest.mark.parametrize(
    ("paragraphs", "limits", "why"),
    [
        (["1.改造管网。", "责任单位：市水利局", "完成时限：2024年6月底前"], ["2024年6月底前"], "a line of its own"),
        (["市水利局要制定方案；每月5日前报送进展。"], ["每月5日前"], "a clause that names nobody goes on"),
        (["市水利局要制定方案；市财政局要每月报告。"], [], "a clause of another body does not"),
        (
            ["市水利局制定方案，市财政局安排资金，确保2024年6月底前全部完成。"],
            ["2024年6月底前"],
            "a limit that closes a sentence is that of all its acts",
        ),
        (["市水利局制定方案，市财政局在2024年6月底前拨付资金。"], [], "one with an object is not"),
    ],
)
def test_where_the_limits_of_the_first_statement_stand(
    extractor: Extractor, paragraphs: list[str], limits: list[str], why: str
) -> None:
    first = extractor.extract(write(*paragraphs)).assignments[0]
    assert [limit.text for limit in first.deadlines] == limits, why


def test_a_row_is_bound_by_the_heads_of_the_columns_it_fills(extractor: Extractor) -> None:
    rows = [
        ["任务", "责任单位", "一季度", "二季度"],
        ["编制规划", "市水利局", "√", "—"],
        ["施工", "市住建局", "—", "√"],
    ]
    found = extractor.extract(write(rows)).assignments
    assert [[limit.text for limit in one.deadlines] for one in found] == [["一季度"], ["二季度"]]


def test_headings_above_kinds_and_canonical_names(plan: Extraction) -> None:
    first = plan.assignments[0]
    assert first.path == ("一、重点任务",)
    assert [p.agency for p in first.parties] == ["云川市水利局", "云川市财政局"]
    assert [a.kind for a in plan.assignments] == [AssignmentKind.TASK] * 4 + [AssignmentKind.DUTY]


def test_ids_are_one_for_each_statement_and_stay(extractor: Extractor, plan: Extraction) -> None:
    ids = [a.id for a in plan.assignments]
    assert len(set(ids)) == len(ids)
    moved = extractor.extract(write("各有关单位：", *_PLAN))
    assert set(ids) <= {a.id for a in moved.assignments}  # words before it change nothing


def test_what_a_plan_of_emergency_binds_to_is_a_duty(extractor: Extractor) -> None:
    found = extractor.extract(write("市指挥部办公室组织会商，发布预警。", title="云川市防汛应急预案"))
    assert [a.kind for a in found.assignments] == [AssignmentKind.DUTY]


_ODD = {
    "one endless sentence": "市水利局要加强管理并" + "推进工作和落实责任" * 8_000,
    "clauses without a full stop": "市水利局要加强管理，" * 4_000,
    "brackets that never close": "（责任单位：市水利局、市财政局" * 3_000,
    "opening brackets only": "（" * 60_000,
    "ten thousand bodies in one bracket": "加强管理。（责任单位："
    + "、".join(f"第{i}管理局" for i in range(10_000))
    + "）",
    "ten thousand subjects": "、".join(f"第{i}管理局" for i in range(10_000)) + "要加强管理。",
    "blanks": "市水利局" + " " * 60_000 + "要加强管理",
    "one ending": "局" * 60_000,
    "由 only": "由" * 30_000,
    "labels only": "责任单位：" * 10_000,
    "leaders only": "张三副市长" * 8_000 + "：负责",
    "control characters": "市\x00水利局\x07要加强\ufffe管理。" * 4_000,
    "nothing": "",
}


@pytest.mark.parametrize("text", _ODD.values(), ids=_ODD.keys())
def test_odd_input_takes_bounded_time(extractor: Extractor, text: str) -> None:
    began = time.process_time()
    extractor.extract(write(text))
    assert time.process_time() - began < 30  # a quadratic reading would take minutes


def test_time_grows_with_length_not_faster(extractor: Extractor) -> None:
    paragraph = "各县（市、区）人民政府要加强管理，市水利局牵头，市财政局配合。（责任单位：市水利局）" * 4

    def seconds(n: int) -> float:
        began = time.process_time()
        extractor.extract(write(*[paragraph] * n))
        return time.process_time() - began

    seconds(5)
    assert seconds(160) < 12 * seconds(40)


def test_a_block_of_another_kind_is_not_read(extractor: Extractor) -> None:
    document = write("市水利局要加强管理。")
    title = replace(document, blocks=(Block(BlockKind.TITLE, Span(0, len(document.text))),))
    assert extractor.extract(title).assignments == ()


def test_an_official_name_that_is_not_sure_is_a_candidate(extractor: Extractor) -> None:
    (party,) = extractor.extract(write("市经发局应当编制清单。")).assignments[0].parties
    assert (party.agency, party.candidates) == (None, ("云川市经发局",))
