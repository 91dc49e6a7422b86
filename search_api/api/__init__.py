"""The HTTP API under /api/v1, and the one place where the server is put together."""

from gongbao.search_api.api.app import create_app

__all__ = ["create_app"]
