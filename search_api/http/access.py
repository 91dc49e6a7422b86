"""Who may do what: tokens with roles, kept as digests in HOME/tokens.toml.

Without any token everybody may read and nobody may write. With tokens, reading from other
machines needs one, too; on the machine itself reading stays open.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from gongbao.corpus.errors import CorpusError, UsageError
from gongbao.corpus.home import Home
from gongbao.search_api import labels
from gongbao.search_api.http.asked import App
from gongbao.search_api.http.problems import Refused

COOKIE = "gongbao_token"
_OPEN_PATHS = ("/login", "/logout", "/api/v1/health", "/api/v1/health/live", "/api/v1/health/ready")
_SECRET_PATHS = "/api/v1/secret/"


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
        self._write([*self.all(), Token(Person(name, access), _digest(secret), expires)])
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
        digest = _digest(secret)
        held = (token for token in self.all() if token.holds(date.today()))
        return next((token.person for token in held if secrets.compare_digest(token.digest, digest)), None)


def person_of(request: Request, app: App) -> Person | None:
    """Whom the request's token names; Refused for a token that is not known."""
    header = request.headers.get("authorization", "")
    secret = header.removeprefix("Bearer ") if header.startswith("Bearer ") else request.cookies.get(COOKIE)
    if not secret:
        return _signed_in(request, app)
    found = Tokens(app.settings.home).person(secret)
    if found is None and header:
        raise Refused("凭证无效", "向管理员索取新的凭证")
    return found


def _signed_in(request: Request, app: App) -> Person | None:
    """Whom a proxy on this machine says it is: with the rights of their token, else a reader."""
    header = request.app.state.settings.sign_in_header
    given = request.headers.get(header, "") if header and is_near(request) else ""
    name = given.encode("latin-1").decode("utf-8", "replace").strip()  # headers come as Latin-1
    if not name:
        return None
    known = (token.person for token in Tokens(app.settings.home).all() if token.person.name == name)
    return next(known, Person(name, Access.READER))


Someone = Annotated[Person | None, Depends(person_of)]


def require(access: Access) -> Callable[[Request, Person | None], Person]:
    """A dependency that lets only those pass who may do this much."""

    def check(request: Request, person: Someone) -> Person:
        if person is None:
            raise Refused("这一操作需要登录凭证", "在 /login 登录；凭证由管理员用 gongbao token add 发给")
        if not person.access.covers(access):
            raise Refused(f"{person.name} 没有{labels.ACCESS[access]}权限", "请管理员调整权限", known=True)
        return person

    return check


def may_read(request: Request, app: App, person: Someone) -> None:
    """Reading from elsewhere needs a token as soon as there are any, unless the server is public."""
    request.state.person = person
    if is_public(request):
        return
    if request.url.path.startswith(_SECRET_PATHS):  # the address itself is what gives the right
        return
    if request.url.path in _OPEN_PATHS or person is not None or is_near(request):
        return
    if Tokens(app.settings.home).all():
        raise Refused("从其他机器查看需要登录凭证", "在 /login 登录")


def is_public(request: Request) -> bool:
    """Anybody may read (`serve --public`), though not what the office writes for itself."""
    return bool(request.app.state.settings.public)


def _insider(request: Request, person: Someone) -> Person | None:
    if person is None and is_public(request):
        raise Refused("这一内容只供本单位查看", "在 /login 登录；凭证由管理员发给")
    return person


def is_near(request: Request) -> bool:
    host = request.client.host if request.client else ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def says_same_site(request: Request) -> bool:
    """A browser tells where a form came from; another site's must not write in a person's name.

    Older ones send no Sec-Fetch-Site, but an Origin; programs send neither.
    """
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return told in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _row(token: Token) -> str:
    name = json.dumps(token.person.name, ensure_ascii=False)
    expires = f"expires = {token.expires}\n" if token.expires else ""
    return f'[[token]]\nname = {name}\nrole = "{token.person.access}"\nsha256 = "{token.digest}"\n{expires}\n'


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


Insider = Annotated[Person | None, Depends(_insider)]
Reader = Annotated[Person, Depends(require(Access.READER))]
Reviewer = Annotated[Person, Depends(require(Access.REVIEWER))]
Manager = Annotated[Person, Depends(require(Access.MANAGER))]
Admin = Annotated[Person, Depends(require(Access.ADMIN))]
