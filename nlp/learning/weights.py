"""Models as they are kept and applied: weights of words, without the library that fitted them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

Number = Annotated[float, Field(allow_inf_nan=False)]
_FAR = 30.0  # log odds beyond which nothing changes


@dataclass(frozen=True, slots=True)
class Weights:
    """Yes or no in log odds: `intercept` and one weight per feature; a feature not listed weighs nothing."""

    intercept: Number
    features: dict[str, Number]

    def odds(self, row: Sequence[str]) -> float:
        return self.intercept + sum(self.features.get(feature, 0.0) for feature in row)

    def probability(self, row: Sequence[str]) -> float:
        return 1 / (1 + math.exp(-max(min(self.odds(row), _FAR), -_FAR)))


@dataclass(frozen=True, slots=True)
class Veto:
    """What the rules read and `weights` give less than `least` to is left out."""

    weights: Weights
    least: Annotated[float, Field(ge=0, le=1)]

    def rejects(self, row: Sequence[str]) -> bool:
        return self.weights.probability(row) < self.least
