"""The 督查台账: what people say of how a task goes, kept apart from what is extracted."""

from gongbao.corpus.desk.anchoring import settle, successors
from gongbao.corpus.desk.followups import Followups
from gongbao.corpus.desk.model import (
    FINISHED,
    OPEN,
    Change,
    DeskSubject,
    Entry,
    Evidence,
    EvidenceKind,
    Item,
    Outlook,
    State,
    Wanted,
)
from gongbao.corpus.desk.printed import is_printed_done
from gongbao.corpus.desk.snapshot import Snapshot

__all__ = [
    "FINISHED",
    "OPEN",
    "Change",
    "DeskSubject",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Followups",
    "Item",
    "Outlook",
    "Snapshot",
    "State",
    "Wanted",
    "is_printed_done",
    "settle",
    "successors",
]
