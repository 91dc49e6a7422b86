"""What is compared: statements, limits, documents, members, from gold files, exports or records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from gongbao.corpus.document import Document
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import Assignment, AssignmentKind, AssignmentSource, Deadline, Extraction, Relation
from gongbao.nlp.evaluate.text import Value, key, same_span

_Json = Mapping[str, Any]
_Item = TypeVar("_Item")
_Named = TypeVar("_Named", "ScoredStatement", "ScoredDeadline", "Seat")


@dataclass(frozen=True, slots=True)
class ScoredParty:
    name: str  # key
    role: str
    type: str
    agency: str  # key of the canonical name, "" where there is none
    printed: str


@dataclass(frozen=True, slots=True)
class ScoredStatement:
    """`what` as printed, `task` its key."""

    doc: str
    what: str
    task: str
    parties: tuple[ScoredParty, ...]
    values: frozenset[Value]
    in_table: bool = False
    kind: str = ""

    @property
    def form(self) -> str:
        """What kind of statement it is and where it stands: table duty."""
        return f"{'table' if self.in_table else 'text'} {self.kind or AssignmentKind.TASK}"


@dataclass(frozen=True, slots=True)
class ScoredDeadline:
    doc: str
    text: str
    context: str
    value: Value


@dataclass(frozen=True, slots=True)
class Paper:
    """One document's own fields, those that are annotated. `cites` and the like are keys of titles.

    `file`: key of the file's stem, by which a document is known whose title was not found.
    """

    doc: str
    fields: Mapping[str, str]
    titles: Mapping[str, frozenset[str]]
    headings: tuple[str, ...] | None
    subjects: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    doc: str
    name: str
    role: str


@dataclass(slots=True)
class Items:
    statements: list[ScoredStatement] = field(default_factory=list)
    limits: list[ScoredDeadline] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)


FIELDS = ("title", "issuer", "signed", "genre")
TITLES = ("cites", "attachments", "repeals")


def read_items(folder: Path, tasks: str) -> Items:
    """From JSON lines: gold (assignments.jsonl, `doc`) or exports (tasks.jsonl, `document`)."""
    return Items(
        statements=_read(folder / tasks, _statement),
        limits=_read(folder / "deadlines.jsonl", _limit),
        papers=_read(folder / "documents.jsonl", _paper),
        seats=[seat for seats in _read(folder / "rosters.jsonl", _seats) for seat in seats],
    )


def _read(path: Path, reader: Callable[[_Json], _Item]) -> list[_Item]:
    """One item a line; nothing where there is no such file, UsageError where a line is not as it should be."""
    found: list[_Item] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.exists() else (), 1):
        try:
            found += [reader(json.loads(line))] if line.strip() else []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{path.name} 第 {number} 行读不懂：{error!r}", "每行一个 JSON 对象，字段见说明"
            ) from error
    return found


def _doc(record: _Json) -> str:
    named = record.get("document") or record.get("doc") or {}
    return key(named if isinstance(named, str) else named.get("number") or named.get("title"))


def _value(record: _Json, kind: str) -> Value:
    due, start = (str(record.get(name) or "") for name in ("due", "start"))
    return Value(kind, due, start, same_span(record.get("every")), same_span(record.get("within")))


def _statement(record: _Json) -> ScoredStatement:
    parties = tuple(
        ScoredParty(key(p["name"]), p["role"], p.get("type") or "", key(p.get("agency")), p["name"])
        for p in record["parties"]
    )
    values = frozenset(_value(one, "") for one in record.get("deadlines", []))
    in_table = record.get("source") == AssignmentSource.TABLE
    kind = str(record.get("kind") or "")
    return ScoredStatement(_doc(record), record["what"], key(record["what"]), parties, values, in_table, kind)


def _limit(record: _Json) -> ScoredDeadline:
    kind = str(record.get("kind") or "")
    return ScoredDeadline(_doc(record), key(record["text"]), key(record.get("context")), _value(record, kind))


def _paper(record: _Json) -> Paper:
    named = record.get("doc") or record.get("number") or record.get("title")
    return Paper(
        key(named),
        {name: key(record.get(name)) for name in FIELDS if record.get(name)},
        {
            name: frozenset(key(t if isinstance(t, str) else t["title"]) for t in record[name])
            for name in TITLES
            if name in record
        },
        tuple(_headings(record["headings"])) if "headings" in record else None,
        tuple(record.get("subjects") or ()),
        key(record.get("file")),
    )


def _headings(headings: Iterable[str | _Json]) -> Iterator[str]:
    """Of exports the first and second level; gold lists no others."""
    for one in headings:
        if isinstance(one, str):
            yield _beginning(one)
        elif one.get("level") in (1, 2):
            yield _beginning(one["text"])


def _beginning(heading: str) -> str:
    return key(heading)[:24]


def _seats(record: _Json) -> list[Seat]:
    return [Seat(_doc(record), key(member["name"]), key(member["role"])) for member in record["members"]]


# --- what gold covers


def covered(predicted: Items, gold: list[Paper]) -> Items:
    """What was predicted of gold's documents, under gold's names.

    A document named by its file, for want of a title, is gold's document of that file; it has no title then.
    """
    files = {paper.file: paper.doc for paper in gold if paper.file}
    docs = {paper.doc for paper in gold}
    return Items(
        [_named(one, files) for one in predicted.statements if files.get(one.doc, one.doc) in docs],
        [_named(one, files) for one in predicted.limits if files.get(one.doc, one.doc) in docs],
        [_titled(one, files) for one in predicted.papers],
        [_named(one, files) for one in predicted.seats if files.get(one.doc, one.doc) in docs],
    )


def _named(one: _Named, files: Mapping[str, str]) -> _Named:
    return replace(one, doc=files[one.doc]) if one.doc in files else one


def _titled(one: Paper, files: Mapping[str, str]) -> Paper:
    if one.doc not in files:
        return one
    return replace(one, doc=files[one.doc], fields={name: text for name, text in one.fields.items() if name != "title"})


# --- from records


def items_of(records: Iterable[tuple[Document, Extraction]]) -> Items:
    items = Items()
    for document, extraction in records:
        doc = key(document.number or document.title)
        items.statements += [_of_assignment(doc, one) for one in extraction.assignments]
        items.limits += [_of_deadline(doc, one) for one in extraction.deadlines]
        items.papers.append(_of_document(doc, document, extraction))
        items.seats += [Seat(doc, key(m.name), key(m.role)) for r in extraction.rosters for m in r.members]
    return items


def _value_of(deadline: Deadline, kind: str) -> Value:
    due, start = (day.isoformat() if day else "" for day in (deadline.due, deadline.start))
    return Value(kind, due, start, same_span(deadline.every), same_span(deadline.within))


def _of_assignment(doc: str, one: Assignment) -> ScoredStatement:
    parties = tuple(ScoredParty(key(p.name), p.role.value, p.type.value, key(p.agency), p.name) for p in one.parties)
    values = frozenset(_value_of(limit, "") for limit in one.deadlines)
    return ScoredStatement(
        doc, one.what, key(one.what), parties, values, one.source is AssignmentSource.TABLE, one.kind.value
    )


def _of_deadline(doc: str, one: Deadline) -> ScoredDeadline:
    return ScoredDeadline(doc, key(one.text), key(one.context), _value_of(one, one.kind.value))


def _of_document(doc: str, document: Document, extraction: Extraction) -> Paper:
    signed = document.signed.isoformat() if document.signed else None
    fields = dict(zip(FIELDS, (document.title, document.issuer, signed, extraction.genre), strict=True))
    cites = [c.title for c in extraction.citations if not c.in_table]
    repeals = [c.title for c in extraction.citations if c.relation is Relation.REPEALS]
    titles = dict(zip(TITLES, (cites, document.attachments, repeals), strict=True))
    return Paper(
        doc,
        {name: key(value) for name, value in fields.items() if value},
        {name: frozenset(map(key, values)) for name, values in titles.items()},
        tuple(_beginning(h.text) for h in document.headings if h.level in (1, 2)),
        extraction.subjects,
    )
