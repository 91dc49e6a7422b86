"""Work that takes all memory or time, or dies, is stopped and named; what it says otherwise comes back."""

from __future__ import annotations

import os
import time

import pytest
from gongbao.corpus.errors import DamagedFile, InputError, Stopped
from gongbao.corpus.limited import Limits, call

LIMITS = Limits(seconds=60.0, memory=100 * 1024**2)


def double(number: int) -> int:
    return number * 2


def damaged() -> None:
    raise DamagedFile("甲.pdf 已损坏", "重新取得这个文件")


def divide() -> float:
    return 1 / 0


def eat() -> int:
    return len(b"x" * 10**9)


def sleep() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(9)


def test_what_it_makes_comes_back() -> None:
    assert call(double, 21, limits=LIMITS) == 42


def test_what_it_says_is_wrong_comes_back_with_the_remedy() -> None:
    with pytest.raises(DamagedFile) as caught:
        call(damaged, limits=LIMITS)
    assert str(caught.value) == "甲.pdf 已损坏（重新取得这个文件）"


def test_a_fault_of_a_library_is_named() -> None:
    with pytest.raises(InputError, match="ZeroDivisionError"):
        call(divide, limits=LIMITS)


@pytest.mark.parametrize(
    ("work", "limits", "word"),
    [(eat, LIMITS, "内存"), (die, LIMITS, "崩溃"), (sleep, Limits(seconds=1.0), "秒")],
)
def test_what_goes_too_far_is_stopped_and_may_be_tried_again(work, limits: Limits, word: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Stopped, match=word) as caught:
        call(work, limits=limits)
    assert caught.value.may_succeed
