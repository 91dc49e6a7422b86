"""One document in, its records out."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from corpus.document import Document
from corpus.ids import record_id
from corpus.records import Assignment, Deadline, Extraction, Party
from nlp.assignments import Binding, Statement, find_statements

VERSION = "1"


class Extractor:
    def __init__(self, register: Any = None) -> None:
        self._register = register

    def extract(self, document: Document) -> Extraction:
        deadlines = tuple(_call("nlp.deadlines", "find_deadlines", document) or ())
        return Extraction(
            document_id=document.id,
            version=VERSION,
            genre=_call("nlp.genre", "genre_of", document.title),
            subjects=tuple(_call("nlp.subjects", "subjects_of", document) or ()),
            assignments=self._assignments(document, deadlines),
            deadlines=deadlines,
            rosters=tuple(_call("nlp.rosters", "find_rosters", document) or ()),
            citations=tuple(_call("nlp.citations", "find_citations", document) or ()),
        )

    def _assignments(self, document: Document, deadlines: tuple[Deadline, ...]) -> tuple[Assignment, ...]:
        taken: set[str] = set()
        return tuple(self._assignment(document, s, deadlines, taken) for s in find_statements(document))

    def _assignment(
        self, document: Document, statement: Statement, deadlines: tuple[Deadline, ...], taken: set[str]
    ) -> Assignment:
        bound = tuple(d for d in deadlines if any(limit.start < d.span.end <= limit.end for limit in statement.limits))
        return Assignment(
            id=_unused_id(document, statement, taken),
            kind=statement.kind,
            source=statement.source,
            what=statement.what,
            parties=tuple(self._party(document, b) for b in statement.bindings),
            deadlines=bound,
            path=document.path_at(statement.span.start),
            quote=statement.span.of(document.text),
            span=statement.span,
            regions=document.regions(statement.span),
        )

    def _party(self, document: Document, binding: Binding) -> Party:
        mention = binding.mention
        agency = self._register.resolve(mention.name, document) if self._register else None
        return Party(mention.name, agency, binding.role, mention.type, mention.span)


def _unused_id(document: Document, statement: Statement, taken: set[str]) -> str:
    """Two statements of one span (two bodies, two acts) are told apart by their order."""
    kind = "assignment"
    while (found := record_id(kind, document.id, document.text, statement.span)) in taken:
        kind += "+"
    taken.add(found)
    return found


def _call(module: str, name: str, *arguments: Any) -> Any:
    try:
        return getattr(import_module(module), name)(*arguments)
    except (ModuleNotFoundError, AttributeError):
        return None
