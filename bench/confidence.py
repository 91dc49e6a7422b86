"""How sure the rules may be of a party and of a statement: fitted and tried on annotated documents.

usage: python -m bench.confidence [FOLDER…]      (make confidence FRESH=…; GONGBAO_MATERIAL: texts and gold)

Writes nlp/confidence/calibration.json and prints the tables of docs/models.md. Each document is judged by weights
learnt of the others. It says the truth only where the rules have not been written on these documents, so FOLDERs are
annotated documents of a first contact (docs/first-contact.md); without them gold/more is taken, which overrates.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from gongbao.corpus.document import Document
from gongbao.corpus.home import Home
from gongbao.nlp.assignments import Statement, find_statements
from gongbao.nlp.confidence.evidence import Scene, of_parties, of_statement
from gongbao.nlp.confidence.weigh import Calibration
from gongbao.nlp.evaluate.items import Items, ScoredParty, covered, read_items
from gongbao.nlp.evaluate.items import ScoredStatement as Judged
from gongbao.nlp.evaluate.statements import find_right
from gongbao.nlp.evaluate.text import key
from gongbao.nlp.learning.models import to_json
from gongbao.nlp.learning.weights import Weights
from gongbao.nlp.pipeline import read_acts
from gongbao.search_api.compose import Application, Settings
from sklearn.linear_model import LogisticRegression

FILE = Path(__file__).parent.parent / "nlp" / "confidence" / "calibration.json"
FOLDS = 10
STRENGTH = 0.1  # inverse: documents differ more than their statements do
BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The statements of one document: features of every party, how sure the words are a body, and what is right."""

    parties: tuple[tuple[Row, ...], ...]
    names: tuple[tuple[float, ...], ...]
    right: tuple[tuple[bool, ...], ...]
    whole: tuple[bool, ...]


def main() -> None:
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material:
        sys.exit(__doc__)
    folders = [Path(name) for name in sys.argv[1:]] or [Path(material) / "gold/more"]
    samples = [sample for folder in folders for sample in read(folder)]
    sure = tried(samples)
    print(
        table("承担单位", [p for one in sure for p in one.parties], [r for s in samples for rs in s.right for r in rs])
    )
    print(table("整条任务", [p for one in sure for p in one.whole], [r for s in samples for r in s.whole]))
    FILE.write_text(to_json(learn(samples)), "utf-8")


def read(gold: Path) -> Iterator[Sample]:
    wanted = read_items(gold, "assignments.jsonl")
    by_document: dict[str, list[Judged]] = defaultdict(list)
    for one in wanted.statements:
        by_document[one.doc].append(one)
    for document in documents(gold / "text"):
        doc = key(document.number or document.title)
        statements = find_statements(document, read_acts)
        made = covered(Items([judged(doc, one) for one in statements]), wanted.papers).statements
        if made:
            yield _sample(document, statements, by_document[made[0].doc], made)


def documents(folder: Path) -> Iterator[Document]:
    with tempfile.TemporaryDirectory() as home:
        app = Application(Settings(Home(Path(home)), today=date.today()))
        for _ in app.ingest([folder]):
            pass
        yield from app.store.documents()
        app.close()


def judged(doc: str, one: Statement) -> Judged:
    """A statement as `evaluate` compares it."""
    parties = (b.mention for b in one.bindings)
    roles = (b.role.value for b in one.bindings)
    named = tuple(
        ScoredParty(key(m.name), role, m.type.value, "", m.name) for m, role in zip(parties, roles, strict=True)
    )
    return Judged(doc, one.what, key(one.what), named, frozenset())


def _sample(document: Document, statements: list[Statement], gold: list[Judged], made: list[Judged]) -> Sample:
    scene, right = Scene.of(document, statements), find_right(gold, made)
    return Sample(
        tuple(of_parties(scene, s) for s in statements),
        tuple(tuple(b.mention.confidence for b in s.bindings) for s in statements),
        tuple(one.parties for one in right),
        tuple(one.whole for one in right),
    )


# --- learning


def learn(samples: Sequence[Sample]) -> Calibration:
    """Statements are weighed by parties that weights of other documents judged, as they will be in use."""
    rows = [row for s in samples for parties in s.parties for row in parties]
    party = fit(rows, [right for s in samples for rights in s.right for right in rights])
    judged = list(_judged_by_others(samples))
    whole = fit([of_statement(p) for one in judged for p in one], [right for s in samples for right in s.whole])
    return Calibration(party, whole)


def _judged_by_others(samples: Sequence[Sample]) -> Iterator[tuple[tuple[float, ...], ...]]:
    for place, sample in enumerate(samples):
        others = [one for at, one in enumerate(samples) if at % FOLDS != place % FOLDS]
        yield _sure(sample, _party(tuple(others)))


_KNOWN: dict[tuple[int, ...], Weights] = {}


def _party(samples: tuple[Sample, ...]) -> Weights:
    """Fitted once for each set of documents."""
    ids = tuple(map(id, samples))
    if ids not in _KNOWN:
        rows = [row for s in samples for parties in s.parties for row in parties]
        _KNOWN[ids] = fit(rows, [right for s in samples for rights in s.right for right in rights])
    return _KNOWN[ids]


def _sure(sample: Sample, weights: Weights) -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(name * weights.probability(row) for name, row in zip(names, rows, strict=True))
        for names, rows in zip(sample.names, sample.parties, strict=True)
    )


def fit(rows: Sequence[Row], truths: Sequence[bool]) -> Weights:
    names = sorted({feature for row in rows for feature in row})
    places = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        table[at, [places[feature] for feature in row]] = 1
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(table, np.array(truths))
    weights = zip(names, (round(float(weight), 3) for weight in model.coef_[0]), strict=True)
    return Weights(round(float(model.intercept_[0]), 3), {name: weight for name, weight in weights if weight})


# --- trying


@dataclass(frozen=True, slots=True)
class Sure:
    parties: tuple[float, ...]
    whole: tuple[float, ...]


def tried(samples: Sequence[Sample]) -> list[Sure]:
    """Each document by weights of the others."""
    found: dict[int, Sure] = {}
    for fold in range(FOLDS):
        weights = learn([one for at, one in enumerate(samples) if at % FOLDS != fold])
        for at in range(fold, len(samples), FOLDS):
            sure = _sure(samples[at], weights.party)
            whole = tuple(weights.whole.probability(of_statement(p)) for p in sure)
            found[at] = Sure(tuple(p for parties in sure for p in parties), whole)
    return [found[at] for at in range(len(samples))]


def table(name: str, said: Sequence[float], right: Sequence[bool]) -> str:
    """How often those said to be so sure are right; `Brier` against that of saying the mean of all."""
    sure, truth = np.array(said), np.array(right, float)
    brier, plain = np.mean((sure - truth) ** 2), np.mean((truth.mean() - truth) ** 2)
    lines = [f"{name}：{len(said)}，Brier {brier:.3f}（不分高低 {plain:.3f}）", "说的\t件\t平均\t属实"]
    for low, high in pairwise(BOUNDS):
        some = (sure >= low) & (sure < high + (high == 1))
        if some.any():
            lines.append(f"{low}–{high}\t{some.sum()}\t{sure[some].mean():.3f}\t{truth[some].mean():.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
