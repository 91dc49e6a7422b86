"""DOCX through the same road as text."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from gongbao.corpus.errors import DamagedFile
from gongbao.ingest import read_file
from gongbao.ingest.office.docx import read_docx

from tests.ingest import hostile


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


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2．"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
NOTES = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>脚注的话。</w:t></w:r></w:p></w:footnote></w:footnotes>'
HEADER = f"<w:hdr {W}><w:p><w:r><w:t>云川市人民政府公报</w:t></w:r></w:p></w:hdr>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def numbered(text: str, depth: int) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr></w:pPr>{run(text)}</w:p>'


OUTLINE = [("总体要求", 0), ("甲。", 1), ("乙。", 1), ("任务", 0), ("丙。", 1)]
BOXED = f"<w:p>{run('甲。')}<w:r><w:txbxContent><w:p>{run('乙。')}</w:p></w:txbxContent></w:r></w:p>"
INNER = f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc></w:tr></w:tbl>"
KEPT = [
    # what of the file, body, text that comes
    ("its numbers", "".join(numbered(*row) for row in OUTLINE), "一、总体要求\n1．甲。\n2．乙。\n二、任务\n1．丙。"),
    ("a content control", f"<w:sdt><w:sdtContent><w:p>{run('甲。')}</w:p></w:sdtContent></w:sdt>", "甲。"),
    ("an insertion", f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins>{run('丙。')}</w:p>", "甲乙丙。"),
    ("a deletion", f"<w:p>{run('甲')}<w:del>{run('乙')}</w:del>{run('丙。')}</w:p>", "甲丙。"),
    ("a field", f"<w:p><w:fldSimple>{run('甲')}</w:fldSimple>{run('乙。')}</w:p>", "甲乙。"),
    ("a text box", BOXED, "甲。\n乙。"),
    ("a table in a table", f"<w:tbl><w:tr><w:tc><w:p/>{INNER}</w:tc></w:tr></w:tbl>", "甲"),
]


@pytest.mark.parametrize(("what", "body", "text"), KEPT, ids=[row[0] for row in KEPT])
def test_what_is_printed_is_read(tmp_path: Path, what: str, body: str, text: str) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(hostile.docx(body, parts={"word/numbering.xml": NUMBERING}))
    (document,) = read_file(path).issue.documents
    assert document.text == text


def test_notes_follow_and_heads_are_furniture(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    parts = {"word/footnotes.xml": NOTES, "word/header1.xml": HEADER}
    path.write_bytes(hostile.docx(hostile.word_paragraph("正文。"), parts=parts))
    issue = read_file(path).issue
    assert [document.text for document in issue.documents] == ["正文。\n脚注的话。"]
    assert [piece.text for piece in issue.furniture] == ["云川市人民政府公报"]


def test_fifty_pages_a_second(tmp_path: Path) -> None:
    """Of 15 paragraphs of 38 characters, as a page of GB/T 9704-2012 5.2 holds."""
    path = tmp_path / "long.docx"
    line = "市水利局要牵头抓好河道巡查和清淤工作。" * 2
    path.write_bytes(hostile.docx(hostile.word_paragraph(line) * 15 * 200))
    began = time.monotonic()
    read_docx(path, "long.docx")
    assert 200 / (time.monotonic() - began) > 50


def test_what_is_no_docx(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(b"not a zip")
    with pytest.raises(DamagedFile, match=r"note\.docx"):
        read_file(path)
