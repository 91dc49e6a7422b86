"""Cross-validation by whole documents, and whether a gain is more than chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from sklearn.model_selection import GroupKFold

_MOST_FOLDS = 20  # up to here each document is left out by itself
_DRAWS = 2_000
_SEED = 1  # the same draws in every run
_BOUND = 2.5  # per cent left out at each end: a 95 % interval
_LEAST_GAIN = 0.005  # less is not worth a model
FEWEST = 5  # documents: fewer say nothing of others

Item = TypeVar("Item")


def folds(documents: Sequence[Item]) -> Iterator[tuple[list[Item], list[Item]]]:
    """(to learn from, to judge): every document is judged once, and never learnt from in the same fold."""
    count = min(len(documents), _MOST_FOLDS)
    for learnt, judged in GroupKFold(count).split(documents, groups=range(len(documents))):
        yield [documents[at] for at in learnt], [documents[at] for at in judged]


@dataclass(frozen=True, slots=True)
class Gain:
    """Difference to the rules with its 95 % interval over documents drawn again and again."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:+.3f}（{self.low:+.3f} 至 {self.high:+.3f}）"

    @property
    def is_sure(self) -> bool:
        return self.low > 0 and self.value >= _LEAST_GAIN


def gain(count: int, difference: Callable[[Sequence[int]], float]) -> Gain:
    """Paired bootstrap: `difference` of the measure (model less rules) on documents given by place."""
    draws = np.random.default_rng(_SEED).integers(0, count, (_DRAWS, count))
    found = [difference(draw.tolist()) for draw in draws]
    low, high = np.percentile(found, [_BOUND, 100 - _BOUND])
    return Gain(difference(range(count)), float(low), float(high))
