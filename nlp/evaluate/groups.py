"""The two main figures by genre of document and by form of statement; and document by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from gongbao.nlp.evaluate.intervals import ScoredThing, by_form, count, intervals
from gongbao.nlp.evaluate.items import Paper
from gongbao.nlp.evaluate.report import DocumentTally, FigureGroup, MatchCounts, Measure, verdict_id
from gongbao.nlp.evaluate.score import f1
from gongbao.nlp.evaluate.statements import Judged

_UNKNOWN = "不详"


def groups(judged: Judged, papers: Iterable[Paper]) -> Iterator[FigureGroup]:
    """Genres as gold has them, those of more documents first; then forms, over all documents."""
    genres: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        genres[paper.fields.get("genre") or _UNKNOWN].add(paper.doc)
    for genre, docs in sorted(genres.items(), key=lambda one: (-len(one[1]), one[0])):
        yield FigureGroup(
            "genre", genre, len(docs), _measures(_of(judged.bodies, docs), _of(judged.statements, docs), docs)
        )
    every = {doc for docs in genres.values() for doc in docs}
    bodies, statements = by_form(judged.bodies), by_form(judged.statements)
    for form in sorted(bodies.keys() | statements.keys()):
        bound, whole = bodies.get(form, []), statements.get(form, [])
        size = len({one.doc for one in whole if one.wanted})
        yield FigureGroup("form", form, size, _measures(bound, whole, every))


def _of(outcomes: Iterable[ScoredThing], docs: set[str]) -> list[ScoredThing]:
    return [one for one in outcomes if one.doc in docs]


def _measures(bodies: list[ScoredThing], statements: list[ScoredThing], docs: set[str]) -> tuple[Measure, ...]:
    counted = count(bodies), count(statements)
    sure = intervals(docs, *counted)
    names = ("responsibility_agency_f1", "statement_exact_f1")
    totals = (_total(counts.values()) for counts in counted)
    return tuple(f1(name, t.hits, t.made, t.wanted, next(sure)) for name, t in zip(names, totals, strict=True))


def _total(counts: Iterable[MatchCounts]) -> MatchCounts:
    rows = list(counts)
    return MatchCounts(sum(r.hits for r in rows), sum(r.made for r in rows), sum(r.wanted for r in rows))


def tallies(judged: Judged, papers: Iterable[Paper]) -> Iterator[DocumentTally]:
    bodies, statements = count(judged.bodies), count(judged.statements)
    for doc in sorted({paper.doc for paper in papers}):
        yield DocumentTally(
            verdict_id("document", doc), bodies.get(doc, MatchCounts()), statements.get(doc, MatchCounts())
        )
