"""Work spread over processes."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from gongbao.corpus import processes
from gongbao.corpus.processes import FEW, Local

HERE = os.getpid()
MANY = range(FEW)


def doubling(_home: str) -> Callable[[int], tuple[int, int]]:
    return double


def double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def dying(_home: str) -> Callable[[int], tuple[int, int]]:
    """Works for a while, then its process is gone, as where memory runs out."""
    return lambda number: double(number) if number < FEW // 2 else os._exit(1)


def never_starting(_home: str) -> Callable[[int], tuple[int, int]]:
    os._exit(1)


def failing(_home: str) -> Callable[[int], tuple[int, int]]:
    return _fail


def _fail(number: int) -> tuple[int, int]:
    raise ValueError(number)


def test_in_order_in_other_processes() -> None:
    made = list(Local(2).spread(double, doubling, ("home",), MANY))
    assert [value for value, _ in made] == [2 * number for number in MANY]
    assert HERE not in {process for _, process in made}


@pytest.mark.parametrize(
    ("count", "workers", "why"), [(FEW - 1, 2, "few"), (FEW, 1, "one worker"), (0, 2, "nothing to do")]
)
def test_here_where_that_is_cheaper(count: int, workers: int, why: str) -> None:
    made = list(Local(workers).spread(double, never_starting, ("home",), range(count)))
    assert [value for value, _ in made] == [2 * number for number in range(count)], why


@pytest.mark.parametrize("make", [never_starting, dying])
def test_what_is_left_is_done_here(make: Callable[..., Callable[[int], tuple[int, int]]]) -> None:
    made = list(Local(2).spread(double, make, ("home",), MANY))
    assert [value for value, _ in made] == [2 * number for number in MANY]
    assert made[-1][1] == HERE


def test_an_error_of_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="0"):
        list(Local(2).spread(_fail, failing, ("home",), MANY))


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(processes, "context", refuse)
    assert [value for value, _ in Local(2).spread(double, doubling, ("home",), MANY)] == [2 * number for number in MANY]
