"""How routes are declared, and what their parameters cost."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from fastapi.testclient import TestClient
from gongbao.search_api.http.inline import inline
from gongbao.search_api.http.routes import Routes


def test_routes_are_worked_out_by_the_server_that_takes_them_in() -> None:
    routes, app = Routes("records"), FastAPI()

    @routes.get("/tasks/{name}", summary="任务")
    def task(name: str, size: Annotated[int, Query(le=5)] = 3) -> dict[str, str | int]:
        return {"name": name, "size": size}

    @routes.post("/tasks", status_code=201)
    def add() -> None: ...

    routes.add_to(app, "/api")
    client = TestClient(app)
    assert client.get("/api/tasks/防汛?size=4").json() == {"name": "防汛", "size": 4}
    assert (client.get("/api/tasks/防汛?size=6").status_code, client.post("/api/tasks").status_code) == (422, 201)
    assert app.openapi()["paths"]["/api/tasks/{name}"]["get"]["tags"] == ["records"]


def where(day: str = "") -> tuple[str, int]:
    return day, threading.get_ident()


Where = Annotated[tuple[str, int], Depends(inline(where))]


def test_a_parameter_takes_no_thread() -> None:
    app = FastAPI()

    @app.get("/")
    async def answer(found: Where) -> tuple[str, bool]:
        return found[0], found[1] == threading.get_ident()

    assert TestClient(app).get("/?day=2024-06-30").json() == ["2024-06-30", True]
