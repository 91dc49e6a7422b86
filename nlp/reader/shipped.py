"""The files of the second reader, and whether they are as they were made: asked by `status`, which loads no model."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.util import find_spec
from pathlib import Path

from gongbao.corpus.errors import CorpusError

MODEL = Path(__file__).with_name("marker.onnx")
FILES = (MODEL, Path(__file__).with_name("calibration.json"))  # what its readings depend on

_REMEDY = "任务照常按规则提取；要恢复，请重新安装 gongbao"


class NoReader(CorpusError):
    """The second reader cannot be used here, with why and what helps."""

    @staticmethod
    def without(cause: str) -> NoReader:
        return NoReader(cause, _REMEDY)


def missing(model: Path = MODEL) -> str:
    """Why it cannot be used here; empty where it can."""
    if not model.is_file():
        return "没有模型文件"
    if find_spec("onnxruntime") is None:
        return "没有安装 onnxruntime"
    return "" if _digest(model) == _described(model) else "模型文件已损坏"


def describe(model: Path) -> None:
    """Write beside a new model what its bytes are known by."""
    model.with_suffix(".toml").write_text(f'sha256 = "{_digest(model)}"\n', "utf-8")


def _described(model: Path) -> str | None:
    try:
        return str(tomllib.loads(model.with_suffix(".toml").read_text("utf-8")).get("sha256"))
    except (OSError, ValueError):
        return None


def _digest(model: Path) -> str:
    with model.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
