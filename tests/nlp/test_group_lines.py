# ruff: noqa: E501 (tables of cases: one case a line reads best)
"""Work groups told in one paragraph, and lines of one make whose bodies nobody knows."""

from __future__ import annotations

import pytest

from tests.nlp.writing import statements

_DUTY = "负责各类险情抢护，调度物资"
_GROUPS = [
    (f"（1）抢险组：由水务局、应急局组成。市水务局局长任组长。{_DUTY}。", [f"L:市水务局局长@ S:水务局 S:应急局|{_DUTY}"], "the head is told by itself"),
    (f"抢险组：组长由市水务局局长担任，副组长由市应急局局长担任，成员由水务局、应急局组成，主要职责：{_DUTY}。", [f"L:市水务局局长@ S:市应急局局长@ S:水务局 S:应急局|{_DUTY}"], "heads first"),
    (f"抢险组：由市水务局牵头，市应急局、市公安局参加。根据需要，{_DUTY}。", [f"L:市水务局 S:市应急局 S:市公安局|根据需要，{_DUTY}"], "whatever the duty begins with"),
    *(
        (f"抢险组：市水务局任组长单位，市应急局、市公安局{join}。{_DUTY}。", [f"L:市水务局 S:市应急局 S:市公安局|{_DUTY}"], "a unit is the head, others join")
        for join in ("参与", "参加")
    ),
    *(
        (f"抢险组：由市水务局牵头，市应急局、市公安局{join}。{_DUTY}。", [f"L:市水务局 S:市应急局 S:市公安局|{_DUTY}"], "a leading unit, others join")
        for join in ("参与", "配合")
    ),
    (f"抢险组：由市水务局、市应急局参加。{_DUTY}。", [f"R:市水务局 R:市应急局|{_DUTY}"], "whoever joins, without a lead"),
    (f"抢险组：由市水务局、市应急局组成。{_DUTY}。", [f"R:市水务局 R:市应急局|{_DUTY}"], "nobody leads"),
    (
        "成立节水工作领导小组，由市长任组长，副市长任副组长，市水利局、市财政局等部门主要负责人为成员，统筹节水工作。",
        ["L:市长@ S:副市长@ S:市水利局 S:市财政局|成立节水工作领导小组，由市长任组长，副市长任副组长，市水利局、市财政局等部门主要负责人为成员，统筹节水工作"],
        "what is founded is told with its founding; a member is a unit",
    ),
    (
        "成立节水工作领导小组（以下简称领导小组）。组长由市长担任；成员由市水利局、市财政局等单位分管领导组成。领导小组负责全市节水工作。",
        [
            "L:市长@ S:市水利局 S:市财政局|成立节水工作领导小组（以下简称领导小组）。组长由市长担任；成员由市水利局、市财政局等单位分管领导组成。领导小组负责全市节水工作",
            "R:领导小组|全市节水工作",
        ],
        "what the paragraph goes on with stays a statement of its own",
    ),
    ("抢险组：由技术骨干组成。负责抢险。", [], "no body is named"),
    ("抢险组由市水利局、市财政局组成。", [], "nothing is told of what it does"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), _GROUPS)
def test_a_group_in_a_paragraph(text: str, expected: list[str], why: str) -> None:
    assert statements(text) == expected, why


_KNOWN = ["市水利局：负责水情监测。", "市财政局：负责资金保障。"]
_RUNS = [
    ([*_KNOWN, "供销总社：协助做好物资供应。"], "S:供销总社|协助做好物资供应", "between known ones"),
    ([*_KNOWN, "云动办（人防办）：负责人防工程安全。"], "R:云动办（人防办）|负责人防工程安全", "with a second name"),
    ([*_KNOWN, "县乡专管员职责：负责日常巡查。"], "R:县乡专管员|负责日常巡查", "with the word for what follows"),
    ([*_KNOWN, "水渠总社：（1）监测水情；（2）调度工程。"], "R:水渠总社|监测水情", "duties that are numbered"),
    ([*_KNOWN, "加强领导：负责人要到位。"], None, "a verb begins no name"),
    (["工作目标：建设水库。", "供销总社：协助做好物资供应。", *_KNOWN[:1]], None, "too few are known"),
    (["1.市水利局：负责水情监测。", "供销总社：协助做好物资供应。", "2.市财政局：负责资金保障。"], None, "of another make"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected", "why"), _RUNS)
def test_an_unknown_body_among_known_ones(lines: list[str], expected: str | None, why: str) -> None:
    own = [found for found in statements(*lines) if not found.startswith(("R:市水利局|", "R:市财政局|"))]
    assert (own[0] if own else None) == expected, why
