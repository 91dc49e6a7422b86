"""Which documents are named, with what number, and what is done to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gongbao.corpus.document import Document
from gongbao.corpus.records import Citation, DocumentRef, Extraction, Relation
from gongbao.corpus.store import reference
from gongbao.nlp.citations import cites_of, find_citations, repeals_of
from gongbao.nlp.citations.relation import NamedAt, placed_blocks
from gongbao.nlp.deadlines import find_deadlines
from gongbao.nlp.links import Lookup, Validity, link, repealed_in, status_of, successors

from tests.builders import document
from tests.nlp.writing import write

FILLER = ("各单位要高度重视。", "要加强领导。", "要落实责任。")  # pushes a paragraph out of the opening

# (why, text, [(title, number, relation)])
CASES: list[tuple[str, str, list[tuple[str, str | None, str]]]] = [
    (
        "a basis with its number",
        "根据《省节水条例》（省政发〔2023〕5号），制定本方案。",
        [
            ("省节水条例", "省政发〔2023〕5号", "implements"),
        ],
    ),
    (
        "two bases in one sentence",
        "按照《甲办法》和《乙办法》（省政办发〔2023〕7号）要求，制定本方案。",
        [
            ("甲办法", None, "implements"),
            ("乙办法", "省政办发〔2023〕7号", "implements"),
        ],
    ),
    (
        "brackets of every kind",
        "见《甲办法》﹝省政发﹝2023﹞5号﹞和《乙办法》(省政发[2023]6号)。",
        [
            ("甲办法", None, "cites"),
            ("乙办法", "省政发〔2023〕6号", "cites"),
        ],
    ),
    (
        "a standard behind the title",
        "达到《锅炉排放标准》（DB99/1929-2019）。",
        [("锅炉排放标准", "DB99/1929-2019", "cites")],
    ),
    (
        "a standard inside the title",
        "达到《填埋污染控制标准（GB16889）》。",
        [
            ("填埋污染控制标准（GB16889）", "GB16889", "cites"),
        ],
    ),
    ("an order's number", "按照《处罚条例》（国务院令第427号）处理。", [("处罚条例", "国务院令第427号", "implements")]),
    (
        "a title inside a title",
        "见《云川市关于落实〈安全规定〉的细则》。",
        [("云川市关于落实〈安全规定〉的细则", None, "cites")],
    ),
    (
        "repealed",
        "《云川市停车办法》（云政发〔2018〕3号）同时废止。",
        [("云川市停车办法", "云政发〔2018〕3号", "repeals")],
    ),
    (
        "repealed, two at once",
        "《甲办法》《乙办法》自本办法施行之日起废止。",
        [
            ("甲办法", None, "repeals"),
            ("乙办法", None, "repeals"),
        ],
    ),
    (
        "repealed by its issue",
        "原关于印发《云川市停车办法》的通知（云政发〔2018〕3号）同时废止。",
        [
            ("云川市停车办法", "云政发〔2018〕3号", "repeals"),
        ],
    ),
    ("to repeal", "决定废止《云川市停车办法》。", [("云川市停车办法", None, "repeals")]),
    ("one article only is a change", "将《云川市停车办法》第三条修改为：“……”。", [("云川市停车办法", None, "amends")]),
    ("changed", "决定对《云川市停车办法》作如下修改：", [("云川市停车办法", None, "amends")]),
    (
        "a text of another body handed on, with its number",
        "现将省政府办公厅《关于做好防汛工作的通知》（省政办发〔2024〕3号）转发给你们。",
        [],
    ),
    (
        "named after a repeal",
        "《甲办法》废止后，以《乙办法》为准。",
        [("甲办法", None, "cites"), ("乙办法", None, "cites")],
    ),
    (
        "repealed, items in one paragraph",
        "下列文件自公布之日起失效：（一）《甲办法》（云政发〔2001〕1号）；（二）《乙办法》（云政发〔2002〕2号）。",
        [("甲办法", "云政发〔2001〕1号", "repeals"), ("乙办法", "云政发〔2002〕2号", "repeals")],
    ),
    ("something else is repealed", "修订《甲办法》，废止与上位法不一致的规定。", [("甲办法", None, "cites")]),
    ("some articles adjusted", "现对《甲办法》有关条款作如下调整：", [("甲办法", None, "amends")]),
    ("licences are papers", "依法注销《道路运输证》，填写《登记表》。", []),
    ("a genre alone names nothing", "以落实《实施方案》为主线。", []),
    ("the text that is handed on", "《云川市供水办法》已经市政府同意，现印发给你们，请认真贯彻执行。", []),
    ("the text that is handed on, turned", "现将《云川市供水办法》印发给你们。", []),
    ("the document itself", "落实《云川市人民政府关于加强城区防汛工作的通知》。", []),
    ("never closed", "见《云川市供水办法，", []),
]


def found_in(text: str, **named: object) -> list[Citation]:
    return list(find_citations(document(text, **named)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("why", "text", "expected"), CASES, ids=[row[0] for row in CASES])
def test_a_document_named_is_found(why: str, text: str, expected: list[tuple[str, str | None, str]]) -> None:
    found = [(one.title, one.number, one.relation.value) for one in found_in(text)]
    assert found == expected, why


def test_a_basis_is_one_only_where_a_document_opens() -> None:
    found = find_citations(document(*FILLER, "要按照《省节水条例》要求抓好落实。"))
    assert [one.relation for one in found] == [Relation.CITES]


def test_a_list_of_bases_is_headed_so() -> None:
    text = ("1.2 编制依据", "《省节水条例》《省供水办法》等。")
    found = find_citations(document(*FILLER, *text, headings={"1.2 编制依据": 2}))
    assert {one.relation for one in found} == {Relation.IMPLEMENTS}


def test_a_short_form_leads_to_its_title_and_a_title_to_its_number() -> None:
    text = (
        "落实《省节水行动计划》（以下简称《行动计划》）。",
        "《行动计划》（省政发〔2023〕9号）要求明确。",
        "上述计划另行印发。",
    )
    found = find_citations(document(*text))
    assert {(one.title, one.number) for one in found} == {("省节水行动计划", "省政发〔2023〕9号")}
    assert len(found) == 3
    assert len(cites_of(found)) == 1


def test_a_list_of_repealed_documents() -> None:
    lines = (
        "决定废止下列文件：",
        "1.《甲办法》（云政发〔2018〕3号）",
        "（二）云川市人民政府关于印发《乙办法》的通知（云政发〔2017〕8号）",
    )
    assert [(one.title, one.relation.value) for one in find_citations(document(*lines))] == [
        ("甲办法", "repeals"),
        ("乙办法", "repeals"),
    ]


CATALOGUE = {"废止的行政规范性文件目录": 0, "修改的行政规范性文件目录": 0}


def test_a_catalogue_of_repealed_documents_of_any_length() -> None:
    """Bare titles with their numbers, over more than any fixed reach, up to the next catalogue."""
    many = [f"{n}.云川市人民政府关于加强第{n}类用水管理的通知（云政发〔2018〕{n}号）" for n in range(1, 120)]
    lines = ["废止的行政规范性文件目录", *many, "修改的行政规范性文件目录", "1.《乙办法》（云政发〔2017〕8号）"]
    found = find_citations(document(*lines, headings=CATALOGUE))
    assert len(repeals_of(found)) == 119
    assert (found[7].title, found[7].number) == ("云川市人民政府关于加强第8类用水管理的通知", "云政发〔2018〕8号")


def test_a_table_of_repealed_documents() -> None:
    rows = [["序号", "文件名称", "文号"], ["1", "云川市停车办法", "云政发〔2018〕3号"], ["2", "《乙办法》", "—"]]
    found = find_citations(document("决定废止的文件目录", rows=rows))
    assert [(one.title, one.number, one.relation.value, one.in_table) for one in found] == [
        ("云川市停车办法", "云政发〔2018〕3号", "repeals", True),
        ("乙办法", None, "repeals", True),
    ]


@pytest.mark.parametrize(
    ("why", "text", "title", "relation"),
    [
        ("a decision sets out to change", "二、修改《甲办法》等2件文件。", "关于修改部分文件的决定", "amends"),
        (
            "a title heads its changes",
            "一、《甲办法》（云政发〔2017〕8号）\n将第六条修改为：“……”。",
            "修改的文件",
            "amends",
        ),
        ("a plan to change is no change", "修订《甲办法》，年底前出台。", "云川市节水方案", "cites"),
    ],
)
def test_what_a_decision_changes(why: str, text: str, title: str, relation: str) -> None:
    found = find_citations(document(*FILLER, *text.split("\n"), title=title))
    assert [one.relation.value for one in found] == [relation], why


def test_an_older_text_of_the_same_name_is_cited_and_repealed() -> None:
    text = "《云川市供水办法》（云政发〔2015〕2号）同时废止。"
    found = found_in(text, title="云川市人民政府关于印发《云川市供水办法》的通知")
    assert [(one.title, one.relation) for one in repeals_of(found)] == [("云川市供水办法", Relation.REPEALS)]


def test_own_attachments_are_no_citations() -> None:
    own = replace(document("填写《供水情况统计单》。"), attachments=("云川市供水情况统计单",))
    assert not find_citations(own)


def test_a_table_cell_is_no_running_text() -> None:
    found = find_citations(document("见下表：", rows=[["事项", "依据"], ["供水", "《省供水办法》"]]))
    assert [one.in_table for one in found] == [True]
    assert not cites_of(found)


def test_the_span_holds_title_and_number() -> None:
    whole = document("根据《省节水条例》（省政发〔2023〕5号），制定本方案。")
    (one,) = find_citations(whole)
    assert one.span.of(whole.text) == "《省节水条例》（省政发〔2023〕5号）"


# --- links

OLD = document(
    "内容。", number="云政发〔2018〕3号", title="云川市人民政府关于印发云川市停车办法的通知", signed=date(2018, 5, 1)
)


def extraction(of: Document) -> Extraction:
    return Extraction(of.id, "1", None, (), (), find_deadlines(of), (), find_citations(of))


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("by number", "见《停车办法》（云政发[2018]3号）。"),
        ("by the title that it transmits", "见《云川市停车办法》。"),
        ("by its own title", "见《云川市人民政府关于印发云川市停车办法的通知》。"),
    ],
)
def test_a_citation_finds_its_target(why: str, text: str) -> None:
    linked = link(find_citations(document(text)), Lookup.of([reference(OLD)]))
    assert [one.target for one in linked] == [OLD.id], why


def test_two_documents_of_one_title_are_not_guessed_between() -> None:
    twin = replace(reference(OLD), id="other", number="云政发〔2020〕8号")
    lookup = Lookup.of([reference(OLD), twin])
    assert lookup.find(None, "云川市停车办法") is None
    assert lookup.find("云政发〔2020〕8号", "云川市停车办法") == "other"


@pytest.mark.parametrize(
    ("why", "text", "today", "state"),
    [
        ("nothing is printed", "各区照办。", date(2030, 1, 1), Validity.UNKNOWN),
        ("valid still", "本办法有效期至2029年3月31日。", date(2029, 3, 31), Validity.IN_FORCE),
        ("over", "本办法有效期至2029年3月31日。", date(2029, 4, 1), Validity.EXPIRED),
        ("over by a span", "本办法自2024年4月1日起施行，有效期5年。", date(2029, 4, 1), Validity.EXPIRED),
        ("not yet begun", "本办法自2024年4月1日起施行。", date(2024, 3, 31), Validity.NOT_YET),
    ],
)
def test_status_says_why(why: str, text: str, today: date, state: Validity) -> None:
    one = document(text)
    status = status_of(reference(one), find_deadlines(one), {}, today)
    assert status.state is state, why
    assert status.reason


@pytest.mark.parametrize(
    ("why", "title", "state"),
    [
        ("a plan of a past year", "关于印发2023年重点工作任务分解方案的通知", Validity.PAST),
        ("of this year", "关于印发2024年重点工作任务分解方案的通知", Validity.UNKNOWN),
        ("of several years: the last counts", "关于印发2022年—2024年行动计划的通知", Validity.UNKNOWN),
        ("a year, but no plan", "关于2023年度考核结果的通报", Validity.UNKNOWN),
        ("a plan for no year", "关于印发防汛应急预案的通知", Validity.UNKNOWN),
    ],
)
def test_a_plan_for_a_year_ends_with_it(why: str, title: str, state: Validity) -> None:
    one = replace(reference(document("各区照办。")), title=title)
    assert status_of(one, (), {}, date(2024, 5, 1)).state is state, why


def test_a_repeal_in_the_corpus_ends_a_document() -> None:
    new = document("《云川市停车办法》（云政发〔2018〕3号）同时废止。")
    refs = [reference(OLD), reference(new)]
    repealed = repealed_in([(refs[0], extraction(OLD)), (refs[1], extraction(new))], Lookup.of(refs))
    status = status_of(refs[0], (), repealed, date(2024, 5, 1))
    assert (status.state, status.by) == (Validity.REPEALED, new.id)


def test_the_same_plan_of_the_next_year_succeeds() -> None:
    def ref(ident: str, title: str) -> DocumentRef:
        return DocumentRef(ident, None, title, "云川市人民政府", None, None)

    series = [ref("c", "2026年植树方案"), ref("a", "2024年植树方案"), ref("b", "2025年植树方案"), ref("x", "植树方案")]
    assert successors(series) == {"a": "b", "b": "c"}


@pytest.mark.parametrize(("level", "place"), [(0, NamedAt.OPENING), (1, NamedAt.BODY)])
def test_the_title_of_a_part_opens_anew_and_a_heading_does_not(level: int, place: NamedAt) -> None:
    """附件1 has an opening of its own, 二、保障措施 has none."""
    written = write(*FILLER, *FILLER, "# 附件1", "根据《省节水条例》，制定本办法。")
    blocks = tuple(replace(block, level=level) if block.level is not None else block for block in written.blocks)
    assert [*placed_blocks(replace(written, blocks=blocks))][-1][1] is place


@pytest.mark.parametrize(("between", "relation"), [(398, Relation.IMPLEMENTS), (399, Relation.CITES)])
def test_a_sentence_is_looked_at_for_four_hundred_characters(between: int, relation: Relation) -> None:
    written = write(f"根据{'甲' * between}《省节水条例》，制定本方案。")
    assert [citation.relation for citation in find_citations(written)] == [relation]
