"""Documents and records ↔ a search engine: one protocol, two engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongbao.corpus.home import Home

if TYPE_CHECKING:  # an engine is loaded where one is opened
    from gongbao.index.engine import Engine
    from gongbao.index.settings import EngineSettings

__all__ = ["open_engine"]


def open_engine(home: Home, home_id: str, settings: EngineSettings | None = None) -> Engine:
    """This home's index: embedded, or on Elasticsearch where a URL is set (by default in the environment).

    UsageError where the settings cannot be meant. Reaches for nothing yet.
    """
    from gongbao.index.settings import settings_from

    chosen = settings or settings_from()
    if chosen.url is None:
        from gongbao.index.embedded.engine import EmbeddedEngine

        return EmbeddedEngine(home.index / "embedded")
    from gongbao.index.elastic import ElasticEngine  # its client takes long to load

    return ElasticEngine(home.index / "elasticsearch", home_id, chosen)
