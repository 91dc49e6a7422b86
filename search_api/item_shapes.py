"""The export shapes of the 台账: how a task stands, a line of its history, a change that is asked for."""

from __future__ import annotations

from datetime import date, datetime

from gongbao.corpus.desk import Entry, Item
from gongbao.search_api.following import Sent
from gongbao.search_api.http.written import DateText, DayOrNone, PercentText, StateText, TagsText
from gongbao.search_api.shapes import EvidenceShape, FollowupShape, Shape, Sparse
from pydantic import BaseModel, Field


class EntryShape(Sparse):
    """A line of the history: only what was changed is in it."""

    at: datetime
    by: str
    version: int
    state: str | None = None
    progress: int | None = None
    person: str | None = None
    due: date | None = None
    tags: tuple[str, ...] | None = None
    finished: date | None = None
    note: str | None = None
    feedback: str | None = None
    evidence: EvidenceShape | None = None

    @staticmethod
    def of(entry: Entry) -> EntryShape:
        change = entry.change
        return EntryShape(
            at=datetime.fromisoformat(entry.at),
            by=entry.by,
            version=entry.version,
            state=change.state,
            progress=change.progress,
            person=change.person,
            due=change.due,
            tags=change.tags,
            finished=change.finished,
            note=change.note or None,
            feedback=change.feedback or None,
            evidence=EvidenceShape.of(change.evidence) if change.evidence else None,
        )


class ItemShape(Shape):
    record: str
    document: str
    what: str
    orphan: bool = Field(description="原文中已找不到这句话")
    followup: FollowupShape
    history: tuple[EntryShape, ...]

    @staticmethod
    def of(item: Item, history: tuple[Entry, ...]) -> ItemShape:
        return ItemShape(
            record=item.subject.record,
            document=item.subject.document,
            what=item.subject.what,
            orphan=item.orphan,
            followup=FollowupShape.of(item),
            history=tuple(map(EntryShape.of, history)),
        )


class ChangeShape(BaseModel):
    """空字符串表示不改，“-”表示清空。`seen`：提交前看到的 version；他人已抢先更改时应答 409。"""

    seen: int = 0
    state: StateText = Field(default="", examples=["done"], description="not_started、running、done、closed、paused")
    progress: PercentText = Field(default="", examples=["60"])
    person: str = ""
    due: DayOrNone = Field(default="", examples=["2024-06-30"])
    tags: TagsText = Field(default="", examples=["民生、重点"], description="每个标签至多 30 字")
    finished: DateText = Field(default="", examples=["2024-06-28"])
    note: str = Field(default="", max_length=10_000)
    feedback: str = Field(default="", max_length=10_000)

    def sent(self) -> Sent:
        return Sent(**self.model_dump(exclude={"seen", "record"}))


class ManyShape(ChangeShape):
    record: str
