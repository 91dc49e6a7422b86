"""Attributions set apart from the task: brackets in all spellings, labels, lines of their own."""

from __future__ import annotations

import pytest
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.pipeline import read_acts

from tests.nlp.writing import statements, write

_TASK = "加强水库管理。"
_CASES = [
    ("（责任单位：市水利局、市财政局）", "R:市水利局 R:市财政局"),  # the plain case
    ("(牵头单位；市水利局,配合单位：市财政局、市应急局)", "L:市水利局 S:市财政局 S:市应急局"),  # half width, slips
    ("〔责任单位：市水利局；完成时限：2024年10月底前〕", "R:市水利局"),  # a time limit is no body
    ("【责任部门：市水利局、市财政局等；持续推进】", "R:市水利局 R:市财政局"),  # other brackets, an aside
    ("（牵头部门：市水利局；责任部门：市财政局）", "L:市水利局 S:市财政局"),  # beside a lead the others support
    ("（责任领导：张三副市长；责任单位：市水利局）", "R:张三副市长@ R:市水利局"),  # a person
    (
        "（市水利局牵头，市财政局、市应急局配合，各县〔市、区〕政府负责落实）",
        "L:市水利局 S:市财政局 S:市应急局 R:各县〔市、区〕政府*",
    ),
    ("（市水利局牵头、市财政局配合）", "L:市水利局 S:市财政局"),  # 、 where ， is meant
    ("（市水利局牵头，市财政局、市应急局按职责分工负责）", "L:市水利局 S:市财政局 S:市应急局"),  # the others support
    ("（市水利局、市财政局按职责分工负责）", "R:市水利局 R:市财政局"),  # no lead: responsible
    ("（市水利局主办，市财政局协办）", "L:市水利局 S:市财政局"),
    ("（由市水利局牵头，市财政局参与，2024年12月底前完成）", "L:市水利局 S:市财政局"),
    ("（市水利局会同市财政局负责）", "L:市水利局 S:市财政局"),  # A会同B
    ("（市水利局会同有关部门负责）", "R:市水利局"),  # nobody by name
    (
        "（市水利局，各县（市、区）人民政府，云川经济开发区管委会负责）",
        "R:市水利局 R:各县（市、区）人民政府* R:云川经济开发区管委会",
    ),
    (
        "（市文化局（市文物保护局）牵头，市财政局配合）",
        "L:市文化局（市文物保护局） S:市财政局",
    ),  # nested
    ("（市水利局、市应急局，以及各区政府）", "R:市水利局 R:市应急局 R:各区政府*"),  # names alone, after the sentence
    ("责任单位：市水利局、市财政局", "R:市水利局 R:市财政局"),  # no bracket
    ("（责任单位：市水利局、市财政局", "R:市水利局 R:市财政局"),  # never closed
    ("市水利局牵头，市财政局、市住建局配合。", "L:市水利局 S:市财政局 S:市住建局"),  # a sentence of roles only
    ("由市水利局负责。", "R:市水利局"),
    ("牵头领导：张三；牵头单位：市水利局；责任单位：市财政局。", "L:张三@ L:市水利局 S:市财政局"),
    ("（牵头领导：张三；责任单位：市财政局）", "L:张三@ R:市财政局"),  # a person who leads is no leading body
    (
        "（牵头：市水利局；责任单位：市财政局、各区政府）",
        "L:市水利局 S:市财政局 R:各区政府*",
    ),  # but a government
    ("（市水利局负责，市财政局配合，年底前取得阶段性成效）", "R:市水利局 S:市财政局"),  # an aside with its own act
    (
        "（责任领导：张三 牵头单位：市水利局 责任单位：市财政局）",
        "R:张三@ L:市水利局 S:市财政局",
    ),  # set apart by blanks
    ("（责任单位：各省、自治区、直辖市人民政府）", "R:各省、自治区、直辖市人民政府*"),
    ("（市水利局，各旗县市（区）；持续推进）", "R:市水利局 R:各旗县市（区）*"),  # names alone with an aside
    ("（市水利局牵头；市财政局配合；各区政府）", "L:市水利局 S:市财政局 R:各区政府*"),  # the last without a word
    ("（责任单位：市水利局，牵头市领导：李四）", "R:市水利局 L:李四@"),  # of which level
    ("责任单位为市水利局、市财政局，2025年底前完成农村供水工程改造全覆盖。", "R:市水利局 R:市财政局"),
    ("（责任单位：市水利局*，市财政局）", "R:市水利局 R:市财政局"),  # a mark that a note explains
    ("（市水利局负总责，市财政局保障资金，各县区具体落实）", "L:市水利局 S:市财政局 R:各县区*"),  # one with its own act
    (
        "（市水利局、市财政局按职责分工负责。列第一位者为牵头部门，下同）",
        "L:市水利局 S:市财政局",
    ),  # says who leads
    ("——责任单位：市水利局、市财政局", "R:市水利局 R:市财政局"),
    ("（责任单位：市级有关部门、各县区政府）", "R:各县区政府*"),  # the vague left out
    ("（责任单位：市水利局。具体任务均涉及相关县人民政府，下同。）", "R:市水利局"),  # a remark
    ("（各县人民政府负责，市水利局按职责分工指导督促）", "R:各县人民政府* R:市水利局"),  # who watches
]


@pytest.mark.parametrize(("bracket", "parties"), _CASES)
def test_attribution(bracket: str, parties: str) -> None:
    assert statements(_TASK + bracket) == [f"{parties}|{_TASK}"]


@pytest.mark.parametrize(
    "text",
    [
        "推广试点（含县级）经验。",
        "落实规定（云政发〔2024〕3号）。",
        "在市区（东山区、西河区）推广。",  # places explained
        "加强管理。（责任单位：各有关部门）",  # nobody named: no statement
        "事故分级（码头按港口专项预案执行）。",
    ],
)
def test_brackets_that_attribute_nothing(text: str) -> None:
    assert statements(text) == []


def test_each_bracket_closes_its_own_part() -> None:
    found = statements("1.加强水库管理（市水利局负责）；加强河道管理（市应急局负责）。")
    assert found == ["R:市水利局|加强水库管理", "R:市应急局|加强河道管理"]


def test_an_item_of_several_paragraphs_begins_at_its_number() -> None:
    found = statements("1.节水改造工程。改造老旧管网。", "推广节水器具。（责任单位：市水利局）")
    assert found == ["R:市水利局|节水改造工程。改造老旧管网。推广节水器具。"]


def test_after_an_attribution_the_next_paragraph_is_a_task_of_its_own() -> None:
    found = statements("1.改造老旧管网。（市水利局负责）", "推广节水器具。（市工信局负责）")
    assert found == ["R:市水利局|改造老旧管网。", "R:市工信局|推广节水器具。"]


def test_labels_on_lines_of_their_own_belong_to_the_task_above() -> None:
    lines = ["1.改造老旧管网。", "牵头单位：市水利局", "配合单位：市财政局、市应急局", "完成时限：2024年10月底前"]
    assert statements(*lines) == ["L:市水利局 S:市财政局 S:市应急局|改造老旧管网。"]


def test_streets_are_labelled_too() -> None:
    lines = ["1.改造老旧管网。", "牵头部门：市水利局", "责任街道：东山街道"]
    assert statements(*lines) == ["L:市水利局 R:东山街道|改造老旧管网。"]


def test_a_heading_is_the_task_where_nothing_else_is_told() -> None:
    assert statements("# （一）改造老旧管网", "（责任单位：市水利局）") == ["R:市水利局|改造老旧管网"]


def test_who_only_helps_joins_the_sentence_before() -> None:
    assert statements("市水利局要加强监管。市财政局配合。") == ["R:市水利局 S:市财政局|加强监管"]


def test_sentences_of_several_bodies_stay_beside_the_bracket_that_names_all() -> None:
    found = statements("（一）抓好节水。市水利局牵头制定方案。市财政局要落实资金。（责任单位：市水利局、市财政局）")
    assert found == [
        "R:市水利局 R:市财政局|抓好节水。市水利局牵头制定方案。市财政局要落实资金。",
        "L:市水利局|牵头制定方案",
        "R:市财政局|落实资金",
    ]


def test_the_title_of_an_item_is_no_act() -> None:
    found = statements("（一）县级政府落实养护责任。乡镇政府要组织养护。（责任单位：各县人民政府）")
    assert [line.split("|")[0] for line in found] == ["R:各县人民政府*", "R:乡镇政府*"]


def test_a_document_may_say_once_that_the_first_leads() -> None:
    found = statements(
        "以下任务中列在首位的为牵头单位。",
        "1.改造老旧管网。（市水利局、市财政局，各县政府）",
        "2.推广节水器具。（责任单位：市工信局）",
    )
    assert found == ["L:市水利局 S:市财政局 S:各县政府*|改造老旧管网。", "R:市工信局|推广节水器具。"]


def test_a_quote_begins_with_its_task() -> None:
    text = "1.加强水库管理（市水利局负责）；加强河道管理（市应急局负责）。"
    found = find_statements(write(text), read_acts)
    assert [s.span.of(text) for s in found] == ["加强水库管理（市水利局负责）", "加强河道管理（市应急局负责）"]


def test_those_beside_a_lead_named_in_the_sentence_support() -> None:
    found = statements("市水利局会同市财政局修订清单。（责任单位：市水利局，市财政局）")
    assert found == ["L:市水利局 S:市财政局|市水利局会同市财政局修订清单。"]


def test_a_lead_named_in_the_sentence_leads_in_the_bracket() -> None:
    found = statements("由市水利局牵头，优化调度。（责任单位：市水利局、各区政府）")
    assert found == ["L:市水利局 R:各区政府*|由市水利局牵头，优化调度。"]


def test_each_attribution_owns_the_text_since_the_one_before() -> None:
    """Segments: the time limit of one is none of the others'."""
    found = statements(
        "完成水库除险加固。（市水利局，市财政局）2024年6月底前，完成灌区改造。（市农业农村局）修订水价办法。（市发展改革委）"
    )
    assert found == [
        "R:市水利局 R:市财政局|完成水库除险加固。",
        "R:市农业农村局|2024年6月底前，完成灌区改造。",
        "R:市发展改革委|修订水价办法。",
    ]


def test_where_the_first_leads_all_others_help_it() -> None:
    found = statements(
        "推进改革。（市水利局、市财政局，各县〔市、区〕人民政府）",
        "完善机制。（市水利局；配合单位：市财政局）",
        "注：括号内列第一位的为牵头单位。",
    )
    assert found == [
        "L:市水利局 S:市财政局 S:各县〔市、区〕人民政府*|推进改革。",
        "L:市水利局 S:市财政局|完善机制。",
    ]


def test_where_those_before_the_comma_lead_the_others_help_them() -> None:
    found = statements(
        "推进改革。（市水利局、市财政局，市统计局、各县人民政府）",
        "完善机制。（市水利局、市财政局）",
        "注：逗号之前的为牵头单位。",
    )
    assert found == [
        "L:市水利局 L:市财政局 S:市统计局 S:各县人民政府*|推进改革。",
        "R:市水利局 R:市财政局|完善机制。",  # no comma, so nothing was said of them
    ]


def test_a_strange_name_between_bodies_is_one() -> None:
    found = statements("推进产业升级。（市水利局、湾东发展署、市财政局）")
    assert found == ["R:市水利局 R:湾东发展署 R:市财政局|推进产业升级。"]
    assert statements("推进产业升级。（以水定产、湾东模式、市财政局）") == []
