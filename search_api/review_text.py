"""Parties and time limits as a reviewer writes them in the form, lines of text.

    牵头：市水利局
    配合：市财政局、市公安局
and
    5月底前 = 2024-05-31
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import Assignment
from gongbao.search_api import labels
from gongbao.search_api.reviewing import NamedLimit, NamedParty

_NAMES = re.compile(r"[、，,;；](?![^（(]*[）)])")  # not inside brackets: 各县（市、区）人民政府
_LINE = re.compile(r"\s*([^：:]+)[：:](.+)")


def parties_text(task: Assignment) -> str:
    """As `read_parties` reads it back."""
    lines = ((label, labels.names_by_role(task, role)) for role, label in labels.ROLES.items())
    return "\n".join(f"{label}：{'、'.join(names)}" for label, names in lines if names)


def deadlines_text(task: Assignment) -> str:
    """As `read_limits` reads it back."""
    return "\n".join(
        f"{labels.flat(d.text)} = {d.due.isoformat()}" if d.due else labels.flat(d.text) for d in task.deadlines
    )


def read_parties(text: str) -> Iterator[NamedParty]:
    """UsageError for a line that cannot be read."""
    roles = {label: role for role, label in labels.ROLES.items()}
    for line in filter(str.strip, text.splitlines()):
        found = _LINE.fullmatch(line)
        role = roles.get(found[1].strip()) if found else None
        if found is None or role is None:
            raise UsageError(f"看不懂这一行：{line.strip()}", "写成“牵头：甲、乙”，角色为 牵头、责任、配合")
        yield from (NamedParty(role, name) for part in _NAMES.split(found[2]) if (name := part.strip()))


def read_limits(text: str) -> Iterator[NamedLimit]:
    """UsageError for a day that is none."""
    for line in filter(str.strip, text.splitlines()):
        words, _, day = (part.strip() for part in line.partition("="))
        yield NamedLimit(words, _day(day))


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(f"不是日期：{given}", "写成“5月底前 = 2024-05-31”") from None
