"""Tables of quantities: targets by place, one statement a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongbao.corpus.records import AssignmentKind, AssignmentSource, Role
from gongbao.nlp.assignments.columns import Column
from gongbao.nlp.assignments.model import Statement, bind
from gongbao.nlp.assignments.table_view import View, squash
from gongbao.nlp.bodies import ends_as_body

_QUANTITY = re.compile(r"任务|分解|目标|指标|计划|分配")
_STATISTICS = re.compile(r"统计|摸底|情况|一览|名单|名录|标准|基本")
_TOTAL = re.compile(r"合\s{0,8}计|总\s{0,8}计|小\s{0,8}计|全[市省县区]|备注|说明")
_PLACE = re.compile("(?:[省市县区旗州盟镇乡]|街道|园区|办事处)$")
_FIRST_COLUMNS = 3  # in which the places stand


def read_targets(view: View) -> Iterator[Statement]:
    """Told by the first target's header."""
    caption = squash(view.table.caption)
    first = next((c for c in view.columns if c.body and c.index < _FIRST_COLUMNS), None)
    if first is None or not _lists_places(view, first) or not _QUANTITY.search(caption) or _STATISTICS.search(caption):
        return
    target = next((c for c in view.columns if c.index > first.index and _is_numeric(view, c.index)), None)
    if target is None:
        return
    for row in view.rows():
        names, own = view.names(row, first.index), view.own(row)
        if own and len(names) == 1 and not _TOTAL.match(view.at[row, first.index].text):
            bound = bind(names, Role.RESPONSIBLE)
            yield Statement(bound, target.header, own, view.limits(row), AssignmentKind.TASK, AssignmentSource.TABLE)


def _lists_places(view: View, column: Column) -> bool:
    """Places or bodies, not measures (万人, %) under a head such as 单位."""
    names = [m.name for row in view.rows() for m in view.names(row, column.index)]
    return sum(bool(_PLACE.search(n)) or ends_as_body(n) for n in names) >= 0.5 * max(len(names), 1)


def _is_numeric(view: View, col: int) -> bool:
    texts = [view.at[row, col].text.strip() for row in view.rows() if (row, col) in view.at]
    return bool(texts) and sum(bool(re.fullmatch(r"[\d.,%％—\-/]*", t)) for t in texts) >= 0.8 * len(texts)
