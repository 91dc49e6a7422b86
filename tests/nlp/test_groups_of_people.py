"""Groups that print their people or members in one place and their duty in another; leaders who divide the work."""

from __future__ import annotations

import pytest

from tests.nlp.writing import statements

_DIVISION = "云川市人民政府关于市政府领导同志工作分工的通知"


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        (
            [
                "# 一、主要职能",
                "统筹协调全市民办教育工作。",
                "# 二、成员单位",
                "联席会议由市教委、市公安局、人行云川中心支行等3个部门和单位组成，市教委为牵头单位。",
            ],
            ["L:市教委 S:市公安局 S:人行云川中心支行|统筹协调全市民办教育工作"],
            "duties first, then who makes it up",
        ),
        (
            [
                "同意建立由市教委牵头的云川市民办教育工作联席会议制度。",
                "# 一、主要职责",
                "1.统筹协调全市民办教育工作；",
            ],
            ["L:市教委|统筹协调全市民办教育工作"],
            "the lead alone; of numbered duties the first tells",
        ),
        (
            [
                "1.宣传组：",
                "组长：林 远 市委宣传部副部长",
                "副组长：各乡镇分管领导",
                "成员：周 文 市文旅局副局长",
                "职责：负责宣传报道。",
            ],
            ["L:林远@ S:周文@ S:各乡镇分管领导@|负责宣传报道"],
            "people, and a post without a name",
        ),
        (
            [
                "1.宣传组：",
                "组长：林 远 市委宣传部副部长",
                "2.后勤组：",
                "组长：周 文 市财政局副局长",
                "工作职责：",
                "1.负责后勤保障；",
            ],
            ["L:周文@|负责后勤保障"],
            "each group has its own people",
        ),
        (["组长：林远市委宣传部副部长", "成员：周文"], [], "who sits where is no duty"),
        (["1.宣传组：", "组长：林 远 市委宣传部副部长", "职责："], [], "a label with nothing below"),
    ],
)
def test_members_and_duty(lines: list[str], expected: list[str], why: str) -> None:
    assert statements(*lines) == expected, why


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        (
            [
                "市委常委、市政府党组副书记、常务副市长周文　负责发展改革方面的工作。",
                "分管市财政局。",
                "协助林远同志负责审计工作。",
            ],
            [
                "R:市委常委、市政府党组副书记、常务副市长周文@|负责发展改革方面的工作",
                "R:市委常委、市政府党组副书记、常务副市长周文@|分管市财政局",
                "S:市委常委、市政府党组副书记、常务副市长周文@|协助林远同志负责审计工作",
            ],
            "several posts before the name; what follows is his, too",
        ),
        (
            ["副局长郑爽：协助局长工作，负责财务工作。"],
            ["S:副局长郑爽@|协助局长工作", "R:副局长郑爽@|负责财务工作"],
            "who helps supports; what he has charge of is his own",
        ),
        (
            ["林远　市长　主持市政府全面工作。", "周文　市委常委、副市长", "联系市税务局。"],
            ["R:林远市长@|主持市政府全面工作", "R:周文市委常委、副市长@|联系市税务局"],
            "a name with posts on a line of its own",
        ),
        (
            ["副市长、市公安局局长郑爽，负责公安方面工作。"],
            ["R:副市长、市公安局局长郑爽@|负责公安方面工作"],
            "two posts, one person",
        ),
        (
            ["党组成员、总工程师李明同志：分管质量科，联系云东县。"],
            ["R:党组成员、总工程师李明同志@|分管质量科，联系云东县"],
            "a post without a place",
        ),
    ],
)
def test_division_of_work(lines: list[str], expected: list[str], why: str) -> None:
    assert statements(*lines, title=_DIVISION) == expected, why


@pytest.mark.parametrize(
    "text", ["指挥部下设办公室，挂靠市住建局。", "领导小组下设办公室，办公地点设在市住建局。", "办公室设在市住建局。"]
)
def test_where_an_office_sits(text: str) -> None:
    (found,) = statements(text)
    assert found.startswith("R:市住建局|")


def test_the_heads_of_a_list_lead_no_group_named_leading_group() -> None:
    assert statements("李明　市商务局局长领导小组下设办公室，办公室设在市交通局。") == [
        "R:市交通局|李明市商务局局长领导小组下设办公室，办公室设在市交通局"
    ]
