"""Is a question answered at all? Weights of the judgement, fitted on questions of our own with and without an answer.

usage: python -m bench.judge [HOME]      (make judge; GONGBAO_MATERIAL names the folder of texts and gold)

Reads the texts into a home of its own (or uses HOME, which must hold them, indexed and embedded), asks every question
of bench/judge.tsv, writes index/meaning/judge.json and prints how well each is judged by weights of the others.
Only right first hits and questions without an answer teach: of a wrong hit neither verdict is the right one.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from gongbao.corpus.home import Home
from gongbao.index.meaning.judge import FILE
from gongbao.index.meaning.signs import Signs
from gongbao.nlp.evaluate.text import key
from gongbao.search_api.compose import Application, Settings
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

QUESTIONS = Path(__file__).with_name("judge.tsv")
TODAY = date(2026, 11, 30)
NONE = "-"
DOUBTED = 0.02  # of right answers to questions in far words
FAR = 4.0  # how much a question in words far from the text counts: people ask so more often than we wrote
FOLDS = 10
STRENGTH = 10.0  # inverse of the penalty; the signs are few and lie between 0 and 1

Values = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """`said`: whether the first document found is the one that answers; otherwise nothing does."""

    signs: Signs
    said: bool
    far: bool


def main() -> None:
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        app = Application(Settings(Home(home), TODAY))
        if len(sys.argv) < 2:
            for texts in ("gold/more/text", "elsewhere/text"):
                app.ingest([Path(material) / texts])
            app.index()
            app.embed()
        cases = list(read(app, Path(material) / "gold/more"))
    values = np.array([case.signs.values for case in cases])
    said = np.array([case.said for case in cases])
    weights = np.array([FAR if case.far else 1.0 for case in cases])
    alone = np.zeros(len(cases))
    for others, own in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(values, said):
        alone[own] = fitted(values[others], said[others], weights[others]).predict_proba(values[own])[:, 1]
    far = np.array([case.far for case in cases])
    tell(alone, said, far)
    keep(fitted(values, said, weights), least(alone[said & far]))


def fitted(values: Values, said: Truths, weights: Values) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(values, said, sample_weight=weights)


def read(app: Application, gold: Path) -> Iterator[Case]:
    """Every question of which the right verdict is known."""
    answers = {name[:3]: key(label) for name, label in _labels(gold)}
    for file, far, question in _questions():
        found, signs = app.service.signs(question, TODAY)
        if signs is None or not found:
            continue
        right = file != NONE and key(found[0].document.label) == answers[file]
        if right or file == NONE:
            yield Case(signs, right, far)


def _labels(gold: Path) -> Iterator[tuple[str, str]]:
    for line in (gold / "documents.jsonl").read_text("utf-8").splitlines():
        kept = json.loads(line)
        yield kept["file"], kept["doc"]


def _questions() -> Iterator[tuple[str, bool, str]]:
    lines = QUESTIONS.read_text("utf-8").splitlines()
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        yield row["file"], row["words"] == "far", row["question"]


def least(right: Values) -> float:
    """The probability under which no more right answers lie than may be doubted."""
    return round(float(np.sort(right)[int(DOUBTED * len(right))]), 3)


def tell(alone: Values, said: Truths, far: Truths) -> None:
    bound = least(alone[said & far])
    print(f"{int(said.sum())} right first hits, {int((~said).sum())} questions without an answer")
    print(f"ROC AUC {roc_auc_score(said, alone):.3f}; least {bound}")
    doubted = f"{np.mean(alone[said] < bound):.3f} (of those in far words {np.mean(alone[said & far] < bound):.3f})"
    print(f"right ones doubted {doubted}; without an answer known {np.mean(alone[~said] < bound):.3f}")


def keep(model: LogisticRegression, bound: float) -> None:
    names: Sequence[str] = tuple(Signs.__dataclass_fields__)
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}
    kept = {"bias": round(float(model.intercept_[0]), 3), "least": bound, "weights": weights}
    FILE.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
