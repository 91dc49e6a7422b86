"""Statements put in order for people: by deadline, body, document or month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongbao.corpus.records import DocumentRef, Role
from gongbao.index.models import StatementView
from gongbao.search_api import labels
from gongbao.search_api.web.coverage import numbers_of

Group = tuple[str, list[StatementView]]


def grouped(views: Sequence[StatementView], by: str, today: date) -> list[Group]:
    """In the order in which groups first appear; a statement of two bodies stands under its first."""
    if by not in ("agency", "document", "month"):
        return [("", list(views))]
    groups: dict[str, list[StatementView]] = {}
    for view in views:
        groups.setdefault(_group_of(view, by, today), []).append(view)
    return list(groups.items())


def newest_first(ref: DocumentRef) -> tuple[object, ...]:
    """Newest issue first, inside it as it is (sorting is stable)."""
    return tuple(-number for number in numbers_of(ref.issue))


def _group_of(view: StatementView, by: str, today: date) -> str:
    task = view.assignment
    if by == "document":
        return view.document.title
    if by == "agency":
        first = next((p for role in Role for p in task.parties if p.role is role), None)
        return (first.agency or first.name) if first else "未定单位"
    due = labels.due_of(task.deadlines, today)
    return f"{due.year}年{due.month}月" if due else "未定日期"
