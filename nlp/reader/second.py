"""The second reader as the program uses it: its files, its bounds, and what is said where it cannot be used."""

from __future__ import annotations

from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.language.genres import genre_of
from gongbao.nlp.reader.marker import Marker, RoleScores
from gongbao.nlp.reader.windows import Sizes, windows_of

MODEL = Path(__file__).with_name("marker.onnx")
FILES = (MODEL, Path(__file__).with_name("calibration.json"))  # what its readings depend on

_LONGEST = 400_000  # characters of a document; on a longer one the rules are alone
_REMEDY = "任务照常按规则提取；要恢复，请重新安装 gongbao"


class NoReader(CorpusError):
    """The second reader cannot be used here, with why and what helps."""


def missing() -> str:
    """Why it cannot be used here; empty where it can."""
    try:
        SecondReader()
    except NoReader as error:
        return error.message
    return ""


class SecondReader:
    """One model in memory, on one thread: processes share the work."""

    def __init__(self, model: Path = MODEL) -> None:
        """NoReader where the model is missing, damaged or cannot be run here."""
        if not model.is_file():
            raise NoReader("没有模型文件", _REMEDY)
        try:
            self._marker = Marker(model)
        except ImportError as error:
            raise NoReader("没有安装 onnxruntime", _REMEDY) from error
        except Exception as error:  # onnxruntime has no common type of its own for a damaged file
            raise NoReader("模型文件已损坏", _REMEDY) from error

    def read(self, document: Document) -> RoleScores | None:
        """None where the document is too long to be read in bounded time."""
        if len(document.text) > _LONGEST:
            return None
        return self._marker.read(document.text, windows_of(document, genre_of(document.title), Sizes()))
