"""One kill of each kind that no other test makes; `python -m bench.kills` makes a hundred."""

from __future__ import annotations

import random

import pytest

from bench.kills import Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("name", ["states", "upload", "migration", "restore"])
def test_a_kill_loses_nothing(name: str, bench: Bench) -> None:
    _, faults = bench.kill(name, random.Random(name))
    assert faults == []
