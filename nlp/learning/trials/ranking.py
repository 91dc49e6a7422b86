"""Which sentences without a statement look like one? A model's order against keywords and against chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongbao.nlp.learning.trials.folds import FEWEST, gain
from gongbao.nlp.learning.trials.sentences import JudgedCase
from gongbao.nlp.learning.trials.trial import Trial, TrialFigure, too_few
from gongbao.nlp.learning.units import SentenceUnit
from gongbao.nlp.learning.weights import Weights

QUESTION = "可能遗漏的责任语句"
_FEWEST_MISSED = 8  # sentences: fewer say nothing of an order

_BODY = re.compile(r"[局委办厅署]|部门|政府|单位|公司|中心|机构|支队|领导小组|指挥部")
_DOES = re.compile(r"负责|牵头|配合|责任|承担|落实|应当|须|(?<!重)要(?!求|素|点)|由")


def keyword_score(text: str) -> float:
    """What a search for words would do: a body, a word of duty, and how many of these."""
    duties = len(_DOES.findall(text))
    return bool(_BODY.search(text)) + bool(duties) + 0.01 * duties


@dataclass(frozen=True, slots=True)
class _RankedRow:
    unit: SentenceUnit
    features: tuple[str, ...]
    own: float
    missed: bool


def try_ranking(judged: Sequence[JudgedCase], shipped: Weights | None) -> Trial:
    """Average precision over the sentences that the rules leave out, by how far up the missed ones stand."""
    pools = [_pool(one) for one in judged]
    missed = sum(row.missed for pool in pools for row in pool)
    size = f"{len(judged)} 份文件，未读出的 {sum(map(len, pools))} 句中有 {missed} 句遗漏"
    if len(judged) < FEWEST or missed < _FEWEST_MISSED:
        return too_few(QUESTION, "AP", size, f"至少要 {FEWEST} 份文件、{_FEWEST_MISSED} 句遗漏")
    methods: list[tuple[str, bool, Callable[[_RankedRow], float]]] = [
        ("关键词", False, lambda row: keyword_score(row.unit.text)),
        ("本语料的模型", True, lambda row: row.own),
    ]
    if shipped:  # then it is what has to be beaten
        methods.insert(0, ("随程序附带的模型", False, lambda row: shipped.odds(row.features)))
    return Trial(QUESTION, "AP", size, (*_figures(pools, methods), _chance(pools)))


def _pool(one: JudgedCase) -> list[_RankedRow]:
    case = one.case
    rows = zip(case.units, case.features, one.scores, case.states, case.covered, strict=True)
    return [
        _RankedRow(unit, features, score, bool(state))
        for unit, features, score, state, covered in rows
        if state is not None and not covered
    ]


def _chance(pools: Sequence[Sequence[_RankedRow]]) -> TrialFigure:
    rows = [row.missed for pool in pools for row in pool]
    return TrialFigure("随机", sum(rows) / len(rows))


def _figures(
    pools: Sequence[Sequence[_RankedRow]], methods: Sequence[tuple[str, bool, Callable[[_RankedRow], float]]]
) -> list[TrialFigure]:
    scored = [[[(score(row), row.missed) for row in pool] for pool in pools] for _, _, score in methods]

    def reached(method: int, drawn: Sequence[int]) -> float:
        return average_precision([row for at in drawn for row in scored[method][at]])

    found = []
    for at, (name, usable, _) in enumerate(methods):
        own = gain(len(pools), lambda drawn, at=at: reached(at, drawn) - reached(0, drawn)) if at else None  # type: ignore[misc]
        found.append(TrialFigure(name, reached(at, range(len(pools))), own, usable))
    return found


def average_precision(rows: Sequence[tuple[float, bool]]) -> float:
    """Mean precision at the places of the wanted rows; equals stand in the worst order. 0 where none is wanted."""
    hits, total = 0, 0.0
    for place, (_, wanted) in enumerate(sorted(rows, key=lambda row: (-row[0], row[1])), 1):
        hits += wanted
        total += hits / place if wanted else 0.0
    return total / hits if hits else 0.0
