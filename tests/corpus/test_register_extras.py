"""A user's own files: what they add, and how every mistake in them is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.errors import InputError
from gongbao.corpus.home import Home
from gongbao.corpus.register import Basis, BodyKind, Level, Register, Resolution, add_file

TOML = """# 云川市的机构
[[body]]
name = "云岭省"
kind = "地方"
level = "省"

[[body]]
name = "云川市"
kind = "地方"
level = "市"
parent = "云岭省"

[[body]]
name = "云川市数字经济发展局"
short_names = ["市大数据局", "数字局"]
kind = "政府"
level = "市"
region = "云川市"
valid_from = 2024-01-01

[[body]]
name = "云川市信息中心"
short_names = ["市大数据局"]
region = "云川市"
valid_to = 2024-01-01
successor = "云川市数字经济发展局"
"""
CSV = """# 北岭县
名称,简称,类别,地区,上级
北岭县茶业发展中心,县茶办;茶办,事业,北岭县,北岭县农业农村局
云川高速铁路集团有限公司,云川高铁,企业,,
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def added(home: Home, tmp_path: Path, name: str, text: str) -> Register:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    add_file(home, path)
    return Register.of(home)


def resolve(register: Register, mention: str, issuer: str, on: date | None = date(2024, 6, 1)) -> Resolution | None:
    return register.resolve(mention, register.region_of(issuer), on)


@pytest.mark.parametrize(
    ("mention", "on", "expected", "why"),
    [
        ("市大数据局", date(2024, 6, 1), "云川市数字经济发展局", "its short name, before any pattern"),
        ("数字局", date(2024, 6, 1), "云川市数字经济发展局", "second short name"),
        ("市数字经济发展局", date(2024, 6, 1), "云川市数字经济发展局", "the full name with 市 for the place"),
        ("云川市数字经济发展局", None, "云川市数字经济发展局", "the full name"),
        ("市大数据局", date(2023, 6, 1), "云川市信息中心", "of two bodies the one that existed then"),
        ("市信息中心", date(2024, 6, 1), "云川市数字经济发展局", "succeeded"),
        ("省财政厅", date(2024, 6, 1), "云岭省财政厅", "the city's province, told by a place"),
        ("市教育局", date(2024, 6, 1), "云川市教育局", "what the file does not say still holds"),
    ],
)
def test_bodies_from_toml(home: Home, tmp_path: Path, mention: str, on: date | None, expected: str, why: str) -> None:
    found = resolve(added(home, tmp_path, "云川.toml", TOML), mention, "云川市人民政府", on)
    assert found, why
    assert found.canonical == expected, why


def test_bodies_from_csv_with_all_they_say(home: Home, tmp_path: Path) -> None:
    register = added(home, tmp_path, "北岭.csv", CSV)
    found = resolve(register, "茶办", "北岭县人民政府")
    assert found
    assert found.basis is Basis.LOCAL
    assert (found.body.kind, found.body.parent) == (BodyKind.INSTITUTION, "北岭县农业农村局")
    elsewhere = resolve(register, "云川高铁", "南岭县人民政府")
    assert elsewhere, "a body without a region is known everywhere"
    assert elsewhere.canonical == "云川高速铁路集团有限公司"
    assert resolve(register, "县茶办", "南岭县人民政府") != found, "a county's short name is its own"


def test_english_field_names_serve_as_well(home: Home, tmp_path: Path) -> None:
    text = "name,short_names,level,kind,region\n云川市竹业局,竹局,prefecture,government,云川市\n"
    found = resolve(added(home, tmp_path, "a.csv", text), "市竹业局", "云川市人民政府")
    assert found
    assert (found.basis, found.body.level) == (Basis.LOCAL, Level.PREFECTURE)


def test_aliases_hold_the_users_short_names(home: Home, tmp_path: Path) -> None:
    register = added(home, tmp_path, "云川.toml", TOML)
    aliases = register.aliases("云川市数字经济发展局", register.place("云川市"))
    assert {"市数字经济发展局", "数字局", "市大数据局"} <= set(aliases)


def test_add_file_counts_and_may_be_repeated(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "云川.toml"
    path.write_text(TOML, "utf-8")
    assert [add_file(home, path), add_file(home, path), add_file(home, home.register / path.name)] == [4, 4, 4]
    assert [file.name for file in home.register.iterdir()] == ["云川.toml"]


def test_no_folder_is_no_fault(home: Home) -> None:
    assert Register.of(home).place("北京市")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xlsx", "x", [".toml 或 .csv"]),
        ("a.csv", "", ["没有任何机构"]),
        ("a.csv", "名称,别称\n云川市茶局,茶\n", ["a.csv 第 1 行", "别称", "简称"]),
        ("a.csv", "# 说明\n\n名称,简称\n,茶局\n", ["第 4 行", "缺少名称"]),
        ("a.csv", "名称,级别\n云川市茶局,厅级\n", ["第 2 行", "级别“厅级”", "直辖市"]),
        ("a.csv", "名称,类别\n云川市茶局,机关\n", ["第 2 行", "类别“机关”", "事业"]),
        ("a.csv", "名称,撤销\n云川市茶局,2024年\n", ["第 2 行", "撤销日期“2024年”", "2024-03-31"]),
        ("a.csv", "名称,设立,撤销\n云川市茶局,2024-01-01,2023-01-01\n", ["第 2 行", "不晚于"]),
        ("a.csv", "名称\n云川市茶局,市茶局,茶局\n", ["第 2 行", "3 列"]),
        ("a.csv", "名称,类别\n云川市,地方\n", ["第 2 行", "云川市", "级别"]),
        ("a.toml", "[[body]\n", ["TOML 语法错误", "line 1"]),
        ("a.toml", '[[body]]\nname = "云川市茶局"\n\n[[body]]\nshort_names = "茶"\n', ["第 4 行", "缺少名称"]),
        ("a.toml", '[[body]]\nname = "云川市茶局"\nshort_names = [3]\n', ["第 1 行", "简称"]),
        ("a.toml", '[[body]]\nname = "云川市茶局"\nparent = 3\n', ["第 1 行", "上级"]),
        ("a.toml", '[office]\nname = "云川市茶局"\n', ["第 1 行", "office", "[[body]]"]),
    ],
)
def test_mistakes_are_named(home: Home, tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        add_file(home, path)
    assert [words for words in said if words not in str(error.value)] == []
    assert not home.register.exists(), "nothing wrong gets into the home"


def test_what_cannot_be_read_is_named(home: Home, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        add_file(home, tmp_path / "没有.csv")
    wrong = tmp_path / "gbk.csv"
    wrong.write_bytes("名称\n云川市茶局\n".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        add_file(home, wrong)


@pytest.mark.parametrize(("fence", "suffix"), [("csv", ".csv"), ("toml", ".toml")])
def test_the_examples_of_the_manual_are_right(home: Home, tmp_path: Path, fence: str, suffix: str) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "register.md").read_text("utf-8")
    example = manual.split(f"```{fence}\n")[1].split("```")[0]
    register = added(home, tmp_path, f"样例{suffix}", example)
    found = resolve(register, "市大数据局", "云川市人民政府")
    assert found
    assert found.canonical == "云川市数字经济发展局"
