"""Headers of columns: every word of the grammar lives by an example that fails without it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from gongbao.corpus.records import Role
from gongbao.nlp.assignments.headers import HeaderRole, HeaderWords, header_data, read_header

_DATA = header_data()
_LISTS = [("roles", "lead"), ("roles", "support"), ("roles", "responsible"), ("nouns", "bodies"), ("nouns", "people")]
_LISTS += [("bare", "words"), ("carries_out", "words"), ("other", "words")]


def _faults(words: HeaderWords) -> Iterator[str]:
    for header, role, holders in _DATA["examples"]["yes"]:
        found = words.read(header)
        if not found or (found.role.value, found.people) != (role, holders == "people"):
            yield header
    yield from (header for header in _DATA["examples"]["no"] if words.read(header))
    for expected in ("yes", "no"):
        for header in _DATA["carries_out"][expected]:
            found = words.read(header)
            if not found or found.carries_out is not (expected == "yes"):
                yield header


def test_examples() -> None:
    assert not list(_faults(HeaderWords(_DATA)))


@pytest.mark.parametrize(
    ("section", "name", "word"), [(s, n, word) for s, n in _LISTS for word in _DATA[s][n]], ids=lambda value: str(value)
)
def test_no_word_is_there_without_need(section: str, name: str, word: str) -> None:
    data: dict[str, Any] = copy.deepcopy(_DATA)
    data[section][name].remove(word)
    assert list(_faults(HeaderWords(data))), f"no example needs {word}"


@pytest.mark.parametrize(
    ("header", "expected", "why"),
    [
        ("牵头/配合单位", HeaderRole(Role.RESPONSIBLE, first_leads=True), "two roles apart: the first leads"),
        ("牵头单位及责任单位", HeaderRole(Role.RESPONSIBLE, first_leads=True), "joined by a word"),
        ("牵头（责任）单位", HeaderRole(Role.LEAD), "a bracket only explains"),
        ("责任单位（排在首位的为牵头单位）", HeaderRole(Role.RESPONSIBLE), "a note is no part of the role"),
        ("牵头单位及其职责", HeaderRole(Role.LEAD), "with an appendix"),
    ],
)
def test_joint_forms(header: str, expected: HeaderRole, why: str) -> None:
    assert read_header(header) == expected, why
