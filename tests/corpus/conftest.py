"""Stores for the contract: each test that asks for `store` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = request.getfixturevalue("database_url") if request.param == "postgresql" else None
    found = Store.open(Home(tmp_path), url)
    yield found
    found.close()
