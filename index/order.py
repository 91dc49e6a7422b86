"""Fixed orders: which sort key, and the cursor that says where a page ended. The same for every engine."""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.corpus.errors import NotFound, UsageError
from gongbao.index.models import Sort
from gongbao.index.schema import Field

_KEY_OF = {Sort.PRINTED: Field.PRINTED_ORDER, Sort.DUE: Field.DUE_ORDER, Sort.NEWEST: Field.NEWEST_ORDER}


@dataclass(frozen=True, slots=True, order=True)
class OrderKey:
    """Where a hit stands in an order: its sort key, then its id."""

    key: int
    id: str

    def cursor(self) -> str:
        return f"{self.key}.{self.id}"


def read_cursor(cursor: str | None) -> OrderKey | None:
    if cursor is None:
        return None
    number, _, entry = cursor.partition(".")
    if not (number.isascii() and number.isdigit() and entry and int(number) < 1 << 63):
        raise NotFound(f"翻页标记无效：{cursor}", "从第一页重新开始")
    return OrderKey(int(number), entry)


def sort_key(sort: Sort | Field) -> Field:
    """Of an order by its name, or the sort key itself."""
    if isinstance(sort, Field):
        return sort
    if sort not in _KEY_OF:
        raise UsageError(f"不能按 {sort} 逐页取全部结果", "改用 printed、due 或 newest")
    return _KEY_OF[sort]
