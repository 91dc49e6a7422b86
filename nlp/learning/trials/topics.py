"""What is a document about? The word lists, a model of words, and a model that also knows what the lists say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from gongbao.nlp.learning.topics import TopicModel, lists_of, tfidf, words_of
from gongbao.nlp.learning.trials.cases import Labelled
from gongbao.nlp.learning.trials.folds import FEWEST, folds
from gongbao.nlp.learning.trials.lexicon import frequent, without_names
from gongbao.nlp.learning.trials.trial import Trial, TrialTally, compare, too_few
from gongbao.nlp.subjects import subjects_of
from sklearn.svm import LinearSVC

QUESTION, MEASURE = "主题分类", "首个主题正确率"
LISTS, MODEL, BOTH = "词表", "模型", "模型，词表得分作特征"
_SEED = 1
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A labelled document with what a model sees of it."""

    id: str
    words: Counter[str]
    lists: dict[str, float]
    rules: tuple[str, ...]  # the subjects by the lists alone
    subjects: tuple[str, ...]


def read(labelled: Sequence[Labelled]) -> tuple[ReadDocument, ...]:
    return tuple(
        ReadDocument(
            one.document.id, words_of(one.document), lists_of(one.document), subjects_of(one.document), one.subjects
        )
        for one in labelled
    )


def learn(documents: Sequence[ReadDocument]) -> TopicModel:
    """A linear classifier over TF-IDF and lists; the first subject of each document is its class."""
    vocabulary = without_names(frequent((one.id, list(one.words)) for one in documents))
    met = Counter(word for one in documents for word in one.words if word in vocabulary)
    idf = {word: round(math.log((1 + len(documents)) / (1 + met[word])) + 1, _DIGITS) for word in sorted(met)}
    rows = [tfidf(one.words, idf) | one.lists for one in documents]
    features = sorted({feature for row in rows for feature in row})
    answers = [one.subjects[0] for one in documents]
    if len(set(answers)) < 2:
        return TopicModel((answers[0],), (0.0,), {}, {})
    table = np.array([[row.get(feature, 0.0) for feature in features] for row in rows])
    model = LinearSVC(random_state=_SEED).fit(table, answers)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(coefficients) == 1:  # two classes: one row for both
        coefficients, intercepts = np.vstack([-coefficients, coefficients]), np.hstack([-intercepts, intercepts])
    weights = {name: _rounded(coefficients[:, at]) for at, name in enumerate(features)}
    return TopicModel(tuple(map(str, model.classes_)), _rounded(intercepts), idf, weights)


def without_lists(documents: Sequence[ReadDocument]) -> tuple[ReadDocument, ...]:
    return tuple(replace(one, lists={}) for one in documents)


def try_topics(documents: Sequence[ReadDocument]) -> Trial:
    size = f"{len(documents)} 份文件"
    if len(documents) < FEWEST:
        return too_few(QUESTION, MEASURE, size)
    right: dict[str, list[TrialTally]] = {LISTS: [], MODEL: [], BOTH: []}
    for learnt, judged in folds(documents):
        words, both = learn(without_lists(learnt)), learn(learnt)
        for one in judged:
            for name, found in (
                (LISTS, one.rules),
                (MODEL, words.best(one.words, {})),
                (BOTH, both.best(one.words, one.lists)),
            ):
                right[name].append(TrialTally(found[0] in one.subjects, 1, 1))
    # One answer a document: F1 is the share of right ones.
    trial = compare(QUESTION, size, [(name, name != LISTS, tallies) for name, tallies in right.items()])
    return replace(trial, measure=MEASURE)


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(float(value), _DIGITS) for value in values)
