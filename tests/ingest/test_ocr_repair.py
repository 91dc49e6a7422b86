"""Slips of text recognition: what is certain is repaired, everything else is left as it was read."""

from __future__ import annotations

import pytest
from gongbao.ingest.ocr.repair import SLIPS, repair
from hypothesis import given
from hypothesis import strategies as st

CASES = [
    ("云政发[2024]10号", "云政发〔2024〕10号", "brackets that no number has"),
    ("云政办发【2024】3号", "云政办发〔2024〕3号", "the same"),
    ("云政发〔2024)10号", "云政发〔2024〕10号", "a pair that does not match"),
    ("云政发（2024）10号", "云政发（2024）10号", "round brackets may be what is printed"),
    ("(2024)云01民初12号", "（2024）云01民初12号", "no document number: the width only"),
    ("各县〔市、区)人民政府", "各县〔市、区〕人民政府", "opened one way, closed another"),
    ("(一)加强领导", "（一）加强领导", "width follows the ideographs beside it"),
    ("(1)加强领导", "（1）加强领导", "the pair as a whole"),
    ("见f(x)", "见f(x)", "not beside an ideograph"),
    ("如下:", "如下：", "colon after an ideograph"),
    ("上午9:30", "上午9:30", "time of day"),
    ("《云川市实施<森林防火条例>办法》", "《云川市实施〈森林防火条例〉办法》", "title within a title"),
    ("含量<5%且>2%", "含量<5%且>2%", "less than, more than"),
    ("二O二四年三月", "二〇二四年三月", "a letter among numerals"),
    ("二零二四年", "二〇二四年", "the zero of years"),
    ("2024一2026年", "2024—2026年", "a dash read as one"),
    ("第十一条", "第十一条", "one"),
    ("2024年一季度", "2024年一季度", "one after a year"),
    ("表一2", "表一2", "one before a figure"),
    ("2一楼", "2一楼", "one behind a figure"),
    ("附件3一", "附件3一", "one at the end, behind a figure that is no year"),
    ("一等奖", "一等奖", "one at the beginning"),
    ("[2024]10号", "[2024]10号", "a year with no body before it"),
    ("云川[2024]年", "云川[2024]年", "no number behind it"),
    ("编号OOOO年", "编号OOOO年", "letters alone are no year"),
    ("二OO一房", "二OO一房", "a room"),
]


@pytest.mark.parametrize(("read", "meant", "why"), CASES)
def test_repaired(read: str, meant: str, why: str) -> None:
    assert repair(read) == meant, why


YES = [example.split(" → ") for row in SLIPS for example in row["yes"]]


@pytest.mark.parametrize(("read", "meant"), YES, ids=[read for read, _ in YES])
def test_words_read_with_another_character(read: str, meant: str) -> None:
    assert repair(read) == meant


@pytest.mark.parametrize("text", [text for row in SLIPS for text in row.get("no", ())])
def test_what_is_a_word_of_its_own_stays(text: str) -> None:
    assert repair(text) == text


def test_every_slip_keeps_its_length_and_has_an_example() -> None:
    for row in SLIPS:
        assert all(len(read) == len(row["meant"]) for read in row["read"])
        assert all(any(read in example for example in row["yes"]) for read in row["read"])


@given(st.text("云政发〔〕[]【】（）()<>〈〉:：0123456789一二〇OoО年号、，。 %", max_size=40))
def test_length_is_kept_and_repairing_again_changes_nothing(text: str) -> None:
    once = repair(text)
    assert len(once) == len(text)
    assert len(repair(once)) == len(text)
