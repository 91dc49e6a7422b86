"""Which columns a name of the header covers, told by the rule under it."""

from __future__ import annotations

import numpy as np
import pytest
from gongbao.ingest.tables.grids import Area
from gongbao.ingest.tables.gutters import GutterBlock
from gongbao.ingest.tables.rows import Rows
from gongbao.ingest.tables.spans import unite_places
from gongbao.ingest.tables.words import Pieces

_HEIGHT, _STEP = 10.0, 20.0  # points: of type, and from row to row
_PLACES = [(0, 0), (0, 1), *((row, column) for row in (1, 2) for column in range(3))]  # one name over columns 1 and 2


def _block() -> tuple[GutterBlock, Rows]:
    row, column = np.array(_PLACES).T
    x0, top, none = column * 100.0, row * _STEP, np.zeros(0, np.int64)
    size = np.full(len(row), _HEIGHT)
    pieces = Pieces(
        *(x0, x0 + 80, top, top + _HEIGHT, size, row),
        *(np.zeros((0, 2)), none.astype(bool), none, none, none, none, none, 1.0),
    )
    gutters = np.array([[80.0, 100.0], [180.0, 200.0]])
    return GutterBlock(pieces, gutters, column), Rows(np.arange(4) * _STEP, row, (), False, 0.0)


@pytest.mark.parametrize(
    ("at", "low", "high", "covers", "why"),
    [
        (15.0, 95.0, 280.0, 2, "right under the name, over both columns"),
        (35.0, 95.0, 280.0, 1, "one row further down it is no rule of this name"),
        (15.0, 95.0, 180.0, 1, "over its own column only"),
        (15.0, 0.0, 280.0, 1, "over the whole block: it parts header and body"),
    ],
)
def test_a_rule_under_a_name(at: float, low: float, high: float, covers: int, why: str) -> None:
    areas, _ = unite_places(*_block(), np.array([[at, low, high]]))
    assert Area(0, 1, 1, covers) in areas, why
