"""The 台账 for programs: how tasks stand, their history, changes one by one or together, and kept evidence."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request
from fastapi.responses import FileResponse
from gongbao.corpus.errors import NotFound
from gongbao.corpus.files import EVIDENCE
from gongbao.search_api import following
from gongbao.search_api.http.access import Insider, Manager
from gongbao.search_api.http.asked import App
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.item_shapes import ChangeShape, ItemShape, ManyShape

routes = Routes("items")


@routes.get("/items", summary="台账")
def items(
    app: App,
    person: Insider,
    orphans: Annotated[bool, Query(description="只列原文中已找不到的")] = False,
    size: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[ItemShape]:
    """有人更改过的任务与时限，最近的在前；不含历史。没有列出的均为“未开始”或文件中已写明完成。"""
    desk = app.store.desk.snapshot()
    found = sorted(desk.orphans if orphans else desk.items.values(), key=lambda item: -item.place)
    return [ItemShape.of(item, ()) for item in found[offset : offset + size]]


@routes.get("/items/{record}", summary="一项任务的进展与历史")
def item(app: App, person: Insider, record: str) -> ItemShape:
    found = following.followed(app, record)
    return ItemShape.of(found.item, found.history)


@routes.post("/items/{record}", summary="更新一项任务的进展")
def change(app: App, record: str, sent: ChangeShape, person: Manager) -> ItemShape:
    """写入历史，不覆盖以前的内容；重新提取后仍然有效。"""
    (kept,) = following.change_items(app, [(record, sent.seen, sent.sent().change())], person.name)
    return ItemShape.of(kept, tuple(app.store.desk.history(kept.key)))


@routes.post("/items", summary="成批更新")
def change_many(app: App, sent: list[ManyShape], person: Manager) -> list[ItemShape]:
    """全部写入，或有一项冲突时全部不写。"""
    changes = [(each.record, each.seen, each.sent().change()) for each in sent]
    return [ItemShape.of(item, ()) for item in following.change_items(app, changes, person.name)]


@routes.get("/evidence/{name}", summary="佐证材料", response_class=FileResponse)
def evidence(request: Request, app: App, person: Insider, name: str) -> FileResponse:
    """总是作为附件下载。"""
    known = re.fullmatch(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?", name)
    path = app.store.files.path(f"{EVIDENCE}{name}") if known else None
    if path is None:
        raise NotFound("没有这份材料", "从任务的办理记录进入")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return FileResponse(path, media_type="application/octet-stream", headers=headers)
