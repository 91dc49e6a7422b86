"""How far the second reader is to be believed beside the rules, learnt and tried on documents that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.records import AssignmentSource
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.confidence.evidence import Scene, of_statement
from gongbao.nlp.confidence.weigh import Calibration
from gongbao.nlp.evaluate.statements import find_right
from gongbao.nlp.learning.models import to_json
from gongbao.nlp.learning.weights import Weights
from gongbao.nlp.pipeline import read_acts
from gongbao.nlp.reader.evidence import of_read
from gongbao.nlp.reader.second import SecondReader

from bench.confidence import Row, fit, judged, table
from bench.reader.gold import GoldPaper

FOLDS = 7


@dataclass(frozen=True, slots=True)
class WeighedCase:
    """One document as rules and reader read it; of its statements in running text features and what is right."""

    rows: list[list[Row]]
    names: list[list[float]]
    right: list[tuple[bool, ...]]
    whole: list[bool]


def weigh(held: Sequence[GoldPaper], fresh: Sequence[GoldPaper], folder: Path) -> None:
    """Writes calibration.json, prints how sure is how right, each document by the others; of `fresh` alone if given."""
    reader = SecondReader(folder / "marker.onnx")
    known, cases = _cases(held, reader), _cases(fresh, reader)
    if not cases:
        known, cases = [], known
    _try(known, cases)
    (folder / "calibration.json").write_text(to_json(learn([*known, *cases])), "utf-8")


def _cases(papers: Sequence[GoldPaper], reader: SecondReader) -> list[WeighedCase]:
    return [case for paper in papers if (case := _case(paper, reader))]


def _try(known: Sequence[WeighedCase], cases: Sequence[WeighedCase]) -> None:
    weights: dict[int, Calibration] = {}
    for fold in range(FOLDS):
        learnt = learn([*known, *(case for at, case in enumerate(cases) if at % FOLDS != fold)])
        weights |= dict.fromkeys(range(fold, len(cases), FOLDS), learnt)
    sure = [p for at, case in enumerate(cases) for parties in _sure(case, weights[at]) for p in parties]
    print(table("承担单位", sure, [r for case in cases for rights in case.right for r in rights]))
    whole = [
        weights[at].whole.probability(of_statement(p)) for at, c in enumerate(cases) for p in _sure(c, weights[at])
    ]
    print(table("整条任务", whole, [r for case in cases for r in case.whole]))


def _case(paper: GoldPaper, reader: SecondReader) -> WeighedCase | None:
    reading = reader.read(paper.document)
    if reading is None:
        return None
    statements = find_statements(paper.document, read_acts)
    scene = Scene.of(paper.document, statements)
    right = find_right(list(paper.gold), [judged(_doc(paper), one) for one in statements])
    kept = [(s, r) for s, r in zip(statements, right, strict=True) if s.source is AssignmentSource.TEXT]
    return WeighedCase(
        [list(of_read(scene, s, reading)) for s, _ in kept],
        [[b.mention.confidence for b in s.bindings] for s, _ in kept],
        [r.parties for _, r in kept],
        [r.whole for _, r in kept],
    )


def _doc(paper: GoldPaper) -> str:
    return paper.gold[0].doc if paper.gold else ""


def learn(cases: Sequence[WeighedCase]) -> Calibration:
    """Statements are weighed by parties that weights of other documents judged, as they will be in use."""
    rows: list[Row] = []
    for fold in range(FOLDS):
        others = Calibration(_party([c for at, c in enumerate(cases) if at % FOLDS != fold]), Weights(0.0, {}))
        rows += [of_statement(p) for case in cases[fold::FOLDS] for p in _sure(case, others)]
    truths = [whole for fold in range(FOLDS) for case in cases[fold::FOLDS] for whole in case.whole]
    return Calibration(_party(cases), fit(rows, truths))


def _party(cases: Sequence[WeighedCase]) -> Weights:
    rows = [row for case in cases for parties in case.rows for row in parties]
    return fit(rows, [right for case in cases for rights in case.right for right in rights])


def _sure(case: WeighedCase, weights: Calibration) -> list[tuple[float, ...]]:
    return [
        tuple(name * weights.party.probability(row) for name, row in zip(names, rows, strict=True))
        for names, rows in zip(case.names, case.rows, strict=True)
    ]
