"""What is installed with the program: licences that allow it to be given away.

`make sbom` writes the bill of materials (CycloneDX); whether a weakness is known of a version, CI asks (pip-audit).
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
_COPYLEFT = re.compile(r"A?GPL|Affero|GNU (?:Affero )?General Public|SSPL|BUSL|Commons Clause", re.I)
_WEAK = re.compile(r"LGPL|Lesser General")  # linked as it is, never changed
SHIPPED = ("postgresql", "mcp", "parquet", "ocr")  # extras that users install; those of developers are not given away


def shipped() -> set[str]:
    """The names of all packages that `pip install gongbao[…]` brings here."""
    found, waiting = set(), [Requirement(f"gongbao[{','.join(SHIPPED)}]")]
    while waiting:
        wanted = waiting.pop()
        try:
            needs = requires(wanted.name) or []
        except PackageNotFoundError:  # an extra that is not installed here
            continue
        found.add(_plain(wanted.name))
        for need in map(Requirement, needs):
            extras = [{"extra": extra} for extra in wanted.extras] or [{"extra": ""}]
            applies = need.marker is None or any(need.marker.evaluate(extra) for extra in extras)
            if applies and _plain(need.name) not in found:
                waiting.append(need)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licences(name: str) -> list[str]:
    """As the package tells them: an SPDX expression, a classifier of PyPI, or words."""
    told = metadata(name)
    classifiers = [
        each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")
    ]
    words = (told.get("License") or "").splitlines()[:1]  # some put the whole text there
    return [each for each in [told.get("License-Expression") or "", *(classifiers or words)] if each]


def test_no_licence_forbids_giving_the_program_away() -> None:
    """Of several, one that allows it is enough: MIT OR GPL."""
    assert {name: told for name in shipped() if not _allowed(told := licences(name))} == {}


def _allowed(told: list[str]) -> bool:
    choices = [part for each in told for part in re.split(r"\bOR\b", each)]
    return any(_WEAK.search(part) or not _COPYLEFT.search(part) for part in choices)


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        (["MIT"], True),
        (["AGPL-3.0-or-later"], False),
        (["GNU Affero General Public License v3"], False),
        (["GPL-3.0-only"], False),
        (["LGPL-3.0-or-later"], True),
        (["MIT OR GPL-2.0-only"], True),
    ],
)
def test_what_is_allowed(told: list[str], allowed: bool) -> None:
    assert _allowed(told) is allowed


def test_all_that_is_shipped_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert shipped() - {_plain(line.split("==")[0]) for line in lines if "==" in line} == {"gongbao"}
