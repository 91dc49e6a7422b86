"""Headers of columns of joint forms; the words have their examples in headers.toml."""

from __future__ import annotations

import pytest
from gongbao.corpus.language.headers import Header, read_header


@pytest.mark.parametrize(
    ("header", "expected", "why"),
    [
        ("牵头/配合单位", Header("responsible", first_leads=True), "two roles apart: the first leads"),
        ("牵头单位及责任单位", Header("responsible", first_leads=True), "joined by a word"),
        ("牵头（责任）单位", Header("lead"), "a bracket only explains"),
        ("责任单位（排在首位的为牵头单位）", Header("responsible"), "a note is no part of the role"),
        ("牵头单位及其职责", Header("lead"), "with an appendix"),
    ],
)
def test_joint_forms(header: str, expected: Header, why: str) -> None:
    assert read_header(header) == expected, why
