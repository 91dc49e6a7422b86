"""Places from issuers, titles and mentions; those of the country and those that no data has (云川市, 桐岭县)."""

from __future__ import annotations

import pytest
from gongbao.corpus.register import Level, Place, Register
from gongbao.corpus.register.places import short_of

REGISTER = Register.load()


def chain(place: Place | None) -> list[str]:
    return [above.name for above in place.chain()] if place else []


@pytest.mark.parametrize(
    ("printed", "expected", "why"),
    [
        ("云川市人民政府办公室", ["云川市"], "a city that no data has"),
        ("云川市人民政府", ["云川市"], "without 办公室"),
        ("云岭省人民政府办公厅", ["云岭省"], "a province that no data has"),
        ("云岭省云川市人民政府", ["云川市", "云岭省"], "province in front"),
        ("云岭省云川市青石区人民政府", ["青石区", "云川市", "云岭省"], "three levels"),
        ("桐岭县水利局", ["桐岭县"], "a department"),
        ("云川彝族自治县人民政府办公室", ["云川彝族自治县"], "autonomous county"),
        ("中共云川市委办公室", ["云川市"], "the party's office"),
        ("中共云川市委 云川市人民政府", ["云川市"], "two issuers"),
        ("国家税务总局云川市税务局", ["云川市"], "a body under the centre"),
        ("共青团云川市委", ["云川市"], "the place behind the body"),
        ("云川市经济和信息化局等五部门", ["云川市"], "several issuers"),
        ("云川市第五届人民代表大会第一次会议", ["云川市"], "congress"),
        ("延吉市公安局", ["延吉市", "延边朝鲜族自治州", "吉林省"], "a real county-level city"),
        ("苏州工业园区管理委员会", ["苏州市", "江苏省"], "a real city by its short name"),
        ("海南省人民政府", ["海南省"], "not the prefecture of that name"),
        ("吉林市人民政府", ["吉林市", "吉林省"], "not the province of that name"),
        ("北京市海淀区人民政府", ["海淀区", "北京市"], "a district of a municipality"),
        ("锡林郭勒盟行政公署", ["锡林郭勒盟", "内蒙古自治区"], "a league"),
        ("鼓楼区人民政府", ["鼓楼区"], "several of that name: no parent is invented"),
        ("云川市城市供水管理办法", ["云川市"], "a title"),
        ("关于印发云川市消防规划的通知", ["云川市"], "a title behind its verb"),
        ("2024年云川市政府工作报告", ["云川市"], "a title behind its year"),
        ("关于加强城市管理工作的通知", [], "城市 is no place"),
        ("关于规范农村市场秩序的通知", [], "农村市 is no place"),
        ("推动企业上市若干措施", [], "上市 is no place"),
        ("关于贫困县摘帽的意见", [], "贫困县 is no place"),
        ("国务院办公厅", [], "national"),
        ("市人民政府办公室", [], "a city without its name"),
        ("政府工作报告", [], "no place at all"),
        ("", [], "nothing"),
    ],
)
def test_region_of(printed: str, expected: list[str], why: str) -> None:
    assert chain(REGISTER.region_of(printed)) == expected, why


def test_region_of_takes_the_first_that_says_a_place() -> None:
    found = REGISTER.region_of(None, "政府工作报告", "云川市人民政府公报")
    assert chain(found) == ["云川市"]
    assert REGISTER.region_of(None, None) is None


@pytest.mark.parametrize(
    ("name", "near", "expected", "why"),
    [
        ("市", "云川市", ["云川市"], "the document's own city"),
        ("我市", "云川市", ["云川市"], "likewise"),
        ("省", "云川市", [], "its province is not known"),
        ("云川", "云川市", ["云川市"], "short name"),
        ("桐岭县", "云川市", ["桐岭县", "云川市"], "a county of that city"),
        ("怀岭市", "云川市", ["怀岭市", "云川市"], "a county-level city"),
        ("经济开发区", "云川市", [], "a zone is no division"),
        ("和平区", "天津市", ["和平区", "天津市"], "of several the one in the city"),
        ("和平区", "沈阳市", ["和平区", "沈阳市", "辽宁省"], "of several the one in the city"),
        (
            "东湖区",
            "云川市",
            ["东湖区", "云川市"],
            "a district of its own, not another city's",
        ),
        ("东湖区", "天津市", ["东湖区"], "nor is it one of a city that has none so called"),
        ("东湖区", "江西省", ["东湖区", "南昌市", "江西省"], "the only one in the province"),
        ("浦东新区", "云川市", ["浦东新区", "上海市"], "known throughout the country"),
        ("广西", None, ["广西壮族自治区"], "short name"),
        ("什么", "云川市", [], "no place"),
    ],
)
def test_place(name: str, near: str | None, expected: list[str], why: str) -> None:
    region = REGISTER.region_of(f"{near}人民政府") if near else None
    assert chain(REGISTER.place(name, region)) == expected, why


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云川市", "云川"),
        ("云岭省", "云岭"),
        ("赵县", "赵县"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("延边朝鲜族自治州", "延边"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("神农架林区", "神农架"),
        ("锡林郭勒盟", "锡林郭勒"),
    ],
)
def test_short_names(name: str, expected: str) -> None:
    assert short_of(name) == expected


def test_a_district_is_named_with_its_city_and_a_county_without() -> None:
    city = Place("云川市", Level.PREFECTURE, "云川")
    assert Place("青石区", Level.COUNTY, "青石", city).full == "云川市青石区"
    assert Place("桐岭县", Level.COUNTY, "桐岭", city).full == "桐岭县"
    assert Place("青石区", Level.COUNTY, "青石").full == "青石区"


def test_the_divisions_of_the_country_are_whole() -> None:
    assert len({place for name in REGISTER.words() if (place := REGISTER.place(name)) and place.code}) > 3000
    provinces = [p for name in ("北京", "西藏", "台湾", "香港") if (p := REGISTER.place(name))]
    assert [p.name for p in provinces] == ["北京市", "西藏自治区", "台湾省", "香港特别行政区"]
