"""Who people are to the program: tokens with roles, kept as digests in HOME/tokens.toml."""

from __future__ import annotations

import json
import secrets
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongbao.corpus.errors import CorpusError, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.ids import secret_digest


class Access(StrEnum):
    """Each may do what those before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    MANAGER = "manager"  # of the 台账
    ADMIN = "admin"

    def covers(self, needed: Access) -> bool:
        order = list(Access)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a token stands for."""

    name: str
    access: Access


@dataclass(frozen=True, slots=True)
class Token:
    person: Person
    digest: str
    expires: date | None = None  # the last day on which it holds

    def holds(self, today: date) -> bool:
        return self.expires is None or today <= self.expires


class Tokens:
    """The tokens of one home; read from the file each time, so that taking one away works at once."""

    def __init__(self, home: Home) -> None:
        self._path = home.root / "tokens.toml"

    def all(self) -> list[Token]:
        if not self._path.exists():
            return []
        try:
            rows = tomllib.loads(self._path.read_text("utf-8")).get("token", [])
            return [Token(Person(r["name"], Access(r["role"])), r["sha256"], r.get("expires")) for r in rows]
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise CorpusError(f"凭证文件 {self._path.name} 无法读取：{error}", "改正或删除该文件") from error

    def add(self, name: str, access: Access, expires: date | None = None) -> str:
        """A new token, told this once; UsageError where the name is none or has one already."""
        if not name.strip() or not name.isprintable():
            raise UsageError("没有写持有人姓名，或其中有不可见的字符", "写持有人的姓名，校核记录以此署名")
        if any(token.person.name == name for token in self.all()):
            raise UsageError(f"{name} 已有凭证", "先收回旧的，或换一个名字")
        secret = secrets.token_urlsafe(24)
        self._write([*self.all(), Token(Person(name, access), secret_digest(secret), expires)])
        return secret

    def renew(self, name: str, expires: date | None = None) -> str:
        """Another secret for the same person, in place of the old one; UsageError where the name has none."""
        old = next((token for token in self.all() if token.person.name == name), None)
        if old is None:
            raise UsageError(f"{name} 没有凭证", "用 gongbao token list 查看")
        self.remove(name)
        return self.add(name, old.person.access, expires)

    def remove(self, name: str) -> None:
        """Take a token back; UsageError where the name has none."""
        tokens = self.all()
        left = [token for token in tokens if token.person.name != name]
        if len(left) == len(tokens):
            raise UsageError(f"{name} 没有凭证", "用 gongbao token list 查看")
        self._write(left)

    def _write(self, tokens: list[Token]) -> None:
        """Whole or not at all, readable by nobody else."""
        part = self._path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_text("".join(map(_row, tokens)), "utf-8")
        part.replace(self._path)

    def person(self, secret: str) -> Person | None:
        return self.person_of(secret_digest(secret))

    def person_of(self, digest: str) -> Person | None:
        """By the token's digest; None where it holds no longer."""
        held = (token for token in self.all() if token.holds(date.today()))
        return next((token.person for token in held if secrets.compare_digest(token.digest, digest)), None)


def _row(token: Token) -> str:
    name = json.dumps(token.person.name, ensure_ascii=False)
    expires = f"expires = {token.expires}\n" if token.expires else ""
    return f'[[token]]\nname = {name}\nrole = "{token.person.access}"\nsha256 = "{token.digest}"\n{expires}\n'
