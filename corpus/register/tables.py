"""Reading the data files next to the code: CSV with # comments and a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from gongbao.corpus.register.models import Kind, Level

_HERE = Path(__file__).parent

KINDS = {
    "政府": Kind.GOVERNMENT,
    "党委": Kind.PARTY,
    "人大": Kind.CONGRESS,
    "政协": Kind.CONSULTATIVE,
    "司法": Kind.JUDICIAL,
    "群团": Kind.MASS,
    "事业": Kind.INSTITUTION,
    "企业": Kind.ENTERPRISE,
    "军队": Kind.MILITARY,
    "议事": Kind.COORDINATING,
    "派驻": Kind.OUTPOST,
}
_LEVELS = {
    "省": frozenset({Level.PROVINCE}),
    "直": frozenset({Level.MUNICIPALITY}),
    "市": frozenset({Level.PREFECTURE}),
    "县": frozenset({Level.COUNTY, Level.TOWNSHIP}),
}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (_HERE / name).open(encoding="utf-8") as file:
        return tuple(csv.DictReader(_uncommented(file)))


def _uncommented(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if line.strip() and not line.startswith("#"))


def words(name: str) -> tuple[str, ...]:
    """A list of words: any white space separates, # begins a comment line."""
    with (_HERE / name).open(encoding="utf-8") as file:
        return tuple(word for line in _uncommented(file) for word in line.split())


def read_levels(letters: str) -> frozenset[Level]:
    return frozenset().union(*(_LEVELS[letter] for letter in letters))


def read_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
