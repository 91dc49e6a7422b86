"""What is counted once for the lists and the overview."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.search_api.catalog import month_window, nearest_month

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("held", "first", "last"),
    [
        ([(2026, 9), (2027, 3)], (2026, 9), (2027, 3)),  # around today, no further than it holds
        ([(2020, 6), (2021, 12)], (2020, 7), (2021, 12)),  # old issues only: their last months
        ([(2020, 6), (2021, 12), (2035, 12)], (2020, 7), (2021, 12)),  # old, and one far target: not the empty years
        ([(2035, 12)], (2035, 12), (2035, 12)),  # only a far target
        ([(2019, 1), (2026, 8), (2040, 1)], (2026, 8), (2028, 1)),  # the edge of the window counts
    ],
)
def test_the_months_drawn_hold_something(held, first, last) -> None:  # type: ignore[no-untyped-def]
    months = month_window(dict.fromkeys(held, 1), TODAY)
    assert (months[0], months[-1]) == (first, last)
    assert set(months) & set(held)
    assert len(months) <= 18


def test_no_month_to_draw() -> None:
    assert month_window({}, TODAY) == []


@pytest.mark.parametrize(
    ("held", "near"),
    [([(2020, 12), (2035, 1)], "2020-12"), ([(2027, 1), (2026, 2)], "2027-01"), ([], "")],  # back, ahead, none
)
def test_the_nearest_month_that_holds_something(held, near) -> None:  # type: ignore[no-untyped-def]
    assert nearest_month(held, (2026, 11)) == near
