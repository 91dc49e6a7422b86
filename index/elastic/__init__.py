"""Elasticsearch 8 and 9, through the official client 8.19; no plugin, script or server-side setting is needed."""

from gongbao.index.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]
