"""The default engine: tantivy, in-process; needs nothing beside the home."""

from gongbao.index.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
