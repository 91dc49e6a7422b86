"""How parts of documents are numbered, at a place of a text and inside it."""

from __future__ import annotations

import re

import pytest
from gongbao.corpus.language.numbering import Style, decimal_at, expression, numbering_at, without_numbering
from hypothesis import given
from hypothesis import strategies as st

_HAN = "一二三四五六七八九十"


@pytest.mark.parametrize(
    ("text", "style", "values", "left", "why"),
    [
        ("　　（二）加强督导", Style.HAN_IN_BRACKETS, (2,), "加强督导", "blanks before"),
        ("(二)加强督导", Style.HAN_IN_BRACKETS, (2,), "加强督导", "half width"),
        ("1.2.3 职责分工", Style.DECIMAL, (1, 2, 3), "职责分工", "every part is told"),
        ("3.2024年底前建成", Style.ARABIC, (3,), "2024年底前建成", "a year is no second part"),
        ("3.2万户改造", None, (), "", "an amount"),
        ("第二十一条 本办法自公布之日起施行", Style.ARTICLE, (21,), "本办法自公布之日起施行", "an article"),
        ("二是压实责任", Style.POINT, (2,), "压实责任", "counted in prose"),
        ("3 组织体系", Style.BARE, (3,), "组织体系", "a number and a blank"),
        ("3个月内办结", None, (), "", "no blank, no number"),
        ("十百、", None, (), "", "no number at all"),
    ],
)
def test_numbers_at_the_beginning(text: str, style: Style | None, values: tuple[int, ...], left: str, why: str) -> None:
    found = numbering_at(text)
    assert (found.style if found else None, found.values if found else ()) == (style, values), why
    assert without_numbering(text) == (left or text.strip()), why


def test_a_number_stuck_to_its_heading_counts_among_decimals_only() -> None:
    assert numbering_at("1总则") is None
    found = decimal_at("　1总则")
    assert found is not None
    assert (found.style, found.values, found.end) == (Style.BARE, (1,), 2)


def test_numbers_inside_a_text() -> None:
    items = re.compile(expression([Style.ARABIC_IN_BRACKETS, Style.RING]))
    assert [found[0] for found in items.finditer("包括：（1）登记；②审核；三、发证")] == ["（1）", "②"]


@given(st.integers(1, 10), st.sampled_from(["{}、", "（{}）", "第{}条 ", "第{}章 ", "{}是"]))
def test_the_number_of_every_form_is_read(number: int, form: str) -> None:
    found = numbering_at(form.format(_HAN[number - 1]) + "工作要求")
    assert found is not None
    assert found.values == (number,)


@given(st.text(alphabet="第一二十百章条节、（）()1２.．①a是 ", max_size=20))
def test_whatever_is_written_the_number_stands_at_the_place(text: str) -> None:
    found = numbering_at(text)
    assert found is None or (not text[: found.start].strip() and found.start < found.end <= len(text))
