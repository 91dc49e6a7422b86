"""Who may do what over HTTP, by the token that a request shows.

Without any token everybody may read and nobody may write. With tokens, reading from other
machines needs one, too; on the machine itself reading stays open.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from gongbao.search_api import labels
from gongbao.search_api.http.application import WholeApp
from gongbao.search_api.http.inline import inline
from gongbao.search_api.http.problems import Refused
from gongbao.search_api.http.proxied import is_proxied
from gongbao.search_api.tokens import Access, Person, Tokens

SESSION = "gongbao_session"  # a cookie
_OPEN_PATHS = ("/login", "/logout", "/api/v1/health", "/api/v1/health/live", "/api/v1/health/ready")
_SECRET_PATHS = "/api/v1/secret/"
_OWN_FILTERS = ("state", "person", "tag", "late")  # of the 台账


def person_of(request: Request, app: WholeApp) -> Person | None:
    """Whom the request's token names; Refused for a token that is not known."""
    header = request.headers.get("authorization", "")
    if not header.startswith("Bearer "):
        return _logged_in(request, app) or _signed_in(request, app)
    found = Tokens(app.settings.home).person(header.removeprefix("Bearer "))
    if found is None:
        raise Refused("凭证无效", "向管理员索取新的凭证")
    return found


def cookie_named(request: Request, name: str) -> str:
    """Under HTTPS a browser keeps it for this host alone (RFC 6265bis, `__Host-`); over HTTP it would not keep it."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def _logged_in(request: Request, app: WholeApp) -> Person | None:
    secret = request.cookies.get(cookie_named(request, SESSION))
    token = app.store.sessions.token_of(secret, date.today()) if secret else None
    return Tokens(app.settings.home).person_of(token) if token else None


def _signed_in(request: Request, app: WholeApp) -> Person | None:
    """Whom a proxy of ours says it is: with the rights of their token, else a reader."""
    header = request.app.state.settings.sign_in_header
    given = request.headers.get(header, "") if header and is_proxied(request) else ""
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


def may_read(request: Request, app: WholeApp, person: Someone) -> None:
    """Reading from elsewhere needs a token as soon as there are any, unless the server is public."""
    request.state.person = person
    if is_public(request):
        if person is None and any(request.query_params.get(name) for name in _OWN_FILTERS):
            raise _for_insiders()
        return
    if request.url.path.startswith(_SECRET_PATHS):  # the address itself is what gives the right
        return
    if request.url.path in _OPEN_PATHS or person is not None or is_near(request):
        return
    if Tokens(app.settings.home).all():
        raise Refused("从其他机器查看需要登录凭证", "在 /login 登录")


def is_stranger(request: Request, person: Someone) -> bool:
    """Reads in public without having said who it is: to them there is no 台账."""
    return is_public(request) and person is None and not request.url.path.startswith(_SECRET_PATHS)


def is_public(request: Request) -> bool:
    """Anybody may read (`serve --public`), though not what the office writes for itself."""
    return bool(request.app.state.settings.public)


def _insider(request: Request, person: Someone) -> Person | None:
    if person is None and is_public(request):
        raise _for_insiders()
    return person


def _for_insiders() -> Refused:
    return Refused("这一内容只供本单位查看", "在 /login 登录；凭证由管理员发给")


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


Insider = Annotated[Person | None, Depends(inline(_insider))]
Reader = Annotated[Person, Depends(inline(require(Access.READER)))]
Reviewer = Annotated[Person, Depends(inline(require(Access.REVIEWER)))]
Manager = Annotated[Person, Depends(inline(require(Access.MANAGER)))]
Admin = Annotated[Person, Depends(inline(require(Access.ADMIN)))]


def may_manage(request: Request) -> bool:
    """The reader has the right to write in the 台账."""
    person: Person | None = getattr(request.state, "person", None)
    return person is not None and person.access.covers(Access.MANAGER)


def may_see_notes(request: Request) -> bool:
    """How tasks stand in the 台账 is the office's own: the public sees what is printed."""
    public = request.app.state.settings.public
    return getattr(request.state, "person", None) is not None or not public
