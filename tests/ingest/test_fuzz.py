"""A few mutants of every kind of file; `make fuzz` tries many."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.fuzzing import fuzz


def test_mutants_are_read_or_named(tmp_path: Path) -> None:
    assert list(fuzz(tmp_path, rounds=4)) == []
