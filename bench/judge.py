"""Is a question answered at all? Weights of the judgement, fitted on questions of our own with and without an answer.

usage: python -m bench.judge [HOME]      (make judge; GONGBAO_MATERIAL names the folder of texts and gold)

Reads the texts and the bundled sample, each into a home of its own (or uses HOME/texts and HOME/sample, indexed and
embedded), asks every question of bench/judge.tsv and bench/judge_sample.tsv, writes index/meaning/judge.json and prints
how well each is judged by weights of the others. Asked once more within the documents of one year, a question tells
what few passages look like. Only right first hits and questions without an answer teach: of a wrong hit neither
verdict is the right one.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from pathlib import Path

import numpy as np
from gongbao.corpus.home import Home
from gongbao.index.meaning.judge import FILE, SURE, UNWORDED
from gongbao.index.meaning.signs import Signs
from gongbao.index.models import Filters
from gongbao.index.service import NO_FILTERS
from gongbao.nlp.evaluate.text import key
from gongbao.search_api.compose import Application, Settings
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

QUESTIONS, OF_SAMPLE = (Path(__file__).with_name(name) for name in ("judge.tsv", "judge_sample.tsv"))
SAMPLE = Path(__file__).parent.parent / "search_api" / "sample" / "sample.pdf"
TODAY = date(2026, 11, 30)
NONE = "-"
DOUBTED = 0.01  # of right answers to questions in far words
FAR = 4.0  # how much a question in words far from the text counts: people ask so more often than we wrote
WITHIN = 0.5  # how much a question asked within one year's documents counts
OF_THE_SAMPLE = 2.0  # and one about the bundled sample, of which there are few
FOLDS = 10
STRENGTH = 10.0  # inverse of the penalty; the signs are few and lie between 0 and 1

Values = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class JudgeCase:
    """`said`: whether the first document found is the one that answers; otherwise nothing does. `source`: of what."""

    question: str
    signs: Signs
    worded: float
    said: bool
    far: bool
    source: str  # texts, sample, or year: texts of one year


@dataclass(frozen=True, slots=True)
class JudgeQuestion:
    """`answer`: the key of the document that answers, None where none does."""

    text: str
    answer: str | None
    far: bool


def main() -> None:
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        cases = list(read(home, Path(material), make=len(sys.argv) < 2))
    values = np.array([case.signs.values for case in cases])
    said = np.array([case.said for case in cases])
    weights = np.array([_weight(case) for case in cases])
    alone = np.zeros(len(cases))
    groups = [case.question for case in cases]
    for others, own in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=7).split(values, said, groups):
        alone[own] = fitted(values[others], said[others], weights[others]).predict_proba(values[own])[:, 1]
    whole = np.array([case.source != "year" for case in cases])
    bound = least(alone[said & whole & np.array([case.far for case in cases])])
    unworded = np.array([case.worded < UNWORDED for case in cases])
    print(f"least {bound}")
    for source in ("texts", "sample", "year"):
        own = np.array([case.source == source for case in cases])
        tell(source, alone[own], said[own], np.where(unworded, max(SURE, bound), bound)[own])
    keep(fitted(values, said, weights), bound)


def _weight(case: JudgeCase) -> float:
    source = {"year": WITHIN, "sample": OF_THE_SAMPLE, "texts": 1.0}[case.source]
    return source * (FAR if case.far else 1.0)


def fitted(values: Values, said: Truths, weights: Values) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(values, said, sample_weight=weights)


def read(home: Path, material: Path, *, make: bool) -> Iterator[JudgeCase]:
    """Every question of which the right verdict is known."""
    texts, sample = (Application(Settings(Home(home / name), TODAY)) for name in ("texts", "sample"))
    if make:
        filled(texts, [material / "gold/more/text", material / "elsewhere/text"])
        filled(sample, [SAMPLE])
    answers = dict(_labels(material / "gold/more"))
    signed = {key(label): year for label, year in _years(material / "gold/more")}
    years = cycle(sorted(set(signed.values())))
    for asked in _questions(QUESTIONS, answers):
        own = signed.get(asked.answer or "")
        within = ("year", Filters(year=own)), ("year", Filters(year=next(years)))
        for source, filters in (("texts", NO_FILTERS), *within):
            yield from _case(texts, asked, source, filters)
    for asked in _questions(OF_SAMPLE, {}):
        yield from _case(sample, asked, "sample", NO_FILTERS)


def filled(app: Application, folders: Sequence[Path]) -> None:
    list(app.ingest(folders))  # each file as it is read
    app.index()
    app.embed()


def _case(app: Application, asked: JudgeQuestion, source: str, filters: Filters) -> Iterator[JudgeCase]:
    found, signs, worded = app.service.signs(asked.text, TODAY, filters)
    if signs is None or not found:
        return
    labels = [key(hit.document.label) for hit in found]
    if asked.answer not in labels or labels[0] == asked.answer:
        yield JudgeCase(asked.text, signs, worded, labels[0] == asked.answer, asked.far, source)


def _labels(gold: Path) -> Iterator[tuple[str, str]]:
    for line in (gold / "documents.jsonl").read_text("utf-8").splitlines():
        kept = json.loads(line)
        yield kept["file"][:3], key(kept["doc"])


def _years(gold: Path) -> Iterator[tuple[str, int]]:
    for line in (gold / "documents.jsonl").read_text("utf-8").splitlines():
        kept = json.loads(line)
        if kept.get("signed"):
            yield kept["doc"], int(kept["signed"][:4])


def _questions(file: Path, answers: Mapping[str, str]) -> Iterator[JudgeQuestion]:
    """`answers`: the document's key by the name of its file; else the file names the document."""
    lines = file.read_text("utf-8").splitlines()
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        answer = None if row["file"] == NONE else answers.get(row["file"], key(row["file"]))
        yield JudgeQuestion(row["question"], answer, row["words"] == "far")


def least(right: Values) -> float:
    """The probability under which no more right answers lie than may be doubted."""
    return round(float(np.sort(right)[int(DOUBTED * len(right))]), 3)


def tell(source: str, alone: Values, said: Truths, bound: Values) -> None:
    print(f"{source}: {int(said.sum())} right first hits, {int((~said).sum())} questions without an answer")
    missing = alone < bound
    doubted, known = np.mean(missing[said]), np.mean(missing[~said])
    print(f"  ROC AUC {roc_auc_score(said, alone):.3f}; right ones doubted {doubted:.3f}; no answer known {known:.3f}")


def keep(model: LogisticRegression, bound: float) -> None:
    names: Sequence[str] = tuple(Signs.__dataclass_fields__)
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}
    kept = {"bias": round(float(model.intercept_[0]), 3), "least": bound, "weights": weights}
    FILE.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
