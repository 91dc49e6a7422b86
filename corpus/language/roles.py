"""Which words say in which role a body is bound; read once from roles.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongbao.corpus.records import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`label` matches `牵头单位：` anywhere, `header` a column's header, `verb` the end of a list of names."""

    label: re.Pattern[str]
    header: re.Pattern[str]
    verb: re.Pattern[str]
    by_duty: re.Pattern[str]
    carries_out: re.Pattern[str]


@cache
def role_words() -> RoleWords:
    data = tomllib.loads((files(__package__) / "roles.toml").read_text("utf8"))
    labels, verbs, notes = data["labels"], data["verbs"], data["notes"]
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in labels.items())
    ends = "|".join(f"(?P<{name}>{pattern})" for name, pattern in verbs.items())
    return RoleWords(
        label=re.compile(rf"(?<![\u4e00-\u9fff])(?:{named})\s{{0,8}}(?:[：:；;]|为[：:]?)"),
        header=re.compile(rf"(?:{named})"),
        verb=re.compile(rf"(?:{ends})$"),
        by_duty=re.compile(notes["by_duty"]),
        carries_out=re.compile(notes["carries_out"]),
    )


def role_of(found: re.Match[str]) -> Role | None:
    """The role that a label or verb stands for; None for a label of time."""
    name = found.lastgroup
    return next((role for role in Role if role.value == name), None)
