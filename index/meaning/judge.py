"""Is it said here at all? Judged from what the words and the meaning of a question found.

Weights fitted (logistic regression) on 173 questions with an answer and 53 without, written before any search was run,
over 183 documents. There 3 of 100 right answers would be doubted at `least` = 14.3, and 75 of 100 questions without an
answer known (by the nearest cosine alone 66, by words alone 8). But people ask in words farther from the text than we
wrote, where the two overlap; `least` is set lower, so that no more right answers are doubted there either, at the price
of saying of fewer questions that they have no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongbao.index.models import DocumentHit
from gongbao.index.rank import Scored


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign tells; together they must reach `least`, unless a passage holds `whole` of the words."""

    document: float = 12.8  # cosine of the best document's nearest passage
    nearest: float = 12.5  # cosine of the nearest passage of all
    words: float = 2.7  # share of the question's words that stand in that one
    least: float = 12.7
    whole: float = 0.9


WEIGHTS = Weights()


def is_said(documents: Sequence[DocumentHit], passages: Sequence[Scored]) -> bool | None:
    """Whether what was found answers; None where nothing was looked at for its meaning."""
    near = [one for one in passages if one.passage.cosine > 0]
    if not near or not documents:
        return None
    nearest = max(near, key=lambda one: one.passage.cosine)
    own = (one.passage.cosine for one in near if one.passage.document.id == documents[0].document.id)
    cosines = WEIGHTS.document * max(own, default=0.0) + WEIGHTS.nearest * nearest.passage.cosine
    if cosines + WEIGHTS.words * nearest.value >= WEIGHTS.least:
        return True
    return any(one.value >= WEIGHTS.whole for one in passages)
