"""Text → direction, by the encoder of sentences that comes with the program (bge-small-zh v1.5, bench/encoder.py)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from gongbao.corpus.errors import CorpusError
from gongbao.index.meaning.tokens import TokenVocabulary

if TYPE_CHECKING:  # loaded with the first text that is read: whether there is a model is asked more often
    import numpy as np
    from numpy.typing import NDArray

MODEL = Path(__file__).with_name("model")
SIZE = 512  # numbers of a direction
Vector: TypeAlias = "NDArray[np.int8]"

_MOST_TOKENS = 512  # of a passage that are read; the encoder knows no more places
_BATCH = 8  # texts at once; on one core more are no faster
_NO_RUNTIME = ("没有安装 onnxruntime", "检索照常按词语进行；安装：pip install onnxruntime")
_REMEDY = "检索照常按词语进行；要恢复语义检索，请重新安装 gongbao"


class NoEncoder(CorpusError):
    """The encoder cannot be used here, with why and what helps."""


class Encoder:
    """One model; safe in many threads. The files are read when first needed."""

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder

    @cached_property
    def version(self) -> str:
        """Of the model: vectors of another cannot be compared. NoEncoder where there is none."""
        return str(self._description["version"])

    def embed(self, texts: Sequence[str]) -> Vector:
        """A row of 512 whole numbers in -127 .. 127 for each text; only its direction counts.

        NoEncoder where the model is missing, damaged or cannot be run here.
        """
        import numpy as np

        found = np.zeros((len(texts), SIZE), np.int8)
        numbers = [self._vocabulary.numbers(text, _MOST_TOKENS) for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(numbers[at]))  # texts of a batch are about as long
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            found[batch] = _whole(self._run([numbers[at] for at in batch]))
        return found

    def check(self) -> None:
        """NoEncoder where files or library are not there as they should be; quick, since every question asks it."""
        if find_spec("onnxruntime") is None:
            raise NoEncoder(*_NO_RUNTIME)
        _ = self._is_whole, self._vocabulary, self.version

    def _run(self, numbers: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        import numpy as np

        longest = max(map(len, numbers))
        tokens, mask = np.zeros((2, len(numbers), longest), np.int64)
        for row, own in enumerate(numbers):
            tokens[row, : len(own)], mask[row, : len(own)] = own, 1
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        states: NDArray[np.float32] = self._session.run(None, given)[0]
        return states[:, 0]  # at the mark of beginning stands what the whole text means

    @cached_property
    def _is_whole(self) -> bool:
        """Looked at until it is once: reading and hashing 24 MB takes as long as the rest of a question."""
        return bool(self._model())

    @cached_property
    def _description(self) -> dict[str, Any]:
        try:
            return tomllib.loads((self._folder / "model.toml").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NoEncoder("没有语义模型文件", _REMEDY) from error

    @cached_property
    def _vocabulary(self) -> TokenVocabulary:
        try:
            return TokenVocabulary(self._folder / "vocabulary.txt")
        except (OSError, KeyError, ValueError) as error:
            raise NoEncoder("语义模型的词表缺失或已损坏", _REMEDY) from error

    @cached_property
    def _session(self) -> Any:
        try:
            import onnxruntime
        except ImportError as error:
            raise NoEncoder(*_NO_RUNTIME) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes share the work
        options.log_severity_level = 4  # what goes wrong is raised
        try:
            return onnxruntime.InferenceSession(self._model(), options, providers=["CPUExecutionProvider"])
        except (OSError, RuntimeError, ValueError) as error:
            raise NoEncoder("语义模型无法运行", _REMEDY) from error

    def _model(self) -> bytes:
        """The file, which is what its description says: one wrong bit would make every direction a little wrong."""
        try:
            read = (self._folder / "model.onnx").read_bytes()
        except OSError as error:
            raise NoEncoder("没有语义模型文件", _REMEDY) from error
        if hashlib.sha256(read).hexdigest() != self._description.get("sha256"):
            raise NoEncoder("语义模型文件已损坏", _REMEDY)
        return read


def _whole(rows: NDArray[np.float32]) -> Vector:
    """Each row scaled so that its largest number is 127 or -127."""
    import numpy as np

    largest = np.abs(rows).max(axis=1, keepdims=True)
    return np.rint(rows / np.where(largest, largest, 1) * 127).astype(np.int8)
