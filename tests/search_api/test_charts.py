"""What charts show, and that their tables say the same."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import combinations

import pytest
from gongbao.search_api.catalog import AgencyRow, PairRow
from gongbao.search_api.web import charts
from gongbao.search_api.web.charts import NODES, body_network, corpus_network, count_chart, month_chart, shortened
from gongbao.search_api.web.render import STATIC, _environment

TODAY = date(2024, 5, 29)


def test_months_without_anything_are_drawn_and_left_out_of_the_table() -> None:
    chart = month_chart("到期", {(2024, 4): 2, (2024, 5): 1, (2026, 1): 3}, TODAY, {"agency": "市水利局"})
    assert chart is not None
    assert len(chart.months) == 22  # 2024-04 to 2026-01
    assert [month.when for month in chart.months[:3]] == ["past", "now", "ahead"]
    assert [(year, sorted(months)) for year, months in chart.years] == [(2024, [4, 5]), (2026, [1])]
    assert chart.months[0].href == "/calendar?month=2024-04&agency=%E5%B8%82%E6%B0%B4%E5%88%A9%E5%B1%80"
    assert (chart.start, chart.end) == (0, 17)


def test_ten_years_show_a_window_around_today() -> None:
    chart = month_chart("到期", {(year, month): 1 for year in range(2015, 2026) for month in range(1, 13)}, TODAY)
    assert chart is not None
    shown = chart.months[chart.start : chart.end + 1]
    assert (shown[0].year, shown[0].month, len(shown)) == (2024, 2, 18)
    assert len(chart.years) == 11


def test_nothing_dated_is_no_chart() -> None:
    assert month_chart("到期", {}, TODAY) is None


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["云川市水利局", "云川市教育局", "省林业局"], ["水利局", "教育局", "省林业局"]),  # the place most share
        (["云川市水利局", "石门市水利局"], ["云川市水利局", "石门市水利局"]),  # two places: both must be told
        (["云川市市场监管局", "云川市市容局"], ["市场监管局", "市容局"]),  # 市 twice in a row
        (["云州市教育局", "云州市审计局"], ["教育局", "审计局"]),  # 州 before 市 is part of the name
        (["云川市公安局", "云川市", "云川市司法局"], ["公安局", "云川市", "司法局"]),  # the place itself
        (["县级政府", "区属企业"], ["县级政府", "区属企业"]),  # 县 and 区 without a name before them
    ],
)
def test_the_place_that_most_share_is_left_out(names: list[str], short: list[str]) -> None:
    assert list(shortened(names).values()) == short


def test_a_big_corpus_shows_its_strongest_ties_and_says_what_is_left_out() -> None:
    names = [f"第{number:03d}局" for number in range(120)]
    rows = [AgencyRow(name, 1, 2, 3) for name in names]
    pairs = [PairRow(pair, n % 3, 900 - n % 3 - n) for n, pair in enumerate(combinations(names, 2)) if n < 900]
    network = corpus_network(rows, pairs)
    assert network is not None
    assert len(network.nodes) <= NODES
    assert len(network.nodes) + network.left_out == len({name for pair in pairs for name in pair.bodies})
    drawn = {(network.nodes[t.source].name, network.nodes[t.target].name) for t in network.ties}
    assert {tuple(row.name.split(" — ")) for row in network.rows} == drawn
    assert pairs[0].bodies in drawn


def test_ties_tell_whether_one_leads() -> None:
    rows = [AgencyRow("甲局", 3, 0, 0), AgencyRow("乙局", 0, 0, 3), AgencyRow("丙局", 0, 2, 0)]
    network = corpus_network(rows, [PairRow(("甲局", "乙局"), 3, 0), PairRow(("丙局", "甲局"), 0, 2)])
    assert network is not None
    assert [tie.group for tie in network.ties] == [0, -1]
    assert [(node.name, node.group) for node in network.nodes] == [("甲局", 0), ("丙局", 1), ("乙局", 2)]


def test_no_two_bodies_share_anything() -> None:
    assert corpus_network([AgencyRow("甲局", 1, 0, 0)], []) is None
    assert body_network("甲局", 1, {}, {}) is None


def test_a_body_stands_amidst_those_it_works_with() -> None:
    pairs = {("乙局", "丙局"): PairRow(("乙局", "丙局"), 1, 1), ("乙局", "甲局"): PairRow(("乙局", "甲局"), 9, 9)}
    network = body_network("甲局", 12, {"乙局": (5, 1, 0), "丙局": (0, 0, 2)}, pairs)
    assert network is not None
    assert [(node.name, node.count, node.group) for node in network.nodes] == [
        ("甲局", 12, 3),
        ("乙局", 6, 0),
        ("丙局", 2, 2),
    ]
    assert [(t.source, t.target, t.count, t.faint) for t in network.ties if not t.faint] == [
        (0, 1, 6, False),
        (0, 2, 2, False),
    ]
    assert [row.counts for row in network.rows] == [(5, 1, 0, 6), (0, 0, 2, 2)]


def test_partners_are_tied_among_themselves_whichever_name_comes_first() -> None:
    pairs = {pair: PairRow(pair, 1, 1) for pair in combinations(sorted(["丙局", "乙局", "丁局"]), 2)}
    network = body_network("甲局", 9, {"乙局": (3, 0, 0), "丙局": (0, 2, 0), "丁局": (0, 0, 1)}, pairs)
    assert network is not None
    assert sum(tie.faint for tie in network.ties) == 3


def test_words_of_a_pdf_do_not_leave_the_data_block() -> None:
    chart = count_chart("各文种的文件", "文件", [("</script><script>alert(1)</script>", 1)])
    written = _environment.from_string("{{ chart | figures }}").render(chart=chart)
    assert "<" not in written
    assert json.loads(written)["bars"][0]["name"] == chart.bars[0].name


def test_every_kind_is_one_that_the_script_draws() -> None:
    script = (STATIC / "charts.js").read_text("utf-8")
    drawn = set(re.findall(r"(\w+): draw[A-Z]", script))
    assert {kind.kind for kind in (charts.MonthChart, charts.BarChart, charts.Network)} == drawn
