"""Ranges that hold the number asked for, and the figure asked for itself with its sentence, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Comparison, Contact, ContactKind, Quantity, QuantityKind
from gongbao.corpus.register import Register
from gongbao.index.engine import Engine
from gongbao.index.figures import AskedNumber, Figures, holding
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms
from gongbao.search_api.answer_shapes import AnswerShape

from tests import builders
from tests.index import sample
from tests.index.conftest import fill

TODAY = date(2024, 5, 20)
LORRIES = (
    "载重4.5吨以上的货车每日7时至20时不得进城。",
    "载重不足2吨的货车凭通行证进城，每证收取工本费15元。",
    "全年发放通行证3000张，惠及货运企业12家。",
    "通行证办理电话：0999－2345678。",
    "震级5.0—6.0级的地震，由市应急局报请启动响应。",
)


def quantity(text: str, value: float, unit: str, comparison: Comparison, upper: float | None = None) -> Quantity:
    kind = QuantityKind.MONEY if unit == "元" else QuantityKind.QUANTITY
    return Quantity(text, kind, text, value, unit, comparison, "", Span(0, len(text)), (), upper)


PRINTED = (
    quantity("4.5吨以上", 4.5, "吨", Comparison.AT_LEAST),
    quantity("不足2吨", 2, "吨", Comparison.LESS_THAN),
    quantity("15元", 15, "元", Comparison.EXACTLY),
    quantity("3000张", 3000, "张", Comparison.EXACTLY),
    quantity("12家", 12, "家", Comparison.EXACTLY),
    quantity("5.0—6.0级", 5, "级", Comparison.BETWEEN, 6),
)


@pytest.fixture
def service(engine: Engine, register: Register) -> Service:
    document = builders.document(*LORRIES, number="云政办发〔2024〕31号", title="云川市货车通行管理办法")
    placed = tuple(replace(one, span=_at(document.text, one.text)) for one in PRINTED)
    printed = "0999－2345678"
    at = _at(document.text, printed)
    phone = Contact("c", ContactKind.PHONE, printed, "0999-2345678", None, None, None, at, ())
    extraction = replace(sample.extraction(document), quantities=placed, contacts=(phone,))
    fill(engine, [*sample.filed(), sample.Filed(document, extraction)])
    return Service(engine, register, Synonyms.load())


def _at(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("asked", "held", "why"),
    [
        (AskedNumber(8, "吨货车"), "4.5吨以上", "above the bound"),
        (AskedNumber(4.5, "吨"), "4.5吨以上", "以上 includes the number"),
        (AskedNumber(1, "吨的车"), "不足2吨", "below the bound"),
        (AskedNumber(2, "吨"), None, "不足 does not include it"),
        (AskedNumber(5.5, "级地震"), "5.0—6.0级", "between"),
        (AskedNumber(7, "级地震"), None, "beyond"),
        (AskedNumber(8, "天"), None, "of another unit"),
        (AskedNumber(15, "元"), None, "an exact number is no range: words find it"),
    ],
)
def test_the_range_that_holds_a_number(asked: AskedNumber, held: str | None, why: str) -> None:
    found = holding(asked, Figures(PRINTED, ()).inside(Span(0, 20)))
    assert (found.text if found else None) == held, why


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("8吨的货车几点能进城", LORRIES[0]),
        ("八吨的货车几点能进城", LORRIES[0]),
        ("五点五级地震谁负责", LORRIES[-1]),
        ("5.5级地震谁负责", LORRIES[-1]),
    ],
    ids=["above", "in words", "spoken", "between"],
)
def test_a_number_is_answered_by_the_range_that_holds_it(service: Service, question: str, first: str) -> None:
    assert service.ask(question, today=TODAY).passages[0].text == first
    hits = service.search(question, today=TODAY, explain=True).hits
    assert any("数值范围" in why for why in hits[0].why)


@pytest.mark.parametrize(
    ("question", "figures", "why"),
    [
        ("货车通行证多少钱", ("15元",), "an amount"),
        ("货车通行证电话是多少", ("0999－2345678",), "a telephone number"),
        ("货车通行证归谁管，多少钱", ("15元",), "the second part of a question"),
        ("通行证惠及货运企业多少家", ("12家",), "of the unit asked"),
        ("通行证一年发多少", ("3000张", "12家"), "no unit is named"),
        ("货车通行证归谁管", None, "no figure is asked for"),
    ],
)
def test_the_figure_asked_for_is_shown_itself(
    service: Service, question: str, figures: tuple[str, ...] | None, why: str
) -> None:
    answer = service.ask(question, today=TODAY)
    shown = tuple(figure.text for figure in answer.figures[0].figures) if answer.figures else None
    assert shown == figures, why
    assert [one.texts for one in AnswerShape.of(answer).figures[:1]] == ([figures] if figures else [])
    assert all(view.sentence in LORRIES for view in answer.figures)
