"""Figures of charts: what the script draws and what the table beside it says come from the same values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar
from urllib.parse import urlencode

from gongbao.search_api.catalog import AgencyRow, PairRow, month_window
from gongbao.search_api.web.render import agency_url

NODES = 40  # bodies in one network: more cannot be told apart
_TIES = 80
_SHARED = -1  # a tie of no role
_PLACE_ENDS = "省市区县州盟旗"


@dataclass(frozen=True, slots=True)
class Month:
    """`when`: past, now or ahead."""

    year: int
    month: int
    count: int
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class MonthChart:
    """Every month from the first to the last that holds something; `start` and `end`: those shown at first."""

    kind: ClassVar[str] = "months"
    label: str
    months: tuple[Month, ...]
    start: int
    end: int

    @property
    def years(self) -> list[tuple[int, dict[int, Month]]]:
        """For the table: year → its months, by number; years without anything are left out."""
        by_year = groupby(self.months, key=lambda month: month.year)
        rows = [(year, {month.month: month for month in found if month.count}) for year, found in by_year]
        return [(year, months) for year, months in rows if months]


@dataclass(frozen=True, slots=True)
class Bar:
    """`counts`: one for each series of its chart."""

    name: str
    counts: tuple[int, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    kind: ClassVar[str] = "bars"
    label: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A body; `short` without the place that most share; `group`: place in `Network.groups`."""

    name: str
    short: str
    count: int
    group: int
    href: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Between two nodes, by their places. `group`: as of nodes, or -1 where none leads; `faint`: only background."""

    source: int
    target: int
    count: int
    group: int
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """`columns` and `rows`: its table; `left_out`: bodies that are not drawn; `centred`: the first stands amidst."""

    kind: ClassVar[str] = "network"
    label: str
    groups: tuple[str, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    columns: tuple[str, ...]
    rows: tuple[Bar, ...]
    left_out: int
    centred: bool
    note: str


def month_chart(
    label: str, counts: Mapping[tuple[int, int], int], today: date, asked: Mapping[str, str] | None = None
) -> MonthChart | None:
    """None where nothing has a date; `asked`: what the calendar is asked besides the month."""
    if not counts:
        return None
    held = [_number(month) for month in counts]
    first, last = min(held), max(held)
    window = [_number(month) for month in month_window(dict(counts), today)]
    months = (_month(number, counts, today, asked or {}) for number in range(first, last + 1))
    return MonthChart(label, tuple(months), window[0] - first, window[-1] - first)


def agency_chart(label: str, rows: Iterable[AgencyRow]) -> BarChart:
    bars = (Bar(row.name, (row.lead, row.responsible, row.support), agency_url(row.name)) for row in rows)
    return BarChart(label, ("牵头", "责任", "配合"), tuple(bars))


def count_chart(label: str, unit: str, counts: Iterable[tuple[str, int]], parameter: str = "") -> BarChart:
    """One bar a name, longest as they come; with a parameter each leads to the documents that have it."""
    bars = (Bar(name, (n,), f"/documents?{urlencode({parameter: name})}" if parameter else "") for name, n in counts)
    return BarChart(label, (unit,), tuple(bars))


def corpus_network(agencies: Sequence[AgencyRow], pairs: Sequence[PairRow]) -> Network | None:
    """The busiest co-operations; None where no two bodies share a statement."""
    rows = {row.name: row for row in agencies}
    drawn = _strongest(pairs)
    if not drawn:
        return None
    names = sorted(
        {name for pair in drawn for name in pair.bodies}, key=lambda n: (_mostly(rows[n]), -rows[n].total, n)
    )
    place, short = {name: at for at, name in enumerate(names)}, shortened(names)
    nodes = (Node(name, short[name], rows[name].total, _mostly(rows[name]), agency_url(name)) for name in names)
    groups = ((pair, 0 if pair.lead >= pair.shared else _SHARED) for pair in drawn)
    ties = (Tie(place[pair.bodies[0]], place[pair.bodies[1]], pair.total, group) for pair, group in groups)
    return Network(
        label="各单位共同承担的任务与职责",
        groups=("牵头为主", "责任为主", "配合为主"),
        nodes=tuple(nodes),
        ties=tuple(ties),
        columns=("一方牵头", "共同承担", "合计"),
        rows=tuple(Bar(" — ".join(pair.bodies), (pair.lead, pair.shared, pair.total)) for pair in drawn),
        left_out=len({name for pair in pairs for name in pair.bodies}) - len(names),
        centred=False,
        note="圆点越大，承担的项数越多；连线越粗，共同承担的项数越多。蓝线：多为一方牵头；灰线：多为共同承担。",
    )


def body_network(
    own: str, total: int, partners: Mapping[str, tuple[int, ...]], pairs: Mapping[tuple[str, str], PairRow]
) -> Network | None:
    """A body with those that it works with. `partners`: name → statements that `own` leads, is responsible for and
    supports; `pairs`: what the partners share among themselves."""
    if not partners:
        return None
    group = {name: max(range(len(counts)), key=counts.__getitem__) for name, counts in partners.items()}
    ordered = sorted(partners, key=lambda name: (-sum(partners[name]), name))
    names = sorted(ordered[: NODES - 1], key=lambda name: group[name])  # stable: each colour strongest first
    short = shortened([own, *names])
    others = (Node(name, short[name], sum(partners[name]), group[name], agency_url(name)) for name in names)
    spokes = (Tie(0, at, sum(partners[name]), group[name]) for at, name in enumerate(names, 1))
    return Network(
        label=f"与{own}共同承担任务与职责的单位",
        groups=("本单位牵头", "本单位负责", "本单位配合", own),
        nodes=(Node(own, short[own], total, 3, ""), *others),
        ties=(*spokes, *_among(names, pairs)),
        columns=("牵头", "负责", "配合", "合计"),
        rows=tuple(Bar(name, (*partners[name], sum(partners[name])), agency_url(name)) for name in ordered[:NODES]),
        left_out=len(ordered) - len(names),
        centred=True,
        note="颜色：本单位在共同承担的任务与职责中多为何种角色；圆点越大，共同承担的项数越多。",
    )


def _strongest(pairs: Iterable[PairRow]) -> list[PairRow]:
    """The first ones, as long as there is room for their bodies."""
    drawn: list[PairRow] = []
    names: set[str] = set()
    for pair in pairs:
        if len(names | set(pair.bodies)) <= NODES and len(drawn) < _TIES:
            names |= set(pair.bodies)
            drawn.append(pair)
    return drawn


def _among(names: Sequence[str], pairs: Mapping[tuple[str, str], PairRow]) -> list[Tie]:
    """Ties of those around a body with each other, strongest first."""
    place = {name: at for at, name in enumerate(names, 1)}
    found = (pairs.get((a, b)) for a in names for b in names if a < b)
    strongest = sorted((pair for pair in found if pair), key=lambda pair: -pair.total)[:_TIES]
    return [Tie(place[p.bodies[0]], place[p.bodies[1]], p.total, _SHARED, faint=True) for p in strongest]


def shortened(names: Sequence[str]) -> dict[str, str]:
    """Name → without the place before it, where more than half of the names begin with that place."""
    places = [name[:end] for name in names for end in range(2, len(name) - 1) if _ends_place(name, end)]
    common = [place for place in set(places) if places.count(place) * 2 > len(names)]
    place = max(common, key=len, default="")
    return {name: name.removeprefix(place) if name != place else name for name in names}


def _ends_place(name: str, end: int) -> bool:
    """云川市|市场监管局: the second 市 belongs to the body."""
    return name[end - 1] in _PLACE_ENDS and name[end - 2] != name[end - 1]


def _mostly(row: AgencyRow) -> int:
    counts = (row.lead, row.responsible, row.support)
    return counts.index(max(counts))


def _month(number: int, counts: Mapping[tuple[int, int], int], today: date, asked: Mapping[str, str]) -> Month:
    year, month = number // 12, number % 12 + 1
    current = _number((today.year, today.month))
    when = "now" if number == current else "past" if number < current else "ahead"
    query = urlencode({"month": f"{year:04d}-{month:02d}"} | dict(asked))
    return Month(year, month, counts.get((year, month), 0), when, f"/calendar?{query}")


def _number(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1] - 1
