"""find_quantities: what is read in the places where a document measures something."""

from __future__ import annotations

from collections import Counter

from gongbao.corpus.ids import fresh_record_id
from gongbao.corpus.records import Quantity, QuantityKind
from gongbao.nlp.ground import Ground
from gongbao.nlp.quantities.numbers import plain
from gongbao.nlp.quantities.reading import QuantityReading, read_quantities
from gongbao.nlp.quantities.tables import read_cells
from gongbao.nlp.quantities.words import COUNTED, MONEY, SAME


def find_quantities(ground: Ground) -> tuple[Quantity, ...]:
    """In order of place; see docs/fields.md. What time limits and citations claim is left to them."""
    taken: Counter[str] = Counter()
    readings = [one for one in read_quantities(ground.text) if _measures(ground, one)]
    in_cells = [one for table in ground.document.tables for one in read_cells(table, ground.text)]
    return tuple(_record(ground, one, taken) for one in sorted([*readings, *in_cells], key=lambda one: one.span))


def _measures(ground: Ground, reading: QuantityReading) -> bool:
    block = ground.says_at(reading.span.start)
    if not block:
        return False
    numbers_heading = (
        reading.span.start == block.span.start and " " in reading.span.of(ground.text) and reading.unit in COUNTED
    )
    return not (numbers_heading or ground.is_claimed(reading.span))


def _record(ground: Ground, reading: QuantityReading, taken: Counter[str]) -> Quantity:
    document, span = ground.document, reading.span
    base, per, other = reading.unit.partition("/")
    return Quantity(
        id=fresh_record_id("quantity", document.id, document.text, span, taken),
        kind=QuantityKind.MONEY if base in MONEY else QuantityKind.QUANTITY,
        text=span.of(document.text),
        value=plain(reading.value),
        unit=SAME.get(base, base or "人") + per + other,
        comparison=reading.comparison,
        context=ground.context(span),
        span=span,
        regions=document.regions(span),
        upper=None if reading.upper is None else plain(reading.upper),
        direction=reading.direction,
    )
