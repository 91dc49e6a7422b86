"""A few seconds of every target that `make fuzz` runs for long, and what that has found.

Without coverage to guide it (atheris is not everywhere): inputs changed at random, and what hypothesis makes up.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.targets import TARGETS
from tests.ingest.fuzzing import CHANGES

CASES = Path(__file__).with_name("cases")
_ROUNDS = 8
_quick = settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_changed_at_random_is_read_or_refused(name: str) -> None:
    target, chance = TARGETS[name], random.Random(name)
    seeds = list(target.seeds())
    for _ in range(_ROUNDS):
        target.run(chance.choice(CHANGES)(chance.choice(seeds), chance))


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_made_up_is_read_or_refused(name: str) -> None:
    run = TARGETS[name].run

    @_quick
    @given(st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode)))
    def once(data: bytes) -> None:
        run(data)

    once()


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_what_was_found_once_is_read_or_refused(case: Path) -> None:
    """Named by its target and what was wrong, smallest input that shows it."""
    TARGETS[case.name.partition("-")[0]].run(case.read_bytes())
