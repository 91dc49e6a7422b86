"""What a document says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.corpus.document import Cell, Table
from gongbao.corpus.ids import document_id, record_id
from gongbao.corpus.offsets import Span

from tests.builders import document

OUTLINE = document(
    "一、重点任务",
    "（一）修渠",
    "市水务局负责。",
    "二、保障",
    "各县要配合。",
    headings={"一、重点任务": 1, "（一）修渠": 2, "二、保障": 1},
)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("市水务局负责", ("一、重点任务", "（一）修渠")),  # under two headings
        ("各县要配合", ("二、保障",)),  # a new first level closes the second
        ("云政发", ()),  # above all headings
    ],
)
def test_the_headings_above_a_place(words: str, path: tuple[str, ...]) -> None:
    assert OUTLINE.path_at(OUTLINE.text.index(words)) == path


def test_body_leaves_out_title_number_and_table_cells() -> None:
    with_table = document("市水务局负责。", rows=[["牵头单位"], ["市水务局"]])
    assert with_table.body() == "市水务局负责。"


def test_a_merged_cell_stands_in_every_place_that_it_covers() -> None:
    cells = (
        Cell(0, 0, 2, 1, True, "项目", Span(0, 2)),
        Cell(0, 1, 1, 2, True, "面积", Span(3, 5)),
        Cell(1, 1, 1, 1, True, "甲", Span(6, 7)),
        Cell(1, 2, 1, 1, True, "乙", Span(8, 9)),
    )
    table = Table("", None, None, 2, 3, 2, cells, Span(0, 9))
    assert table.grid() == [["项目", "面积", "面积"], ["项目", "甲", "乙"]]


@pytest.mark.parametrize(
    ("number", "signed", "year"),
    [
        ("云政发〔2023〕1号", date(2024, 1, 5), 2023),  # the number's year counts
        (None, date(2024, 1, 5), 2024),
        (None, None, None),
    ],
)
def test_year(number: str | None, signed: date | None, year: int | None) -> None:
    assert document("甲。", number=number, signed=signed).year == year


def test_a_document_keeps_its_id_however_its_number_is_printed() -> None:
    assert document_id("云政发〔2024〕10号", "甲", None, None) == document_id(
        "云政发[2024]１０号", "乙", "丙", date.today()
    )


def test_a_record_keeps_its_id_when_text_far_before_it_changes() -> None:
    near = "前面十六个字以内的邻近文字保持不变，市水务局负责。后文"
    quote = "市水务局负责。"
    texts = [near, "新加的一段很长很长的文字。" * 3 + near, near.replace("后文", "别的后文")]
    ids = [record_id("task", "d", t, Span(t.index(quote), t.index(quote) + len(quote))) for t in texts]
    assert ids[0] == ids[1]
    assert ids[0] != ids[2]  # the neighbours tell equal quotes apart


@pytest.mark.parametrize(
    ("title", "issuer", "signed", "same", "why"),
    [
        ("关于 李明同志任职的通知", "云川市人民政府", date(2024, 3, 4), True, "a blank in the title"),
        ("关于李明同志任职的通知", "云川市人民政府", date(2024, 9, 2), False, "the same post again, months later"),
        ("关于李明同志任职的通知", "东岭县人民政府", date(2024, 3, 4), False, "another body"),
    ],
)
def test_an_unnumbered_document_is_known_by_title_issuer_and_date(
    title: str, issuer: str, signed: date, same: bool, why: str
) -> None:
    """The year alone would make one of two appointments or notices that a body words alike."""
    known = document_id(None, "关于李明同志任职的通知", "云川市人民政府", date(2024, 3, 4))
    assert (document_id(None, title, issuer, signed) == known) is same


def test_a_number_that_names_no_body_does_not_make_two_documents_one() -> None:
    """Orders (令) and notices (公告) of many bodies are called 第5号."""
    one = document_id("第5号", "云川市人民政府令", "云川市人民政府", None)
    assert one != document_id("第5号", "东岭县人民政府令", "东岭县人民政府", None)
    assert one == document_id("第 ５ 号", "云川市人民政府令", "云川市人民政府", None)
