"""What only Elasticsearch can do wrong: refusals, busy servers, and servers that cannot be reached."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from elasticsearch import Elasticsearch
from gongbao.corpus.errors import GongbaoError, IndexMissing, ServiceUnavailable, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.index import open_engine
from gongbao.index.analysis import words
from gongbao.index.elastic import ElasticEngine
from gongbao.index.elastic.names import mappings
from gongbao.index.engine import AnyOf, Ask, Batch, Everything, Keyword, Term
from gongbao.index.meaning.encoder import SIZE
from gongbao.index.schema import EntryKind, Field
from gongbao.index.settings import EngineSettings, settings_from
from gongbao.index.update import update

from tests import builders
from tests.index import sample
from tests.index.conftest import elastic_engine, fill

pytestmark = pytest.mark.elasticsearch


def refused(batch: Batch) -> Batch:
    """The same with a passage whose number no server takes."""
    spoilt = next(entry for entry in batch.entries if entry.kind is EntryKind.PASSAGE)
    numbers = (*spoilt.numbers, (Field.YEAR, (1 << 70,)))
    entries = (*(e for e in batch.entries if e is not spoilt), replace(spoilt, numbers=numbers))
    return replace(batch, entries=entries)


def test_what_the_server_refuses_is_reported_and_tried_again(elastic: ElasticEngine) -> None:
    good, bad, *_ = sample.filed()
    with elastic.writer() as writer:
        writer.put(good.batch())
        writer.put(refused(bad.batch()))
        rejected = writer.rejected()
    assert [r.document for r in rejected] == [bad.document.id]
    assert "400" in rejected[0].cause
    assert set(elastic.stamps()) == {good.document.id}  # no stamp: tried again next time
    assert elastic.count(EntryKind.DOCUMENT, Everything()) == 2  # what was taken can be found meanwhile
    fill(elastic, [bad])
    assert set(elastic.stamps()) == {good.document.id, bad.document.id}


def test_refusals_are_in_the_report(elastic: ElasticEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(Home(tmp_path / "home"))
    store.put_issue(builders.issue(sample.filed()[0].document), "1")
    monkeypatch.setattr(
        sys.modules["gongbao.index.update"],
        "transform",
        lambda d, e, s, _items: refused(sample.Filed(d, sample.extraction(d)).batch(s)),
    )
    report = update(elastic, store)
    assert len(report.rejected) == 1
    assert sample.filed()[0].document.id in report.rejected[0]


def test_a_busy_server_is_asked_again(elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Elasticsearch.bulk
    turned_away: list[str] = []

    def busy_once(self: Elasticsearch, *args: Any, **options: Any) -> Any:
        answer = plain(self, *args, **options)
        if not turned_away:
            item = answer["items"][0]["index"]
            item |= {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "busy"}}
            turned_away.append(item["_id"])
        return answer

    monkeypatch.setattr(Elasticsearch, "bulk", busy_once)
    with elastic.writer() as writer:
        writer.put(sample.filed()[0].batch())
        assert writer.rejected() == ()
    assert turned_away
    assert len(elastic.stamps()) == 1


def test_bulks_are_bounded_by_bytes(elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongbao.index.elastic.writer._BULK_BYTES", 20_000)
    plain, sizes = Elasticsearch.bulk, []

    def weighed(self: Elasticsearch, *args: Any, **options: Any) -> Any:
        sizes.append(sum(len(line) + 1 for line in options["operations"]))
        return plain(self, *args, **options)

    monkeypatch.setattr(Elasticsearch, "bulk", weighed)
    fill(elastic, sample.many(20))
    assert len(sizes) > 5
    assert max(sizes) <= 20_000
    assert elastic.count(EntryKind.DOCUMENT, Everything()) == 20


def test_nothing_but_this_homes_names(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    fill(elastic, sample.filed())
    home = elastic._names.home
    with Elasticsearch(elasticsearch_url) as client:
        found = client.indices.get_alias(index=f"*{home}*")
        assert len(found) == len(EntryKind)
        for index, body in found.items():
            assert re.fullmatch(rf"gongbao-{home}-s\w+-[a-z]+-[0-9a-f]{{12}}", index)
            assert f"gongbao-{home}" in body["aliases"]
            assert client.indices.get_mapping(index=index)[index]["mappings"]["dynamic"] == "strict"


def test_debris_of_a_killed_rebuild_is_cleared(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    fill(elastic, sample.filed())
    with Elasticsearch(elasticsearch_url) as client:
        debris = f"{elastic._names.alias(EntryKind.PASSAGE)}-000000000000"
        client.indices.create(index=debris)
        fill(elastic, [])
        assert not client.indices.exists(index=debris)


@pytest.mark.parametrize("kind", list(EntryKind))
def test_mappings_need_no_plugin(kind: EntryKind) -> None:
    analyzers = {field.get("analyzer") for field in mappings(kind)["properties"].values()}
    assert analyzers == {"whitespace", None}


def test_a_query_that_is_too_large_is_one_clear_line(elastic: ElasticEngine) -> None:
    fill(elastic, sample.filed())
    with pytest.raises(ServiceUnavailable, match="没有接受请求"):
        elastic.search(Ask(EntryKind.DOCUMENT, Keyword(Field.ISSUER, tuple(map(str, range(70_000))))))


# --- reaching it


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1:1", ServiceUnavailable),  # nobody listens
        ("http://user:secret@127.0.0.1:1", ServiceUnavailable),
        ("127.0.0.1:9200", UsageError),  # no scheme
        ("http://", UsageError),
        ("ftp://127.0.0.1:9200", UsageError),
    ],
)
def test_where_no_server_is(tmp_path: Path, url: str, error: type[GongbaoError]) -> None:
    with pytest.raises(error) as caught:
        open_engine(Home(tmp_path), "h", EngineSettings(url=url)).stamps()
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_settings_come_from_the_environment() -> None:
    given = {
        "GONGBAO_ELASTICSEARCH_URL": "https://es:9200",
        "GONGBAO_ELASTICSEARCH_API_KEY": "k",
        "GONGBAO_ELASTICSEARCH_VERIFY": "0",
        "GONGBAO_ELASTICSEARCH_SHARDS": "3",
    }
    read = settings_from(given)
    assert (read.url, read.api_key, read.verify, read.shards) == ("https://es:9200", "k", False, 3)
    assert "'k'" not in repr(read)
    assert settings_from({}) == EngineSettings()
    with pytest.raises(UsageError):
        settings_from({"GONGBAO_ELASTICSEARCH_SHARDS": "many"})


@dataclass(frozen=True, slots=True)
class Secure:
    url: str
    certificate: str


@pytest.fixture(scope="module")
def secure(elasticsearch_url: str) -> Iterator[Secure]:
    """A second real server, with TLS and users."""
    script, folder = Path("tests/services/elasticsearch"), Path(tempfile.mkdtemp())  # open to the server's user
    environment = os.environ | {"GONGBAO_ELASTICSEARCH_SECURE": "1"}
    started = subprocess.run([script, "start", folder], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    yield Secure(started.stdout.strip(), str(folder / "ca.crt"))
    subprocess.run([script, "stop", folder], check=True)


def test_security(secure: Secure, tmp_path: Path) -> None:
    """A certificate that is known, one that is not, and the three ways to log in."""

    def trial(**settings: Any) -> dict[str, str]:
        return open_engine(Home(tmp_path), "h", EngineSettings(url=secure.url, **settings)).stamps()

    user = {"username": "gongbao", "password": "gongbao-secret"}
    assert trial(ca_certs=secure.certificate, **user) == {}
    assert trial(verify=False, **user) == {}
    for settings, message in (
        (user, "证书"),
        ({"fingerprint": "00" * 32} | user, "证书"),
        ({"ca_certs": secure.certificate, "username": "gongbao", "password": "wrong"}, "登录"),
        ({"ca_certs": secure.certificate}, "登录"),
        ({"ca_certs": secure.certificate, "api_key": "d3Jvbmc6d3Jvbmc="}, "登录"),
    ):
        with pytest.raises(ServiceUnavailable, match=message):
            trial(**settings)
    with pytest.raises(UsageError, match="证书文件"):
        trial(ca_certs="/no/such/file.pem")


def test_an_api_key_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sent: list[str] = []

    def heard(self: Any, method: str, target: str, body: Any = None, headers: Any = None, **_: Any) -> Any:
        sent.append(headers["authorization"])
        raise ConnectionRefusedError

    monkeypatch.setattr("elastic_transport.Urllib3HttpNode.perform_request", heard)
    engine = open_engine(Home(tmp_path), "h", EngineSettings(url="http://127.0.0.1:1", api_key="a2V5OmtleQ=="))
    with pytest.raises((ServiceUnavailable, ConnectionRefusedError)):
        engine.count(EntryKind.DOCUMENT, Everything())
    assert sent[0] == "ApiKey a2V5OmtleQ=="


def test_without_an_index_reading_says_so_after_it_was_deleted(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    fill(elastic, [])
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.delete(index=next(iter(client.indices.get_alias(name=elastic._names.alias(EntryKind.DOCUMENT)))))
    with pytest.raises(IndexMissing):
        elastic.search(Ask(EntryKind.DOCUMENT, Everything()))
    fill(elastic, sample.filed())  # and is made whole by the next update
    assert len(elastic.stamps()) == 4


def test_several_shards_rank_as_one(elastic: ElasticEngine, elasticsearch_url: str, tmp_path: Path) -> None:
    corpus = sample.many(40)
    fill(elastic, corpus)
    for spread in elastic_engine(tmp_path / "spread", elasticsearch_url, shards=3):
        fill(spread, corpus)
        ask = Ask(EntryKind.STATEMENT, AnyOf(tuple(Term(Field.WORDS, word) for word in words("老旧小区改造问责"))))
        ours, theirs = elastic.search(ask), spread.search(ask)
        assert [hit.id for hit in ours.items] == [hit.id for hit in theirs.items]
        assert [hit.score for hit in ours.items] == pytest.approx([hit.score for hit in theirs.items], rel=1e-3)
        assert spread.search_all([ask]) == (theirs,)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (400, {"error": {"type": "media_type_header_exception", "reason": "Invalid media-type"}}, "版本与本程序不合"),
        (406, {"error": "Content-Type header is not supported"}, "版本与本程序不合"),  # of 7 and older
        (429, {"error": {"type": "circuit_breaking_exception", "reason": "Data too large"}}, "没有接受请求"),
        (503, {"error": {"type": "cluster_block_exception", "reason": "no master"}}, "没有接受请求"),
    ],
)
def test_a_server_that_answers_otherwise(tmp_path: Path, status: int, body: dict[str, object], told: str) -> None:
    """A real server over HTTP that answers as others do, since only one version of the real one is at hand."""
    with answering(status, body) as url, pytest.raises(ServiceUnavailable, match=told) as caught:
        open_engine(Home(tmp_path), "h", EngineSettings(url=url, timeout=5)).count(EntryKind.DOCUMENT, Everything())
    assert "\n" not in str(caught.value)


def test_another_program_at_the_address(tmp_path: Path) -> None:
    with answering(200, {"count": 0}, product="") as url, pytest.raises(ServiceUnavailable, match="不是 Elasticsearch"):
        open_engine(Home(tmp_path), "h", EngineSettings(url=url)).count(EntryKind.DOCUMENT, Everything())


@contextmanager
def answering(status: int, body: dict[str, object], product: str = "Elasticsearch") -> Iterator[str]:
    class Always(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(status)
            self.send_header("X-Elastic-Product", product)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body | {"status": status}).encode())

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Always)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_directions_of_another_size_make_way(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    """Another program, or another model, left an index of that name: nothing of it is believed, and it is made anew."""
    vectors, keys = elastic.vectors("another-size"), ["a", "b"]
    shape = {"properties": {"vector": {"type": "dense_vector", "dims": 8}, "key": {"type": "keyword"}}}
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.create(index=vectors._index, mappings=shape)
        client.index(index=vectors._index, id="a", document={"key": "a"}, refresh=True)
    rows = np.eye(SIZE, dtype=np.int8)[:2] * 100
    before = (vectors.count(), vectors.missing(keys), vectors.nearest(rows[0], 2), vectors.finished())
    vectors.add(keys, rows)
    assert before == (0, keys, [], None)
    assert (vectors.count(), vectors.missing(keys), vectors.nearest(rows[0], 1)[0][0]) == (2, [], "a")
