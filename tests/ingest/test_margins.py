"""What stands on end along the side of a page, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongbao.ingest.files import read_file

from tests.ingest.drawn import BODY, STYLE, draw, notice

NAME = "云川市人民政府公报"
TEXT = notice("云政发〔2024〕6号", "关于做好防汛工作的通知", "云川市人民政府", f"<p>{BODY}</p>" * 16)
STACK = "\\A ".join(NAME)


def side(place: str) -> str:
    return f"@page{{@{place}-middle{{content:'{STACK}';white-space:pre;font-size:8pt;line-height:1.3;width:6mm}}}}"


@pytest.mark.parametrize("place", ["left", "right"])
def test_words_on_end_are_no_text(tmp_path: Path, place: str) -> None:
    plain = read_file(draw(tmp_path / "plain.pdf", TEXT)).issue
    found = read_file(draw(tmp_path / "side.pdf", TEXT, STYLE + side(place))).issue
    assert [document.text for document in found.documents] == [document.text for document in plain.documents]
    kept = "".join(piece.text for piece in found.furniture if piece.page == 1 and len(piece.text) == 1)
    assert kept == NAME


STACKED = "成<br>员<br>单<br>位<br>名<br>单"
TABLES = [
    ("td{border:.5pt solid}", "between rules"),
    ("td{border:none}", "under prose that begins as far out"),
]


@pytest.mark.parametrize(("style", "why"), TABLES, ids=[row[1] for row in TABLES])
def test_a_cell_whose_words_stand_on_end_is_text(tmp_path: Path, style: str, why: str) -> None:
    rows = "".join(f"<tr><td>市水务局</td><td>{BODY}</td></tr>" for _ in range(5))
    grid = f"<table><tr><td rowspan=6 style='width:2em'>{STACKED}</td></tr>{rows}</table>"
    wide = "@page{margin:25mm 12mm}td{padding:2mm 4mm}table{font-size:10pt}"
    (document,) = read_file(draw(tmp_path / "table.pdf", TEXT + grid, STYLE + wide + style)).issue.documents
    assert set("成员单位名单") <= set("".join(document.text.split()))
