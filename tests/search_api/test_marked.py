"""Marked text: nothing is lost or added, and marks stand where their records say."""

from __future__ import annotations

import pytest
from gongbao.corpus.document import Source, SourceKind
from gongbao.corpus.offsets import Span
from gongbao.search_api.web.marked import MarkedRun, MarkedText
from hypothesis import given
from hypothesis import strategies as st

from tests.search_api.sample import Draft, bare_decision, bike_notice, flood_plan

_SOURCE = Source("2024-1.pdf", "0" * 64, SourceKind.NATIVE)
_DRAFTS = [bike_notice(), flood_plan(), bare_decision()]


def _marked(draft: Draft) -> MarkedText:
    return MarkedText(draft.document(_SOURCE), draft.extraction())


def _text(runs: tuple[MarkedRun, ...]) -> str:
    return "".join(piece.text for run in runs for piece in run.pieces)


@given(st.sampled_from(_DRAFTS), st.data())
def test_pieces_joined_are_the_text(draft: Draft, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(draft.text)))
    span = Span(start, data.draw(st.integers(start, len(draft.text))))
    assert _text(_marked(draft).runs(span)) == span.of(draft.text)


@pytest.mark.parametrize("draft", _DRAFTS, ids=lambda draft: str(draft.number))
def test_blocks_hold_everything_below_the_head(draft: Draft) -> None:
    shown = "\n".join(
        _text(block.runs)
        if block.table is None
        else "\n".join("\t".join(_text(cell.runs) for cell in row.cells) for row in block.table.rows)
        for block in _marked(draft).blocks()
    )
    head = len(draft.title) + 1 + (len(draft.number) + 1 if draft.number else 0)
    assert shown == draft.text[head:]


def test_every_record_has_one_place_to_jump_to() -> None:
    draft = bike_notice()
    blocks = list(_marked(draft).blocks())
    runs = [task.id for block in blocks for run in block.runs for task in run.starts]
    rows = [task.id for block in blocks if block.table for row in block.table.rows for task in row.tasks]
    assert sorted(runs + rows) == sorted(task.id for task in draft.assignments)


def test_bodies_deadlines_and_citations_are_marked() -> None:
    blocks = _marked(bike_notice()).blocks()
    marks = {(p.mark.kind, p.text) for block in blocks for run in block.runs for p in run.pieces if p.mark is not None}
    assert ("agency", "市城市管理局") in marks
    assert ("deadline", "2024年6月底前") in marks
    assert ("citation", "《云川市公共自行车管理办法》") in marks


def test_a_document_without_records_is_plain() -> None:
    document = bare_decision().document(_SOURCE)
    blocks = list(MarkedText(document, None).blocks())
    assert all(piece.mark is None for block in blocks for run in block.runs for piece in run.pieces)
    assert blocks
