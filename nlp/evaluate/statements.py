"""Who does what: bodies with roles, whole statements, canonical names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gongbao.nlp.evaluate.items import Party, Statement
from gongbao.nlp.evaluate.report import Verdict, verdict_id
from gongbao.nlp.evaluate.score import Part, f1, share
from gongbao.nlp.evaluate.text import key, same_task

_AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class _Bound:
    """One body with its role in one statement."""

    doc: str
    party: Party
    what: str
    task: str

    def words(self) -> str:
        return f"{self.doc}\t{self.party.printed}\t{self.party.role}\t{self.what[:60]}"

    def id(self) -> str:
        return verdict_id("party", self.doc, self.party.name, self.party.role, self.task[:60])


def _bound(statements: Iterable[Statement]) -> list[_Bound]:
    return [_Bound(one.doc, party, one.what, one.task) for one in statements for party in one.parties]


def measure_statements(gold: list[Statement], predicted: list[Statement]) -> Part:
    wanted, made = _bound(gold), _bound(predicted)
    agencies = [one for one in wanted if one.party.type == _AGENCY]
    # A name that gold never holds for one body is not counted against a prediction's type.
    others = {_name(one) for one in wanted if one.party.type != _AGENCY} - {_name(one) for one in agencies}
    bodies = [one for one in made if (one.party.type or _AGENCY) == _AGENCY and _name(one) not in others]
    hits = _matches(agencies, bodies, with_role=True)
    exact, limits = _whole(gold, predicted)
    limits_wanted = sum(len(one.values) for one in gold)
    measures = (
        f1("responsibility_agency_f1", len(hits), len(bodies), len(agencies)),
        f1("responsibility_agency_norole_f1", len(_matches(agencies, bodies, False)), len(bodies), len(agencies)),
        f1("responsibility_all_f1", len(_matches(wanted, made, True)), len(made), len(wanted)),
        f1("statement_exact_f1", exact, len(predicted), len(gold)),
        share("task_deadline_recall", limits, limits_wanted),
    )
    return Part(measures, _verdicts(agencies, bodies, hits))


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


def _whole(gold: list[Statement], predicted: list[Statement]) -> tuple[int, int]:
    """Statements with every party right, and their limits that are right."""
    used: set[int] = set()
    exact = limits = 0
    for one in gold:
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
            exact += best == 1
            limits += len(one.values & predicted[place].values)
    return exact, limits


def _parties(one: Statement) -> frozenset[tuple[str, str]]:
    return frozenset((party.name, party.role) for party in one.parties)


def _verdicts(gold: list[_Bound], made: list[_Bound], hits: dict[int, int]) -> tuple[Verdict, ...]:
    wanted = [Verdict(one.id(), "责任", True, index in hits, one.words()) for index, one in enumerate(gold)]
    used = set(hits.values())
    noise = [Verdict(o.id(), "责任", False, True, o.words()) for i, o in enumerate(made) if i not in used]
    return (*wanted, *noise)


def measure_names(register: Path, predicted: list[Statement]) -> Part:
    """Each short name of agencies.tsv that was met: is its commonest canonical name the right one?"""
    canonical = dict(_pairs(register))
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for one in predicted:
        for party in one.parties:
            if party.name in canonical:
                met[party.name][party.agency] += 1
    good = sum(names.most_common(1)[0][0] == canonical[name] for name, names in met.items())
    words = f" mentions of {len(canonical)} in the register"
    return Part((share("agency_canonical_accuracy", good, len(met), words),))


def _pairs(register: Path) -> Iterable[tuple[str, str]]:
    lines = register.read_text("utf-8").splitlines() if register.exists() else []
    for line in lines:
        if "\t" in line:
            mention, name = line.split("\t")[:2]
            yield key(mention), key(name)
