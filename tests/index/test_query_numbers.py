"""Document numbers as they are typed, and what must not be taken for one."""

from __future__ import annotations

import pytest
from gongbao.corpus.language.document_numbers import DocumentNumber, find_asked, parse_asked, parse_number
from gongbao.index.query.fold import fold
from hypothesis import given
from hypothesis import strategies as st

SPELLINGS = [
    ("云政发〔2024〕10号", "云政发〔2024〕10号", "as printed"),
    ("云政发[2024]10号", "云政发〔2024〕10号", "square brackets"),
    ("云政发（２０２４）１０号", "云政发〔2024〕10号", "full width"),
    ("云政发﹝2024﹞10号", "云政发〔2024〕10号", "small tortoise shell brackets"),
    ("云政发【2024】第10号", "云政发〔2024〕10号", "black brackets and 第"),
    ("云政发<2024>10号", "云政发〔2024〕10号", "angle brackets"),
    ("云政发 2024 10号", "云政发〔2024〕10号", "spaces for brackets"),
    ("云政发2024年10号", "云政发〔2024〕10号", "年 for brackets"),
    ("云政发2024第10号", "云政发〔2024〕10号", "no brackets, 第"),
    ("云政发二〇二四年十号", "云政发〔2024〕10号", "Chinese numerals"),
    ("云政办函（二零二四）第二十三号", "云政办函〔2024〕23号", "Chinese numerals with 零"),
    ("云政发〔2024〕10", "云政发〔2024〕10号", "without 号"),
    ("云政发2024-10", "云政发〔2024〕10号", "hyphen"),
    ("2024年10号", "〔2024〕10号", "no issuer"),
    ("（2024）10号文", "〔2024〕10号", "no issuer, brackets"),
    ("云政发10号", "云政发10号", "no year"),
    ("云政发〔2024〕", "云政发〔2024〕", "a year's series"),
    ("10号文", "10号", "the serial alone"),
    ("根据云政发〔2024〕10号", "云政发〔2024〕10号", "a word before the code"),
    ("云政办发20年57号", "云政办发〔2020〕57号", "a year in two digits"),
    ("2020年云政办发9号", "云政办发〔2020〕9号", "the year in front"),
    ("国办发明电〔2024〕3号怎么落实", "国办发明电〔2024〕3号", "telegrams"),
]


@pytest.mark.parametrize(("typed", "meant", "why"), SPELLINGS)
def test_spellings(typed: str, meant: str, why: str) -> None:
    assert [str(number) for _, number in find_asked(fold(typed))] == [meant], why


@pytest.mark.parametrize("typed", [typed for typed, _, _ in SPELLINGS])
def test_what_was_read_can_be_read_again(typed: str) -> None:
    (number,) = (number for _, number in find_asked(fold(typed)))
    assert parse_asked(str(number)) == number


NONE = [
    ("10月5号前要完成的", "a day"),
    ("2024年10月5号前", "a date"),
    ("1号线地铁", "a line"),
    ("12345热线", "a telephone number"),
    ("2024年重点工程", "a year"),
    ("云政发/2024/10", "strokes"),
]


@pytest.mark.parametrize(("typed", "why"), NONE)
def test_no_number(typed: str, why: str) -> None:
    assert not list(find_asked(fold(typed))), why


def test_several_in_one_question() -> None:
    found = find_asked(fold("云政发〔2024〕3号和云政办函〔2023〕12号有什么不同"))
    assert [str(number) for _, number in found] == ["云政发〔2024〕3号", "云政办函〔2023〕12号"]


@given(
    year=st.integers(1990, 2039),
    serial=st.integers(1, 999),
    form=st.sampled_from(["{}〔{}〕{}号", "{}[{}]{}号", "{}{}年{}号"]),
)
def test_every_spelling_gives_the_same_number(year: int, serial: int, form: str) -> None:
    typed = form.format("云政办发", year, serial)
    assert [number for _, number in find_asked(fold(typed))] == [DocumentNumber("云政办发", year, serial)]
    assert parse_number(f"云政办发〔{year}〕{serial}号") == DocumentNumber("云政办发", year, serial)
