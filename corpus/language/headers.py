"""Which role the header of a column gives to those named under it: 清理牵头单位, 配合/责任单位, 市卫健委内牵头处室."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.lexicon import Rows, load
from gongbao.corpus.language.posts import Post, posts

_JOINT = r"[/／、，,和及与或（()）]"
_APART = re.compile(r"[/／、，,和及与或]")
_LEVEL = r"[省市县区州]?级?"
_LONGEST_BEFORE = 10  # characters that narrow a role: 市卫健委内
_NOTE = re.compile(r"[（(][^（()）]*[)）]")
_SUFFIX = r"(?:及(?:其)?(?:职务|职责|分工)|姓名|名称)?"
_NOUN_BEFORE = "[单主][位体]"  # 单位负责人: of whoever the row is about
# 县级河长, 乡级副路长姓名: who answers for what the row names
_IN_CHARGE = re.compile(
    rf"(?:[省市州县区镇乡村组]|街道)?级?(?:常务|第一|[副总])*(?:{alternation(posts(Post.DUTY))})(?:姓名)?"
)
_ROLES = ("lead", "responsible", "support")  # of joint roles the first of these counts


@dataclass(frozen=True, slots=True)
class Header:
    """`role`: lead, responsible or support. `people`: the column names persons. `first_leads`: of several bodies in
    a cell the first leads. `in_place`: governments here stay responsible beside a lead (市县责任主体)."""

    role: str
    people: bool = False
    first_leads: bool = False
    in_place: bool = False


class Headers:
    """The words of headers.toml as one grammar."""

    def __init__(self, rows: Rows) -> None:
        words = {kind: [w for row in rows if row["kind"] == kind for w in row["words"]] for kind in _KINDS}
        self._roles = {word: str(row["role"]) for row in rows if row["kind"] == "role" for word in row["words"]}
        one = {kind: f"(?:{alternation(of_kind)})" for kind, of_kind in words.items()}
        self._in_place = re.compile(one["place"])
        self._bare = frozenset(words["bare"])
        role, bodies, people = one["role"], one["bodies"], one["people"]
        self._role = re.compile(role)
        self._header = re.compile(
            rf"(?!{one['other']})(?P<before>.{{0,{_LONGEST_BEFORE}}}?)(?<!{_NOUN_BEFORE})"
            rf"(?P<roles>{role}(?:(?:{bodies})?{_JOINT}*{role}){{0,3}}[)）]?){_LEVEL}"
            rf"(?:(?:{bodies})?(?P<people>(?!(?<=联系)人){people})|{bodies}){_SUFFIX}"
        )

    def read(self, header: str) -> Header | None:
        """`header` without white space; None where it names no role."""
        bare = _NOTE.sub("", header)
        if _IN_CHARGE.fullmatch(bare):
            return Header("responsible", people=True)
        found = self._header.fullmatch(header) or self._header.fullmatch(bare)
        if found:
            return self._composed(header, found["roles"], bool(found["people"]))
        return self._composed(header, bare, people=False) if bare in self._bare else None

    def _composed(self, header: str, told: str, people: bool) -> Header:
        named = {self._roles[word] for word in self._role.findall(told) if word in self._roles} or {"responsible"}
        first = _APART.search(told) is not None and "lead" in named and len(named) > 1
        role = "responsible" if first else next(role for role in _ROLES if role in named)
        return Header(role, people, first, bool(self._in_place.search(header)))

    def explain(self, text: str) -> str:
        found = self.read(text)
        if not found:
            return ""
        holders = "people" if found.people else "bodies"
        return f"{found.role} {holders}" + (", in its place" if found.in_place else "")


_KINDS = ("role", "bodies", "people", "bare", "other", "place")


@cache
def _headers() -> Headers:
    return Headers(load("headers"))


def read_header(header: str) -> Header | None:
    """What a header (without white space) says of those under it; None where it names no role."""
    return _headers().read(header)
