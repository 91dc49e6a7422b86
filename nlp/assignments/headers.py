"""Which role the header of a column gives to those named under it: 清理牵头单位, 配合/责任单位, 市卫健委内牵头处室."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongbao.corpus.language.posts import Post, posts
from gongbao.corpus.records import Role

_JOINT = r"[/／、，,和及与或（()）]"
_LEVEL = r"[省市县区州]?级?"
_LONGEST_BEFORE = 10  # characters that narrow a role: 市卫健委内
_NOTE = re.compile(r"[（(][^（()）]*[)）]")
_SUFFIX = r"(?:及(?:其)?(?:职务|职责|分工)|姓名|名称)?"


@dataclass(frozen=True, slots=True)
class HeaderRole:
    """`people`: the column names persons. `first_leads`: of several bodies in a cell the first leads.

    `carries_out`: governments in this column stay responsible beside a lead (市县责任主体).
    """

    role: Role
    people: bool = False
    first_leads: bool = False
    carries_out: bool = False


class HeaderWords:
    """The words of headers.toml as one grammar: [narrowing] roles [level] noun."""

    def __init__(self, data: dict[str, Any]) -> None:
        roles: dict[str, list[str]] = data["roles"]
        self._roles = {word: Role(name) for name, words in roles.items() for word in words}
        self._carries_out = re.compile("|".join(data["carries_out"]["words"]))
        self._bare = set(data["bare"]["words"])
        role, bodies, people = _any(list(self._roles)), _any(data["nouns"]["bodies"]), _any(data["nouns"]["people"])
        self._role = re.compile(role)
        self._header = re.compile(
            rf"(?!{_any(data['other']['words'])})(?P<before>.{{0,{_LONGEST_BEFORE}}}?)(?<!{_NOUN_BEFORE})"
            rf"(?P<roles>{role}(?:(?:{bodies})?{_JOINT}*{role}){{0,3}}[)）]?){_LEVEL}"
            rf"(?:(?:{bodies})?(?P<people>(?!(?<=联系)人){people})|{bodies}){_SUFFIX}"
        )

    def read(self, header: str) -> HeaderRole | None:
        """`header` without white space; None where it names no role."""
        bare = _NOTE.sub("", header)
        if _IN_CHARGE.fullmatch(bare):
            return HeaderRole(Role.RESPONSIBLE, people=True)
        found = self._header.fullmatch(header) or self._header.fullmatch(bare)
        if found:
            return self._composed(header, found["roles"], bool(found["people"]))
        return self._composed(header, bare, people=False) if bare in self._bare else None

    def _composed(self, header: str, told: str, people: bool) -> HeaderRole:
        named = [self._roles[word] for word in self._role.findall(told) if word in self._roles] or [Role.RESPONSIBLE]
        apart = re.search(r"[/／、，,和及与或]", told) is not None
        first = apart and Role.LEAD in named and len(set(named)) > 1
        role = Role.RESPONSIBLE if first else next(r for r in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT) if r in named)
        return HeaderRole(role, people, first, bool(self._carries_out.search(header)))


# 县级河长, 乡级副路长姓名: who answers for what the row names
_IN_CHARGE = re.compile(
    rf"(?:[省市州县区镇乡村组]|街道)?级?(?:常务|第一|[副总])*(?:{'|'.join(posts(Post.DUTY))})(?:姓名)?"
)
_NOUN_BEFORE = "[单主][位体]"  # 单位负责人: of whoever the row is about


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def header_words() -> HeaderWords:
    return HeaderWords(header_data())


def header_data() -> dict[str, Any]:
    """The words with their examples."""
    return tomllib.loads((files("gongbao.nlp.assignments") / "headers.toml").read_text("utf8"))


def read_header(header: str) -> HeaderRole | None:
    return header_words().read(header)
