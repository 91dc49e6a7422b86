"""Who does what: bodies with roles, whole statements, canonical names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from gongbao.nlp.evaluate.intervals import ScoredThing, count, intervals
from gongbao.nlp.evaluate.items import ScoredParty, ScoredStatement
from gongbao.nlp.evaluate.report import ScoreFinding, verdict_id
from gongbao.nlp.evaluate.score import ScorePart, f1, share
from gongbao.nlp.evaluate.text import key, same_task

_AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class _Bound:
    """One body with its role in one statement."""

    doc: str
    party: ScoredParty
    what: str
    task: str
    form: str

    def words(self) -> str:
        return f"{self.doc}\t{self.party.printed}\t{self.party.role}\t{self.what[:60]}"

    def id(self) -> str:
        return verdict_id("party", self.doc, self.party.name, self.party.role, self.task[:60])


def _bound(statements: Iterable[ScoredStatement]) -> list[_Bound]:
    return [_Bound(one.doc, party, one.what, one.task, one.form) for one in statements for party in one.parties]


@dataclass(frozen=True, slots=True)
class Judged:
    """The two main figures' parts, thing by thing."""

    bodies: tuple[ScoredThing, ...]
    statements: tuple[ScoredThing, ...]


def judge(gold: list[ScoredStatement], predicted: list[ScoredStatement]) -> Judged:
    agencies, bodies = _agencies(gold, predicted)
    return Judged(
        _outcomes(agencies, bodies, _matches(agencies, bodies, with_role=True)),
        _outcomes(gold, predicted, _whole(gold, predicted)[0]),
    )


def measure_statements(
    gold: list[ScoredStatement], predicted: list[ScoredStatement], documents: Iterable[str]
) -> ScorePart:
    """`documents`: all that gold covers."""
    wanted, made = _bound(gold), _bound(predicted)
    agencies, bodies = _agencies(gold, predicted)
    hits = _matches(agencies, bodies, with_role=True)
    exact, limits = _whole(gold, predicted)
    sure = intervals(documents, count(_outcomes(agencies, bodies, hits)), count(_outcomes(gold, predicted, exact)))
    measures = (
        f1("responsibility_agency_f1", len(hits), len(bodies), len(agencies), next(sure)),
        f1("responsibility_agency_norole_f1", len(_matches(agencies, bodies, False)), len(bodies), len(agencies)),
        f1("responsibility_all_f1", len(_matches(wanted, made, True)), len(made), len(wanted)),
        f1("statement_exact_f1", len(exact), len(predicted), len(gold), next(sure)),
        share("task_deadline_recall", limits, sum(len(one.values) for one in gold)),
    )
    return ScorePart(measures, _verdicts(agencies, bodies, hits))


@dataclass(frozen=True, slots=True)
class Right:
    """Of one predicted statement: which parties are right, and whether all of it is."""

    parties: tuple[bool, ...]
    whole: bool


def find_right(gold: list[ScoredStatement], predicted: list[ScoredStatement]) -> list[Right]:
    """One for each prediction, in order."""
    hits = set(_matches(_bound(gold), _bound(predicted), with_role=True).values())
    exact = set(_whole(gold, predicted)[0].values())
    ends = list(accumulate((len(one.parties) for one in predicted), initial=0))
    return [
        Right(tuple(at in hits for at in range(ends[place], ends[place + 1])), place in exact)
        for place in range(len(predicted))
    ]


def _agencies(gold: list[ScoredStatement], predicted: list[ScoredStatement]) -> tuple[list[_Bound], list[_Bound]]:
    """Single bodies. A name that gold never holds for one is not counted against a prediction's type."""
    wanted = _bound(gold)
    agencies = [one for one in wanted if one.party.type == _AGENCY]
    others = {_name(one) for one in wanted if one.party.type != _AGENCY} - {_name(one) for one in agencies}
    made = _bound(predicted)
    return agencies, [o for o in made if (o.party.type or _AGENCY) == _AGENCY and _name(o) not in others]


def _outcomes(
    gold: Sequence[_Bound | ScoredStatement], made: Sequence[_Bound | ScoredStatement], hits: Mapping[int, int]
) -> tuple[ScoredThing, ...]:
    used = set(hits.values())
    wanted = [ScoredThing(one.doc, one.form, True, index in hits) for index, one in enumerate(gold)]
    noise = [ScoredThing(one.doc, one.form, False, True) for index, one in enumerate(made) if index not in used]
    return (*wanted, *noise)


def _name(one: _Bound) -> tuple[str, str]:
    return one.doc, one.party.name


def _matches(gold: list[_Bound], made: list[_Bound], with_role: bool) -> dict[int, int]:
    """Gold index → index of the first unused prediction of the same body and task."""
    places: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(made):
        places[(*_name(one), one.party.role if with_role else "")].append(index)
    used: set[int] = set()
    found: dict[int, int] = {}
    for index, one in enumerate(gold):
        for place in places[(*_name(one), one.party.role if with_role else "")]:
            if place not in used and same_task(one.task, made[place].task):
                used.add(place)
                found[index] = place
                break
    return found


def _whole(gold: list[ScoredStatement], predicted: list[ScoredStatement]) -> tuple[dict[int, int], int]:
    """Gold index → index of the prediction with every party the same; and how many limits of all are right."""
    used: set[int] = set()
    exact: dict[int, int] = {}
    limits = 0
    for number, one in enumerate(gold):
        parties = _parties(one)
        best, place = 0.0, -1
        for index, other in enumerate(predicted):
            if index in used or other.doc != one.doc or not same_task(one.task, other.task):
                continue
            shared = _parties(other)
            likeness = len(parties & shared) / max(1, len(parties | shared))
            if likeness > best:
                best, place = likeness, index
        if place >= 0:
            used.add(place)
            exact |= {number: place} if best == 1 else {}
            limits += len(one.values & predicted[place].values)
    return exact, limits


def _parties(one: ScoredStatement) -> frozenset[tuple[str, str]]:
    return frozenset((party.name, party.role) for party in one.parties)


def _verdicts(gold: list[_Bound], made: list[_Bound], hits: dict[int, int]) -> tuple[ScoreFinding, ...]:
    wanted = [ScoreFinding(one.id(), "责任", True, index in hits, one.words()) for index, one in enumerate(gold)]
    used = set(hits.values())
    noise = [ScoreFinding(o.id(), "责任", False, True, o.words()) for i, o in enumerate(made) if i not in used]
    return (*wanted, *noise)


def measure_names(register: Path, predicted: list[ScoredStatement]) -> ScorePart:
    """Each short name of agencies.tsv that was met: is its commonest canonical name the right one?"""
    canonical = dict(_pairs(register))
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for one in predicted:
        for party in one.parties:
            if party.name in canonical:
                met[party.name][party.agency] += 1
    good = sum(names.most_common(1)[0][0] == canonical[name] for name, names in met.items())
    words = f" mentions of {len(canonical)} in the register"
    return ScorePart((share("agency_canonical_accuracy", good, len(met), words),))


def _pairs(register: Path) -> Iterable[tuple[str, str]]:
    lines = register.read_text("utf-8").splitlines() if register.exists() else []
    for line in lines:
        if "\t" in line:
            mention, name = line.split("\t")[:2]
            yield key(mention), key(name)
