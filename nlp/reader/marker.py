"""The marks of a small Chinese encoder, tuned to say of each character which body it belongs to and in what role.

The file is an ONNX graph with 8-bit weights. Its input is `ids` and `mask` (batch × characters), its output for each
character the scores of seven tags: nothing; begins and continues a lead, a supporting, a responsible body. An eighth
(the words of a task begin here) only helped it to learn. The characters that it knows stand in its metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Role
from gongbao.nlp.reader.windows import Window
from numpy.typing import NDArray

ROLES = (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)  # in the order of the tags
_TAGS = 2 * len(ROLES) + 1
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")  # the first ids; those of the characters follow
_PAD, _UNK, _CLS, _SEP = range(4)
_BATCH = 16
_FULL_WIDTH = range(0xFF01, 0xFF5F)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RoleScores:
    """For each character of a document's text (rows) and each of ROLES, how surely it belongs to a body in that role.

    `seen`: it was read at all; where not, all is zero.
    """

    roles: Floats
    seen: NDArray[np.bool_]

    def sure(self, span: Span) -> Floats:
        """Of each role, how surely the span is a body in it."""
        mean: Floats = self.roles[span.start : span.end].mean(axis=0)
        return mean


class Marker:
    """One model in memory."""

    def __init__(self, path: Path) -> None:
        self._session, known = _open(path)
        self._ids = {char: place for place, char in enumerate(known, len(_SPECIAL))}

    def read(self, text: str, windows: Iterable[Window]) -> RoleScores:
        found = RoleScores(np.zeros((len(text), len(ROLES)), np.float32), np.zeros(len(text), np.bool_))
        for batch in _batches(windows):
            self._read(text, batch, found)
        return found

    def _read(self, text: str, batch: Sequence[Window], found: RoleScores) -> None:
        rows = [self._row(text, window) for window in batch]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
        mask = (np.arange(ids.shape[1]) < np.array([[len(row)] for row in rows])).astype(np.float32)
        (scores,) = self._session.run(None, {"ids": ids, "mask": mask})
        for window, row in zip(batch, scores, strict=True):
            _place(window, row, found)

    def _row(self, text: str, window: Window) -> list[int]:
        row = [_CLS, *self._numbers(window.above), _SEP]
        for piece in window.pieces:
            row += (*self._numbers(piece.of(text)), self._ids["\n"])
        return row

    def _numbers(self, text: str) -> Iterator[int]:
        return (_SEP if char == "‖" else self._ids.get(folded(char), _UNK) for char in text)


def _batches(windows: Iterable[Window]) -> Iterator[list[Window]]:
    """Windows of like length together, a few at a time."""
    held: list[Window] = []
    for window in windows:
        held.append(window)
        if len(held) == _BATCH:
            yield held
            held = []
    if held:
        yield held


def _place(window: Window, scores: Floats, found: RoleScores) -> None:
    """The scores of the pieces' characters, as probabilities, where they stand in the text."""
    powers = np.exp(scores[:, :_TAGS] - scores[:, :_TAGS].max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    at = len(window.above) + 2
    for piece in window.pieces:
        part, here = shares[at : at + len(piece)], slice(piece.start, piece.end)
        found.roles[here] = part[:, 1::2] + part[:, 2::2]
        found.seen[here] = True
        at += len(piece) + 1


def folded(char: str) -> str:
    """As the encoder's own words were folded: lower case, half width but for punctuation that it knows."""
    return chr(ord(char) - 0xFEE0) if ord(char) in _FULL_WIDTH and char.isalnum() else char.lower()


def _open(path: Path) -> tuple[Any, str]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong is raised
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session, session.get_modelmeta().custom_metadata_map["characters"]
