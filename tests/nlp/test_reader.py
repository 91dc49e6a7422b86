"""The second reader: what it is given, what it says, and how it is joined with the rules."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentSource
from gongbao.corpus.register import Register
from gongbao.nlp import Extractor
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.pipeline import read_acts
from gongbao.nlp.reader.joining import join
from gongbao.nlp.reader.marker import ROLES, RoleScores
from gongbao.nlp.reader.second import SecondReader
from gongbao.nlp.reader.shipped import NoReader, describe, missing
from gongbao.nlp.reader.windows import Sizes, windows_of
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import document
from tests.nlp.writing import write


@pytest.fixture(scope="module")
def reader() -> SecondReader:
    return SecondReader()


def parts(whole: Document) -> list[str]:
    return [piece.of(whole.text) for window in windows_of(whole, "通知", Sizes()) for piece in window.pieces]


def test_only_sentences_that_may_name_a_body_are_read() -> None:
    whole = document("市水利局要加强巡查。水位较高。完善管网。（市财政局负责）")
    assert parts(whole) == ["市水利局要加强巡查。", "（市财政局负责）"]


@given(st.lists(st.text(alphabet="市水利局，。；（）要\n", max_size=400), min_size=1, max_size=6))
def test_no_window_is_longer_than_the_encoder_reads(paragraphs: list[str]) -> None:
    whole = document(*paragraphs)
    for window in windows_of(whole, "通知", Sizes()):
        assert len(window.above) + sum(len(piece) + 1 for piece in window.pieces) + 2 <= 256
        assert all(0 <= piece.start < piece.end <= len(whole.text) for piece in window.pieces)


def test_it_marks_bodies_with_their_roles(reader: SecondReader) -> None:
    whole = document("完善城区供水管网。（市水利局牵头，市财政局配合）")
    reading = reader.read(whole)
    assert reading is not None
    for name, role in (("市水利局", "lead"), ("市财政局", "support")):
        start = whole.text.index(name)
        sure = reading.sure(Span(start, start + len(name)))
        assert ROLES[int(sure.argmax())] == role
        assert sure.max() > 0.5
    task = whole.text.index("供水管网")
    assert reading.sure(Span(task, task + 4)).max() < 0.2


def told(sure: float) -> list[tuple[str, float]]:
    """The parties of one sentence that the reader is so sure of, and their confidence."""
    whole = document("市水利局应当定期巡查水库，市财政局应当按时拨付资金。")
    size = len(whole.text)
    roles = np.zeros((size, len(ROLES)), np.float32)
    roles[:, 2] = sure
    joined = join(whole, find_statements(whole, read_acts), RoleScores(roles, np.ones(size, np.bool_)))
    return [(b.mention.name, b.mention.confidence) for statement in joined for b in statement.bindings]


def test_agreement_makes_sure_doubt_less_and_denial_leaves_little() -> None:
    agreed, doubted, denied = told(0.98), told(0.4), told(0.0)
    assert [name for name, _ in agreed] == [name for name, _ in doubted] == [name for name, _ in denied]
    assert [name for name, _ in agreed] == ["市水利局", "市财政局"]
    assert all(high > 0.9 for _, high in agreed)
    assert all(low < 0.4 for _, low in denied)  # by today's rules a third of what the reader denies is right
    assert all(denied[at][1] < doubted[at][1] < agreed[at][1] for at in range(2))


def test_in_a_table_the_columns_decide() -> None:
    table = [["任务", "责任单位"], ["完善供水管网", "市水利局"]]
    whole = write(table)
    statements = find_statements(whole, read_acts)
    size = len(whole.text)
    denied = RoleScores(np.zeros((size, len(ROLES)), np.float32), np.ones(size, np.bool_))
    assert [s.source for s in statements] == [AssignmentSource.TABLE]
    assert [s.what for s in join(whole, statements, denied)] == ["完善供水管网"]


def test_a_record_is_the_same_each_time(reader: SecondReader) -> None:
    whole = document("完善供水管网。（市水利局牵头，市财政局配合）", "市教育局应当建成书房。")
    both = [Extractor(Register.load(), second=reader).extract(whole) for _ in range(2)]
    assert both[0] == both[1]
    assert both[0].assignments


@pytest.mark.parametrize("content", [None, b"", b"no model at all", b"\x08\x07" * 500])
def test_a_model_that_is_missing_or_damaged_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "marker.onnx"
    if content is not None:
        path.write_bytes(content)
        describe(path)
        path.write_bytes(content + b" ")
    with pytest.raises(NoReader, match="按规则提取"):
        SecondReader(path)
    assert missing(path) == ("没有模型文件" if content is None else "模型文件已损坏")


def test_the_model_that_is_shipped_is_as_described() -> None:
    assert missing() == ""


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("another language", "The bureau shall inspect all reservoirs by June 2024."),
        ("traditional characters, years of the Republic", "民國一百一十三年六月底前，市政府應督導各區公所完成清查。"),
        ("control characters", "市水利局\x00\x07应当巡查\u202e水库。"),
        ("characters that the encoder does not know", "𠮷野市水利局应当巡查😀水库。"),
        ("an endless sentence", "市水利局" * 2000),
    ],
)
def test_any_text_is_read(reader: SecondReader, why: str, text: str) -> None:
    assert reader.read(document(text)) is not None, why


def test_a_document_without_end_is_left_to_the_rules(reader: SecondReader) -> None:
    begun = time.monotonic()
    assert reader.read(document("市水利局应当巡查水库。" * 60_000)) is None
    assert time.monotonic() - begun < 5


def test_an_annotated_folder_of_a_first_contact_is_read_as_marks(tmp_path: Path) -> None:
    """`make confidence FRESH=…`: where the bodies of each statement stand, found by its task."""
    from bench.reader.gold import read_folder

    text = "云川市人民政府关于供水的通知\n一、完善城区供水管网。（市水利局牵头，市财政局配合）\n"
    told = [("市水利局", "lead"), ("市财政局", "support")]
    parties = [{"name": name, "role": role, "type": "agency"} for name, role in told]
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "001-云川市-供水.txt").write_text(text, "utf-8")
    paper = {"doc": "云川市人民政府关于供水的通知", "title": "云川市人民政府关于供水的通知", "file": "001-云川市-供水"}
    duty = {"doc": paper["doc"], "kind": "task", "parties": parties, "what": "完善城区供水管网", "deadlines": []}
    (tmp_path / "documents.jsonl").write_text(json.dumps(paper), "utf-8")
    (tmp_path / "assignments.jsonl").write_text(json.dumps(duty), "utf-8")
    [found] = read_folder(tmp_path / "text", tmp_path)
    marks = [(found.document.text[mark.start : mark.end], mark.role) for mark in found.marks]
    assert marks == told
    assert "牵头" in found.document.text[found.marks[0].end :][:3]
