"""Statements that are parts of others, and rows and sentences that point to an item elsewhere in the document."""

from __future__ import annotations

import pytest
from gongbao.corpus.records import Assignment, Extraction
from gongbao.corpus.register import Register
from gongbao.nlp import Extractor

from tests.nlp.writing import Rows, write


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Register.load())


def of(found: Extraction, body: str) -> Assignment:
    """The first statement that binds this body."""
    return next(a for a in found.assignments if body in [party.name for party in a.parties])


_CLOSED = "1.清淤。市城管局要在5月底前完成清淤，加强巡查。市气象局负责发布预警。（市水利局牵头，市财政局配合）"
PARTS = [
    (_CLOSED, "市城管局", "市水利局", "a sentence in a paragraph that a bracket closes"),
    (_CLOSED, "市气象局", "市水利局", "every such sentence"),
    (_CLOSED, "市水利局", None, "the whole is no part"),
    ("1.清淤。市城管局要清淤。", "市城管局", None, "no bracket"),
    ("市气象局（以下简称气象局）负责发布预警，市财政局要拨付资金。", "市财政局", None, "a bracket that binds nobody"),
]


@pytest.mark.parametrize(("paragraph", "body", "whole", "why"), PARTS)
def test_what_a_bracketed_paragraph_says_besides_is_its_part(
    extractor: Extractor, paragraph: str, body: str, whole: str | None, why: str
) -> None:
    found = extractor.extract(write("# 一、重点任务", paragraph))
    assert of(found, body).part_of == (of(found, whole).id if whole else None), why


_ITEMS = (
    "# 一、重点任务",
    "1.修缮泵站，2024年6月底前完成5座。",
    "2.更换闸门。",
    "3.清理河道，2024年8月底前完成。",
    "（一）加固堤防，2024年9月底前完成。",
)
_TABLE = [["任务", "牵头单位"], ["推进节水灌溉工程", "市水利局"]]
_NAMED = "（二）推进节水灌溉工程。2024年10月底前新增2万亩。"
COVERED = [
    (("第1、2项由市水利局负责落实。",), ["1.修缮泵站", "2.更换闸门"], ["2024年6月底前"], "numbers in a row"),
    (
        ("第1至3项由市水利局负责落实。",),
        ["1.修缮泵站", "2.更换闸门", "3.清理河道"],
        ["2024年6月底前", "2024年8月底前"],
        "a range",
    ),
    (("第（一）项由市水利局负责落实。",), ["（一）加固堤防"], ["2024年9月底前"], "a number in brackets"),
    (("第9项由市水利局负责落实。",), [], [], "no such item"),
    (("# 二、其他", "1.报送总结。", "第1项由市水利局负责落实。"), [], [], "two items of that number: not known which"),
    ((_NAMED, _TABLE), ["（二）推进节水灌溉"], ["2024年10月底前"], "a row that names an item by its words"),
    ((_TABLE,), [], [], "a row that names a task of its own"),
]


@pytest.mark.parametrize(("lines", "items", "limits", "why"), COVERED)
def test_what_only_points_to_an_item_is_joined_to_it(
    extractor: Extractor, lines: tuple[str | Rows, ...], items: list[str], limits: list[str], why: str
) -> None:
    task = of(extractor.extract(write(*_ITEMS, *lines)), "市水利局")
    starts = [next((i for i in items if one.text.startswith(i)), one.text) for one in task.covers]
    assert starts == items, why
    assert [limit.text for one in task.covers for limit in one.deadlines] == limits, why
    assert not task.deadlines, "what is inherited is no deadline of its own"
