"""The filters of an address: what it names, in words, and the same as parameters."""

from __future__ import annotations

from dataclasses import fields
from urllib.parse import urlencode

from gongbao.index.models import Filters
from gongbao.search_api.labels import FACETS, facet_value
from starlette.datastructures import QueryParams

_NEVER_TYPED = {"next_due", "states", "any_of"}  # of filters, or otherwise


def conditions_of(asked: QueryParams) -> list[tuple[str, str, str, list[str]]]:
    """What filters an address names: parameter, its name in words, a value in words, and the values beside it."""
    found = []
    for name, label in FACETS.items():
        held = [value for value in asked.getlist(name) if value]
        found += [(name, label, facet_value(name, value), [o for o in held if o != value]) for value in held]
    return found


def filters_query(filters: Filters) -> str:
    """Filters as the parameters of an address."""
    named = ((field.name, getattr(filters, field.name)) for field in fields(filters) if field.name not in _NEVER_TYPED)
    typed = {name: str(value) for name, value in named if value is not None}
    states = [("state", state.value) for state in filters.states or ()]
    return urlencode([*typed.items(), *states])
