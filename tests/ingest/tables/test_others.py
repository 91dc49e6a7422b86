"""Pages of other makes: reports, accounts, forms and charts. Each row says which tables stand on the page.

The twelve were written, with what they hold, before any was read; docs/reports/reading.md has the first figures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ingest.tables.conftest import Drawn

TEXT = (
    "The council reviewed the accounts of the past year and noted that income rose more slowly than costs, chiefly "
    "because fees were kept as they were. It asked the treasurer to report again in spring. "
)


def _bars(values: list[int], lines: bool) -> str:
    """A chart: bars over names, figures along its axis, grid lines or none."""
    parts = []
    for k, value in enumerate(values):
        x = 50 + 60 * k
        parts.append(f'<rect x="{x}" y="{200 - value}" width="30" height="{value}" fill="#48a"/>')
        parts.append(f'<text x="{x}" y="215" font-size="10">{2019 + k}</text>')
        parts.append(f'<text x="{x}" y="{195 - value}" font-size="9">{value}</text>')
    for k in range(5):
        y = 200 - 40 * k
        parts.append(f'<text x="15" y="{y + 3}" font-size="10">{40 * k}</text>')
        if lines:
            parts.append(f'<path d="M40 {y} H400" stroke="#888" stroke-width=".5"/>')
    return f'<svg width="420" height="230">{"".join(parts)}</svg>'


def _boxes(names: list[str]) -> str:
    """An organisation: boxes with names, and lines between them."""
    parts = ['<rect x="150" y="5" width="120" height="30" fill="none" stroke="black"/>']
    parts.append('<text x="165" y="25" font-size="11">Board of works</text>')
    for k, name in enumerate(names):
        x = 10 + 135 * k
        parts.append(f'<path d="M210 35 V55 H{x + 60} V75" fill="none" stroke="black"/>')
        parts.append(f'<rect x="{x}" y="75" width="120" height="30" fill="none" stroke="black"/>')
        parts.append(f'<text x="{x + 12}" y="95" font-size="11">{name}</text>')
    return f'<svg width="420" height="120">{"".join(parts)}</svg>'


def _table(rows: list[list[str]], style: str = "", cell: str = "") -> str:
    made = ("".join(f"<td style='{cell}'>{text}</td>" for text in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in made)
    return f'<table style="{style}">{body}</table>'


ACCOUNTS = [
    ["", "2023", "2022"],
    ["Income", "", ""],
    ["Fees and charges", "12,450", "11,020"],
    ["Rents", "830", "745"],
    ["Total income", "13,280", "11,765"],
    ["Costs", "", ""],
    ["Wages", "(9,310)", "(8,900)"],
    ["Materials", "(2,004)", "(1,870)"],
    ["Surplus", "1,966", "995"],
]
LEDGER = [
    ["Date", "Details", "Debit", "Credit", "Balance"],
    ["3 May", "Brought forward", "", "", "1,204.50"],
    ["9 May", "Timber for the bridge", "310.00", "", "894.50"],
    ["12 May", "Grant, first part", "", "2,000.00", "2,894.50"],
    ["30 May", "Wages", "1,150.00", "", "1,744.50"],
]
HOURS = [
    ["", "Mon", "Tue", "Wed", "Thu", "Fri"],
    ["09:00", "Permits", "Permits", "Closed", "Permits", "Permits"],
    ["13:00", "Registry", "Closed", "Registry", "Registry", "Closed"],
    ["15:00", "Cashier", "Cashier", "Cashier", "Closed", "Cashier"],
]
CASES = [["Ward", "Cases", "Rate"], ["North", "120", "3.4"], ["South", "98", "2.9"], ["East", "201", "5.1"]]
RULED = "border-collapse:collapse"
LINES = "border:.5pt solid;padding:3pt"
FORM = (
    "<p>姓名：＿＿＿＿＿＿　　性别：＿＿＿　　出生年月：＿＿＿＿＿＿</p>" * 2
    + "<p>申请事项：＿＿＿＿＿＿＿＿＿＿＿＿＿＿</p>"
)

PAGES = [
    # page, tables, why
    (f"<p>{TEXT}</p>{_bars([60, 90, 75, 140, 110], lines=False)}<p>{TEXT}</p>", [], "bars with figures over them"),
    (f"<p>{TEXT}</p>{_bars([60, 90, 75, 140, 110], lines=True)}<p>{TEXT}</p>", [], "bars over the lines of an axis"),
    (f"<p>{TEXT}</p>{_boxes(['Roads', 'Bridges', 'Lighting'])}<p>{TEXT}</p>", [], "an organisation in boxes"),
    (
        f"<p>{TEXT * 2}</p>{_table(ACCOUNTS, 'width:70%')}<p>{TEXT}</p>",
        [ACCOUNTS],
        "accounts without lines, with headings",
    ),
    (
        f"<p>{TEXT}</p>{_table(LEDGER, 'width:100%;border-top:1pt solid;border-bottom:1pt solid')}",
        [LEDGER],
        "a ledger between two rules, with blanks in most rows",
    ),
    (f"<h2>Office hours</h2>{_table(HOURS, RULED, LINES)}<p>{TEXT}</p>", [HOURS], "a timetable with a blank corner"),
    (
        f"<div class=columns><p>{TEXT * 3}</p><p style='text-align:center'>Table 2 Cases by ward</p>"
        f"{_table(CASES, 'width:100%;border-top:1pt solid;border-bottom:1pt solid')}<p>{TEXT * 8}</p></div>",
        [CASES],
        "a table in one column of a paper",
    ),
    (f"<p style='text-align:center'>申请表</p>{FORM}<p>{TEXT}</p>", [], "a form of blanks to be filled"),
    (
        f"<p>{TEXT}</p><div style='border:1pt solid;padding:6pt'><b>Note</b> {TEXT}</div><p>{TEXT}</p>",
        [],
        "a note in a box",
    ),
    (
        f"<p>{TEXT}</p><p>Signed for the council<span style='float:right'>Signed for the trust</span></p>"
        "<p>A. Moor, Clerk<span style='float:right'>H. Field, Chair</span></p>",
        [],
        "two signatures beside each other",
    ),
    (
        f"<p>{TEXT}</p>"
        + "".join(f"<p>{name} {'.' * 60} {at}</p>" for name, at in [("Roads", 3), ("Rents", 9), ("Fees", 12)]),
        [],
        "a list of contents with dots",
    ),
    (
        f"<p>{TEXT}</p><div class=beside>{_table(CASES, RULED, LINES)}{_table(HOURS, RULED, LINES)}</div>",
        [CASES, HOURS],
        "two tables beside each other",
    ),
]


@pytest.mark.parametrize(("page", "expected", "why"), PAGES, ids=[row[2] for row in PAGES])
def test_pages_of_other_makes(draw: Callable[..., Drawn], page: str, expected: list[list[list[str]]], why: str) -> None:
    assert [found.grid() for found in draw(page).tables()] == expected
