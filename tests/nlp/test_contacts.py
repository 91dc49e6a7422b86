"""Telephone numbers that are marked as contacts, with whom they reach."""

from __future__ import annotations

import time

import pytest
from gongbao.corpus.records import Contact
from gongbao.nlp.contacts import find_contacts
from gongbao.nlp.ground import Ground
from hypothesis import given
from hypothesis import strategies as st

from tests.nlp.writing import Rows, write


def found(*paragraphs: str | Rows) -> list[Contact]:
    return list(find_contacts(Ground(write(*paragraphs))))


def line(one: Contact) -> str:
    """`phone 0359-1234567 联系电话 李明 云川市水利局`; - for what is not printed."""
    return " ".join((one.kind.value, one.number, one.label or "-", one.name or "-", one.body or "-"))


# (why, text, contacts)
CASES: list[tuple[str, str, list[str]]] = [
    (
        "the usual line",
        "联系人：李明，联系电话：0359-2345678。",
        ["phone 0359-2345678 联系电话 李明 -"],
    ),
    (
        "a number for fax after it",
        "（联系人：李明、王芳；联系电话：2345678；传真：2345679）",
        ["phone 2345678 联系电话 李明、王芳 -", "fax 2345679 传真 李明、王芳 -"],
    ),
    ("of a body", "云川市水利局办公室电话：0359—2345678", ["phone 0359-2345678 电话 - 云川市水利局办公室"]),
    (
        "in a bracket behind the body",
        "请联系云川市水利局（电话：0359-2345678）。",
        ["phone 0359-2345678 电话 - 云川市水利局"],
    ),
    ("full width and spaced out", "电　话：０３５９－２３４５６７８", ["phone 0359-2345678 电话 - -"]),
    ("an area code in brackets", "值班电话：（0359）2345678", ["phone 0359-2345678 值班电话 - -"]),
    ("an extension", "咨询电话：010-65432100转8012", ["phone 010-65432100转8012 咨询电话 - -"]),
    ("a mobile behind a name", "王芳，手机：13812345678", ["mobile 13812345678 手机 王芳 -"]),
    (
        "two numbers of one label",
        "举报电话：12345、12315。",
        ["hotline 12345 举报电话 - -", "hotline 12315 举报电话 - -"],
    ),
    ("a hotline named behind it", "可拨打12345政务服务热线反映。", ["hotline 12345 拨打 - -"]),
    ("a service number", "服务热线：400-123-4567", ["hotline 4001234567 热线 - -"]),
    ("said of a body", "监督电话如下，市水利局为2345678。", ["phone 2345678 监督电话 - 市水利局"]),
    ("asked to call a body", "请致电市水利局（2345678）。", ["phone 2345678 致电 - 市水利局"]),
    ("a number of seven digits without a word", "总投资2345678元，编号2345678。", []),
    ("a date", "2024-03-04印发，电话会议于2024年12月召开。", []),
    ("a service number in passing", "建设110指挥中心，拨付120万元。", []),
    ("a code", "统一社会信用代码91140600123456789X。", []),
    ("an area code alone", "区号0359。", []),
]


@pytest.mark.parametrize(("why", "text", "expected"), CASES, ids=[row[0] for row in CASES])
def test_a_contact_is_read(why: str, text: str, expected: list[str]) -> None:
    assert [line(one) for one in found(text)] == expected, why


def test_a_table_says_by_its_heads_whose_numbers_they_are() -> None:
    rows = [["单位", "联系人", "联系电话", "编号"], ["市水利局", "李 明", "2345678", "7654321"]]
    assert [line(one) for one in found(rows)] == ["phone 2345678 联系电话 李明 市水利局"]


@given(st.text("电话：传真手机热线0123456789-—转（）。、 \n联系人李明市水利局", max_size=60))
def test_what_is_printed_is_what_the_span_holds(text: str) -> None:
    lines = write(*(text.split("\n") or [""]))
    assert all(one.text == one.span.of(lines.text) for one in find_contacts(Ground(lines)))


@pytest.mark.parametrize("piece", ["电话：", "12345、", "2345678 ", "0359-", "联系人：李明，", "（电话"])
def test_endless_text_takes_bounded_time(piece: str) -> None:
    endless = Ground(write(piece * 5_000))
    began = time.process_time()
    find_contacts(endless)
    assert time.process_time() - began < 3
