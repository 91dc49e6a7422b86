"""DOCX through the same road as text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from gongbao.corpus.errors import DamagedFile
from gongbao.ingest import read_file


def test_a_notice_with_a_merged_table(tmp_path: Path) -> None:
    document = docx.Document()
    for text, size, alignment in [
        ("云川市人民政府", 22, WD_ALIGN_PARAGRAPH.CENTER),
        ("关于做好防汛工作的通知", 22, WD_ALIGN_PARAGRAPH.CENTER),
        ("云政发〔2024〕10号", 16, WD_ALIGN_PARAGRAPH.CENTER),
        ("各县（市、区）人民政府：", 16, None),
        ("一、加强领导", 16, None),
        ("各级政府要切实加强领导，确保各项任务落到实处。", 16, None),
        ("云川市人民政府", 16, WD_ALIGN_PARAGRAPH.RIGHT),
        ("2024年3月4日", 16, WD_ALIGN_PARAGRAPH.RIGHT),
    ]:
        paragraph = document.add_paragraph()
        paragraph.add_run(text).font.size = Pt(size)
        paragraph.alignment = alignment
    table = document.add_table(3, 2)
    for row, texts in enumerate([("单位", "任务"), ("市水利局", "修堤"), ("", "清淤")]):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    path = tmp_path / "notice.docx"
    document.save(str(path))

    (found,) = read_file(path).issue.documents
    assert (found.number, found.title) == ("云政发〔2024〕10号", "云川市人民政府关于做好防汛工作的通知")
    assert (found.issuer, found.signed) == ("云川市人民政府", date(2024, 3, 4))
    assert [heading.text for heading in found.headings] == ["一、加强领导"]
    assert found.tables[0].grid() == [["单位", "任务"], ["市水利局", "修堤"], ["市水利局", "清淤"]]


def test_what_is_no_docx(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(b"not a zip")
    with pytest.raises(DamagedFile, match=r"note\.docx"):
        read_file(path)
