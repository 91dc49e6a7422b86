"""Words for dates and limits."""

from __future__ import annotations

import time
from datetime import date

import pytest
from gongbao.corpus.desk.printed import is_settled
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Deadline, DeadlineKind, Resolved
from gongbao.search_api import labels
from gongbao.search_api.labels import Due

TODAY = date(2024, 5, 29)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Due.UNDATED),
        (date(2024, 5, 28), Due.OVERDUE),
        (date(2024, 5, 29), Due.SOON),  # the last day allowed is still in time
        (date(2024, 6, 1), Due.SOON),  # three days from now
        (date(2024, 6, 2), Due.NEAR),
        (date(2024, 6, 28), Due.NEAR),  # thirty days from now
        (date(2024, 6, 29), Due.LATER),
    ],
)
def test_due_state(due: date | None, expected: Due) -> None:
    assert labels.due_state(due, TODAY) is expected


@pytest.mark.parametrize(
    ("text", "context", "row", "expected"),
    [
        ("2024年3月（已完成）", "", "", True),  # within the limit as printed
        ("2024.03", "实验小学 2024.03 已完成", "", True),  # behind it
        ("2024年3月底前", "", "1\t实验小学\t2024年3月底前\t已办结", True),  # in a cell of its own
        ("2024年3月底前", "", "1\t验收已完成的项目\t2024年3月底前", False),  # of what the task is about
        ("2024年3月底前", "2024年3月底前，已完成的项目须验收", "", False),  # likewise, in a sentence
        ("2024年3月底前", "2024年3月底前完成", "", False),
    ],
)
def test_what_is_printed_as_done_is_settled(text: str, context: str, row: str, expected: bool) -> None:
    assert is_settled([_deadline(text=text, context=context)], row) is expected


def test_one_limit_that_is_done_settles_not_the_other() -> None:
    assert not is_settled([_deadline(text="2023年底（已完成）"), _deadline(text="2024年底")])


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((), None),
        ((date(2024, 1, 31), date(2024, 12, 31)), date(2024, 12, 31)),  # the next one to come, not the first
        ((date(2023, 1, 31), date(2024, 1, 31)), date(2024, 1, 31)),  # all passed: the last
    ],
)
def test_due_of(dates: tuple[date, ...], expected: date | None) -> None:
    assert labels.due_of([_deadline(due=day) for day in dates], TODAY) == expected


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        ({"due": date(2024, 6, 30)}, "2024-06-30"),
        ({"start": date(2024, 3, 1), "due": date(2024, 4, 30)}, "2024-03-01 至 2024-04-30"),
        ({"start": date(2024, 3, 1)}, "2024-03-01 起"),
        ({"every": "P1M", "day": 5}, "每1个月的5日前"),
        ({"within": "PT2H"}, "2小时内"),
        ({"within": "P5D", "working_days": True, "event": "受理之日"}, "受理之日5日内（工作日）"),
        ({"resolved": Resolved("印发之日", due=date(2029, 4, 19))}, "推算至 2029-04-19（印发之日）"),
        ({}, ""),
    ],
)
def test_deadline_meaning(deadline: dict[str, object], expected: str) -> None:
    assert labels.deadline_meaning(_deadline(**deadline)) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [("P1M", "1个月"), ("PT30M", "30分钟"), ("P1Y6M", "1年6个月"), ("P", "P"), ("三天", "三天"), (None, "")],
)
def test_duration(iso: str | None, expected: str) -> None:
    assert labels.duration(iso) == expected


@pytest.mark.parametrize(
    ("wrapped", "expected"),
    [
        ("各县\n（市、区）人民政府", "各县（市、区）人民政府"),  # a cell's line break
        ("完成 3\n个站点", "完成 3个站点"),
        ("Smart\n  City 平台", "Smart City 平台"),  # between Latin words it is a blank
        ("", ""),
    ],
)
def test_flat(wrapped: str, expected: str) -> None:
    assert labels.flat(wrapped) == expected


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("加强节水", "加强节水", "short enough"),
        ("加强\n节水", "加强节水", "a line break of the page"),
        ("建立节水评价，加强监督检查", "建立节水评价…", "at the end of a clause"),
        ("建立节水型城市评价制度", "建立节水型城市评…", "a clause too long to keep"),
        ("节，建立节水型城市评价制度", "节，建立节水型城…", "what is left of the clause says nothing"),
    ],
)
def test_headline(text: str, line: str, why: str) -> None:
    assert labels.headline(text, 9) == line


def test_a_rhythm_is_never_overdue() -> None:
    monthly = _deadline(DeadlineKind.RECURRING, every="P1M", resolved=Resolved("每月", due=date(2024, 1, 5)))
    assert labels.due_of([monthly], TODAY) is None


def _deadline(kind: DeadlineKind = DeadlineKind.BY, **values: object) -> Deadline:
    plain: dict[str, object] = {"text": "期限", "context": "期限"}
    return Deadline("d", kind=kind, span=Span(0, 2), regions=(), **(plain | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pages", "said"),
    [((), ""), ((3,), "3"), ((1, 2, 3, 4), "1–4"), ((7, 1, 2, 2), "1–2、7")],  # none, one, a run, gaps and repeats
)
def test_pages_in_runs(pages, said) -> None:  # type: ignore[no-untyped-def]
    assert labels.page_ranges(pages) == said


def test_moments_are_told_on_the_clock_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert labels.moment("2024-06-29T23:30:00.000001+00:00") == "2024-06-30 07:30"
    finally:
        monkeypatch.undo()
        time.tzset()
