"""Is it said here at all? Judged by a logistic regression over the signs of what was found.

judge.json is made by `make judge` from questions of our own, with and without an answer in the annotated texts; how
well it judges is told in docs/decisions/0016. `least` is where it doubts about none of fifty right answers to questions
in words far from the text.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gongbao.index.meaning.signs import Signs

FLOOR = 0.4  # cosine below which no passage answered any question; too few lie near it to be learnt from
UNWORDED, SURE = 0.05, 0.5  # share below which nothing asked is said in words; probability that is beyond doubt
FILE = Path(__file__).with_name("judge.json")


@dataclass(frozen=True, slots=True)
class Judge:
    """`weights` in the order of `Signs`; `least`: probability from which a question is taken to have its answer."""

    weights: tuple[float, ...]
    bias: float
    least: float

    def probability(self, signs: Signs) -> float:
        """0..1: how likely it is that what was found answers."""
        told = self.bias + sum(weight * value for weight, value in zip(self.weights, signs.values, strict=True))
        return 1 / (1 + math.exp(-told))


def is_said(signs: Signs | None, worded: float) -> bool | None:
    """Whether what was found answers; None where nothing was looked at for its meaning.

    `worded` (0..1): how much of what is asked the best document says. Where it says nothing of it, likeness must be
    beyond doubt: 共享单车 is much like 停车场.
    """
    if signs is None:
        return None
    judge = load()
    least = judge.least if worded >= UNWORDED else max(SURE, judge.least)
    return signs.near >= FLOOR and judge.probability(signs) >= least


@lru_cache(maxsize=1)
def load() -> Judge:
    kept = json.loads(FILE.read_text("utf-8"))
    return Judge(tuple(kept["weights"][name] for name in Signs.__dataclass_fields__), kept["bias"], kept["least"])
