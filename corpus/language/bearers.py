"""Who may bear a duty where only the noun tells it: 登记主体 and 养老服务机构 do, 建设单位 and 中介机构 do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.lexicon import Row, Rows, load


class Bearer(StrEnum):
    ORGAN = "organ"  # of the state, or serving the public
    TASK = "task"  # named for its part in a public task
    REGULATED = "regulated"  # people and businesses: bound by a rule, but no party


@dataclass(frozen=True, slots=True)
class Bearers:
    kinds: tuple[tuple[Bearer, re.Pattern[str]], ...]

    @classmethod
    def of(cls, rows: Rows) -> Bearers:
        return cls(tuple((Bearer(row["kind"]), re.compile(f"(?:{alternation(_nouns(row))})$")) for row in rows))

    def find(self, name: str) -> tuple[Bearer, str] | None:
        """The kind of a noun phrase with the words that tell it."""
        found = ((kind, ending.search(name)) for kind, ending in self.kinds)
        return next(((kind, match[0]) for kind, match in found if match), None)

    def explain(self, text: str) -> str:
        found = self.find(text)
        return f"{found[0]} {found[1]}" if found else ""


def _nouns(row: Row) -> tuple[str, ...]:
    return tuple(word + head for word in row["words"] for head in row.get("heads", [""]))


@cache
def endings(kind: Bearer) -> tuple[str, ...]:
    """登记主体, 机关 …: what names of such bearers end in."""
    return tuple(noun for row in load("bearers") if row["kind"] == kind for noun in _nouns(row))


_BEARERS = Bearers.of(load("bearers"))


def bearer_of(name: str) -> tuple[Bearer, str] | None:
    """The kind of `name` (without white space) by its last nouns, and these; None where they tell nothing."""
    return _BEARERS.find(name)
