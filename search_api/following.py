"""The 台账 at work: what a person sends → changes of items, each with the words in the document that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from gongbao.corpus.desk import Change, DeskSubject, Entry, Evidence, EvidenceKind, Item, State, Wanted
from gongbao.corpus.document import Document
from gongbao.corpus.errors import Conflict, NotFound, UsageError
from gongbao.corpus.files import EVIDENCE, Files
from gongbao.corpus.offsets import normalise
from gongbao.index.models import StatementView, View
from gongbao.search_api import labels
from gongbao.search_api.compose import Application
from gongbao.search_api.ingesting import digest_of

_TAGS = re.compile(r"[、，,;；\s]+")
_STATES = {name: state for state, name in labels.STATES.items()} | {state.value: state for state in State}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form or a sheet holds, as typed; "" leaves a field as it is, "-" takes it away."""

    state: str = ""
    progress: str = ""
    person: str = ""
    due: str = ""
    tags: str = ""
    finished: str = ""
    note: str = ""
    feedback: str = ""

    def change(self, evidence: Evidence | None = None) -> Change:
        """UsageError that says which field cannot be meant."""
        return Change(
            state=read_state(self.state),
            progress=_percent(self.progress),
            person="" if self.person.strip() == "-" else self.person.strip() or None,
            due=None if self.due.strip() == "-" else _day(self.due, "期限"),
            drop_due=self.due.strip() == "-",
            tags=() if self.tags.strip() == "-" else tuple(filter(None, _TAGS.split(self.tags))) or None,
            finished=_day(self.finished, "完成日期"),
            note=self.note,
            feedback=self.feedback,
            evidence=evidence,
        ).checked()


@dataclass(frozen=True, slots=True)
class Followed:
    """An item with its history; `view` is None where its sentence is no longer found."""

    item: Item
    history: tuple[Entry, ...]
    view: View | None


def find_view(app: Application, record: str) -> View:
    """A statement or time limit; NotFound otherwise."""
    found = app.service.entry(record)
    if found is None:
        raise NotFound("没有这一项任务或时限", "编号可能已随重新提取而改变，请从任务列表进入")
    return found


def followed(app: Application, record: str) -> Followed:
    """By its present record, or by its key where it is an orphan; an untouched one is at version 0."""
    desk = app.store.desk.snapshot()
    orphan = next((item for item in desk.orphans if record in (item.key, item.subject.record)), None)
    item = desk.items.get(record) or orphan
    view = None if orphan and record not in desk.items else find_view(app, record)
    if item is None and view is not None:
        item = Item(record, subject_of(app, view))
    assert item is not None
    return Followed(item, tuple(app.store.desk.history(item.key)), view)


def subject_of(app: Application, view: View) -> DeskSubject:
    document = app.store.document(view.document.id)
    if document is None:
        raise NotFound("这一项所在的文件已不在语料库中", "刷新页面后再试")
    return _subject(document, view)


def change_items(app: Application, changes: Sequence[tuple[str, int, Change]], by: str) -> list[Item]:
    """Record, version seen, and what to change: all of them or none. Conflict where somebody came first."""
    orphans = {item.key: item for item in app.store.desk.snapshot().orphans}
    documents: dict[str, Document | None] = {}
    wanted = []
    for record, seen, change in changes:
        if record in orphans:
            subject = orphans[record].subject
        else:
            view = find_view(app, record)
            if view.document.id not in documents:
                documents[view.document.id] = app.store.document(view.document.id)
            subject = _subject(documents[view.document.id], view)
        wanted.append(Wanted(subject, change, seen))
    kept = app.store.desk.write(wanted, by, app.settings.today)
    app.catch_up()
    return kept


def change_selection(app: Application, records: Iterable[str], place: int, change: Change, by: str) -> list[Item]:
    """The same change of many; `place`: the last line of the history when they were shown. Conflict where one of
    them was changed since."""
    items = app.store.desk.snapshot().items
    chosen = list(dict.fromkeys(records))
    if not chosen:
        raise UsageError("没有选中任何一项", "先勾选要更新的任务")
    if change.is_empty:
        raise UsageError("没有填写要更新的内容", "选择进展，或填写责任人、期限、标签、备注")
    changed = [items[record] for record in chosen if record in items and items[record].place > place]
    if changed:
        raise Conflict(
            f"所选中有 {len(changed)} 项刚被 {changed[0].by} 更改过：{changed[0].subject.what[:30]}", "刷新列表后再更新"
        )
    seen = ((record, items[record].version if record in items else 0, change) for record in chosen)
    return change_items(app, list(seen), by)


def keep_file(files: Files, name: str, content: BinaryIO) -> Evidence:
    """A file that shows it, kept under its content's name."""
    own = PurePosixPath(PureWindowsPath(name).name).name or "附件"
    suffix = PurePosixPath(own).suffix.lower()
    target = f"{digest_of(content)}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
    content.seek(0)
    files.put(f"{EVIDENCE}{target}", content)
    return Evidence(EvidenceKind.FILE, own, target)


def sentence_evidence(app: Application, record: str) -> Evidence:
    """A statement or time limit of another document that shows it."""
    view = find_view(app, record)
    quote = view.assignment.quote if isinstance(view, StatementView) else view.deadline.context
    return Evidence(EvidenceKind.SENTENCE, view.document.label, view.document.id, record, labels.flat(quote))


def quoted_evidence(app: Application, document: str, quote: str) -> Evidence:
    """A sentence of a document; UsageError where it does not stand there."""
    found = app.store.document(document)
    if found is None or normalise(quote)[0] not in normalise(found.text)[0]:
        raise UsageError("所引文件中没有这句话", "从任务页的“来龙去脉”确认")
    return Evidence(EvidenceKind.SENTENCE, found.number or found.title, found.id, None, quote)


def read_state(typed: str) -> State | None:
    if not typed.strip():
        return None
    if typed.strip() not in _STATES:
        raise UsageError(f"没有“{typed}”这种进展", f"可用：{'、'.join(labels.STATES.values())}")
    return _STATES[typed.strip()]


def _subject(document: Document | None, view: View) -> DeskSubject:
    if document is None:
        raise NotFound("这一项所在的文件已不在语料库中", "刷新页面后再试")
    if isinstance(view, StatementView):
        return DeskSubject.of_task(document, view.assignment)
    return DeskSubject.of_limit(document, view.deadline)


def _percent(typed: str) -> int | None:
    plain = typed.strip().removesuffix("%")
    if not plain:
        return None
    if not plain.isdecimal():
        raise UsageError(f"进度不是百分数：{typed}", "写 0 至 100，如 60")
    return int(plain)


def _day(typed: str, what: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise UsageError(f"{what}不是日期：{typed}", "写成 2024-06-30 的样子") from None
