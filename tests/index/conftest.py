"""Engines for the contract: each test that asks for `engine` runs on the embedded one and on a real Elasticsearch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from gongbao.corpus.register import Register
from gongbao.index.elastic import ElasticEngine
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.engine import Engine
from gongbao.index.service import Service
from gongbao.index.settings import EngineSettings
from gongbao.index.synonyms import Synonyms

from tests.index import asked, sample

BOTH = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture(params=BOTH, scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, register: Register
) -> Iterator[Service]:
    root = tmp_path_factory.mktemp("home")
    for engine in _opened(request, root / "index"):
        fill(engine, asked.corpus())
        yield Service(engine, register, Synonyms.load())


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine without an index."""
    yield from _opened(request, tmp_path / "index")


@pytest.fixture
def own(engine: Engine) -> Engine:
    """One with the small corpus, to be changed."""
    fill(engine, sample.filed())
    return engine


@pytest.fixture(params=BOTH, scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One with the small corpus, only to be read."""
    for engine in _opened(request, tmp_path_factory.mktemp("index")):
        fill(engine, sample.filed())
        yield engine


def _opened(request: pytest.FixtureRequest, root: Path) -> Iterator[Engine]:
    if request.param == "embedded":
        yield EmbeddedEngine(root)
    else:
        yield from elastic_engine(root, request.getfixturevalue("elasticsearch_url"))


@pytest.fixture
def elastic(elasticsearch_url: str, tmp_path: Path) -> Iterator[ElasticEngine]:
    yield from elastic_engine(tmp_path / "index", elasticsearch_url)


def elastic_engine(root: Path, url: str, shards: int = 1) -> Iterator[ElasticEngine]:
    home = f"test{uuid.uuid4().hex[:10]}"
    opened = ElasticEngine(root, home, EngineSettings(url=url, shards=shards))
    yield opened
    client = Elasticsearch(url)
    for index in client.indices.get_alias(index=f"gongbao-{home}-*"):
        client.indices.delete(index=index)
    client.close()
    opened.close()


def fill(engine: Engine, corpus: list[sample.Filed]) -> None:
    with engine.writer() as writer:
        for one in corpus:
            writer.put(one.batch())
