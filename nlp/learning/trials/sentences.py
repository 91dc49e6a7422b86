"""Does a sentence state who does what? The rules, a model, and the rules with what the model rejects left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongbao.nlp.learning.trials.cases import Case, Cases
from gongbao.nlp.learning.trials.fitting import fit
from gongbao.nlp.learning.trials.folds import FEWEST, folds
from gongbao.nlp.learning.trials.lexicon import frequent, official
from gongbao.nlp.learning.trials.trial import CORRECTED, RULES, Trial, TrialTally, compare, f1, too_few
from gongbao.nlp.learning.weights import Weights

QUESTION = "一句话是否写明责任"
_EVEN = 0.5
_THRESHOLDS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case with the probability of each unit by a model that never saw its document."""

    case: Case
    scores: tuple[float, ...]


def learn(cases: Sequence[Case]) -> Weights:
    """From every sentence that can be told."""
    rows = [
        (case.document.id, row, bool(state))
        for case in cases
        for row, state in zip(case.features, case.states, strict=True)
        if state is not None
    ]
    vocabulary = official(frequent((name, row) for name, row, _ in rows))
    return fit([row for _, row, _ in rows], [state for *_, state in rows], vocabulary)


def judge(cases: Cases) -> tuple[JudgedCase, ...]:
    """Each annotated document by a model of all the others; those that are not annotated teach what the rules read."""
    found: list[JudgedCase] = []
    for learnt, judged in folds(cases.annotated) if len(cases.annotated) >= FEWEST else ():
        weights = learn([*learnt, *cases.others])
        found += [JudgedCase(case, tuple(map(weights.probability, case.features))) for case in judged]
    return tuple(sorted(found, key=lambda one: one.case.document.id))


def try_sentences(judged: Sequence[JudgedCase]) -> Trial:
    known = sum(state is not None for one in judged for state in one.case.states)
    size = f"{len(judged)} 份文件，{known} 句"
    if len(judged) < FEWEST:
        return too_few(QUESTION, "F1", size)
    methods = (
        (RULES, False, _tallies(judged, lambda read, _: read)),
        ("模型", False, _tallies(judged, lambda _, score: score >= _EVEN)),
        (CORRECTED, True, [_corrected(judged, at) for at in range(len(judged))]),
    )
    return compare(QUESTION, size, methods)


def threshold(judged: Sequence[JudgedCase]) -> float:
    """Below which what the rules read is best left out; 0 leaves out nothing."""
    return max(_THRESHOLDS, key=lambda least: (f1(_tallies(judged, _above(least))), -least))


def _corrected(judged: Sequence[JudgedCase], at: int) -> TrialTally:
    """The threshold, too, is chosen on the other documents."""
    least = threshold([*judged[:at], *judged[at + 1 :]])
    return _tallies([judged[at]], _above(least))[0]


def _above(least: float) -> Callable[[bool, float], bool]:
    return lambda read, score: read and score >= least


def _tallies(judged: Sequence[JudgedCase], says: Callable[[bool, float], bool]) -> list[TrialTally]:
    return [_tally(one, says) for one in judged]


def _tally(one: JudgedCase, says: Callable[[bool, float], bool]) -> TrialTally:
    rows = zip(one.case.states, one.case.read, one.scores, strict=True)
    said = [(state, says(read, score)) for state, read, score in rows if state is not None]
    return TrialTally(
        sum(state and answer for state, answer in said),
        sum(answer for _, answer in said),
        sum(state for state, _ in said),
    )
