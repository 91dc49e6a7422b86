"""When two texts, or two time limits, say the same: the comparison that all measures share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

_BRACKETS = str.maketrans(dict.fromkeys("〔［[", "(") | dict.fromkeys("〕］]", ")"))
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_ENOUGH = 18  # characters of a beginning that settle that two statements are the same
_BEGINNING = 60
_LIKE = 0.7
_OVERLAP = 10  # characters that two contexts of one limit have in common


def key(text: str | None) -> str:
    """Half width, no white space, no punctuation."""
    folded = unicodedata.normalize("NFKC", text or "").translate(_BRACKETS)
    return re.sub(r"[^\w]", "", re.sub(r"[\s\u3000]+", "", folded))


def same_task(gold: str, predicted: str) -> bool:
    """Does `predicted` state what begins with `gold`? Both are keys."""
    if not gold or not predicted:
        return False
    if gold[:_ENOUGH] in predicted or predicted[:_ENOUGH] in gold:
        return True
    beginning = gold[:_BEGINNING]
    return SequenceMatcher(None, beginning, predicted[: len(beginning) + 20], autojunk=False).ratio() >= _LIKE


def same_place(gold: str, predicted: str) -> bool:
    """Do two contexts (keys) show the same place? An empty prediction is not held against it."""
    if not predicted or gold in predicted or predicted in gold:
        return True
    match = SequenceMatcher(None, gold, predicted, autojunk=False)
    longest = match.find_longest_match(0, len(gold), 0, len(predicted)).size
    return longest >= min(_OVERLAP, len(gold))


@dataclass(frozen=True, slots=True)
class Value:
    """What a limit comes to: P3W and P21D, P1Y and P12M are the same span."""

    kind: str
    due: str
    start: str
    every: str
    within: str


def same_span(duration: str | None) -> str:
    """One spelling for each length of time."""
    found = _DURATION.fullmatch(duration or "")
    if not found:
        return duration or ""
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return f"{12 * years + months}M {(7 * weeks + days) * 1440 + 60 * hours + minutes}min"
