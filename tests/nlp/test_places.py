"""Places that a document names; bodies of a place and common words with the same endings are none."""

from __future__ import annotations

import time

import pytest
from gongbao.corpus.records import NamedPlace
from gongbao.corpus.register import Register
from gongbao.nlp import Extractor
from gongbao.nlp.ground import Ground
from gongbao.nlp.places import find_places
from hypothesis import given
from hypothesis import strategies as st

from tests.nlp.writing import write

REGISTER = Register.load()


def found(*paragraphs: str) -> list[NamedPlace]:
    return list(find_places(Ground(write(*paragraphs)), REGISTER))


# (why, text, names)
CASES: list[tuple[str, str, list[str]]] = [
    ("the city itself", "在云川市建设水库。", ["云川市"]),
    ("a body of it is none", "由云川市水利局负责，报云川市人民政府。", []),
    ("a list of bodies", "云川市水利局、财政局照办，云川市农村面貌改善。", ["云川市"]),
    ("a district of it", "在云川市东山区建设水库。", ["云川市东山区"]),
    ("a district that has a government", "东山区人民政府负责，东山区要建成水库。", ["东山区"]),
    ("a known county", "与梓潼县合作。", ["梓潼县"]),
    ("a known province, unbounded", "深化与四川省合作。", ["四川省"]),
    ("a county of one character, apart", "在泾县、歙县试点。", ["泾县", "歙县"]),
    ("and not apart", "相应县级部门。", []),
    ("towns in a list", "石桥镇、南岭乡和和平镇先行。", ["石桥镇", "南岭乡", "和平镇"]),
    ("a verb before a town", "建设石桥镇水厂。", ["石桥镇"]),
    ("a village with its town", "支持石桥镇河口村建设。", ["石桥镇河口村"]),
    ("a street district", "在东风街道、西关社区试点。", ["东风街道", "西关社区"]),
    ("its office is a body", "在东风街道办事处登记。", []),
    ("a zone named by its city", "推进云川经济技术开发区扩区。", ["云川经济技术开发区"]),
    ("a zone at once behind its city", "在云川市经济开发区试点。", ["云川市经济开发区"]),
    ("the committee of a zone is a body", "云川经济技术开发区管委会负责。", []),
    ("classes of divisions", "各县（市、区）、各乡镇、市县两级、全省各地。", []),
    ("common words", "新农村、城市、社区、园区、城镇、农业示范区、受灾地区和乡村。", []),
    ("words for protected zones", "划定禁燃区、限养区，实施文化强市。", []),
    ("a village without a name", "把任务落实到村、每个社区和贫困村。", []),
    ("terms in quotation marks", "创建“平安村”。", []),
    ("words that go on", "规范市场，提升市容，加强区域合作，发展乡村旅游，实行县级统筹。", []),
    ("inside a title", "落实《云川市供水办法》。", []),
]


@pytest.mark.parametrize(("why", "text", "expected"), CASES, ids=[row[0] for row in CASES])
def test_a_place_is_named(why: str, text: str, expected: list[str]) -> None:
    assert [place.name for place in found(text)] == expected, why


@pytest.mark.parametrize(
    ("text", "full", "level", "why"),
    [
        ("在云川市东山区试点。", "云川市东山区", "county", "as printed"),
        ("东山区人民政府负责，在东山区试点。", "云川市东山区", "county", "of the document's city"),
        ("在梓潼县试点。", "四川省绵阳市梓潼县", "county", "as is known"),
        ("在江油市试点。", "四川省绵阳市江油市", "county", "a city of a county's rank"),
        ("在重庆市试点。", "重庆市", "province", "a municipality"),
        ("在梓潼县南岭乡河口村试点。", "四川省绵阳市梓潼县南岭乡河口村", "village", "down to the village"),
        ("在石桥镇试点。", "石桥镇", "township", "whose town is not said"),
    ],
)
def test_the_divisions_above_are_added_as_far_as_they_are_known(text: str, full: str, level: str, why: str) -> None:
    place = found(text)[-1]
    assert (place.full, place.level.value) == (full, level), why


def test_a_place_is_listed_once_and_its_mentions_are_counted() -> None:
    (place,) = found("在云川市东山区试点。", "总结云川市东山区经验。")
    assert (place.mentions, place.span.start) == (2, 1)


def test_a_party_is_a_body_and_no_place() -> None:
    extraction = Extractor(REGISTER).extract(write("云川市要建成水库。（牵头单位：梓潼县）", "在泾县、歙县试点。"))
    assert [place.name for place in extraction.places] == ["泾县", "歙县"]


@given(st.text("云川市东山区县镇乡村街道社开发、在，。（）《》与和的水利局人民政府\n", max_size=60))
def test_what_is_printed_is_what_the_span_holds(text: str) -> None:
    lines = write(*(text.split("\n") or [""]))
    places = find_places(Ground(lines), REGISTER)
    assert all(one.name == one.span.of(lines.text) for one in places)
    assert len({one.full for one in places}) == len(places)


@pytest.mark.parametrize("piece", ["云川市", "市县区", "石桥镇、", "东山区人民政府", "镇", "建设"])
def test_endless_text_takes_bounded_time(piece: str) -> None:
    endless = Ground(write(piece * 5_000))
    began = time.process_time()
    find_places(endless, REGISTER)
    assert time.process_time() - began < 3
