"""Surnames, those that people ask for by name first."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def surnames() -> tuple[str, ...]:
    """All of surnames.txt: 王, 欧阳."""
    lines = files(__package__).joinpath("surnames.txt").read_text("utf-8").splitlines()
    return tuple(" ".join(line for line in lines if line[:1] != "#").split())


@cache
def frequent_surnames() -> str:
    """The first group of the file, of one character each: for classes of expressions."""
    text = files(__package__).joinpath("surnames.txt").read_text("utf-8")
    return "".join(text.partition("# Others")[0].rpartition("\n#")[2].partition("\n")[2].split())
