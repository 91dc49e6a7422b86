"""The protocol of text recognition, and what stands in where none is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Protocol

from gongbao.ingest.ocr.picture import Picture
from gongbao.ingest.page import PageContent

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


class OcrEngine(Protocol):
    """A picture of a page → what is printed on it."""

    def read(self, picture: Picture) -> PageContent | None:
        """Glyphs with boxes and confidence, and ruled lines, in points of the page as it stands
        upright and straight; None where the engine cannot read at all."""


class NullEngine:
    """Reads nothing: its pages stay flagged as scanned."""

    def read(self, picture: Picture) -> PageContent | None:
        return None


def is_installed() -> bool:
    """Whether `gongbao[ocr]` is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


@cache
def find_engine(threads: int) -> OcrEngine:
    """The engine of this process; its models are loaded with the first page. `threads`: of its arithmetic."""
    if not is_installed():
        return NullEngine()
    from gongbao.ingest.ocr.rapid import RapidEngine

    return RapidEngine(threads)
