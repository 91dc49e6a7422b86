"""Numbers in every script that documents and questions use."""

from __future__ import annotations

import pytest
from gongbao.corpus.language import numerals
from hypothesis import given
from hypothesis import strategies as st

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟萬")


def spelt(number: int) -> str:
    """一万零五十 of 10050, as GB/T 15835 has it; 十 and not 一十 at the beginning."""
    if number == 0:
        return "零"
    whole = "".join(_section(part, unit, i > 0) for i, (part, unit) in enumerate(_sections(number)))
    return (
        whole.removeprefix("零").replace("一十", "十", 1)
        if whole.lstrip("零").startswith("一十")
        else whole.lstrip("零")
    )


def _sections(number: int) -> list[tuple[int, str]]:
    return [(part, unit) for part, unit in ((number // 10_000, "万"), (number % 10_000, "")) if part]


def _section(number: int, unit: str, follows: bool) -> str:
    written, gap = "", follows and number < 1000
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + name
        gap = not digit if written else gap
    return written + unit


@given(st.integers(0, 99_999_999))
def test_counting_is_read_in_every_script(number: int) -> None:
    written = spelt(number)
    full_width = str(number).translate({ord("0") + i: ord("０") + i for i in range(10)})
    for form in (written, written.translate(_FORMAL), str(number), full_width, f"{number:,}"):
        assert numerals.count(form) == number, form


@given(st.integers(0, 99_999_999))
def test_digit_by_digit_is_the_same_number(number: int) -> None:
    for zero in "〇零○":
        assert numerals.count("".join(zero if d == "0" else _DIGITS[int(d)] for d in str(number))) == number


@given(st.integers(1000, 9999))
def test_years_are_read_in_every_script(number: int) -> None:
    for zero in "〇零○":
        assert numerals.year("".join(zero if d == "0" else _DIGITS[int(d)] for d in str(number))) == number
    assert numerals.year(str(number)) == number


@pytest.mark.parametrize("written", ["", "三十", "24", "二〇二四年", "20245", "一千九百"])
def test_no_year(written: str) -> None:
    assert numerals.year(written) is None


@pytest.mark.parametrize(
    ("written", "value", "why"),
    [
        ("一百二", 120, "one digit behind a unit counts the next smaller"),
        ("一百零二", 102, "unless 零 parts them"),
        ("三万五", 35_000, "behind 万 too"),
        ("十", 10, "ten alone"),
        ("一百一十", 110, "and inside"),
        ("廿五", 25, "twenty in one character"),
        ("1.2万", 12_000, "digits and a unit"),
        ("1.5", None, "no whole number"),
        ("二〇", 20, "by digits: the five readers of before said KeyError, 0, None and 20"),
        ("二三十", None, "twenty or thirty"),
        ("十四五", None, "the fourteenth plan"),
        ("百", None, "a unit alone"),
        ("十" * 50, None, "longer than any number"),
        ("１０", 10, "full width"),
        ("甲", None, "no numeral"),
        ("", None, "nothing"),
    ],
)
def test_counting(written: str, value: int | None, why: str) -> None:
    assert numerals.count(written) == value, why


@given(st.text(alphabet="〇零一二两十百千万亿点廿.,0123456789 号", max_size=60))
def test_anything_is_a_number_or_none(written: str) -> None:
    value = numerals.amount(written)
    assert value is None or value >= 0


IN_WORDS = [
    (9, None, "a digit is as usual"),
    (10, "十", "not 一十"),
    (110, "一百一十", "but within a number"),
    (105, "一百零五", "a place is skipped"),
    (1001, "一千零一", "two places, one 零"),
    (120_000, "十二万", "above 万 as alone"),
    (1_100_000, "一百一十万", "and within it"),
    (100_000_000, None, "in 亿 nobody spells out"),
]


@pytest.mark.parametrize(("number", "expected", "why"), IN_WORDS)
def test_in_words(number: int, expected: str | None, why: str) -> None:
    assert numerals.in_words(number) == expected, why


@given(st.integers(10, 99_999_999))
def test_in_words_reads_back(number: int) -> None:
    assert numerals.count(numerals.in_words(number) or "") == number
