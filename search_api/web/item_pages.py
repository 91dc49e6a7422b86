"""One task followed up: how it stands, who said so and when, and what shows it; and many changed at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from gongbao.corpus.desk import Evidence
from gongbao.search_api import following
from gongbao.search_api.citing import quotation
from gongbao.search_api.compose import Application
from gongbao.search_api.following import Sent
from gongbao.search_api.http.access import Manager
from gongbao.search_api.http.asked import App, CatalogParam, Today
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.later import life_of
from gongbao.search_api.web.render import here, page

routes = Routes()

Text = Annotated[str, Form(max_length=10_000)]
Short = Annotated[str, Form(max_length=200)]


@routes.get("/items/{record}")
def item(request: Request, app: App, catalog: CatalogParam, today: Today, record: str) -> Response:
    """With what later documents say of it, to be confirmed by a person."""
    found = following.followed(app, record)
    return page(
        request,
        "item.html",
        today=today,
        item=found.item,
        view=found.view,
        events=life_of(app, catalog, found.view, today) if found.view else (),
        history=[entry for entry in reversed(found.history) if not entry.change.is_empty or entry.by],
        people=app.store.desk.snapshot().people,
        quotation=quotation,
    )


@routes.post("/items/{record}")
def change(
    app: App,
    person: Manager,
    record: str,
    seen: Annotated[int, Form()],
    state: Short = "",
    progress: Short = "",
    who: Short = "",
    due: Short = "",
    tags: Short = "",
    finished: Short = "",
    note: Text = "",
    feedback: Text = "",
    sentence: Short = "",
    document: Short = "",
    quote: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    sent = Sent(state, progress, who, due, tags, finished, note, feedback)
    shown = following.quoted_evidence(app, document, quote) if document else None
    made = sent.change(shown or _evidence(app, file, sentence.strip()))
    kept = following.change_items(app, [(record, seen, made)], person.name)
    return RedirectResponse(f"/items/{kept[0].key if kept[0].orphan else kept[0].subject.record}", 303)


@routes.post("/items")
def change_many(
    app: App,
    person: Manager,
    place: Annotated[int, Form()],
    id: Annotated[list[str] | None, Form()] = None,
    new_state: Short = "",
    who: Short = "",
    due: Short = "",
    tags: Short = "",
    note: Text = "",
    back: Annotated[str, Form(max_length=4_000)] = "/tasks",
) -> Response:
    """The same change of all that were chosen."""
    sent = Sent(state=new_state, person=who, due=due, tags=tags, note=note)
    following.change_selection(app, id or (), place, sent.change(), person.name)
    return RedirectResponse(here(back), 303)


def _evidence(app: Application, file: UploadFile | None, sentence: str) -> Evidence | None:
    if file is not None and file.filename:
        return following.keep_file(app.store.files, file.filename, file.file)
    return following.sentence_evidence(app, sentence.rpartition("/")[2]) if sentence else None
