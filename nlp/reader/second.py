"""The second reader as the program uses it: its bounds, and what is said where it cannot be used."""

from __future__ import annotations

from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.language.genres import genre_of
from gongbao.nlp.reader.marker import Marker, RoleScores
from gongbao.nlp.reader.shipped import MODEL, NoReader
from gongbao.nlp.reader.windows import Sizes, windows_of

_LONGEST = 400_000  # characters of a document; on a longer one the rules are alone


class SecondReader:
    """One model in memory, on one thread: processes share the work."""

    def __init__(self, model: Path = MODEL) -> None:
        """NoReader where the model is missing, damaged or cannot be run here."""
        if not model.is_file():
            raise NoReader.without("没有模型文件")
        try:
            self._marker = Marker(model)
        except ImportError as error:
            raise NoReader.without("没有安装 onnxruntime") from error
        except Exception as error:  # onnxruntime has no common type of its own for a damaged file
            raise NoReader.without("模型文件已损坏") from error

    def read(self, document: Document) -> RoleScores | None:
        """None where the document is too long to be read in bounded time."""
        if len(document.text) > _LONGEST:
            return None
        return self._marker.read(document.text, windows_of(document, genre_of(document.title), Sizes()))
