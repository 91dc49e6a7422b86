"""Where lookarounds stand in the sources, and sources in which each bears a number that the expressions keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_OPENS = re.compile(r"\(\?(?:=|!|<=|<!)")
MARK = re.compile(r"\(\?#G(\d+)\)")  # a comment within an expression: it means nothing there
_NEVER = "(?!)"  # matches nowhere: no guard


@dataclass(frozen=True, slots=True)
class Guard:
    """One lookaround: `number` of all, the file, and its place and text there."""

    number: int
    file: Path
    start: int
    text: str
    before: str  # what stands in front of it, to tell two alike apart


def find_guards(files: list[Path]) -> list[Guard]:
    """Every lookaround of the files, in order."""
    found: list[Guard] = []
    for file in files:
        source = file.read_text("utf-8")
        for start, end in places(source):
            text, before = source[start:end], source[max(start - _CONTEXT, 0) : start]
            found.append(Guard(len(found), file, start, text, before.rpartition("\n")[2]))
    return found


_CONTEXT = 16  # characters


def places(source: str) -> Iterator[tuple[int, int]]:
    """Where lookarounds begin and end; those of comments are none."""
    for found in _OPENS.finditer(source):
        line = source[source.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not line.lstrip().startswith("#") and not source.startswith(_NEVER, found.start()):
            yield found.start(), group_end(source, found.start())


def group_end(text: str, start: int) -> int:
    """Behind the bracket that closes the group opened at `start`."""
    depth, at = 0, start
    while at < len(text):
        if text[at] == "\\":
            at += 3 if text.startswith("\\\\", at) else 2  # \\( in a string that is not raw
        elif text[at] == "[":
            at = _class_end(text, at)
        else:
            depth += (text[at] == "(") - (text[at] == ")")
            at += 1
            if not depth:
                return at
    raise ValueError(f"a group that is never closed: {text[start : start + 40]}")


def _class_end(text: str, start: int) -> int:
    at = start + 1 + text.startswith("^", start + 1)
    at += text.startswith("]", at)  # a bracket that stands first is one of the characters
    while text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at + 1


def marked(source: str, guards: list[Guard]) -> str:
    """The source of one file with a number before each of its guards."""
    for guard in sorted(guards, key=lambda one: -one.start):
        source = f"{source[: guard.start]}(?#G{guard.number}){source[guard.start :]}"
    return source


def without(pattern: str, number: int) -> str:
    """An expression with marks, without the guard of this number."""
    while (at := pattern.find(f"(?#G{number})")) >= 0:
        begin = at + len(f"(?#G{number})")
        pattern = pattern[:at] + pattern[group_end(pattern, begin) :]
    return pattern
