"""Which words name the bodies that are bound? The patterns, and the patterns less what a model rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongbao.nlp.evaluate.text import key
from gongbao.nlp.learning.trials.cases import Case
from gongbao.nlp.learning.trials.fitting import fit
from gongbao.nlp.learning.trials.folds import FEWEST, folds
from gongbao.nlp.learning.trials.lexicon import frequent
from gongbao.nlp.learning.trials.trial import CORRECTED, RULES, Trial, TrialTally, compare, f1, too_few
from gongbao.nlp.learning.vetoes import features_of_party, parties_in_text
from gongbao.nlp.learning.weights import Weights

QUESTION = "哪些文字是承担单位"
_THRESHOLDS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5)

Bound = frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _PartyMention:
    """A body as the rules read it in running text: where, its features, and whether gold has it there."""

    place: tuple[int, str]
    features: tuple[str, ...]
    right: bool


def learn(cases: Sequence[Case]) -> Weights:
    """What sets the right ones of the rules' bodies apart from the wrong ones."""
    rows = [(case.document.id, mention) for case in cases for mention in _mentions(case)]
    vocabulary = frequent((name, mention.features) for name, mention in rows)
    return fit([mention.features for _, mention in rows], [mention.right for _, mention in rows], vocabulary)


def _mentions(case: Case) -> list[_PartyMention]:
    """Each of `case.found` once."""
    made: dict[tuple[int, str], _PartyMention] = {}
    for party in parties_in_text(case.extraction.assignments):
        at = next((at for at, unit in enumerate(case.units) if party.span.start < unit.span.end), -1)
        place = (at, key(party.name))
        if place in case.found and case.states[at] is not None:
            made[place] = _PartyMention(place, features_of_party(case.document, party), place in case.parties)
    return list(made.values())


def try_parties(annotated: Sequence[Case]) -> tuple[Trial, float]:
    """The trial, and the probability below which what the rules read is best left out."""
    size = f"{len(annotated)} 份文件，{sum(len(_known(case, case.parties)) for case in annotated)} 处"
    if len(annotated) < FEWEST:
        return too_few(QUESTION, "F1", size), 0.0
    scored: dict[str, list[tuple[_PartyMention, float]]] = {}
    for learnt, judged in folds(annotated):
        weights = learn(learnt)
        for case in judged:
            scored[case.document.id] = [(m, weights.probability(m.features)) for m in _mentions(case)]
    methods = (
        (RULES, False, [_tally(case, case.found) for case in annotated]),
        (CORRECTED, True, [_corrected(annotated, scored, case) for case in annotated]),
    )
    return compare(QUESTION, size, methods), _threshold(annotated, scored)


def _known(case: Case, bound: Bound) -> Bound:
    """What stands in sentences that can be told."""
    return frozenset((at, name) for at, name in bound if case.states[at] is not None)


def _tally(case: Case, said: Bound) -> TrialTally:
    wanted, made = _known(case, case.parties), _known(case, said)
    return TrialTally(len(wanted & made), len(made), len(wanted))


def _kept(case: Case, scored: Sequence[tuple[_PartyMention, float]], least: float) -> TrialTally:
    return _tally(case, frozenset(mention.place for mention, score in scored if score >= least))


def _threshold(cases: Sequence[Case], scored: dict[str, list[tuple[_PartyMention, float]]]) -> float:
    def reached(least: float) -> float:
        return f1(_kept(case, scored[case.document.id], least) for case in cases)

    return max(_THRESHOLDS, key=lambda least: (reached(least), -least))


def _corrected(cases: Sequence[Case], scored: dict[str, list[tuple[_PartyMention, float]]], case: Case) -> TrialTally:
    """The threshold, too, is chosen on the other documents."""
    least = _threshold([other for other in cases if other is not case], scored)
    return _kept(case, scored[case.document.id], least)
