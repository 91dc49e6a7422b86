"""Pages without a usable text layer → the same page content as the native reader gives.

`find_engine()` is the one that is installed (`gongbao[ocr]`), else one that reads nothing, so
that scanned pages stay flagged. Nothing is downloaded: the models come with the engine.
"""

from gongbao.ingest.ocr.engine import NullEngine, OcrEngine, find_engine, is_installed
from gongbao.ingest.ocr.glyphs import even_sizes
from gongbao.ingest.ocr.picture import Picture, has_print, take_picture

__all__ = [
    "NullEngine",
    "OcrEngine",
    "Picture",
    "even_sizes",
    "find_engine",
    "has_print",
    "is_installed",
    "take_picture",
]
