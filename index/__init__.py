"""Documents and records ↔ a search engine: one protocol, two engines."""

from __future__ import annotations

from corpus.home import Home
from index.embedded import EmbeddedEngine
from index.engine import Engine, EngineSettings
from index.settings import settings_from
from index.update import update

__all__ = ["Engine", "EngineSettings", "open_engine", "update"]


def open_engine(home: Home, home_id: str, settings: EngineSettings | None = None) -> Engine:
    """This home's index: embedded, or on Elasticsearch where a URL is set (by default in the environment).

    UsageError where the settings cannot be meant. Reaches for nothing yet.
    """
    chosen = settings or settings_from()
    if chosen.url is None:
        return EmbeddedEngine(home.index / "embedded")
    from index.elastic import ElasticEngine  # its client takes long to load

    return ElasticEngine(home.index / "elasticsearch", home_id, chosen)
