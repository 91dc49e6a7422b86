"""Headers that paint alone sets off from a ruled table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ingest.tables.conftest import Drawn, table
from tests.ingest.tables.test_find import LEVELS, LEVELS_FULL, STAFF, _check

CELLS = ".p td { border: .5pt solid } .p th { background: #a33; color: white }"
BAND = ".p td { border: .5pt solid } .p thead { background: #cde }"
TITLE = (
    ".t { background: #cde; margin: 0; text-align: center } .p { margin: 0; width: 100% } .p td { border: .5pt solid }"
)


@pytest.mark.parametrize("style", [CELLS, BAND], ids=["each cell", "one band"])
def test_a_painted_header_belongs_to_the_ruled_table_under_it(draw: Callable[..., Drawn], style: str) -> None:
    drawn = draw(table(STAFF, "p"), style)
    _check(drawn, [STAFF])
    assert drawn.tables()[0].header_rows == 1


def test_names_over_several_columns_of_a_painted_header(draw: Callable[..., Drawn]) -> None:
    _check(draw(table(LEVELS, "p", head=2), CELLS), [LEVELS_FULL])


def test_a_painted_header_that_is_printed_on_every_page_is_given_once(draw: Callable[..., Drawn]) -> None:
    rows = [[str(k), f"Works number {k}", "Riverton"] for k in range(1, 81)]
    _check(draw(table([["No", "Works", "Office"], *rows], "p"), CELLS), [[["No", "Works", "Office"], *rows]])


def test_a_painted_title_is_no_row(draw: Callable[..., Drawn]) -> None:
    drawn = draw("<p class=t>Staff of the works</p>" + table(STAFF, "p", head=0), TITLE)
    _check(drawn, [STAFF])


def test_a_painted_header_over_rows_with_a_rule_each(draw: Callable[..., Drawn]) -> None:
    style = ".r { width: 100%; border-top: 1.2pt solid; border-bottom: 1.2pt solid } .r thead { background: #06a }"
    _check(draw(table(STAFF, "r"), style + ".r td { border-bottom: .4pt solid #9bd }"), [STAFF])
