"""The sample's gold: who must do what, by when, in the format that `gongbao evaluate` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongbao.search_api.sample.markup import MarkedDeadline, MarkedStatement, SampleBlock, SampleDocument, SampleIssue

_CONTEXT = 40  # characters, the limit that the format sets
Json = dict[str, object]


def write_gold(issue: SampleIssue, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, rows in (
        ("assignments", _assignments(issue)),
        ("deadlines", _deadlines(issue)),
        ("documents", _documents(issue)),
        ("rosters", _rosters(issue)),
    ):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")


def _assignments(issue: SampleIssue) -> Iterator[Json]:
    for document, block in _blocks(issue):
        for statement in block.statements:
            yield {"doc": document.number or document.title} | _statement(statement)


def _statement(statement: MarkedStatement) -> Json:
    return {
        "kind": statement.kind,
        "source": statement.source,
        "parties": [{"name": p.name, "role": p.role, "type": p.type} for p in statement.parties],
        "what": _squeezed(statement.what)[:60],
        "deadlines": [_limit(limit) for limit in statement.limits],
    }


def _deadlines(issue: SampleIssue) -> Iterator[Json]:
    for document, block in _blocks(issue):
        for limit in block.limits:
            context = _context(block, limit)
            yield {"doc": document.number or document.title} | _limit(limit) | {"context": context}


def _documents(issue: SampleIssue) -> Iterator[Json]:
    for document in issue.documents:
        yield {
            "doc": document.number or document.title,
            "title": document.title,
            "issuer": document.issuer,
            "signed": document.signed,
            "genre": re.split("的", document.title)[-1],
            "attachments": [
                re.sub(r"^(?:附件：)?\s*\d*[.．]?\s*", "", b.text) for b in document.blocks if b.tag == "attlist"
            ],
            "cites": [{"title": title, "number": number or None} for title, number, _ in document.cites],
            "repeals": [title for title, _, relation in document.cites if relation == "repeals"],
            "tables": sum(block.tag == "table" for block in document.blocks),
            "headings": [_squeezed(text) for text in _headings(document.blocks)],
        }


def _rosters(issue: SampleIssue) -> Iterator[Json]:
    for document, block in _blocks(issue):
        if block.members:
            members = [
                {"role": _squeezed(role), "name": _squeezed(name), "post": post} for role, name, post in block.members
            ]
            yield {
                "doc": document.number or document.title,
                "body": block.text if block.tag == "roster" else document.title,
                "members": members,
            }


def _headings(blocks: Iterable[SampleBlock]) -> Iterator[str]:
    """First and second level, run-in ones included."""
    for block in blocks:
        if block.tag in ("h1", "h2"):
            yield block.text
        elif block.run_in:
            yield block.run_in


def _limit(limit: MarkedDeadline) -> Json:
    return {"text": _squeezed(limit.text), "kind": limit.kind, **limit.fields}


def _context(block: SampleBlock, limit: MarkedDeadline) -> str:
    """The words around a limit, from its clause on; in a table, its cell."""
    if block.tag == "table":
        return _squeezed(limit.text)
    text = _squeezed(block.text)
    at = text.index(_squeezed(limit.text))
    begin = max(text.rfind(mark, 0, at) for mark in "。，；") + 1
    return text[begin : max(begin + _CONTEXT, at + len(limit.text))]


def _blocks(issue: SampleIssue) -> Iterator[tuple[SampleDocument, SampleBlock]]:
    for document in issue.documents:
        for block in document.blocks:
            yield document, block


def _squeezed(text: str) -> str:
    return "".join(text.split())
