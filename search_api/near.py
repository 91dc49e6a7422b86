"""Names that the corpus does not know, and those it knows that are like them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from gongbao.index.models import Filters
from gongbao.index.service import Service
from gongbao.search_api.catalog import Catalog
from rapidfuzz import fuzz, process

_LIKE = 60  # of 100
_MOST = 6


def near_names(name: str, catalog: Catalog) -> list[str]:
    """Bodies whose names are like this one, nearest first."""
    names = [row.name for row in catalog.agencies]
    return [found for found, *_ in process.extract(name, names, scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=_MOST)]


def unknown_names(filters: Filters, service: Service, catalog: Catalog, today: date) -> Iterator[str]:
    """For people: which body or issue of the filters the corpus has nothing of at all, and what is like it."""
    body = filters.agency
    if body and not any(islice(service.iter_tasks(None, Filters(agency=body), today=today), 1)):
        near = near_names(body, catalog)
        yield f"语料库中没有“{body}”的任务或职责" + (f"，名称相近的有：{'、'.join(near)}" if near else "，请检查名称")
    if filters.issue and filters.issue not in catalog.issues:
        held = [found for found, *_ in process.extract(filters.issue, catalog.issues, scorer=fuzz.ratio, limit=_MOST)]
        yield f"语料库中没有 {filters.issue} 期" + (f"，相近的有：{'、'.join(held)}" if held else "")
