"""A yes-or-no model of words, fitted by scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from gongbao.nlp.learning.weights import Weights
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

_PENALTY = 0.1  # inverse strength: few documents, many words
_ROUNDS = 2_000
_DIGITS = 4

Row = Sequence[str]


def fit(rows: Sequence[Row], truths: Sequence[bool], vocabulary: frozenset[str]) -> Weights:
    """Logistic regression over the presence of features, both answers weighing the same; the same input
    gives the same weights. Where there is only one answer it is always given."""
    if len(set(truths)) < 2:
        return Weights(30.0 if truths and truths[0] else -30.0, {})
    names = sorted(vocabulary)
    model = LogisticRegression(C=_PENALTY, class_weight="balanced", max_iter=_ROUNDS)
    model.fit(matrix(rows, names), np.array(truths))
    weights = (round(float(weight), _DIGITS) for weight in model.coef_[0])
    kept = {name: weight for name, weight in zip(names, weights, strict=True) if weight}
    return Weights(round(float(model.intercept_[0]), _DIGITS), kept)


def matrix(rows: Iterable[Row], names: Sequence[str]) -> csr_matrix:
    """len(rows) x len(names), 1 where the row has the feature."""
    columns = {name: at for at, name in enumerate(names)}
    indices: list[int] = []
    ends = [0]
    for row in rows:
        indices += sorted(columns[feature] for feature in set(row) if feature in columns)
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(ends) - 1, len(names)))
