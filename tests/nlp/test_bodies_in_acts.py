"""Bodies of every level and kind as the subjects of acts."""

from __future__ import annotations

import pytest

from tests.nlp.writing import statements

_CASES = [
    (
        "县、不设区的市、市辖区人民政府应当保障经费。",
        ["R:县、不设区的市、市辖区人民政府*|保障经费"],
    ),  # levels are one class
    ("各市、州、云川林区人民政府要制定方案。", ["R:各市、州* R:云川林区人民政府|制定方案"]),  # each is a level
    ("市水利局或其委托的检测机构要检查质量。", ["R:市水利局|检查质量"]),  # whom it charges is nobody
    (
        "由市水利局、市应急局组成督导组，开展督导。",
        ["R:市水利局 R:市应急局|由市水利局、市应急局组成督导组，开展督导"],
    ),
    ("市级财政负责安排资金。", ["R:市级财政|安排资金"]),  # what pays is bound where it must
    ("经市水利局、市财政局审核后报批。", ["R:市水利局 R:市财政局|经市水利局、市财政局审核后报批"]),  # both examine
    ("各包保县领导要到现场督促。", ["R:各包保县领导@|到现场督促"]),  # a post
    (
        "各参与单位要主动作为，特别是牵头单位要编制清单。",
        ["R:各参与单位*|主动作为", "R:牵头单位*|编制清单"],
    ),  # what stresses is not told
    (
        "市水利局会同区教育局、区财政局，开展检查。",
        ["L:市水利局 S:区教育局 S:区财政局|会同区教育局、区财政局，开展检查"],
    ),
    (
        "县政府主要负责同志任县级总路长，对公路管理负总责。",
        ["R:县政府主要负责同志@|任县级总路长，对公路管理负总责"],
    ),
    ("市森林消防大队、各专业队伍要靠前驻防。", ["R:市森林消防大队 R:各专业队伍*|靠前驻防"]),  # teams
    ("各县（市、区）、市直各业务部门要梳理清单。", ["R:各县（市、区）*|梳理清单"]),  # the others are vague
    (
        "市水利局牵头，会同派出所、司法所开展排查。",
        ["L:市水利局 S:派出所* S:司法所*|市水利局牵头，会同派出所、司法所开展排查"],
    ),
    ("市教育局负责会同区教育局核定学位。", ["L:市教育局 S:区教育局|会同区教育局核定学位"]),  # 区教育局 is one name
    ("驻县各金融机构要加大投放。", ["R:驻县各金融机构*|加大投放"]),  # 驻县 is no clause
    (
        "请市财政局于3月底前下达资金，请各区于4月10日前完成分配。",
        ["R:市财政局|于3月底前下达资金", "R:各区*|于4月10日前完成分配"],
    ),
    ("各市按要求自查，各市场主体要守法经营。", ["R:各市*|按要求自查，各市场主体要守法经营"]),  # 市场 is no 市
]


@pytest.mark.parametrize(("text", "expected"), _CASES)
def test_bodies_in_acts(text: str, expected: list[str]) -> None:
    assert statements(text) == expected
