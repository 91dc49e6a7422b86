"""Documents and records ↔ a search engine: one protocol, two engines."""

from __future__ import annotations

from gongbao.corpus.home import Home
from gongbao.index.embedded import EmbeddedEngine
from gongbao.index.engine import Engine, EngineSettings
from gongbao.index.settings import settings_from
from gongbao.index.update import update

__all__ = ["Engine", "EngineSettings", "open_engine", "update"]


def open_engine(home: Home, home_id: str, settings: EngineSettings | None = None) -> Engine:
    """This home's index: embedded, or on Elasticsearch where a URL is set (by default in the environment).

    UsageError where the settings cannot be meant. Reaches for nothing yet.
    """
    chosen = settings or settings_from()
    if chosen.url is None:
        return EmbeddedEngine(home.index / "embedded")
    from gongbao.index.elastic import ElasticEngine  # its client takes long to load

    return ElasticEngine(home.index / "elasticsearch", home_id, chosen)
