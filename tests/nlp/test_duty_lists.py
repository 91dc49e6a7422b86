# ruff: noqa: E501 (tables of cases: one case a line reads best)
"""Lists of duties, work groups on lines of their own, allocations of work among leaders."""

from __future__ import annotations

import pytest

from tests.nlp.writing import statements

_CASES: list[tuple[list[str], list[str]]] = [
    # a body, a colon, its duty
    (["市水利局：负责全市节水工作。"], ["R:市水利局|负责全市节水工作"]),
    (["（1）市公安局、市应急局：维护现场秩序。"], ["R:市公安局 R:市应急局|维护现场秩序"]),
    (["1.市水利局。负责全市节水工作。"], ["R:市水利局|负责全市节水工作"]),  # a full stop instead
    (["市水利局：牵头负责水情监测。"], ["L:市水利局|牵头负责水情监测"]),  # the duty is to lead
    (["市公安局：配合做好执法工作。"], ["S:市公安局|配合做好执法工作"]),  # … or to support
    (["市水利局：（1）监测水情；（2）调度工程。"], ["R:市水利局|监测水情", "R:市水利局|调度工程"]),  # numbered
    (["移动、联通、电信云川分公司：做好通信保障。"], ["R:移动云川分公司 R:联通云川分公司 R:电信云川分公司|做好通信保障"]),
    # whose duties the items are is said before
    (["（一）市水利局的主要职责是：", "1.编制规划；", "2.组织实施。", "（二）其他事项。"], ["R:市水利局|编制规划", "R:市水利局|组织实施"]),
    (["# 2.1 市指挥部办公室及职责", "主要职责：承担日常工作。"], ["R:市指挥部办公室|承担日常工作"]),  # said by the heading
    (["# 市水利局", "负责全市水旱灾害防御工作。"], ["R:市水利局|负责全市水旱灾害防御工作"]),
    (["市指挥部采取以下措施：", "（1）组织会商；", "（2）发布预警。"], ["R:市指挥部|组织会商", "R:市指挥部|发布预警"]),
    # work groups: one duty, the 组长 leads, the others support; the group's name is no party
    (["（1）综合协调组", "组长单位：市应急局", "成员单位：市水利局、市气象局", "职 责：负责信息汇总。"], ["L:市应急局 S:市水利局 S:市气象局|负责信息汇总"]),
    (["# 2.4 综合协调组", "牵头单位：市应急局、市水利局", "成员单位：市气象局", "职责：汇总情况。"], ["L:市应急局 L:市水利局 S:市气象局|汇总情况"]),
    (["综合协调组：组长单位：市应急局，成员单位：市水利局。主要职责：负责信息汇总。"], ["L:市应急局 S:市水利局|负责信息汇总"]),
    (["组 长：张 三 副市长", "成 员：李 四 市水利局副局长"], []),  # a roster binds nobody
    # leaders
    (["市长张三：主持市政府全面工作。"], ["R:市长张三@|主持市政府全面工作"]),
    (["李四副市长：负责农业农村工作。", "分管市水利局。", "协助市长联系市审计局。", "联系市税务局。"],
     ["R:李四副市长@|负责农业农村工作", "R:李四副市长@|分管市水利局", "S:李四副市长@|协助市长联系市审计局", "R:李四副市长@|联系市税务局"]),
    (["李四常务副市长：负责常务工作。", "负责财政工作。"], ["R:李四常务副市长@|负责常务工作。负责财政工作"]),  # one duty goes on
    (["常务副市长李四：负责常务工作。分管市财政局。"], ["R:常务副市长李四@|负责常务工作", "R:常务副市长李四@|分管市财政局"]),
    # no duties
    (["市水利局：0350-1234567"], []),  # a telephone number
    (["水旱灾害：是指洪涝和干旱。"], []),  # a definition
    (["成员单位：市水利局、市财政局。"], []),  # members only
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), _CASES)
def test_duty_lists(lines: list[str], expected: list[str]) -> None:
    assert statements(*lines) == expected
