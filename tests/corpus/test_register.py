"""Mentions → official names. The places 云川市, 桐岭县 and 云岭省 do not exist."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from gongbao.corpus.document import Document, Source, SourceKind
from gongbao.corpus.register import Basis, Level, Place, Register
from gongbao.corpus.register.patterns import Patterns
from hypothesis import given
from hypothesis import strategies as st

REGISTER = Register.load()
PROVINCE = Place("云岭省", Level.PROVINCE, "云岭")
CITY = Place("云川市", Level.PREFECTURE, "云川", PROVINCE)
COUNTY = Place("桐岭县", Level.COUNTY, "桐岭", CITY)
DISTRICT = Place("青石区", Level.COUNTY, "青石", CITY)
BARE_CITY = Place("云川市", Level.PREFECTURE, "云川")  # as read from an issuer: its province unknown
IN_2020 = date(2020, 6, 1)


def canonical(mention: str, region: Place | None, on: date | None = IN_2020) -> str | None:
    found = REGISTER.resolve(mention, region, on)
    return found.canonical if found else None


IN_THE_CITY = [
    ("市发改委", "云川市发展和改革委员会", "two-character abbreviation"),
    ("市发展改革委", "云川市发展和改革委员会", "和 left out, 委员会 cut"),
    ("市发展和改革委员会", "云川市发展和改革委员会", "only the place is short"),
    ("云川市发展和改革委员会", "云川市发展和改革委员会", "already whole"),
    ("发改委", "云川市发展和改革委员会", "no place: the document's own"),
    ("我市发改委", "云川市发展和改革委员会", "我市 is the document's city"),
    ("市 卫健委", "云川市卫生健康委员会", "white space from a hard-wrapped line"),
    ("市工信局", "云川市工业和信息化局", "局 in cities"),
    ("市教委", "云川市教育委员会", "the form decides, also where a level rarely has it"),
    ("市住房与城乡建设局", "云川市住房和城乡建设局", "与 for 和"),
    ("市发展改革委（市粮食和储备局）", "云川市发展和改革委员会", "the second name of the same body in brackets"),
    ("河西街道办", "河西街道办事处", "a street's office"),
    ("市住建局", "云川市住房和城乡建设局", "characters from the middle"),
    ("市规划资源局", "云川市规划和自然资源局", "not 自然资源局"),
    ("市自然资源局", "云川市自然资源局", "the official form goes before any other body's short form"),
    ("市市场监管局", "云川市市场监督管理局", "市市场: one 市 is the city"),
    ("市场监管局", "云川市市场监督管理局", "市场: no place in front"),
    ("城管局", "云川市城市管理局", "城 is no place"),
    ("市人社局", "云川市人力资源和社会保障局", "very short"),
    ("市国资委", "云川市人民政府国有资产监督管理委员会", "belongs to the government by name"),
    ("市政府金融办", "云川市人民政府金融工作办公室", "政府 between place and body"),
    ("市外事办", "云川市人民政府外事办公室", "the government's office"),
    ("市供销社", "云川市供销合作社联合社", "not a department"),
    ("市政府", "云川市人民政府", "the government itself"),
    ("市政府办公室", "云川市人民政府办公室", "its office"),
    ("市委", "中国共产党云川市委员会", "one character"),
    ("市委宣传部", "中共云川市委宣传部", "party department"),
    ("中共云川市委宣传部", "中共云川市委宣传部", "whole party name"),
    ("市委统战部", "中共云川市委统一战线工作部", "party department, abbreviated twice"),
    ("市委编办", "中共云川市委机构编制委员会办公室", "party office"),
    ("市委网信办", "中共云川市委网络安全和信息化委员会办公室", "party office"),
    ("市委督查办", "中共云川市委督查办公室", "a party office that no list has"),
    ("团市委", "中国共产主义青年团云川市委员会", "the place stands inside"),
    ("共青团云川市委", "中国共产主义青年团云川市委员会", "the place stands inside"),
    ("市妇联", "云川市妇女联合会", "mass organisation"),
    ("市工商联", "云川市工商业联合会", "mass organisation"),
    ("市中院", "云川市中级人民法院", "a city's court"),
    ("市检察院", "云川市人民检察院", "procuratorate"),
    ("市公安局交警支队", "云川市公安局交通警察支队", "a unit of a department"),
    ("市公安局治安支队", "云川市公安局治安支队", "a unit that no list has"),
    ("市药品监管部门", "云川市药品监督管理局", "by its function, with a place"),
    ("市税务局", "国家税务总局云川市税务局", "vertical management"),
    ("市人行", "中国人民银行云川市中心支行", "before the reform of 2023"),
    ("人民银行云川市支行", "中国人民银行云川市中心支行", "the place stands inside"),
    ("人民银行", "中国人民银行", "no place: the bank itself"),
    ("云川海关", "中华人民共和国云川海关", "short name of the place"),
    ("云川银保监分局", "中国银行保险监督管理委员会云川监管分局", "existed from 2018 to 2023"),
    ("国家统计局云川调查队", "国家统计局云川调查队", "already whole, place inside"),
    ("国网云川供电公司", "国网云岭省电力公司云川供电公司", "named with its province"),
    ("武警云川支队", "中国人民武装警察部队云岭省总队云川支队", "named with its province"),
    ("云川联通公司", "中国联合网络通信有限公司云川市分公司", "branch of a national company"),
    ("市消防救援支队", "云川市消防救援支队", "nothing to expand"),
    ("市大数据产业服务中心", "云川市大数据产业服务中心", "unknown: place in front, rest kept"),
    ("市“清网办”", "云川市清网办公室", "quotation marks are no part of a name"),
    ("云川经济开发区管委会", "云川经济开发区管理委员会", "zone, with the place's short name"),
    ("经开区管委会", "云川经济技术开发区管理委员会", "zone without a place"),
    ("云川师范学院", "云川师范学院", "a proper name stays"),
    ("北方煤业集团公司", "北方煤业集团有限公司", "集团公司 is short for 集团有限公司"),
    ("桐岭县", "桐岭县人民政府", "a place stands for its government"),
    ("青石区", "云川市青石区人民政府", "a district is named with its city"),
    ("青石区水利局", "云川市青石区水利局", "its departments likewise"),
    ("怀岭市", "怀岭市人民政府", "another 市 in a city's document is a county-level one"),
    ("白沙镇政府", "白沙镇人民政府", "township"),
    ("省财政厅", "云岭省财政厅", "the province is known"),
    ("云岭省财政厅", "云岭省财政厅", "whole"),
    ("省政府", "云岭省人民政府", "the province's government"),
    ("工信部", "中华人民共和国工业和信息化部", "ministry"),
    ("国务院", "中华人民共和国国务院", "State Council"),
    ("国家药监局", "国家药品监督管理局", "national bureau: no 中华人民共和国"),
    ("国家药监局审评中心", "国家药品监督管理局审评中心", "a unit of a national body"),
]


@pytest.mark.parametrize(("mention", "expected", "why"), IN_THE_CITY, ids=[row[0] for row in IN_THE_CITY])
def test_mentions_in_a_citys_document(mention: str, expected: str, why: str) -> None:
    assert canonical(mention, CITY) == expected, why


NOBODY = [
    ("各县（市、区）人民政府", "a class"),
    ("县（市、区）政府", "a class"),
    ("有关部门", "vague"),
    ("公安部门", "a function without a place"),
    ("市级有关部门", "vague"),
    ("市直各单位", "vague"),
    ("市县两级政府", "a class"),
    ("乡镇人民政府", "a class"),
    ("县水利局", "which county?"),
    ("市指挥部办公室", "which headquarters? only the document knows"),
    ("领导小组", "which one?"),
    ("市、县财政局", "two bodies"),
    ("", "nothing"),
    ("市", "a word, no body"),
    ("城市", "no place"),
    ("企业", "no body"),
    ("市委、市政府", "two bodies"),
    ("公安交警部门", "a function, though 公安 is also the short name of a county"),
    ("事发地县级人民政府", "a class"),
    ("每个县（市、区）", "a class"),
    ("水资源超载县", "a class"),
    ("市委市政府", "two bodies"),
    ("市政府有关部门", "vague"),
    ("物业服务公司", "a class"),
    ("学校", "a class"),
    ("张明远", "a person"),
    ("局" * 100, "too long for a name"),
]


@pytest.mark.parametrize(("mention", "why"), NOBODY, ids=[row[0][:8] for row in NOBODY])
def test_what_names_no_single_body(mention: str, why: str) -> None:
    assert canonical(mention, CITY) is None, why


ELSEWHERE = [
    ("市经济信息化委", "重庆市", "2020-01-01", "重庆市经济和信息化委员会", "委 in municipalities"),
    ("市国资委", "重庆市", "2020-01-01", "重庆市国有资产监督管理委员会", "provincial usage before the pattern"),
    ("市高院", "天津市", "2020-01-01", "天津市高级人民法院", "a municipality's court is a high court"),
    ("市教委", "北京市", "2020-01-01", "北京市教育委员会", "委 in municipalities"),
    ("和平区", "天津市", "2020-01-01", "天津市和平区人民政府", "of many districts of that name, the city's own"),
    ("州卫健委", "延边朝鲜族自治州", "2020-01-01", "延边朝鲜族自治州卫生健康委员会", "州 is the prefecture"),
    ("盟行署", "锡林郭勒盟", "2020-01-01", "锡林郭勒盟行政公署", "leagues have no people's government"),
    ("自治区发改委", "锡林郭勒盟", "2020-01-01", "内蒙古自治区发展和改革委员会", "自治区 is the province"),
    ("深圳供电局", "深圳市", "2020-01-01", "深圳供电局有限公司", "a city's own usage"),
    ("佛山供电局", "佛山市", "2020-01-01", "广东电网有限责任公司佛山供电局", "the southern grid"),
    ("青岛银保监局", "青岛市", "2020-01-01", "中国银行保险监督管理委员会青岛监管局", "ranks as a province"),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "place", "on", "expected", "why"), ELSEWHERE, ids=[r[0] for r in ELSEWHERE])
def test_real_places(mention: str, place: str, on: str, expected: str, why: str) -> None:
    region = REGISTER.place(place)
    assert region, place
    assert canonical(mention, region, date.fromisoformat(on)) == expected, why


REFORMS = [
    ("市旅游局", "2018-06-01", "云川市旅游局", "before the reform"),
    ("市旅游局", "2020-06-01", "云川市文化和旅游局", "after it"),
    ("市旅游局", None, "云川市旅游局", "no date: as printed"),
    ("市卫计委", "2020-06-01", "云川市卫生健康委员会", "renamed"),
    ("市计生委", "2020-06-01", "云川市卫生健康委员会", "succeeded twice"),
    ("市国土资源局", "2021-01-01", "云川市自然资源局", "merged"),
    ("市地税局", "2019-01-01", "国家税务总局云川市税务局", "merged, under the centre"),
    ("市质监局", "2017-01-01", "云川市质量技术监督局", "before"),
    ("市人行", "2024-01-01", "中国人民银行云川市分行", "since August 2023"),
    ("人行云川市中心支行", "2024-01-01", "中国人民银行云川市分行", "an old name used later"),
    ("云川银保监分局", "2024-01-01", "国家金融监督管理总局云川监管分局", "an old name used later"),
    ("市扶贫办", "2022-01-01", "云川市乡村振兴局", "since 2021"),
    ("环保部", "2020-01-01", "中华人民共和国生态环境部", "ministry"),
    ("环保部", "2016-01-01", "中华人民共和国环境保护部", "ministry, before"),
    ("银监会", "2024-01-01", "国家金融监督管理总局", "succeeded twice"),
]


@pytest.mark.parametrize(("mention", "on", "expected", "why"), REFORMS)
def test_reforms_by_date(mention: str, on: str | None, expected: str, why: str) -> None:
    assert canonical(mention, CITY, date.fromisoformat(on) if on else None) == expected, why


def test_a_succeeded_body_is_told_apart_from_its_successor() -> None:
    found = REGISTER.resolve("市旅游局", CITY, IN_2020)
    assert found
    assert found.canonical != found.body.name
    assert (found.body.name, found.body.valid_to) == ("云川市旅游局", date(2019, 3, 31))


@pytest.mark.parametrize(
    ("mention", "region", "expected", "why"),
    [
        ("县发改局", COUNTY, "桐岭县发展和改革局", "局 in counties"),
        ("县公安局交警大队", COUNTY, "桐岭县公安局交通警察大队", "a brigade in counties"),
        ("县法院", COUNTY, "桐岭县人民法院", "a county's court"),
        ("市水利局", COUNTY, "云川市水利局", "the county's city"),
        ("区公安分局", DISTRICT, "云川市公安局青石分局", "the city's branch in the district"),
        ("区教育局", DISTRICT, "云川市青石区教育局", "the district itself"),
        ("县教育局", DISTRICT, None, "a district is no county"),
        ("省教育厅", PROVINCE, "云岭省教育厅", "厅 in provinces"),
        ("省税务局", PROVINCE, "国家税务总局云岭省税务局", "vertical management"),
        ("云川市", PROVINCE, "云川市人民政府", "a city in the province's document"),
        ("市教育局", PROVINCE, None, "which city?"),
        ("省财政厅", BARE_CITY, None, "the province is not known"),
        ("国网云川供电公司", BARE_CITY, "国网云川供电公司", "what is unknown is left out of the name"),
        ("市教育局", None, None, "no region"),
        ("云川市教育局", None, "云川市教育局", "the name says its place"),
        ("教育部", None, "中华人民共和国教育部", "a national body needs no region"),
    ],
)
def test_the_region_decides(mention: str, region: Place | None, expected: str | None, why: str) -> None:
    assert canonical(mention, region) == expected, why


def test_the_basis_says_how_sure_it_is() -> None:
    bases = {m: REGISTER.resolve(m, CITY, IN_2020) for m in ("教育部", "市教育局", "市蚕桑服务中心")}
    assert {m: found.basis for m, found in bases.items() if found} == {
        "教育部": Basis.NATIONAL,
        "市教育局": Basis.KNOWN,
        "市蚕桑服务中心": Basis.SHAPE,
    }


@pytest.mark.parametrize(
    ("mention", "sure", "why"),
    [
        ("市教育局", True, "a pattern that holds everywhere"),
        ("市蚕桑服务中心", True, "its level and all of its name"),
        ("云川市蚕桑中心", True, "its place is printed"),
        ("桑湖国际旅游区管委会", True, "a zone by its own name"),
        ("园区管委会", False, "which zone?"),
        ("蚕桑服务中心", False, "whose is not told"),
        ("市经发局", False, "may be short for another name"),
    ],
)
def test_what_only_the_shape_tells_is_a_proposal(mention: str, sure: bool, why: str) -> None:
    found = REGISTER.resolve(mention, CITY, IN_2020)
    assert found is not None
    assert found.sure is sure, why


# --- names that only their document explains

PLAN = """云川市防汛抗洪应急预案
成立云川市防汛抗洪工作指挥部（以下简称市指挥部），指挥部办公室设在市应急管理局。
市商务局调研员
领导小组办公室主任由局长担任。市级灾害发生后，市指挥部要加强现场指挥部建设，现场指挥部服从市应急救援总指挥部。市推进夜间经济发展工作领导小组办公室（以下简称市夜经济办）及时报市防汛抗洪工作指挥部办公室。"""


@pytest.mark.parametrize(
    ("mention", "expected", "why"),
    [
        ("市指挥部", "云川市防汛抗洪工作指挥部", "the one that is given this short name"),
        ("市指挥部办公室", "云川市防汛抗洪工作指挥部办公室", "its office"),
        ("市防汛指挥部", "云川市防汛抗洪工作指挥部", "shortened"),
        ("市现场指挥部", None, "not the headquarters itself"),
        ("市领导小组办公室", "云川市推进夜间经济发展工作领导小组办公室", "the only one of this kind"),
    ],
)
def test_short_names_by_the_document(mention: str, expected: str | None, why: str) -> None:
    found = REGISTER.within(document(PLAN)).resolve(mention)
    assert (found.canonical if found else None) == expected, why


def document(text: str, issuer: str | None = "云川市人民政府", signed: date | None = IN_2020) -> Document:
    title = "关于印发方案的通知"
    source = Source("样本.txt", "0" * 64, SourceKind.TEXT)
    return Document("d", None, title, issuer, signed, text, (), (), (), (), source)


def test_a_document_gives_its_mentions_place_and_date() -> None:
    reader = REGISTER.within(document("一段文字", signed=date(2017, 1, 1)))
    found = reader.resolve("市旅游局")
    assert found
    assert found.canonical == "云川市旅游局"
    assert reader.region == BARE_CITY


@pytest.mark.parametrize(
    ("opening", "expected", "why"),
    [
        ("——2024年1月9日在云川市第五届人民代表大会第三次会议上", BARE_CITY, "given before its congress"),
        ("云川市第五届人民代表大会第三次会议：", BARE_CITY, "at the beginning of a line"),
        ("各省、自治区、直辖市人民政府：", None, "to whom it is sent, and a kind of place"),
        ("各位代表：我代表市人民政府报告工作", None, "no place named"),
        ("各位同志：\n一年来\n" + "工作。" * 200 + "在云川市第六届人民代表大会上", None, "mentioned far below"),
    ],
)
def test_a_report_without_issuer_says_its_place_in_the_opening(opening: str, expected: Place | None, why: str) -> None:
    report = document(f"政府工作报告\n{opening}\n", issuer=None)
    assert REGISTER.place_of(report) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("由市审批局办理。", "云川市行政审批局", "the common name"),
        ("由市审批局办理。市行政审批\n服务管理局负责解释。", "云川市行政审批服务管理局", "the one printed in full"),
    ],
)
def test_of_several_names_the_one_that_the_document_prints(text: str, expected: str, why: str) -> None:
    found = REGISTER.within(document(text)).resolve("市审批局")
    assert found, why
    assert found.canonical == expected, why


@pytest.mark.parametrize(
    ("mention", "expected", "why"),
    [
        ("发展改革委", "中华人民共和国国家发展和改革委员会", "without 国家"),
        ("能源局", "国家能源局", "without 国家"),
        ("国资委", "国务院国有资产监督管理委员会", "without 国务院"),
        ("联席会议", None, "no body of the country"),
    ],
)
def test_papers_of_the_state_council_call_its_departments_by_half_their_names(
    mention: str, expected: str | None, why: str
) -> None:
    paper = document("各省、自治区、直辖市人民政府：\n一段文字", issuer="国务院办公厅")
    found = REGISTER.within(paper).resolve(mention)
    assert (found.canonical if found else None) == expected, why


def test_two_levels_are_no_one_body() -> None:
    assert REGISTER.within(document("一段文字")).resolve("市和区人民政府") is None


def test_a_transmitted_title_tells_the_place() -> None:
    paper = replace(document("一段文字", issuer=None), title="关于印发《云川市节水方案》的通知")
    assert REGISTER.place_of(paper) == BARE_CITY


# --- names back from bodies


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云川市发展和改革委员会", {"市发改委", "市发展改革委", "发改委", "云川市发改委", "发展和改革委员会"}),
        ("市发改委", {"云川市发展和改革委员会", "市发展改革委"}),
        ("中国共产主义青年团云川市委员会", {"团市委", "团云川市委", "共青团云川市委"}),
        ("云川市公安局交通警察支队", {"市公安局交警支队", "交警支队", "市公安交警部门"}),
        ("桐岭县人民政府", {"桐岭县", "桐岭县政府"}),
        ("云川市青石区人民政府", {"青石区", "青石区政府", "青石区人民政府"}),
        ("中华人民共和国工业和信息化部", {"工信部", "工业和信息化部"}),
        ("中华人民共和国云川海关", {"云川海关"}),
        ("云川市蚕桑服务中心", {"市蚕桑服务中心"}),
    ],
)
def test_aliases(name: str, expected: set[str]) -> None:
    found = REGISTER.aliases(name, CITY)
    assert expected <= set(found)
    assert len(found) == len(set(found))


def test_aliases_begin_with_the_canonical_name_and_need_no_region() -> None:
    assert REGISTER.aliases("云川市教育局")[:2] == ("云川市教育局", "市教育局")


def test_nobody_has_no_aliases() -> None:
    assert REGISTER.aliases("有关部门", CITY) == ()


@pytest.mark.parametrize("place", [PROVINCE, CITY, COUNTY, DISTRICT], ids=lambda place: place.name)
def test_every_official_name_names_itself_and_so_do_all_its_aliases(place: Place) -> None:
    patterns = [p for found in Patterns.load().by_name.values() for p in found if not p.only_in]
    names = {p.render(place) for p in patterns if place.level in p.levels} - {None}
    assert len(names) > 100
    for name in filter(None, names):
        assert canonical(name, place, None) == name
        for alias in REGISTER.aliases(name, place):
            assert canonical(alias, place, None) == name, alias


def test_search_suggests_bodies_by_what_they_begin_with() -> None:
    found = [hit.canonical for hit in REGISTER.search("市发改", CITY)]
    assert "云川市发展和改革委员会" in found
    assert REGISTER.search("工信部")[0].canonical == "中华人民共和国工业和信息化部"
    assert REGISTER.search(" ", CITY) == ()
    assert len(REGISTER.search("局", CITY, limit=3)) == 3


def test_words_for_a_segmenter() -> None:
    words = set(REGISTER.words())
    assert {"市发改委", "发展和改革委员会", "工信部", "省教育厅", "内蒙古自治区"} <= words
    assert not [word for word in words if len(word) < 2 or "{" in word]


# --- robustness and speed


PIECES = [
    "市",
    "县",
    "区",
    "省",
    "委",
    "局",
    "办",
    "政府",
    "云川",
    "人民",
    "“",
    "（",
    "）",
    "、",
    " ",
    "\n",
    "发改",
    "0",
    "Ａ",
]


@given(st.lists(st.sampled_from([*PIECES, "领导小组", "中心", "部门", "\ud7ff", "和"]), max_size=30).map("".join))
def test_any_text_is_resolved_or_not_without_error(text: str) -> None:
    for region in (CITY, COUNTY, None):
        found = REGISTER.resolve(text, region, IN_2020)
        assert found is None or len(found.canonical) >= 2


@given(st.sampled_from([row[0] for row in IN_THE_CITY]), st.integers(0, 30))
def test_white_space_in_a_name_changes_nothing(mention: str, at: int) -> None:
    broken = f"{mention[:at]}\n {mention[at:]}"
    assert canonical(broken, CITY) == canonical(mention, CITY)


def test_loading_and_resolving_are_quick() -> None:
    start = time.perf_counter()
    register = Register.load()
    assert time.perf_counter() - start < 2  # 0.15 s on an idle machine
    start = time.perf_counter()
    for number in range(20_000):
        register.resolve(IN_THE_CITY[number % len(IN_THE_CITY)][0], CITY, IN_2020)
    assert time.perf_counter() - start < 2
