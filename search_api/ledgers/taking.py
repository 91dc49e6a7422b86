"""Taking over what a ledger says of its tasks: only what differs from what is known, each with its version."""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.corpus.desk import Change, DeskSubject, Item
from gongbao.corpus.errors import Conflict, GongbaoError
from gongbao.corpus.reviews import Anchor
from gongbao.search_api import following
from gongbao.search_api.compose import Application
from gongbao.search_api.following import Sent
from gongbao.search_api.ledgers.matching import Match, Matched, Outcome
from gongbao.search_api.ledgers.reading import LedgerField, LedgerRow, read_state

_UNTOUCHED = Item("", DeskSubject("", "", Anchor("", "", ""), "", (), None, "", None))


@dataclass(frozen=True, slots=True)
class Taken:
    """`refused`: number of the row in the sheet, and why."""

    changed: int
    unchanged: int
    refused: tuple[tuple[int, str], ...]


def take_over(app: Application, found: Matched, by: str, *, doubtful: bool = False) -> Taken:
    """States, remarks and the like of every matched row; of those whose words are other than the task's only where
    `doubtful`, else they are told. What somebody changed here since the sheet was exported is
    left as it is and told."""
    changes: list[tuple[str, int, Change]] = []
    refused: list[tuple[int, str]] = []
    unchanged = 0
    for match in found.rows:
        if match.view is None:
            continue
        if match.outcome is Outcome.DOUBTFUL and not doubtful:
            refused.append((match.row.number, "任务文字与文件不同，未要求导入"))
            continue
        try:
            change = _differing(_sent(match.row).change(), match.view.item)
            if change.is_empty:
                unchanged += 1
                continue
            changes.append((match.view.assignment.id, _seen(match), change))
        except GongbaoError as error:
            refused.append((match.row.number, str(error)))
    if changes:
        following.change_items(app, changes, by)
    return Taken(len(changes), unchanged, tuple(refused))


def _seen(match: Match) -> int:
    """Conflict where the sheet says of which version it was, and that is no longer the present one."""
    assert match.view
    present = match.view.item.version if match.view.item else 0
    told = match.row.get(LedgerField.VERSION)
    if told.isdecimal() and int(told) != present:
        who = match.view.item.by if match.view.item else ""
        raise Conflict(f"导出之后 {who} 更改过这一项", "重新导出后再填写")
    return present


def _sent(row: LedgerRow) -> Sent:
    """Words that are no state are what the body reports."""
    state, percent = read_state(row.get(LedgerField.STATE))
    said = "" if state or not row.get(LedgerField.STATE) else row.get(LedgerField.STATE)
    feedback = "；".join(dict.fromkeys(filter(None, (said, row.get(LedgerField.FEEDBACK)))))
    return Sent(
        state=state or "",
        progress=percent or row.get(LedgerField.PROGRESS),
        person=row.get(LedgerField.PERSON),
        due=row.get(LedgerField.OWN_DUE),
        tags=row.get(LedgerField.TAGS),
        finished=row.get(LedgerField.FINISHED),
        note=row.get(LedgerField.NOTE),
        feedback=feedback,
    )


def _differing(change: Change, item: Item | None) -> Change:
    """Without what is so already."""
    known = item or _UNTOUCHED
    return Change(
        state=None if change.state is known.state else change.state,
        progress=None if change.progress == known.progress else change.progress,
        person=None if change.person == known.person else change.person,
        due=None if change.due == known.due else change.due,
        tags=None if change.tags == known.tags else change.tags,
        finished=None if change.finished == known.finished else change.finished,
        note="" if change.note.strip() == known.note else change.note,
        feedback="" if change.feedback.strip() == known.feedback else change.feedback,
    )
