"""A home whose files were cut or overwritten anywhere: it opens, or says what to run; never a traceback.

GONGBAO_ROUNDS homes (6), each with one file damaged by the chance of its number.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from gongbao.corpus.audit import Audit, Deed
from gongbao.corpus.home import Home
from gongbao.search_api.tokens import Access, Tokens

from tests.search_api.conftest import Run

ROUNDS = int(os.environ.get("GONGBAO_ROUNDS", "6"))
COMMANDS = (("status",), ("search", "防汛"), ("check",), ("audit",), ("token", "list"), ("index",))


def damage(home: Path, chance: random.Random) -> str:
    """Cut one of its files, or overwrite a part of it; what was done."""
    files = sorted(path for path in home.rglob("*") if path.is_file() and path.stat().st_size)
    path = chance.choice([*files, *[home / "corpus.sqlite"] * (len(files) // 3)])
    data = path.read_bytes()
    at = chance.randrange(len(data))
    if chance.random() < 0.5:
        path.write_bytes(data[:at])
        return f"{path.relative_to(home)} cut at {at} of {len(data)}"
    length = min(chance.choice((1, 64, 4096)), len(data) - at)
    path.write_bytes(data[:at] + chance.randbytes(length) + data[at + length :])
    return f"{path.relative_to(home)}: {length} bytes at {at} of {len(data)}"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_it_opens_or_says_what_to_do(number: int, gongbao: Run, sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    Tokens(Home(home)).add("林知远", Access.READER)
    Audit(Home(home)).note("林知远", Deed.IGNORED, "甲.pdf")
    what = damage(home, random.Random(number))
    for words in COMMANDS:
        code, out, err = gongbao(*words, home=home)  # anything but our own way to end is raised
        assert code in (0, 1, 2), (what, words)
        assert "Traceback" not in out + err, (what, words)
        assert code == 0 or "（" in err, (what, words, err)  # what to do about it
