"""Who signs: each row is one way to sign a notice of our own, and whom it makes the issuer."""

from __future__ import annotations

import pytest
from gongbao.corpus.document import Source, SourceKind
from gongbao.ingest.build import build_text
from gongbao.ingest.signing import is_seal_note, signatories, signatory, signs
from gongbao.ingest.text import read_text

BODY = (
    "关于开展汛前检查的通知\n各县（市、区）人民政府：\n为做好相关工作，现将有关事项通知如下。\n"
    "一、加强领导。各单位要落实责任，密切配合。\n二、认真排查。各单位要在月底前完成排查。\n"
)
ROWS = [
    # last lines → issuer, why
    (
        "云川市财政局　国家税务总局云川市税务局\n2024年3月9日",
        "云川市财政局 国家税务总局云川市税务局",
        "two in one line",
    ),
    ("云川市财政局\n云川市教育局\n2024年3月9日", "云川市财政局 云川市教育局", "one below the other"),
    (
        "云川市防汛指挥部办公室（云川市应急管理局代章）\n2024年6月9日",
        "云川市防汛指挥部办公室",
        "sealed for it by another",
    ),
    ("云川市防汛指挥部办公室\n（代章）\n2024年6月9日", "云川市防汛指挥部办公室", "the note in a line of its own"),
    ("云川市招聘工作领导小组\n（云川市教育局代章）\n2024年6月9日", "云川市招聘工作领导小组", "the same with who seals"),
    ("云川市水务局（盖章）\n2024年6月9日", "云川市水务局", "where the seal goes"),
    ("云川市人民政府\n（公章）\n二〇二四年三月九日", "云川市人民政府", "a seal below, the day in 汉字"),
    (
        "云川市第五届人民代表大会第三次会议主席团\n2024年1月19日",
        "云川市第五届人民代表大会第三次会议主席团",
        "a presidium",
    ),
    ("云川市红十字会\n2024年3月9日", "云川市红十字会", "a society"),
    ("云川市水务局2024年3月9日", "云川市水务局", "the day without a blank"),
    ("2024年3月9日\n云川市水务局", "云川市水务局", "the day first"),
    ("云川市人民政府\n办公室\n2024年3月9日", "云川市人民政府办公室", "a name in two lines, the first a name too"),
    ("局长李明\n云川市水务局\n2024年3月9日", "云川市水务局", "a person above the body"),
    ("市长　李明\n2024年3月9日", None, "a person issues nothing by signing"),
]


@pytest.mark.parametrize(("lines", "issuer", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_who_issues(lines: str, issuer: str | None, why: str) -> None:
    issue = build_text(read_text(BODY + lines + "\n"), Source("通知.txt", "0" * 64, SourceKind.TEXT), "通知")
    (document,) = issue.documents
    assert (document.issuer, document.signed and document.signed.year) == (issuer, 2024)


LINES = [
    # lines of a signature → names, why
    (["云川市推进新型城镇化工作", "领导小组办公室"], ["云川市推进新型城镇化工作领导小组办公室"], "one in two lines"),
    (["云川市人民政府", "办公室"], ["云川市人民政府办公室"], "whose first line is a name too"),
    (["云川市财政局", "云川市教育局"], ["云川市财政局", "云川市教育局"], "two"),
    (["局长李明", "云川市水务局"], ["云川市水务局"], "a person above one that begins as names do"),
    (["云川市防汛指挥部办公室", "（云川市应急管理局代章）"], ["云川市防汛指挥部办公室"], "its seal's note below"),
    (["市长　李明"], [], "none"),
]


@pytest.mark.parametrize(("lines", "names", "why"), LINES, ids=[row[2] for row in LINES])
def test_names_in_lines(lines: list[str], names: list[str], why: str) -> None:
    assert signatories(lines) == names


NAMES = [
    # line → names, whether it is the note of a seal alone, whether it signs
    ("云川市水务局（盖章）", "云川市水务局", False, True),
    ("（代章）", "", True, False),
    ("云川市水务局（试行）", "云川市水务局（试行）", False, False),
    ("", "", False, False),
]


@pytest.mark.parametrize(("line", "name", "note", "signed"), NAMES, ids=[row[0] for row in NAMES])
def test_notes_on_seals(line: str, name: str, note: bool, signed: bool) -> None:
    assert (signatory(line), is_seal_note(line), signs(line)) == (name, note, signed)
