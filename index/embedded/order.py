"""All that matches in a fixed order, page by page in constant memory.

Each page asks for the smallest sort keys from where the last one ended. A page never ends
inside a group of equal keys, within which ids decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter

from gongbao.index.embedded.reader import KindSnapshot
from gongbao.index.engine import Filtered, Hit, Query, Range
from gongbao.index.order import OrderKey
from gongbao.index.schema import Field
from tantivy import Order


def in_order(
    snapshot: KindSnapshot, query: Query, field: Field, after: OrderKey | None, size: int
) -> Iterator[tuple[OrderKey, Hit]]:
    """Hits behind `after`, found about `size` at a time."""
    for places in _groups(snapshot, query, field, after.key if after else 0, size):
        for place, hit in places:
            if after is None or place > after:
                yield place, hit


def _groups(
    snapshot: KindSnapshot, query: Query, field: Field, low: int, size: int
) -> Iterator[list[tuple[OrderKey, Hit]]]:
    limit, start = size, low
    while True:
        compiled = snapshot.compile(Filtered(query, where=(Range(field, low=start),)))
        found = snapshot.searcher.search(compiled, limit, count=False, order_by_field=field.value, order=Order.Asc).hits
        last = len(found) < limit
        whole = found if last else [(key, address) for key, address in found if key != found[-1][0]]
        if not whole and not last:
            limit *= 2  # a whole page of equal keys
            continue
        for key, equal in groupby(whole, itemgetter(0)):  # entries are fetched as they are taken
            hits = [snapshot.hit(address) for _, address in equal]
            yield sorted(((OrderKey(key, hit.id), hit) for hit in hits), key=lambda pair: pair[0])
        if last:
            return
        limit, start = size, found[-1][0]


def take(places: Iterator[tuple[OrderKey, Hit]], size: int) -> tuple[tuple[Hit, ...], str | None]:
    """The first `size` hits, and the cursor behind them where there are more."""
    taken = list(islice(places, size + 1))
    hits = tuple(hit for _, hit in taken[:size])
    return hits, taken[size - 1][0].cursor() if len(taken) > size else None
