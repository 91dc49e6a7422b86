"""One's own saved searches: reminders by e-mail or robot, and secret addresses of feeds and calendars."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from gongbao.corpus.desk.subscriptions import Channel
from gongbao.search_api.http.access import Reader, Someone
from gongbao.search_api.http.asked import FILTER_NAMES, App, base_url, parse_choice
from gongbao.search_api.http.problems import Refused
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.reminders import filters_of
from gongbao.search_api.tokens import Access
from gongbao.search_api.web.render import page

routes = Routes()

_KEPT = FILTER_NAMES | {"q"}  # what a saved search may ask: whatever a list of tasks may
Short = Annotated[str, Form(max_length=500)]


@routes.get("/subscriptions")
def overview(request: Request, app: App, person: Someone) -> Response:
    """Without a token, only the way in."""
    if person is None:
        return page(request, "login.html", person=None, next="/subscriptions", problem="")
    return _page(request, app, person.name)


@routes.post("/subscriptions")
def subscribe(
    request: Request,
    app: App,
    person: Reader,
    name: Short = "",
    query: Annotated[str, Form(max_length=2_000)] = "",
    channel: Short = "none",
    target: Short = "",
) -> Response:
    """Robots are the office's own: to write to one takes the right of a manager."""
    chosen = parse_choice(Channel, channel, "channel")
    if chosen not in (Channel.NONE, Channel.MAIL) and not person.access.covers(Access.MANAGER):
        raise Refused(f"{person.name} 没有台账权限，不能设群机器人", "改用邮件，或请管理员调整权限", known=True)
    filters_of(query, app.settings.today)
    made, secret = app.store.subscriptions.add(person.name, name, query, chosen, target)
    return _page(request, app, person.name, made.id, secret)


@routes.post("/subscriptions/{subscription}/renew")
def renew(request: Request, app: App, person: Reader, subscription: str) -> Response:
    """The old address is void at once."""
    secret = app.store.subscriptions.renew(subscription, person.name)
    return _page(request, app, person.name, subscription, secret)


@routes.post("/subscriptions/{subscription}/remove")
def remove(app: App, person: Reader, subscription: str) -> Response:
    app.store.subscriptions.remove(subscription, person.name)
    return RedirectResponse("/subscriptions", 303)


def _page(request: Request, app: App, owner: str, shown: str = "", secret: str = "") -> Response:
    asked = [(name, value) for name, value in request.query_params.multi_items() if value and name in _KEPT]
    return page(
        request,
        "subscriptions.html",
        subscriptions=app.store.subscriptions.all(owner),
        waiting=[message for message in app.store.subscriptions.waiting() if message.subscription.owner == owner],
        query=urlencode(asked),
        shown=shown,
        address=f"{base_url(request)}/api/v1/secret/{secret}" if secret else "",
    )
