"""This home's indices: versioned ones behind aliases, with strict mappings.

`gongbao-HOME-sSCHEMA-KIND` is the alias that is read, `gongbao-HOME` stands for all kinds;
`gongbao-HOME-sSCHEMA-KIND-GENERATION` is the index behind it. All aliases move in one request.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError
from gongbao.index.schema import COUNTED, FIELDS, KEYS, NUMBERS, SCHEMA_VERSION, SORT_KEYS, TEXTS, EntryKind, Field
from gongbao.index.settings import EngineSettings

PAYLOAD = "payload"
STAMP = "stamp"
_COPYING = 60  # seconds that copies onto other nodes are waited for


@dataclass(frozen=True, slots=True)
class IndexNames:
    home: str

    @property
    def all(self) -> str:
        return f"gongbao-{self.home}"

    @property
    def meaning(self) -> str:
        """How the indices of directions begin, which belong to no generation."""
        return f"{self.all}-meaning"

    def alias(self, kind: EntryKind) -> str:
        return f"gongbao-{self.home}-s{SCHEMA_VERSION}-{kind.value}"


@dataclass(frozen=True, slots=True)
class Generation:
    """The index of each kind."""

    indices: Mapping[EntryKind, str]


def current(client: Elasticsearch, names: IndexNames) -> Generation | None:
    """What the aliases stand for; None where one is missing."""
    found: dict[EntryKind, str] = {}
    for kind in EntryKind:
        try:
            behind = client.indices.get_alias(name=names.alias(kind))
        except NotFoundError:
            return None
        found[kind] = sorted(behind)[0]
    return Generation(found)


def create(client: Elasticsearch, names: IndexNames, settings: EngineSettings) -> Generation:
    """New, empty indices without an alias, not refreshed while they are filled."""
    suffix = uuid.uuid4().hex[:12]
    generation = Generation({kind: f"{names.alias(kind)}-{suffix}" for kind in EntryKind})
    shape = {"number_of_shards": settings.shards, "number_of_replicas": 0, "refresh_interval": "-1"}
    for kind, index in generation.indices.items():
        client.indices.create(index=index, settings=shape, mappings=mappings(kind))
    return generation


def publish(client: Elasticsearch, names: IndexNames, generation: Generation, settings: EngineSettings) -> None:
    """Point the aliases at this generation, all in one step, once it has its replicas, as far as there are nodes:
    a node that is lost right afterwards loses nothing of it."""
    mine = list(generation.indices.values())
    settled = {"refresh_interval": None, "number_of_replicas": settings.replicas}
    client.indices.put_settings(index=",".join(mine), settings=settled)
    client.options(request_timeout=2 * _COPYING).cluster.health(
        index=",".join(mine), wait_for_no_initializing_shards=True, timeout=f"{_COPYING}s"
    )
    old = [index for index in _owned(client, names) if index not in mine]
    removed: list[dict[str, Any]] = [{"remove": {"index": index, "alias": "*", "must_exist": False}} for index in old]
    added: list[dict[str, Any]] = [
        {"add": {"index": index, "alias": alias}}
        for kind, index in generation.indices.items()
        for alias in (names.alias(kind), names.all)
    ]
    client.indices.update_aliases(actions=removed + added)


def clear_debris(client: Elasticsearch, names: IndexNames) -> None:
    """Delete this home's indices that no alias names."""
    for index, aliases in _owned(client, names).items():
        if not aliases:
            client.indices.delete(index=index, ignore_unavailable=True)


def _owned(client: Elasticsearch, names: IndexNames) -> dict[str, list[str]]:
    found = client.indices.get_alias(index=f"{names.all}-*")
    return {index: list(body["aliases"]) for index, body in found.items() if not index.startswith(names.meaning)}


def mappings(kind: EntryKind) -> dict[str, Any]:
    """Strict; what only serves matching is not kept in the source."""
    properties: dict[str, Any] = {field.value: _mapping(field) for field in sorted(FIELDS[kind])}
    properties[PAYLOAD] = {"type": "text", "index": False}
    if kind is EntryKind.DOCUMENT:
        properties[STAMP] = {"type": "keyword", "index": False, "doc_values": True}
    return {"dynamic": "strict", "_source": {"includes": [PAYLOAD]}, "properties": properties}


def _mapping(field: Field) -> dict[str, Any]:
    if field in TEXTS:
        return {"type": "text", "analyzer": "whitespace"}
    if field in NUMBERS:
        return {"type": "long", "index": field not in SORT_KEYS}
    assert field in KEYS
    return {"type": "keyword", "doc_values": field in COUNTED or field is Field.ID}
