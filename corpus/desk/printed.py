"""What a document prints as done already: 2024年3月（已完成）, or a cell 已办结 in its row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongbao.corpus.records import Assignment, AssignmentSource, Deadline

_DONE = re.compile(r"已(?:全部|经)?(?:完成|办结)(?!的)")
_DONE_AFTER = r"\s*[（(，,]?\s*" + _DONE.pattern
_DONE_CELL = re.compile(r"[\s（(]*" + _DONE.pattern + r"[\s）)。]*")


def is_printed_done(task: Assignment) -> bool:
    row = task.quote if task.source is AssignmentSource.TABLE else ""
    return is_settled(task.deadlines, row)


def is_settled(deadlines: Iterable[Deadline], row: str = "") -> bool:
    """已完成的项目 speaks of other things, and so does the middle of a sentence."""
    if any(_DONE_CELL.fullmatch(cell) for cell in re.split(r"[\t\n]", row)):
        return True
    done = [_DONE.search(d.text) or re.search(re.escape(d.text) + _DONE_AFTER, d.context) for d in deadlines]
    return bool(done) and all(done)
