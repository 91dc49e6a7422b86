"""Facets as links: what a value narrows the search to, and whether it does so already."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongbao.index.models import Facet, FacetValue
from gongbao.search_api import labels
from starlette.datastructures import QueryParams

_SHOWN = 10
_DUE_MONTH = "due_month"


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """`changes`: the parameters to set, or to take out where it is chosen."""

    text: str
    count: int
    chosen: bool
    changes: dict[str, str | list[str] | None]


@dataclass(frozen=True, slots=True)
class FacetView:
    label: str
    choices: tuple[FacetChoice, ...]


def facet_views(facets: Iterable[Facet], asked: QueryParams, today: date) -> list[FacetView]:
    """Those with something to choose from, in the order given."""
    views = (_view(facet, asked, today) for facet in facets if facet.values)
    return [view for view in views if len(view.choices) > 1 or any(choice.chosen for choice in view.choices)]


def _view(facet: Facet, asked: QueryParams, today: date) -> FacetView:
    name = facet.name
    if name == _DUE_MONTH:
        return FacetView("到期月份", tuple(_month(value, asked) for value in _months_ahead(facet.values, today)))
    shown = facet.values[:_SHOWN]
    return FacetView(labels.FACETS.get(name, name), tuple(_choice(name, value, asked) for value in shown))


def _choice(name: str, value: FacetValue, asked: QueryParams) -> FacetChoice:
    held = asked.getlist(name)
    chosen = value.value in held
    others = [each for each in held if each and each != value.value]
    text = labels.facet_value(name, value.value)
    return FacetChoice(text, value.count, chosen, {name: others if chosen else [*others, value.value]})


def _month(value: FacetValue, asked: QueryParams) -> FacetChoice:
    year, month = map(int, value.value.split("-"))
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    span = {"due_from": first.isoformat(), "due_to": last.isoformat()}
    chosen = all(asked.get(name) == day for name, day in span.items())
    return FacetChoice(
        f"{year}年{month}月", value.count, chosen, {n: None if chosen else day for n, day in span.items()}
    )


def _months_ahead(values: Iterable[FacetValue], today: date) -> list[FacetValue]:
    """From this month on; where all has passed, the last ones."""
    ordered = sorted(values, key=lambda value: value.value)
    ahead = [value for value in ordered if value.value >= f"{today:%Y-%m}"]
    return ahead[:_SHOWN] or ordered[-_SHOWN:]
