"""All questions that can be learnt, each tried against the rules; what beats them is learnt from everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.records import Extraction
from gongbao.nlp.learning.models import CANDIDATES, PARTIES, SENTENCES, TOPICS, shipped
from gongbao.nlp.learning.trials import parties, ranking, sentences, topics
from gongbao.nlp.learning.trials.cases import Case, Cases, read_cases
from gongbao.nlp.learning.trials.sentences import JudgedCase
from gongbao.nlp.learning.trials.trial import Trial
from gongbao.nlp.learning.weights import Veto


@dataclass(frozen=True, slots=True)
class Training:
    """`models` by the name of their file: only those that won."""

    annotated: int
    others: int
    trials: tuple[Trial, ...]
    models: dict[str, object]


def train(gold_dir: Path, corpus: Iterable[Document], extract: Callable[[Document], Extraction]) -> Training:
    """Learn from gold and the corpus it is about; the same input gives the same result.

    `extract` reads a document by the rules alone. UsageError where there is nothing to learn from.
    """
    cases = read_cases(gold_dir, corpus, extract)
    judged = sentences.judge(cases)
    made = [_sentences(cases, judged), _ranking(cases, judged), _topics(cases), _parties(cases)]
    models = {name: model for _, name, model in made if model is not None}
    return Training(len(cases.annotated), len(cases.others), tuple(trial for trial, *_ in made), models)


_Made = tuple[Trial, str, object | None]


def _sentences(cases: Cases, judged: Sequence[JudgedCase]) -> _Made:
    trial = sentences.try_sentences(judged)
    won = trial.winner and Veto(sentences.learn(_all(cases)), sentences.threshold(judged))
    return trial, SENTENCES, won


def _ranking(cases: Cases, judged: Sequence[JudgedCase]) -> _Made:
    trial = ranking.try_ranking(judged, shipped())
    return trial, CANDIDATES, trial.winner and sentences.learn(_all(cases))


def _topics(cases: Cases) -> _Made:
    read = topics.read(cases.labelled)
    trial = topics.try_topics(read)
    if not trial.winner:
        return trial, TOPICS, None
    return trial, TOPICS, topics.learn(read if trial.winner.method == topics.BOTH else topics.without_lists(read))


def _parties(cases: Cases) -> _Made:
    trial, least = parties.try_parties(cases.annotated)
    return trial, PARTIES, trial.winner and Veto(parties.learn(cases.annotated), least)


def _all(cases: Cases) -> list[Case]:
    return [*cases.annotated, *cases.others]
