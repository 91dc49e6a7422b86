"""Reading the data files next to the code: CSV with # comments and a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from gongbao.corpus.register.models import BodyKind, Level

_HERE = Path(__file__).parent

KINDS = {
    "政府": BodyKind.GOVERNMENT,
    "党委": BodyKind.PARTY,
    "人大": BodyKind.CONGRESS,
    "政协": BodyKind.CONSULTATIVE,
    "司法": BodyKind.JUDICIAL,
    "群团": BodyKind.MASS,
    "事业": BodyKind.INSTITUTION,
    "企业": BodyKind.ENTERPRISE,
    "军队": BodyKind.MILITARY,
    "议事": BodyKind.COORDINATING,
    "派驻": BodyKind.OUTPOST,
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
