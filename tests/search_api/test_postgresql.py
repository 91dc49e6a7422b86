"""The whole chain on a database server gives what it gives in the home."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, IngestStatus, Settings

from tests.conftest import SAMPLE

pytestmark = pytest.mark.postgresql


def test_the_sample_through_the_chain(
    database_url: str, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Application(Settings(Home(sample_home), today=date(2024, 6, 15), workers=1))
    documents = list(here.store.documents())  # opened before the server is named
    monkeypatch.setenv("GONGBAO_DATABASE_URL", database_url)
    there = Application(Settings(Home(tmp_path), today=date(2024, 6, 15), workers=1))
    assert [found.status for found in there.ingest([SAMPLE / "sample.pdf"])] == [IngestStatus.ADDED]
    assert [found.status for found in there.ingest([SAMPLE / "sample.pdf"])] == [IngestStatus.UNCHANGED]
    there.extract()
    there.index()
    assert not Home(tmp_path).database.exists()
    assert list(there.store.documents()) == documents
    for document in documents:
        assert there.store.own_extraction(document.id) == here.store.own_extraction(document.id)
    question = "市水利局今年要做什么"
    assert there.service.ask(question, today=there.settings.today) == here.service.ask(
        question, today=here.settings.today
    )
    there.close()
    here.close()
