"""Classes of bodies: how they are named in questions, and how they are printed."""

from __future__ import annotations

import pytest
from gongbao.index.analysis import key
from gongbao.index.classes import find_classes, printed_as

NAMED = [
    ("各县区要做什么", "各县区", "counties, spoken"),
    ("各县（市、区）人民政府的任务", "各县（市、区）人民政府", "with the signs of print"),
    ("乡镇政府负责哪些", "乡镇政府", "townships"),
    ("公安部门职责", "公安部门", "a department of a known field"),
    ("渣土车公安部门管哪些", "公安部门", "behind other words"),
    ("旱厕管理部门要做什么", "旱厕管理部门", "a field of its own at the beginning"),
    ("学校要做什么", "学校", "a class with a name of its own"),
    ("热线哪个部门牵头", None, "asks for the department"),
    ("有关部门要做什么", None, "vague"),
    ("由市财政局负责", None, "a body, not a class"),
]


@pytest.mark.parametrize(("text", "found", "why"), NAMED)
def test_named_in_a_question(text: str, found: str | None, why: str) -> None:
    assert [span.of(text) for span in find_classes(text)] == ([found] if found else []), why


PRINTED = [
    ("各县区", "各县（市、区）人民政府", "however the signs are set"),
    ("各县区", "县〔市、区〕政府", "without 各"),
    ("县级政府", "各相关县（市、区）", "some of them"),
    ("乡镇政府", "各乡镇（街道）", "with streets"),
    ("公安部门", "各级公安机关", "another word for department"),
    ("卫健部门", "县（市、区）卫生健康主管部门", "one field under two names"),
    ("学校", "中小学校", "a kind of them"),
]


@pytest.mark.parametrize(("asked", "printed", "why"), PRINTED)
def test_printed_in_many_ways(asked: str, printed: str, why: str) -> None:
    assert key(printed) in printed_as(asked), why


@pytest.mark.parametrize("name", ["市公安局", "有关部门", "哪些部门", "县里", "云川市", ""])
def test_no_class(name: str) -> None:
    assert printed_as(name) == ()


def test_classes_do_not_mix() -> None:
    assert not set(printed_as("公安部门")) & set(printed_as("财政部门"))
    assert not set(printed_as("各县区")) & set(printed_as("各乡镇"))
