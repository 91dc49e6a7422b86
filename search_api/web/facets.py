"""Facets as links: what a value narrows the search to, and whether it does so already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongbao.index.models import Facet, FacetValue
from gongbao.search_api import labels
from starlette.datastructures import QueryParams

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """`changes`: the parameters to set, or to take out where it is chosen."""

    text: str
    count: int
    chosen: bool
    changes: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class FacetView:
    label: str
    choices: tuple[FacetChoice, ...]


def facet_views(facets: Iterable[Facet], asked: QueryParams, today: date) -> list[FacetView]:
    """Those with something to choose from, in the order given."""
    views = (_view(facet, asked, today) for facet in facets if facet.values)
    return [view for view in views if len(view.choices) > 1 or any(choice.chosen for choice in view.choices)]


def widened(
    facets: Iterable[Facet], asked: QueryParams, others: Callable[[QueryParams], Iterable[Facet]]
) -> list[Facet]:
    """Where a value of a facet is chosen already, the facet as it would be without: others may be chosen beside it.

    `others`: the facets of an address.
    """
    return [_widened(facet, asked, others) if any(asked.getlist(facet.name)) else facet for facet in facets]


def _widened(facet: Facet, asked: QueryParams, others: Callable[[QueryParams], Iterable[Facet]]) -> Facet:
    without = QueryParams([(name, value) for name, value in asked.multi_items() if name != facet.name])
    return next((other for other in others(without) if other.name == facet.name), facet)


def _view(facet: Facet, asked: QueryParams, today: date) -> FacetView:
    name, values = facet.name, list(facet.values)
    shown = _months_ahead(values, today) if name == "due_month" else values[:_SHOWN]
    held = [value for value in values if value.value in asked.getlist(name) and value not in shown]
    label = labels.FACETS.get(name, name)
    return FacetView(label, tuple(_choice(name, value, asked) for value in [*shown, *held]))


def _choice(name: str, value: FacetValue, asked: QueryParams) -> FacetChoice:
    held = asked.getlist(name)
    chosen = value.value in held
    others = [each for each in held if each and each != value.value]
    text = labels.facet_value(name, value.value)
    return FacetChoice(text, value.count, chosen, {name: others if chosen else [*others, value.value]})


def _months_ahead(values: Iterable[FacetValue], today: date) -> list[FacetValue]:
    """From this month on; where all has passed, the last ones."""
    ordered = sorted(values, key=lambda value: value.value)
    ahead = [value for value in ordered if value.value >= f"{today:%Y-%m}"]
    return ahead[:_SHOWN] or ordered[-_SHOWN:]
