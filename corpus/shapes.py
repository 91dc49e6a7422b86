"""Values kept as JSON: each body says the version of its shape, so that a later program can read it.

>>> page = KeptShape(dict[str, int], 1)
>>> page.dump({"页": 3})
'{"shape":1,"页":3}'
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gongbao.corpus.errors import CorpusError

if TYPE_CHECKING:  # loaded with the first value that is read
    from pydantic import TypeAdapter

T = TypeVar("T")
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

_REMEDY = "重新读入这份公报（gongbao run）；有备份则换回备份"


@dataclass(frozen=True)
class JsonShape(Generic[T]):
    """Values of one type as JSON. What reads and writes them is made for the first of them: it takes long, and
    whoever reads none should not wait for it."""

    kind: type[T]

    @cached_property
    def adapter(self) -> TypeAdapter[T]:
        from pydantic import TypeAdapter

        return TypeAdapter(self.kind)


@dataclass(frozen=True)
class KeptShape(JsonShape[T]):
    """How values of one type are kept. `upgrades[n]` makes version n + 1 of a body of version n; bodies that
    were kept before versions were written count as 0, and what has a default needs no upgrade."""

    version: int
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)

    def dump(self, value: T) -> str:
        body = self.adapter.dump_json(value).decode()
        return f'{{"shape":{self.version},{body[1:]}' if len(body) > len("{}") else f'{{"shape":{self.version}}}'

    def read(self, body: str) -> T:
        """CorpusError for a body that is damaged, or that a newer program wrote."""
        try:
            if body.startswith(f'{{"shape":{self.version},'):
                return self.adapter.validate_json(body)
            return self.adapter.validate_python(self._upgraded(json.loads(body)))
        except ValueError as error:
            raise CorpusError("语料库中有一条记录已损坏，读不出来", _REMEDY) from error

    def _upgraded(self, kept: dict[str, Any]) -> dict[str, Any]:
        found = kept.pop("shape", 0)
        if found > self.version:
            raise CorpusError("这个语料库由更新版本的 gongbao 写成", "升级 gongbao 后再打开")
        for version in range(found, self.version):
            kept = self.upgrades.get(version, _unchanged)(kept)
        return kept


def _unchanged(kept: dict[str, Any]) -> dict[str, Any]:
    return kept
