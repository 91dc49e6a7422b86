# ruff: noqa: E501 (tables of cases: one case a line reads best)
"""Who heads a body that meets, and who stands beside: one duty."""

from __future__ import annotations

import pytest

from tests.nlp.writing import statements

_CHAIRS = [
    # whose post is told behind
    ("联席会议由市水利局局长担任召集人，市财政局局长担任副召集人。", "L:市水利局局长@ S:市财政局局长@|市水利局局长担任召集人，市财政局局长担任副召集人", "担任"),
    ("联席会议由市水利局局长兼任召集人，市财政局局长兼任副召集人。", "L:市水利局局长@ S:市财政局局长@|市水利局局长兼任召集人，市财政局局长兼任副召集人", "兼任"),
    ("联席会议由市水利局局长为召集人，市财政局局长为副召集人。", "L:市水利局局长@ S:市财政局局长@|市水利局局长为召集人，市财政局局长为副召集人", "为"),
    ("市指挥部由市长任指挥长，副市长任副指挥长。", "L:市长@ S:副市长@|市长任指挥长，副市长任副指挥长", "任, 指挥长"),
    ("联席会议由副市长担任总召集人，市水利局局长担任召集人。", "L:副市长@ S:市水利局局长@|副市长担任总召集人，市水利局局长担任召集人", "one is over the other"),
    ("联席会议由副市长担任联席会议召集人，市水利局局长担任副召集人。", "L:副市长@ S:市水利局局长@|副市长担任联席会议召集人，市水利局局长担任副召集人", "of what, at the head"),
    ("联席会议由副市长担任召集人，市水利局局长担任联席会议副召集人。", "L:副市长@ S:市水利局局长@|副市长担任召集人，市水利局局长担任联席会议副召集人", "of what, at the deputy"),
    # whose post is told in front, of the head or of both
    ("联席会议总召集人由副市长担任，市水利局局长担任联席会议召集人。", "L:副市长@ S:市水利局局长@|总召集人由副市长担任，市水利局局长担任联席会议召集人", "of the head"),
    ("召集人由副市长担任；市水利局局长担任副召集人。", "L:副市长@ S:市水利局局长@|召集人由副市长担任；市水利局局长担任副召集人", "a semicolon between"),
    ("召集人由副市长担任，由市水利局局长担任副召集人。", "L:副市长@ S:市水利局局长@|召集人由副市长担任，由市水利局局长担任副召集人", "由 again"),
    ("召集人由副市长担任（特殊情况下由市长担任），市水利局局长担任副召集人。", "L:副市长@ S:市水利局局长@|召集人由副市长担任（特殊情况下由市长担任），市水利局局长担任副召集人", "who else may"),
    ("总指挥由副市长担任，副总指挥由市水利局局长担任。", "L:副市长@ S:市水利局局长@|总指挥由副市长担任，副总指挥由市水利局局长担任", "of both"),
    ("总指挥由副市长担任（特殊情况下由市长担任）；副总指挥由市水利局局长担任。", "L:副市长@ S:市水利局局长@|总指挥由副市长担任（特殊情况下由市长担任）；副总指挥由市水利局局长担任", "who else may, a semicolon"),
    ("总召集人由副市长担任，副召集人由市水利局局长担任。", "L:副市长@ S:市水利局局长@|总召集人由副市长担任，副召集人由市水利局局长担任", "总 is told with it"),
    # posts that those have who hold one
    ("市指挥部由市委书记任总指挥，市长任副总指挥。", "L:市委书记@ S:市长@|市委书记任总指挥，市长任副总指挥", "书记"),
    ("联席会议由副市长担任召集人，市发展改革委主任担任副召集人。", "L:副市长@ S:市发展改革委主任@|副市长担任召集人，市发展改革委主任担任副召集人", "主任: its 任 is no verb"),
    ("联席会议由市政府分管领导担任召集人，市水利局负责人担任副召集人。", "L:市政府分管领导@ S:市水利局负责人@|市政府分管领导担任召集人，市水利局负责人担任副召集人", "领导, 负责人"),
    ("联席会议由副市长担任召集人，市水利局负责同志担任副召集人。", "L:副市长@ S:市水利局负责同志@|副市长担任召集人，市水利局负责同志担任副召集人", "负责同志"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), _CHAIRS)
def test_head_and_deputies_are_one_duty(text: str, expected: str, why: str) -> None:
    assert statements(text) == [expected], why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("联席会议由市水利局担任召集人，市财政局担任副召集人。", "bodies"),
        ("联席会议由张三担任召集人，李四担任副召集人。", "names"),
    ],
)
def test_who_has_no_post_holds_none(text: str, why: str) -> None:
    assert statements(text) == [], why


@pytest.mark.parametrize("behind", ["，统筹节水。", "；联席会议每年一次。", ""])
def test_whatever_stands_behind(behind: str) -> None:
    (found, *_) = statements(f"联席会议由市长担任召集人，副市长担任副召集人{behind}")
    assert found == "L:市长@ S:副市长@|市长担任召集人，副市长担任副召集人"
