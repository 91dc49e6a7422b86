"""Learning and judging by cross-validation; what is learnt is applied without this package."""

from gongbao.nlp.learning.trials.card import card
from gongbao.nlp.learning.trials.train import Training, train

__all__ = ["Training", "card", "train"]
