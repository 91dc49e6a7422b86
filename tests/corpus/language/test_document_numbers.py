"""Document numbers as people write them."""

from __future__ import annotations

import pytest
from gongbao.corpus.language.document_numbers import canonical_number, find_asked, year_of_number
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("云政发〔2024〕10号", "云政发〔2024〕10号"),  # as GB/T 9704 has it
        ("云政发[2024]10号", "云政发〔2024〕10号"),  # half-width brackets
        ("云政发（2024）10号", "云政发〔2024〕10号"),  # round brackets
        ("云政发〔２０２４〕１０号", "云政发〔2024〕10号"),  # full-width digits
        ("云政发 〔2024〕 10 号", "云政发〔2024〕10号"),  # blanks
    ],
)
def test_one_spelling(written: str, canonical: str) -> None:
    assert canonical_number(written) == canonical


@pytest.mark.parametrize(
    ("number", "year"), [("云政办发﹝2023﹞4号", 2023), (None, None), ("第10号", None), ("云川市人民政府令第7号", None)]
)
def test_year(number: str | None, year: int | None) -> None:
    assert year_of_number(number) == year


@pytest.mark.parametrize(
    ("written", "canonical", "why"),
    [
        ("云政發﹝2024﹞第10號", "云政發〔2024〕10号", "第 in front, traditional 號"),
        ("云政发〔二〇二四〕十号", "云政发〔2024〕10号", "all in 汉字"),
        ("云川市人民政府令（第十八号）", "云川市人民政府令第18号", "an order in brackets"),
        ("第三号", "第3号", "an order without its name"),
        ("2024年第3号", "2024年第3号", "a notice"),
        ("K01/2024-00010", "K01/2024-00010", "an index number is none: as it stands"),
        ("云政发/2024/10", "云政发/2024/10", "strokes are no brackets"),
    ],
)
def test_other_kinds_and_what_is_no_number(written: str, canonical: str, why: str) -> None:
    assert canonical_number(written) == canonical, why


@given(st.text(alphabet="云政发〔〕[]（）()2024年第十号令公告 /-", max_size=30))
def test_one_spelling_is_final(written: str) -> None:
    once = canonical_number(written)
    assert canonical_number(once) == once


def test_an_order_is_asked_for_as_it_is_printed() -> None:
    ((_, asked),) = find_asked("市政府令7号还有效吗")
    assert str(asked) == canonical_number("市政府令（第7号）")
