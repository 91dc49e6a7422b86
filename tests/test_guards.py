"""The lookarounds of our expressions: how many there may be, and that taking one out is what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.guards.marking import find_guards, group_end, marked, places, without
from bench.guards.watching import Guards, Watched

ROOT = Path(__file__).parent.parent
# Figures that go up only with an example each that fails without the new one (`python -m bench.guards` tells).
_MOST = {"nlp": 222, "corpus/language": 57, "ingest": 31, "index": 77}


@pytest.mark.parametrize("room", _MOST)
def test_lookarounds_do_not_grow(room: str) -> None:
    files = [path for path in sorted((ROOT / room).rglob("*")) if path.suffix in {".py", ".toml"}]
    assert len(find_guards(files)) <= _MOST[room]


@pytest.mark.parametrize(
    ("source", "guards"),
    [
        (r"应(?!急|县)", ["(?!急|县)"]),
        (r"(?<=[)）])的(?=\)|[^()]|$)", ["(?<=[)）])", r"(?=\)|[^()]|$)"]),  # brackets in classes and escaped ones
        (r"可(?!行(?=的))", ["(?!行(?=的))", "(?=的)"]),  # one in another
        (r"要(?![]）])", ["(?![]）])"]),  # a bracket that stands first in its class
        ("需(?=\\\\()", ["(?=\\\\()"]),  # in a string that is not raw
        ("# 应(?!急) is none", []),  # a comment
        ("words or '(?!)'", []),  # matches nowhere
    ],
)
def test_lookarounds_are_found(source: str, guards: list[str]) -> None:
    assert [source[start:end] for start, end in places(source)] == guards


def test_a_mark_changes_nothing_and_takes_its_guard_out(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text("应(?!急)(?:当)?|(?<!主)要", "utf-8")
    source = marked(file.read_text("utf-8"), find_guards([file]))
    for text in ("应急", "应当", "主要", "只要"):
        assert bool(re.search(source, text)) == bool(re.search(file.read_text("utf-8"), text))
    assert re.search(without(source, 0), "应急")
    assert not re.search(without(source, 0), "主要")
    assert re.search(without(source, 1), "主要")


def test_a_group_that_is_never_closed_is_told() -> None:
    with pytest.raises(ValueError, match="never closed"):
        group_end("(?=应", 0)


def test_what_a_guard_touches_is_noticed_and_what_it_does_not_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guards, "touched", {7: set()})
    watched = Watched(re.compile("(?#G7)(?<!主)要"), {7: re.compile("要")})
    for name, text in (("untouched", "只要"), ("touched", "主要")):
        monkeypatch.setattr(Guards, "reading", name)
        assert bool(watched.search(text)) == (name == "untouched")
    assert Guards.touched[7] == {"touched"}
    monkeypatch.setattr(Guards, "out", 7)
    assert watched.search("主要")
