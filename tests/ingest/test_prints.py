"""Glyphs as a reader sees them: overprints, soft hyphens, bytes of GBK taken for Latin letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gongbao.corpus.document import PageState
from gongbao.ingest.files import read_file
from gongbao.ingest.page import Glyphs, GlyphStyle, PageContent
from gongbao.ingest.prints import clean, read_as_gbk

from tests.ingest.drawn import BODY, draw

STYLE = GlyphStyle("Song", False, (0, 0, 0, 255), 0)
SAID = "云川市人民政府关于做好全市防汛抗旱工作的通知，请各县（市、区）人民政府认真贯彻执行。"


def page(text: str, rows: list[int] | None = None) -> PageContent:
    """One glyph of ten points after the other; `rows`: the line of each."""
    n = len(text)
    x0, top = np.arange(n) * 10.0, np.array(rows or [0] * n) * 20.0
    glyphs = Glyphs(text, x0, top, x0 + 10, top + 10, np.full(n, 10.0), np.zeros(n, np.int64), (STYLE,))
    return PageContent(1, 600.0, 800.0, glyphs)


def printed_twice(content: PageContent, by: float) -> PageContent:
    one = content.glyphs
    both = [np.concatenate([side, side + by]) for side in (one.x0, one.top, one.x1, one.bottom)]
    double = [np.concatenate([side, side]) for side in (one.size, one.style)]
    glyphs = Glyphs(one.text * 2, both[0], both[1], both[2], both[3], double[0], double[1].astype(np.int64), one.styles)
    return replace(content, glyphs=glyphs)


@pytest.mark.parametrize("by", [0.3, 0.9, 1.8])
def test_what_is_printed_twice_is_there_once(by: float) -> None:
    assert clean(printed_twice(page(SAID), by)).glyphs.text == SAID


def test_the_same_character_side_by_side_stays() -> None:
    text = "天天向上、人人有责、22112233" * 3
    assert clean(page(text)).glyphs.text == text


def test_a_table_printed_twice_has_its_words_once(tmp_path: Path) -> None:
    table = "<table><tr><th>任务</th><th>单位</th></tr><tr><td>新建管网</td><td>市水务局</td></tr></table>"
    again = f"<div style='position:absolute;left:.4pt;top:.4pt;width:100%'>{table}</div>"
    html = f"<div style='position:relative'>{table}{again}</div><p>{BODY}</p>"
    (document,) = read_file(draw(tmp_path / "double.pdf", html)).issue.documents
    assert document.tables[0].grid() == [["任务", "单位"], ["新建管网", "市水务局"]]


HYPHENS = [
    ("2021\u00ad2025年", [0] * 10, "2021-2025年", "between figures it is printed"),
    ("010\u00ad6879", [0] * 3 + [0] + [1] * 4, "010-6879", "a number parted at the end of a line"),
    ("develop\u00adment", [0] * 8 + [1] * 4, "develop ment", "a word parted at the end of a line"),
]


@pytest.mark.parametrize(("text", "rows", "expected", "why"), HYPHENS, ids=[row[3] for row in HYPHENS])
def test_soft_hyphens(text: str, rows: list[int], expected: str, why: str) -> None:
    assert clean(page(text, rows[: len(text)])).glyphs.text == expected


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_bytes_of_gbk_are_read_as_such(encoding: str) -> None:
    wrong = SAID.encode("gbk").decode(encoding, "replace")
    found = read_as_gbk(page(wrong.replace("\ufffd", "")))
    assert found is not None
    content, verdict = found
    assert verdict.state is PageState.NATIVE
    assert "GBK" in verdict.note
    if encoding == "latin-1":
        assert content.glyphs.text == SAID
        assert float(content.glyphs.x1[0]) == 20.0  # the box around both


@pytest.mark.parametrize("text", [SAID, "Coopération européenne, qualité élevée, où ça ? déjà présenté à l'été."])
def test_what_is_no_gbk_stays(text: str) -> None:
    assert read_as_gbk(page(text)) is None
