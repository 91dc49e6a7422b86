"""An office's own ledger brought in: uploaded, its columns shown, matched, and taken over on demand."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from gongbao.corpus.errors import NotFound, UsageError
from gongbao.corpus.home import Home
from gongbao.index.models import Filters
from gongbao.search_api.compose import Application
from gongbao.search_api.http.access import Manager
from gongbao.search_api.http.asked import App
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.ledgers import LedgerField, Matched, OfficeLedger, Outcome, match, read_ledger, take_over
from gongbao.search_api.ledgers.reading import FIELDS
from gongbao.search_api.web.render import page

routes = Routes()

_SHOWN = 300  # rows of one list on the page


@routes.get("/ledger")
def upload_form(request: Request, person: Manager) -> Response:
    return page(request, "ledger.html", ledger=None, found=None, key="", taken=None)


@routes.post("/ledger")
def upload(app: App, person: Manager, file: Annotated[UploadFile, File()]) -> Response:
    """Kept until it is taken over; InputError for what is no spreadsheet."""
    content = file.file.read()
    if not content:
        raise UsageError("没有选择文件", "选择一个 .xlsx 台账")
    key = hashlib.sha256(content).hexdigest()[:32]
    path = _path(app.settings.home, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    try:
        read_ledger(path)
    except Exception:
        path.unlink()
        raise
    return RedirectResponse(f"/ledger/{key}", 303)


@routes.get("/ledger/{key}")
def matched(request: Request, app: App, person: Manager, key: str) -> Response:
    ledger, found = _matched(request, app, key)
    return page(
        request,
        "ledger.html",
        ledger=ledger,
        found=found,
        key=key,
        taken=None,
        outcomes=Outcome,
        fields=FIELDS,
        shown=_SHOWN,
    )


@routes.post("/ledger/{key}")
def take(request: Request, app: App, person: Manager, key: str, doubtful: Annotated[str, Form()] = "") -> Response:
    """States and remarks of all matched rows; `doubtful`: also of those whose words are other than the task's."""
    ledger, found = _matched(request, app, key)
    taken = take_over(app, found, person.name, doubtful=bool(doubtful))
    return page(request, "ledger.html", ledger=ledger, found=None, key=key, taken=taken)


def _matched(request: Request, app: Application, key: str) -> tuple[OfficeLedger, Matched]:
    """`c3=due` in the address: what the fourth column holds; `c3=` nothing."""
    chosen: dict[int, LedgerField | None] = {}
    for name, value in request.query_params.items():
        if re.fullmatch(r"c\d{1,3}", name):
            chosen[int(name[1:])] = LedgerField(value) if value in set(LedgerField) else None
    ledger = read_ledger(_kept(app.settings.home, key), chosen)
    return ledger, match(ledger, app.service.iter_tasks(None, Filters(), today=app.settings.today))


def _kept(home: Home, key: str) -> Path:
    path = _path(home, key)
    if not re.fullmatch(r"[0-9a-f]{32}", key) or not path.is_file():
        raise NotFound("没有这份台账", "重新上传")
    return path


def _path(home: Home, key: str) -> Path:
    return home.cache / "ledgers" / f"{key}.xlsx"
