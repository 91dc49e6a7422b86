# ruff: noqa: E501 (tables of cases: one case a line reads best)
"""Bodies in lists, by form alone: split, heads supplied, vague ones left out, typed."""

from __future__ import annotations

import re

import pytest
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType
from gongbao.corpus.register.national import load_national
from gongbao.corpus.register.places import Places
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.bodies import Ends, defined_terms, ends_as_body, find_subjects, is_vague, read_names, type_of
from gongbao.nlp.bodies.vocabulary import Words
from gongbao.nlp.pipeline import read_acts
from hypothesis import given
from hypothesis import strategies as st

from tests.nlp.writing import write

_LISTS = [
    ("市水利局、市财政局", ["市水利局", "市财政局"]),  # the plain case
    ("市水利局，市财政局；市应急局", ["市水利局", "市财政局", "市应急局"]),  # any punctuation
    ("市规划和自然资源局、市文化和旅游局", ["市规划和自然资源局", "市文化和旅游局"]),  # 和 inside a name
    ("市水利局和市财政局", ["市水利局", "市财政局"]),  # 和 between names
    ("市水利局及各县（市、区）水利部门", ["市水利局", "各县（市、区）水利部门"]),  # 及 between names
    ("公安、交通运输、卫生健康等部门", ["公安部门", "交通运输部门", "卫生健康部门"]),  # a shared head
    ("公安、民政等单位", ["公安部门", "民政部门"]),  # business of departments, whatever the head printed
    ("各级应急管理、财政部门", ["各级应急管理部门", "财政部门"]),  # heads are supplied minimally
    ("各级水利和财政部门", ["各级水利部门", "各级财政部门"]),  # 和 shares the scope too
    ("市县两级公安、财政部门", ["市县两级公安部门", "市县两级财政部门"]),  # a scope of levels goes to all
    ("市场监管、农业农村部门", ["市场监管部门", "农业农村部门"]),  # 监管 belongs to the first
    ("文化和旅游部门", ["文化和旅游部门"]),  # one department's business, not two
    ("中国移动、联通、电信云川分公司", ["中国移动云川分公司", "联通云川分公司", "电信云川分公司"]),  # a shared tail
    ("县（市、区）政府、管委会", ["县（市、区）政府", "管委会"]),  # stays as printed
    ("各级党委、政府", ["各级党委", "各级政府"]),  # the scope of a pair
    ("县（市、区）党委、政府主要负责人", ["县（市、区）党委主要负责人", "县（市、区）政府主要负责人"]),  # and the post
    ("云川新区等相关区政府", ["云川新区政府", "相关区政府"]),  # the one named, and the class
    ("市水利局等有关部门", ["市水利局"]),  # 等有关部门 adds nobody
    ("市水利局、各有关部门、市直各单位", ["市水利局"]),  # vague bodies are left out
    ("各级测绘机构及其工作人员", ["各级测绘机构"]),  # staff is the body
    ("市、县两级财政和测绘机构", ["市、县两级财政", "测绘机构"]),  # 、 inside a scope
    ("市、县民政、财政等相关部门", ["市、县民政部门", "财政部门"]),  # … and before a list of business
    ("公安、应急等执法部门", ["公安部门", "应急部门"]),  # any kind of departments
    ("市水利局、市公安局东山分局等执法部门", ["市水利局", "市公安局东山分局"]),  # adds nobody to complete names
    (
        "市水利局等单位和事发地县级人民政府有关人员组成",
        ["市水利局", "事发地县级人民政府"],
    ),  # 和 before a body with staff
    ("市水利局和事发地", ["市水利局"]),  # no body
    ("区发改局、市自然资源和规划局东山分局", ["区发改局", "市自然资源和规划局东山分局"]),  # 和 inside a branch
    ("民政局和住建局", ["民政局", "住建局"]),  # without whose
    ("各市、自治州人民政府", ["各市、自治州人民政府"]),  # one class
    ("市民政局（适老化改造）、市住建局（市人防办）", ["市民政局", "市住建局（市人防办）"]),  # a remark, a second name
    ("市水利局\n市财政局", ["市水利局", "市财政局"]),  # a line break in a cell ends a name …
    ("市水\n利局、各县\n（市、区）人民政府", ["市水利局", "各县（市、区）人民政府"]),  # … or wraps it
    ("东 山 县", ["东山县"]),  # spaced out
]


@pytest.mark.parametrize(("text", "names"), _LISTS)
def test_members_of_a_list(text: str, names: list[str]) -> None:
    assert [m.name for m in read_names(text, Span(0, len(text)))] == names


_TYPES = [
    ("市水利局", PartyType.AGENCY),
    ("东山县人民政府", PartyType.AGENCY),
    ("市公安局交警支队", PartyType.AGENCY),
    ("市节水工作领导小组办公室", PartyType.AGENCY),
    ("国网云川供电公司", PartyType.AGENCY),
    ("市容管理部门", PartyType.COLLECTIVE),  # whose department is one, its place says (test_levels.py)
    ("各县（市、区）人民政府", PartyType.COLLECTIVE),
    ("公安部门", PartyType.COLLECTIVE),
    ("乡镇人民政府", PartyType.COLLECTIVE),
    ("各成员单位", PartyType.COLLECTIVE),
    ("市县两级", PartyType.COLLECTIVE),
    ("县市场监管局", PartyType.AGENCY),  # a 市场监管局 of a 县, no 县市
    ("东山街道", PartyType.AGENCY),
    ("相关街道", PartyType.COLLECTIVE),
    ("县市区政府", PartyType.COLLECTIVE),
    ("公共资源交易中心", PartyType.AGENCY),  # no class of public bodies
    ("学术委员会", PartyType.COLLECTIVE),  # of no place: a class
    ("幼儿园", PartyType.COLLECTIVE),
    ("区人民医院", PartyType.AGENCY),
    ("市纪委监委机关", PartyType.AGENCY),
    ("市级人民政府", PartyType.COLLECTIVE),
    ("市各主要媒体", PartyType.COLLECTIVE),
    ("市长", PartyType.PERSON),
    ("县（市、区）政府主要负责人", PartyType.PERSON),
    ("市水利局局长李四", PartyType.PERSON),
]


@pytest.mark.parametrize(("name", "kind"), _TYPES)
def test_type_by_the_form_of_the_name(name: str, kind: PartyType) -> None:
    assert type_of(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        "各级各部门",
        "各级各有关部门",
        "市直相关部门",
        "市级有关部门",
        "有关单位",
        "相关部门",
        "各单位",
        "全市",
        "企业",
        "生产经营单位",
        "各地",
        "车主",
    ],
)
def test_vague_bodies(name: str) -> None:
    assert is_vague(name)


@pytest.mark.parametrize(
    "name", ["各成员单位", "监管部门", "公共机构", "医疗机构", "承储企业", "各县（市、区）", "相关县（市、区）人民政府"]
)
def test_classes_are_not_vague(name: str) -> None:
    assert not is_vague(name)


@pytest.mark.parametrize("text", ["全部", "举办", "社会", "进行", "数字政府", "水库", "场所"])
def test_common_words_that_end_like_bodies(text: str) -> None:
    assert not ends_as_body(text)


def _read_as_one_subject(name: str) -> bool:
    (found,) = find_subjects(Ends(f"{name}要加强管理。")) or (None,)
    return found is not None and [m.name for m in found.mentions] == [name]


def _parties(text: str) -> list[str]:
    return [b.mention.name for s in find_statements(write(text), read_acts) for b in s.bindings]


def test_offices_of_every_place_are_read() -> None:
    """和平区, 开封市, 自治区: many places look like other words."""
    ambiguous = {"会同县"}  # 会同县财政局: together with
    places = [p for p in Places().names() if re.search("[省市县区州旗盟]$", p) and len(p) > 2]
    assert [p for p in places if p not in ambiguous and not _read_as_one_subject(p + "水利局")] == []


def test_national_bodies_are_read() -> None:
    names = [name for name in load_national() if len(name) > 2 and not re.match("中华人民|.*中央$", name)]
    assert [name for name in names if _parties(f"{name}要加强管理。") != [name]] == []


def test_terms_that_a_document_defines_as_bodies() -> None:
    text = "云川市中试实验室（以下简称“中试实验室”）按照本方案（以下简称《方案》）建设，云川市科学技术局（以下简称市科技局）主管。"
    assert defined_terms(text) == ("中试实验室", "市科技局")


@given(st.text(alphabet="市水利局公安部门、和，（）各县等由要负责。 一2", max_size=60))
def test_spans_lie_inside_the_text(text: str) -> None:
    for mention in read_names(text, Span(0, len(text))):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
    for subject in find_subjects(Ends(text)):
        assert subject.clause <= subject.span.start < subject.span.end <= len(text)


def test_a_word_at_the_end_of_the_text_has_its_own_length() -> None:
    words = Words(["云川区", "云川区物流园区"])
    assert words.length_at("云川区", 0) == 3  # not the length of the longer word
    assert words.length_at("云川区物流园区", 0) == 7
