"""One body or a class of them, by the place of the document: a level has one department of a business."""

from __future__ import annotations

import pytest
from gongbao.corpus.records import PartyType
from gongbao.corpus.register import Level, Place, Register
from gongbao.nlp import Extractor
from gongbao.nlp.bodies.levels import types_in

from tests.nlp.writing import write

_PROVINCE = Place("云岭省", Level.PROVINCE, "云岭")
_REGION = Place("云南北自治区", Level.PROVINCE, "云南北")
_CITY = Place("云川市", Level.PREFECTURE, "云川", _PROVINCE)
_PREFECTURE = Place("云溪自治州", Level.PREFECTURE, "云溪", _PROVINCE)
_CAPITAL = Place("云京市", Level.MUNICIPALITY, "云京")
_COUNTY = Place("东山县", Level.COUNTY, "东山", _CITY)
_ONE, _MANY = PartyType.AGENCY, PartyType.COLLECTIVE

_NAMES = [  # what the form of the name says, and what it is there
    ("市民政部门", _CITY, _MANY, _ONE),
    ("市公安交警部门", _CITY, _MANY, _ONE),
    ("市民政部门", _PROVINCE, _MANY, _MANY),  # each city's
    ("市民政部门", _COUNTY, _MANY, _ONE),  # of the level above there is one, too
    ("省林业主管部门", _CITY, _MANY, _ONE),
    ("国务院水行政主管部门", _CITY, _MANY, _ONE),  # the one of the country
    ("国务院指定的部门", _CITY, _MANY, _ONE),
    ("市人民政府林业主管部门", _CITY, _MANY, _ONE),
    ("市政府法制机构", _CITY, _MANY, _ONE),
    ("省人民政府林业主管部门", _PROVINCE, _MANY, _ONE),
    ("自治区林业主管部门", _REGION, _MANY, _ONE),
    ("州数据资源主管部门", _PREFECTURE, _MANY, _ONE),
    ("市数据资源主管部门", _PREFECTURE, _MANY, _MANY),  # of its county-level cities
    ("区民政部门", _CITY, _MANY, _MANY),
    ("区民政部门", _CAPITAL, _MANY, _MANY),
    ("县林业主管部门", _COUNTY, _MANY, _ONE),
    ("本市热线工作机构", _CITY, _MANY, _ONE),
    ("市排水管理机构", _CITY, _MANY, _ONE),
    ("市动物卫生监督机构", _CITY, _MANY, _ONE),
    ("市社会保险经办机构", _CITY, _MANY, _ONE),
    ("盟水利主管部门", Place("云北盟", Level.PREFECTURE, "云北"), _MANY, _ONE),
    ("旗水利主管部门", Place("东山旗", Level.COUNTY, "东山"), _MANY, _ONE),
    ("自治州水利主管部门", _PREFECTURE, _MANY, _ONE),
    ("自治县水利主管部门", Place("云南自治县", Level.COUNTY, "云南"), _MANY, _ONE),
    ("县水利主管部门", Place("云南自治县", Level.COUNTY, "云南"), _MANY, _ONE),
    ("区水利主管部门", _REGION, _MANY, _MANY),
    ("市和区人民政府", _CITY, _ONE, _MANY),
    ("市和相关区人民政府", _CITY, _ONE, _MANY),
    ("市、乡人民政府", _CITY, _ONE, _MANY),
    ("市和平区人民政府", _CITY, _ONE, _ONE),  # of one district
    ("省、直辖市人民政府", _CITY, _ONE, _MANY),
    ("直辖市、省人民政府", _CITY, _ONE, _MANY),
    ("市医疗机构", _CITY, _MANY, _MANY),  # of a business a level has many of
    ("市人民政府防汛抗旱指挥机构", _CITY, _MANY, _ONE),
    ("区人民政府", _CAPITAL, _ONE, _MANY),
    ("县政府", _CITY, _ONE, _MANY),
    ("市人民政府", _CITY, _MANY, _ONE),
    ("市市场监管部门", _CITY, _MANY, _ONE),
    ("市场监督管理主管部门", _CITY, _MANY, _MANY),  # no level: 市场
    ("市容管理部门", _CITY, _MANY, _MANY),
    ("市政公用主管部门", _CITY, _MANY, _MANY),
    ("市政务服务主管部门", _CITY, _MANY, _ONE),
    ("市政法主管部门", _CITY, _MANY, _ONE),
    ("市、县水利主管部门", _CITY, _MANY, _MANY),
    ("市和区水利主管部门", _CITY, _MANY, _MANY),
    ("市或者区水利主管部门", _CITY, _MANY, _MANY),
    ("市及区水利主管部门", _CITY, _MANY, _MANY),
    ("市与区水利主管部门", _CITY, _MANY, _MANY),
    ("市区水利主管部门", _CITY, _MANY, _MANY),
    ("市县水利主管部门", _CITY, _MANY, _MANY),
    ("市级水利主管部门", _CITY, _MANY, _MANY),
    ("市直水利主管部门", _CITY, _MANY, _MANY),
    ("省辖市水利主管部门", _PROVINCE, _MANY, _MANY),
    ("区域水利主管部门", Place("桐岭区", Level.COUNTY, "桐岭", _CITY), _MANY, _MANY),
    ("市郊水利主管部门", _CITY, _MANY, _MANY),
    ("市人民政府授权的主管部门", _CITY, _MANY, _MANY),  # whichever it is
    ("市人民政府指定的主管部门", _CITY, _MANY, _MANY),
    ("市人民政府确定的主管部门", _CITY, _MANY, _MANY),
    ("市人民政府派出管理机构", _CITY, _MANY, _MANY),
    ("市政府各主管部门", _CITY, _MANY, _MANY),
    ("市相关主管部门", _CITY, _MANY, _MANY),
    ("市有关主管部门", _CITY, _MANY, _MANY),
    ("市政府所属管理机构", _CITY, _MANY, _MANY),
    ("市政府下属管理机构", _CITY, _MANY, _MANY),
    ("市专项应急指挥机构", _CITY, _MANY, _MANY),
    ("市政府其他主管部门", _CITY, _MANY, _MANY),
    ("市承担供水职责的主管部门", _CITY, _MANY, _MANY),
    ("市负有供水职责的主管部门", _CITY, _MANY, _MANY),
]


@pytest.mark.parametrize(("name", "place", "told", "kind"), _NAMES)
def test_one_or_many(name: str, place: Place, told: PartyType, kind: PartyType) -> None:
    assert types_in([name], [told], place) == (kind,)


@pytest.mark.parametrize(
    ("names", "kinds", "why"),
    [
        ("市水利部门、民政部门、财政部门", [_ONE, _ONE, _ONE], "市 is said of all"),
        ("国务院水利部门、财政部门", [_ONE, _ONE], "so is the country"),
        ("市水利部门、县水利部门、民政部门", [_ONE, _MANY, _MANY], "a class in between has a level of its own"),
        ("市水利部门、各水利部门", [_ONE, _MANY], "各: many"),
        ("市水利部门、其他部门", [_ONE, _MANY], "nobody in particular"),
        ("市水利部门、省级人民政府指定的部门", [_ONE, _MANY], "a level of its own"),
        ("市水利部门、乡镇政府部门", [_ONE, _MANY], "a government of its own"),
        ("市水利部门、涉水有关部门", [_ONE, _MANY], "whichever they are"),
        ("市水利部门、涉水相关部门", [_ONE, _MANY], "whichever they are"),
        ("市水利局、民政部门", [_ONE, _MANY], "a name of its own has no level to share"),
        ("民政部门、财政部门", [_MANY, _MANY], "no level"),
        ("市人民政府、民政部门", [_ONE, _MANY], "a government is no department, whose level others share"),
    ],
)
def test_a_list_shares_the_level_of_its_first(names: str, kinds: list[PartyType], why: str) -> None:
    members = names.split("、")
    told = [_ONE if member.endswith("局") else _MANY for member in members]
    assert list(types_in(members, told, _CITY)) == kinds, why


def test_what_only_begins_like_a_level_shares_none() -> None:
    assert types_in(["市政公用部门", "民政部门"], [_ONE, _MANY], _CITY) == (_ONE, _MANY)


def test_a_document_of_no_place_tells_nothing() -> None:
    assert types_in(["市民政部门", "市人民政府"], [_MANY, _ONE], None) == (_MANY, _ONE)


@pytest.mark.parametrize(
    ("paragraphs", "why"),
    [
        (("市水务局是节水主管部门（以下简称节水部门），负责监管。", "节水部门应当公布名单。"), "what it is called"),
        (("市水务局是节水主管部门（以下简称“节水部门”），负责监管。", "节水部门应当公布名单。"), "the same in marks"),
        (("市水务局是本市用水登记机构，负责登记。", "登记机构应当公布名单。"), "a shorter form of what it is"),
        (
            ("云川市水务局（以下简称市水务局）是用水登记机构，负责登记。", "登记机构应当公布名单。"),
            "its own short name stands between",
        ),
        (("第四条市水务局是登记管理部门（以下简称登记部门），职责为：", "登记部门应当公布名单。"), "behind an article"),
    ],
)
def test_what_one_body_is_said_to_be_is_one(paragraphs: tuple[str, ...], why: str) -> None:
    found = Extractor(Register.load()).extract(write(*paragraphs, title="云川市用水登记办法")).assignments
    assert found[-1].parties[0].type is _ONE, why


def test_what_a_class_is_said_to_be_stays_one() -> None:
    text = write("各县（市、区）水务部门是登记机构，负责登记。", "登记机构应当公布名单。", title="云川市用水登记办法")
    assert Extractor(Register.load()).extract(text).assignments[-1].parties[0].type is _MANY
