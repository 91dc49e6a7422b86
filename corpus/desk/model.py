"""What is kept of a task that is followed up: its state now, and every change with who made it and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gongbao.corpus.document import Document
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import Assignment, Deadline, PartyType
from gongbao.corpus.reviews import Anchor


class State(StrEnum):
    NOT_STARTED = "not_started"  # 未开始
    RUNNING = "running"  # 进行中
    DONE = "done"  # 已完成
    CLOSED = "closed"  # 已销号: done, checked and struck off
    PAUSED = "paused"  # 暂缓


FINISHED = (State.DONE, State.CLOSED)
OPEN = (State.NOT_STARTED, State.RUNNING)  # what can be late; what is paused is not


class EvidenceKind(StrEnum):
    FILE = "file"
    SENTENCE = "sentence"  # of a later document
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows it: a kept file by its content, a sentence of a document by its record, or an address."""

    kind: EvidenceKind
    name: str  # of the file, of the document, or of the address
    target: str  # sha256 with suffix, document id, or URL
    record: str | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class DeskSubject:
    """What is followed up, as it was printed: an assignment, or a time limit of nobody in particular."""

    document: str
    record: str
    anchor: Anchor
    what: str
    bodies: tuple[str, ...]
    due: date | None  # the last printed day
    title: str
    number: str | None

    @staticmethod
    def of_task(document: Document, task: Assignment) -> DeskSubject:
        dues = [d.effective_due for d in task.deadlines if d.effective_due]
        bodies = (p.agency or p.name for p in task.parties if p.type is not PartyType.PERSON)
        return DeskSubject(
            document=document.id,
            record=task.id,
            anchor=Anchor.of(document.text, task.span),
            what=task.what,
            bodies=tuple(dict.fromkeys(bodies)),
            due=max(dues, default=None),
            title=document.title,
            number=document.number,
        )

    @staticmethod
    def of_limit(document: Document, limit: Deadline) -> DeskSubject:
        return DeskSubject(
            document=document.id,
            record=limit.id,
            anchor=Anchor.of(document.text, limit.span),
            what=limit.context,
            bodies=(),
            due=limit.effective_due,
            title=document.title,
            number=document.number,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What a person changes; None leaves a field as it is. `note`: a remark of the office, `feedback`: 反馈, what
    the body reports. `drop_due` and an empty `person` take away what was set."""

    state: State | None = None
    progress: int | None = None  # percent
    person: str | None = None
    due: date | None = None
    drop_due: bool = False
    tags: tuple[str, ...] | None = None
    finished: date | None = None
    note: str = ""
    feedback: str = ""
    evidence: Evidence | None = None

    @property
    def is_empty(self) -> bool:
        return self == Change()

    def checked(self) -> Change:
        """UsageError for what cannot be meant."""
        if self.progress is not None and not 0 <= self.progress <= 100:
            raise UsageError(f"进度不在 0 至 100 之间：{self.progress}", "写百分数，如 60")
        if any(len(text) > _LONGEST for text in (self.note, self.feedback)):
            raise UsageError(f"备注或反馈超过 {_LONGEST} 字", "长材料请作为附件上传")
        if self.tags is not None and any(len(tag) > _LONGEST_TAG for tag in self.tags):
            raise UsageError(f"标签超过 {_LONGEST_TAG} 字", "用短词作标签")
        return self


_LONGEST, _LONGEST_TAG = 10_000, 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history. `version`: of the item after it."""

    key: str
    version: int
    at: str  # ISO 8601, UTC
    by: str
    change: Change
    place: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """How a task stands. `key` names it for ever, `subject.record` the present record; `orphan`: its sentence is no
    longer found in the corpus. `version` counts changes: who changes it says which one they saw."""

    key: str
    subject: DeskSubject
    state: State = State.NOT_STARTED
    progress: int = 0
    person: str = ""
    due: date | None = None  # its own, in place of the printed ones
    tags: tuple[str, ...] = ()
    finished: date | None = None
    note: str = ""  # the last one
    feedback: str = ""  # the last one
    evidence: tuple[Evidence, ...] = ()
    orphan: bool = False
    version: int = 0
    at: str = ""
    by: str = ""
    place: int = 0

    @property
    def done(self) -> bool:
        return self.state in FINISHED

    @property
    def last_day(self) -> date | None:
        """By when it had to be done."""
        return self.due or self.subject.due

    @property
    def late(self) -> bool:
        """Done, but after its last day."""
        return bool(self.done and self.finished and self.last_day and self.finished > self.last_day)

    def after(self, change: Change, by: str, at: str, today: date) -> Item:
        """With a change made to it."""
        state = change.state or self.state
        if change.state is None and change.progress and state is State.NOT_STARTED:
            state = State.RUNNING
        done = state in FINISHED
        progress = change.progress if change.progress is not None else 100 if done else self.progress
        return replace(
            self,
            state=state,
            progress=progress,
            person=self.person if change.person is None else change.person.strip(),
            due=None if change.drop_due else change.due or self.due,
            tags=self.tags if change.tags is None else tuple(dict.fromkeys(filter(None, change.tags))),
            finished=(change.finished or self.finished or today) if done else None,
            note=change.note.strip() or self.note,
            feedback=change.feedback.strip() or self.feedback,
            evidence=(*self.evidence, change.evidence) if change.evidence else self.evidence,
            version=self.version + 1,
            at=at,
            by=by,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that is asked for: of what, and the version that was seen (0: never touched)."""

    subject: DeskSubject
    change: Change
    seen: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Which entries are asked for by what people said; None or () asks nothing."""

    states: tuple[State, ...] = ()
    person: str | None = None
    tag: str | None = None
    late: bool | None = None  # done after their day
