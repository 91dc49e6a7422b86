"""Which engine, and how it is reached: from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from gongbao.corpus.errors import UsageError

PREFIX = "GONGBAO_ELASTICSEARCH_"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Where the index lives. `url` None: embedded, in HOME/index. Secrets do not show in repr."""

    url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_certs: str | None = None  # a PEM file
    fingerprint: str | None = None  # SHA-256 of the server's certificate
    verify: bool = True
    timeout: float = 30.0  # seconds
    shards: int = 1
    replicas: int = 0


def settings_from(environment: Mapping[str, str] = os.environ) -> EngineSettings:
    """GONGBAO_ELASTICSEARCH_URL and, beside it, _API_KEY, _USERNAME, _PASSWORD, _CA_CERTS, _FINGERPRINT,
    _VERIFY (0 to trust any certificate), _TIMEOUT (seconds), _SHARDS, _REPLICAS. Without a URL: embedded.
    """
    found = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    return EngineSettings(
        url=found.get("URL") or None,
        api_key=found.get("API_KEY") or None,
        username=found.get("USERNAME") or None,
        password=found.get("PASSWORD") or None,
        ca_certs=found.get("CA_CERTS") or None,
        fingerprint=found.get("FINGERPRINT") or None,
        verify=found.get("VERIFY", "1").lower() not in {"0", "false", "no"},
        timeout=_number(found, "TIMEOUT", 30),
        shards=_number(found, "SHARDS", 1),
        replicas=_number(found, "REPLICAS", 0),
    )


def _number(found: Mapping[str, str], name: str, default: int) -> int:
    written = found.get(name, str(default))
    if not (written.isascii() and written.isdigit()):
        raise UsageError(f"{PREFIX}{name} 不是数字：{written}", "改为整数或去掉这个环境变量")
    return int(written)
