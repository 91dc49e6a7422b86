"""Ten fictional documents, annotated by the guidelines before the program read them: how much is understood.

Behind `---` a statement a line: `S|kind|what|name:role:type;…|time limits`. Single forms are tested elsewhere; this
guards the whole: what a change to one form costs the others.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.pipeline import read_acts

from tests.nlp.writing import write

FOLDER = Path(__file__).parent / "contact"
ROLES = {"l": "lead", "r": "responsible", "s": "support"}
_HEADING = re.compile(
    r"第[一二三四五六七八九十]+章|[一二三四]、[^。]{2,12}$|\d(?:\.\d)? \S{2,12}$|（[一二三]）[^。]{2,12}$"
)
_ENOUGH = 0.9  # F1 of statements with all their parties


def _parties(noted: str) -> frozenset[tuple[str, str]]:
    parts = (party.split(":") for party in noted.split(";"))
    return frozenset((name, ROLES[role]) for name, role, _ in parts)


def _read(path: Path) -> tuple[list[frozenset[tuple[str, str]]], list[frozenset[tuple[str, str]]]]:
    """The parties of each statement, noted and found."""
    text, notes = path.read_text("utf-8").split("\n---\n")
    title, *paragraphs = text.splitlines()
    document = write(*(f"# {p}" if _HEADING.match(p) else p for p in paragraphs), title=title)
    found = [
        frozenset((b.mention.name, b.role.value) for b in statement.bindings)
        for statement in find_statements(document, read_acts)
    ]
    return [_parties(line.split("|")[3]) for line in notes.splitlines() if line.startswith("S|")], found


@pytest.fixture(scope="module")
def read() -> list[tuple[list[frozenset[tuple[str, str]]], list[frozenset[tuple[str, str]]]]]:
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def test_who_does_what_in_documents_that_no_form_was_written_for(
    read: list[tuple[list[frozenset[tuple[str, str]]], list[frozenset[tuple[str, str]]]]],
) -> None:
    right = sum(sum(min(noted.count(one), found.count(one)) for one in set(noted)) for noted, found in read)
    all_noted, all_found = sum(len(noted) for noted, _ in read), sum(len(found) for _, found in read)
    assert len(read) == 10
    assert 2 * right / (all_noted + all_found) >= _ENOUGH
