"""Facets as links."""

from __future__ import annotations

from datetime import date

from gongbao.index.models import Facet, FacetValue
from gongbao.search_api.web.facets import facet_views, widened
from starlette.datastructures import QueryParams

TODAY = date(2024, 5, 29)


def test_a_value_narrows_and_again_widens() -> None:
    facet = Facet("agency", (FacetValue("云川市水利局", 3), FacetValue("云川市财政局", 2)))
    (view,) = facet_views([facet], QueryParams({"agency": "云川市财政局"}), TODAY)
    assert view.label == "承担单位"
    assert [(c.chosen, c.changes) for c in view.choices] == [
        (False, {"agency": ["云川市财政局", "云川市水利局"]}),
        (True, {"agency": []}),
    ]


def test_months_from_this_one_on() -> None:
    facet = Facet("due_month", (FacetValue("2024-06", 1), FacetValue("2024-02", 9), FacetValue("2024-05", 4)))
    (view,) = facet_views([facet], QueryParams(), TODAY)
    assert [choice.text for choice in view.choices] == ["2024年5月", "2024年6月"]
    assert view.choices[1].changes == {"due_month": ["2024-06"]}


def test_where_a_value_is_chosen_others_may_be_chosen_beside_it() -> None:
    year, genre = Facet("year", (FacetValue("2024", 5),)), Facet("genre", (FacetValue("通知", 5),))
    every = Facet("year", (FacetValue("2024", 5), FacetValue("2023", 3)))
    asked = QueryParams("year=2024&q=节水")
    found = widened([year, genre], asked, lambda without: [every] if str(without) == "q=%E8%8A%82%E6%B0%B4" else [])
    assert found == [every, genre]


def test_what_leaves_no_choice_is_not_shown() -> None:
    assert facet_views([Facet("year", (FacetValue("2024", 5),)), Facet("genre", ())], QueryParams(), TODAY) == []
