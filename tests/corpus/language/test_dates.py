"""Dates and periods, printed and asked."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.corpus.language.dates import find_asked_moments, find_moments, from_day
from gongbao.corpus.language.days import find_day, is_day
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年3月4日", date(2024, 3, 4)),
        ("二〇二四年十二月二十一日", date(2024, 12, 21)),
        ("２０２４年１０月１日", date(2024, 10, 1)),
        ("2024 年 3 月 4 日", date(2024, 3, 4)),
        ("2024年13月4日", None),  # no such month
        ("2024年3月", None),
        ("民國113年3月4日", date(2024, 3, 4)),  # years of the Republic
        ("中华民国三十七年六月三十日", date(1948, 6, 30)),
    ],
)
def test_whole_dates(text: str, value: date | None) -> None:
    assert find_day(text) == value
    assert is_day(text.removeprefix("中华")) == (value is not None or "13月" in text)


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("3—5月", date(2024, 3, 1), date(2024, 5, 31)),
        ("2024年6至9月", date(2024, 6, 1), date(2024, 9, 30)),
        ("2024—2026年", date(2024, 1, 1), date(2026, 12, 31)),
        ("首季度", date(2024, 1, 1), date(2024, 3, 31)),
        ("下月5日前", date(2024, 6, 5), date(2024, 6, 5)),
        ("本月24号", date(2024, 5, 24), date(2024, 5, 24)),
        ("第三季度末", date(2024, 7, 1), date(2024, 9, 30)),
    ],
)
def test_documents_and_questions_are_read_alike(text: str, start: date, due: date) -> None:
    for find in (find_moments, find_asked_moments):
        (moment,) = find(text)
        whole = from_day(moment, date(2024, 5, 15))
        assert whole is not None
        assert whole.days(2024) == (start, due)


@pytest.mark.parametrize("text", ["后天", "本周", "这个季度", "下个月", "去年"])
def test_what_only_questions_say_is_no_date_of_a_document(text: str) -> None:
    assert not list(find_moments(text))
    assert len(list(find_asked_moments(text))) == 1


@pytest.mark.parametrize("text", ["下个月", "下周", "明天", "下季度"])
def test_beyond_the_calendar_there_is_no_day(text: str) -> None:
    (moment,) = find_asked_moments(text)
    assert from_day(moment, date.max) is None


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_every_script(day: date) -> None:
    digits = "〇一二三四五六七八九"
    tens = ["", "十", "二十", "三十"]
    year = "".join(digits[int(figure)] for figure in str(day.year))
    month, number = (tens[n // 10] + digits[n % 10].strip("〇") for n in (day.month, day.day))
    assert find_day(f"{year}年{month}月{number}日") == day
    assert find_day(f"民国{day.year - 1911}年{day.month}月{day.day}日") == day
    assert find_day(f"{day.year} 年 {day.month} 月 {day.day} 日") == day


@given(st.text(alphabet="今明去年月日季度上下半底末前初旬本周2024-至—十一二三五“”", max_size=40))
def test_whatever_is_asked_moments_stand_in_order(text: str) -> None:
    ends = [0]
    for moment in find_asked_moments(text):
        assert ends[-1] <= moment.start < moment.end <= len(text)
        ends.append(moment.end)


@pytest.mark.parametrize(
    ("text", "read", "why"),
    [
        ("92024年3月5日", ["3月5日"], "no year within a longer number"),
        ("附.三季度", [], "behind a stop that follows no number"),
        ("1.三季度", ["三季度"], "behind the number of an item"),
        ("2.3月底前", [], "an item's number or a decimal: nobody can tell"),
        ("2024.5-2025.3", ["2024.5", "2025.3"], "a dash before another year"),
        ("2024.5-7", [], "and before something else"),
        ("3-5月底", ["5月底"], "months that run to an end are no run of months"),
        ("3月15前", ["3月15"], "a day whose 日 was forgotten"),
        ("3月15万元", [], "an amount behind a month"),
        ("3月2000元", [], "and a larger one"),
        ("此前半年", [], "前半年 within other words"),
        ("2024年前半年", ["2024年前半年"], "but behind a year"),
        ("后半年内", [], "a span, no half of a year"),
        ("2024年底线", ["2024年"], "底线 is no end"),
        ("2024年内容", ["2024年"], "nor is 内容"),
        ("年终于", [], "终于"),
        ("每月底", [], "each month"),
        ("2024-2026年3月", ["2026年3月"], "a year with a month ends no run of years"),
        ("3月中央", ["3月"], "中央 is no middle of a month"),
        ("民国113号", [], "a number without 年 is no year"),
    ],
)
def test_what_stands_beside_a_date(text: str, read: list[str], why: str) -> None:
    assert [text[moment.start : moment.end] for moment in find_moments(text)] == read, why


@pytest.mark.parametrize(
    ("question", "read"),
    [("2024-2026年3月", ["2026年3月"]), ("2024-2026", ["2024-2026"]), ("2024-20265", []), ("1.2024年3月", ["3月"])],
)
def test_runs_of_years_in_questions(question: str, read: list[str]) -> None:
    assert [question[moment.start : moment.end] for moment in find_asked_moments(question)] == read
