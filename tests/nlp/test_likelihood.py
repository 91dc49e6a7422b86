"""How likely words name a body, and what a list makes of one that nobody knows."""

from __future__ import annotations

import pytest
from gongbao.corpus.offsets import Span
from gongbao.nlp.bodies import read_names
from gongbao.nlp.bodies.likelihood import LIKELIHOODS, begins_badly, likelihood
from gongbao.nlp.bodies.vocabulary import vocabulary

from tests.nlp.writing import statements


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("市水利局", LIKELIHOODS.known, "ends as bodies do"),
        ("进出口银行", LIKELIHOODS.known, "a national body, whatever it begins with"),
        ("扶贫办", LIKELIHOODS.known, "a business with the ending of its office"),
        ("和平区", LIKELIHOODS.known, "a place of the country"),
        ("市“双打办”", LIKELIHOODS.known, "quotation marks are no part of the form"),
        ("基层处", LIKELIHOODS.shaped, "ends in a character that offices end in"),
        ("团委", LIKELIHOODS.shaped, "a short name of that form"),
        ("指挥部（所）", LIKELIHOODS.known, "a bracket may hold another ending"),
        ("接收单位", LIKELIHOODS.described, "a verb that is part of the name"),
        ("负责水资源保护的主管部门", LIKELIHOODS.described, "told by its duty"),
        ("热线受理人员", LIKELIHOODS.described, "staff by function"),
        ("云川晨光", LIKELIHOODS.short, "a few characters"),
        ("及时报告政府", 0.0, "an act"),
        ("科学设置防灾避难场所", 0.0, "an act"),
        ("督促有关单位", 0.0, "an act on bodies"),
        ("研究处理市政府", 0.0, "an act for a government"),
        ("受灾群众", 0.0, "people at large"),
        ("公共场所", 0.0, "a common word"),
    ],
)
def test_forms(name: str, expected: float, why: str) -> None:
    assert likelihood(name) == expected, why


@pytest.mark.parametrize("before", ["等", "有关", "相关", "行政", "主管", "行政主管", "监管"])
@pytest.mark.parametrize("office", ["部门", "机构", "单位", "机关"])
def test_a_business_that_begins_with_a_verb_is_a_name_before_its_office(before: str, office: str) -> None:
    assert not begins_badly(f"发展改革{before}{office}")
    assert begins_badly(f"指导{before}{office}")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("市水利局、云川晨光、市财政局", [("市水利局", 1.0), ("云川晨光", 0.7), ("市财政局", 1.0)]),
        ("云川晨光", [("云川晨光", 0.5)]),
        ("接收单位", [("接收单位", 0.8)]),  # told by what it does: less sure than a known one
        ("基层处", [("基层处", 0.8)]),
        ("市水利局、迅速报告政府", [("市水利局", 1.0)]),
        ("—", []),
        ("无", []),
        ("详见附件2", []),
    ],
)
def test_an_unknown_name_gains_by_its_company(listed: str, expected: list[tuple[str, float]]) -> None:
    assert [(m.name, round(m.confidence, 2)) for m in read_names(listed, Span(0, len(listed)))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市水利局、河套发展署、市财政局要加强管理。", ["R:市水利局 R:河套发展署 R:市财政局|加强管理"]),
        ("市水利局、开展清淤办、市财政局要加强管理。", []),
        ("市水利局、河套发展署、东岸署、市财政局要加强管理。", []),
    ],
)
def test_a_list_vouches_for_one_unknown_office_between_known_ones(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("word", "expected", "why"),
    [
        ("城市管理", True, "a business"),
        ("城市管理（综合行政执法）", True, "with its second name"),
        ("城市管理（甲乙）", False, "which is one as well"),
        ("甲乙", False, "none"),
    ],
)
def test_businesses(word: str, expected: bool, why: str) -> None:
    assert vocabulary().is_head(word) == expected, why
