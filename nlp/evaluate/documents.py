"""Documents: their fields, citations, headings and subject; and who sits on what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gongbao.nlp.evaluate.items import FIELDS, TITLES, Paper, Seat
from gongbao.nlp.evaluate.report import Measure, ScoreFinding, verdict_id
from gongbao.nlp.evaluate.score import ScorePart, f1, share
from gongbao.nlp.evaluate.text import key

_NONE = Paper("", {}, {}, ())


def measure_documents(gold: list[Paper], predicted: list[Paper], subjects: Path) -> ScorePart:
    made = {one.doc: one for one in predicted}
    pairs = [(one, made.get(one.doc, _NONE)) for one in gold]
    measures = [_field(name, pairs) for name in FIELDS]
    measures += [_titles(name, pairs) for name in TITLES]
    measures.append(_headings(pairs))
    if subjects.exists():
        measures.append(_first_subject(subjects, made))
    verdicts = tuple(v for name in TITLES for wanted, got in pairs for v in _judge(name, wanted, got))
    return ScorePart(tuple(measures), verdicts)


def _field(name: str, pairs: list[tuple[Paper, Paper]]) -> Measure:
    known = [(wanted, got) for wanted, got in pairs if name in wanted.fields]
    right = sum(got.fields.get(name, "") == wanted.fields[name] for wanted, got in known)
    return share(f"document_{name}", right, len(known))


def _titles(name: str, pairs: list[tuple[Paper, Paper]]) -> Measure:
    sets = [(w.titles[name], got.titles.get(name, frozenset())) for w, got in pairs if name in w.titles]
    hits = sum(len(wanted & got) for wanted, got in sets)
    return f1(f"document_{name}_f1", hits, sum(len(got) for _, got in sets), sum(len(w) for w, _ in sets))


def _headings(pairs: list[tuple[Paper, Paper]]) -> Measure:
    known = [(wanted.headings, got.headings or ()) for wanted, got in pairs if wanted.headings is not None]
    counts = [(Counter(wanted), Counter(got)) for wanted, got in known]
    hits = sum((wanted & got).total() for wanted, got in counts)
    return f1(
        "document_headings_f1", hits, sum(got.total() for _, got in counts), sum(wanted.total() for wanted, _ in counts)
    )


def _first_subject(subjects: Path, made: dict[str, Paper]) -> Measure:
    rows = [line.split("\t") for line in subjects.read_text("utf-8").splitlines()]
    wanted = {key(row[0]): {key(name) for name in row[1:] if name} for row in rows if len(row) > 1}
    right = sum(key((made.get(doc, _NONE).subjects or ("",))[0]) in names for doc, names in wanted.items())
    return share("document_subject_first", right, len(wanted))


def _judge(name: str, wanted: Paper, got: Paper) -> Iterator[ScoreFinding]:
    gold, made = wanted.titles.get(name), got.titles.get(name, frozenset())
    if gold is None:
        return
    for title in sorted(gold | made):
        words = f"{wanted.doc}\t{title}"
        yield ScoreFinding(verdict_id(name, wanted.doc, title), name, title in gold, title in made, words)


def measure_seats(gold: list[Seat], predicted: list[Seat]) -> ScorePart:
    wanted, made = Counter(gold), Counter(predicted)
    hits = wanted & made
    measure = f1("roster_member_f1", hits.total(), made.total(), wanted.total())
    return ScorePart((measure,), tuple(_judge_seats(wanted, made)))


def _judge_seats(wanted: Counter[Seat], made: Counter[Seat]) -> Iterator[ScoreFinding]:
    for seat in sorted(wanted | made, key=lambda one: (one.doc, one.role, one.name)):
        words = f"{seat.doc}\t{seat.role}\t{seat.name}"
        yield ScoreFinding(
            verdict_id("seat", seat.doc, seat.role, seat.name), "名单", wanted[seat] > 0, made[seat] > 0, words
        )
