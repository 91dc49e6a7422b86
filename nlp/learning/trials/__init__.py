"""Learning and judging by cross-validation; what is learnt is applied without this package."""

from nlp.learning.trials.card import card
from nlp.learning.trials.train import Training, train

__all__ = ["Training", "card", "train"]
