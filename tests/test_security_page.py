"""docs/security.md answers every point of OWASP ASVS 5.0.0, level 1, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
# Of each section, the points of level 1.
LEVEL_1 = """
1.2: 1 2 3 4 5; 1.3: 1 2; 1.5: 1; 2.1: 1; 2.2: 1 2; 2.3: 1; 3.2: 1 2; 3.3: 1; 3.4: 1 2; 3.5: 1 2 3; 4.1: 1; 4.4: 1;
5.2: 1 2; 5.3: 1 2; 6.1: 1; 6.2: 1 2 3 4 5 6 7 8; 6.3: 1 2; 6.4: 1 2; 7.2: 1 2 3 4; 7.4: 1 2; 8.1: 1; 8.2: 1 2;
8.3: 1; 9.1: 1 2 3; 9.2: 1; 10.4: 1 2 3 4 5; 11.3: 1 2; 11.4: 1; 12.1: 1; 12.2: 1 2; 13.4: 1; 14.2: 1; 14.3: 1;
15.1: 1; 15.2: 1; 15.3: 1
"""


def points() -> list[str]:
    sections = (part.strip().split(":") for part in LEVEL_1.split(";"))
    return [f"V{section}.{number}" for section, numbers in sections for number in numbers.split()]


def rows() -> list[tuple[str, str, str]]:
    found = (line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| V"))
    return [(point, answer, tests) for point, answer, tests in found]


def test_every_point_is_answered() -> None:
    assert len(points()) == 70
    assert [point for point, _, _ in rows()] == points()
    assert all(answer for _, answer, _ in rows())


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 60
    assert [f"{file}::{test}" for file, test in named if test not in _tests(file)] == []


def test_what_has_no_test_says_why() -> None:
    reasons = ("no ", "nothing ", "as before", "there are no", "a known weakness")
    assert [point for point, answer, tests in rows() if tests == "–" and not answer.startswith(reasons)] == []


@cache
def _tests(file: str) -> set[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
