"""While one reader's page takes all that it may, the pages of the others come at once."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from fastapi.testclient import TestClient
from gongbao.search_api.api import create_app

from tests.ingest.hostile import flate_pdf
from tests.search_api.conftest import make_application
from tests.search_api.sample import replace_file


def test_other_pages_answer_while_bombs_are_drawn(tmp_path: Path) -> None:
    application = make_application(tmp_path)
    document = next(d for d in application.store.documents() if d.first_page)
    replace_file(application.store, document, flate_pdf())
    with TestClient(create_app(application)) as client:
        client.get("/tasks")  # warm
        statuses: list[int] = []

        def draw() -> None:
            statuses.append(client.get(f"/api/v1/documents/{document.id}/pages/1.png?dpi=90").status_code)

        drawing = [threading.Thread(target=draw) for _ in range(3)]
        for thread in drawing:
            thread.start()
        waited = []
        while any(thread.is_alive() for thread in drawing):
            began = time.monotonic()
            assert client.get("/api/v1/health/live").status_code == 200
            waited.append(time.monotonic() - began)
            time.sleep(0.05)
    assert max(waited) < 1.0
    assert len(statuses) == 3
    assert all(400 <= status < 600 for status in statuses)
