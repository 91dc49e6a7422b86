"""Who sits on what, in every way that it is set."""

from __future__ import annotations

import pytest
from gongbao.nlp.rosters import find_rosters
from gongbao.nlp.rosters.names import is_name

from tests.builders import document

# (why, paragraphs, expected "role name post")
CASES: list[tuple[str, list[str], list[str]]] = [
    (
        "with their offices, or with nothing",
        ["副组长：冯 远", "沈 慧", "周文海", "成 员：李红梅（市水利局）", "王 芳（市财政局）", "高度重视"],
        ["副组长 冯远 ", "副组长 沈慧 ", "副组长 周文海 ", "成员 李红梅 市水利局", "成员 王芳 市财政局"],
    ),
    (
        "one a line, names spaced out",
        ["组　长：张　韵　市委常委、副市长", "副组长：李晓明　市教育局局长", "王　芳　市财政局副局长"],
        [
            "组长 张韵 市委常委、副市长",
            "副组长 李晓明 市教育局局长",
            "副组长 王芳 市财政局副局长",
        ],
    ),
    (
        "a post runs into the next name",
        ["成 员：赵一鸣 市水利局副局长钱 进 市气象局局长孙大为 市交通局总工程师"],
        [
            "成员 赵一鸣 市水利局副局长",
            "成员 钱进 市气象局局长",
            "成员 孙大为 市交通局总工程师",
        ],
    ),
    (
        "all roles in one paragraph",
        ["组 长：张 韵 副市长 副组长：李晓明 市教育局局长"],
        [
            "组长 张韵 副市长",
            "副组长 李晓明 市教育局局长",
        ],
    ),
    ("names only", ["成员：周文、吴天宇、郑 爽"], ["成员 周文 ", "成员 吴天宇 ", "成员 郑爽 "]),
    (
        "posts in brackets",
        ["组长：张韵（市委常委、副市长）", "成员：李晓明（市教育局局长）"],
        [
            "组长 张韵 市委常委、副市长",
            "成员 李晓明 市教育局局长",
        ],
    ),
    ("no blank at all", ["组长：张韵市委常委、副市长"], ["组长 张韵 市委常委、副市长"]),
    (
        "a double surname",
        ["总指挥：欧阳明 副市长", "副总指挥：司马文远 市应急局局长"],
        [
            "总指挥 欧阳明 副市长",
            "副总指挥 司马文远 市应急局局长",
        ],
    ),
    (
        "an unknown surname, by its place in a list",
        ["成员：水 清 市水利局局长", "公冶明　市气象局局长", "时文华　市财政局局长"],
        ["成员 水清 市水利局局长", "成员 公冶明 市气象局局长", "成员 时文华 市财政局局长"],
    ),
    (
        "surnames of the 百家姓; an office's character within a name",
        ["组长：洪 亮 副市长", "副组长：吴长明　市水利局局长", "雒文　市教育局局长"],
        ["组长 洪亮 副市长", "副组长 吴长明 市水利局局长", "副组长 雒文 市教育局局长"],
    ),
    (
        "a label that names no role ends the list",
        ["成员：周文、吴天宇", "第一组：石桥、和平、车站", "组长：李明"],
        ["成员 周文 ", "成员 吴天宇 ", "组长 李明 "],
    ),
    ("a name with a dot", ["成员：阿依古丽·买买提 市民宗局副局长"], ["成员 阿依古丽·买买提 市民宗局副局长"]),
    ("held as well", ["领导小组办公室设在市教育局，负责日常工作。办公室主任：李晓明（兼）。"], ["办公室主任 李晓明 "]),
    (
        "another text between",
        ["成 员：周 文 市水利局副局长", "领导小组下设办公室，办公室设在市水利局。", "吴天宇 市气象局副局长"],
        [
            "成员 周文 市水利局副局长",
            "成员 吴天宇 市气象局副局长",
        ],
    ),
    (
        "a role runs into the name before it",
        ["组　长：　林　远副组长：　高文清成　员：　何立新"],
        ["组长 林远 ", "副组长 高文清 ", "成员 何立新 "],
    ),
    (
        "a new role in the middle of a paragraph",
        ["副组长：李晓明 市教育局局长", "王 芳 市财政局副局长钱 进 市气象局局长成 员：赵一鸣 市水利局副局长"],
        [
            "副组长 李晓明 市教育局局长",
            "副组长 王芳 市财政局副局长",
            "副组长 钱进 市气象局局长",
            "成员 赵一鸣 市水利局副局长",
        ],
    ),
    (
        "posts before names",
        ["成员：市教育局局长李晓明、市财政局副局长王芳"],
        ["成员 李晓明 市教育局局长", "成员 王芳 市财政局副局长"],
    ),
    (
        "told the other way round",
        ["成立由副市长张韵任组长、市教育局局长李晓明任副组长，有关单位负责人为成员的领导小组。"],
        ["组长 张韵 副市长", "副组长 李晓明 市教育局局长"],
    ),
    (
        "a role on a line of its own",
        ["组长：", "张 韵 副市长", "成员：", "李晓明 市教育局局长"],
        ["组长 张韵 副市长", "成员 李晓明 市教育局局长"],
    ),
    (
        "told in a sentence",
        ["成立专班，组长由副市长张韵担任，副组长由市教育局局长李晓明、市财政局王芳副局长担任。"],
        [
            "组长 张韵 副市长",
            "副组长 李晓明 市教育局局长",
            "副组长 王芳 市财政局副局长",
        ],
    ),
    (
        "sex, nation and rank are asides",
        ["委员：马玉兰（女，回族） 县教育局局长", "李 军（兼） 县财政局局长（正科级）"],
        ["委员 马玉兰 县教育局局长", "委员 李军 县财政局局长"],
    ),
    (
        "blanks for the colon",
        ["组 长 张 韵 市长", "成 员 李晓明 市教育局局长"],
        ["组长 张韵 市长", "成员 李晓明 市教育局局长"],
    ),
    ("plain members of a group", ["组员：周文、吴天宇"], ["组员 周文 ", "组员 吴天宇 "]),
]

NONE = [
    ("posts without names", ["指挥长：分管防汛工作的副市长", "成员：市教育局、市财政局、市水利局分管负责人。"]),
    ("duties, not people", ["成员单位职责：负责防汛物资保障。"]),
    ("a group's head is a body", ["组长单位：市应急管理局"]),
    ("a post in prose", ["组长由分管文旅的副市长担任，副组长由市文旅局局长担任。"]),
    ("whom to call", ["联系人：张韵，联系电话：0000-2020000"]),
    ("a post before a name is no role", ["主任 张韵主持会议。", "市长 张韵"]),
    ("plain lines of text", ["高度重视 认真落实", "张贴 通告"]),
]


def listed(*paragraphs: str, **named: object) -> list[str]:
    found = find_rosters(document(*paragraphs, **named))  # type: ignore[arg-type]
    return [f"{m.role} {m.name} {m.post}" for roster in found for m in roster.members]


@pytest.mark.parametrize(("why", "lines", "expected"), CASES, ids=[row[0] for row in CASES])
def test_people_are_listed(why: str, lines: list[str], expected: list[str]) -> None:
    assert listed(*lines) == expected, why


@pytest.mark.parametrize(("why", "lines"), NONE, ids=[row[0] for row in NONE])
def test_what_is_no_roster_is_left(why: str, lines: list[str]) -> None:
    assert not listed(*lines), why


def test_the_body_is_that_of_the_attachment() -> None:
    title = "云川市防汛抗旱领导小组组成人员名单"
    (roster,) = find_rosters(document(title, "组 长：张 韵 副市长", headings={title: 0}))
    assert roster.body == "云川市防汛抗旱领导小组"


def test_the_body_is_the_one_founded() -> None:
    text = "决定成立云川市防汛工作专班，组长由副市长张韵担任。"
    (roster,) = find_rosters(document(text))
    assert roster.body == "云川市防汛工作专班"


def test_a_table_of_members() -> None:
    rows = [["组内职务", "姓名", "单位及职务"], ["组长", "张 韵", "副市长"], ["成员", "李晓明", "市教育局局长"]]
    assert listed("领导小组如下：", rows=rows) == ["组长 张韵 副市长", "成员 李晓明 市教育局局长"]


def test_a_table_of_members_without_heads() -> None:
    rows = [
        ["组 长：", "张 韵", "副市长"],
        ["成 员：", "李晓明", "市教育局局长"],
        ["成 员：", "王 芳", "市财政局副局长"],
    ]
    assert listed("防汛领导小组", rows=rows, header_rows=0) == [
        "组长 张韵 副市长",
        "成员 李晓明 市教育局局长",
        "成员 王芳 市财政局副局长",
    ]


def test_a_table_headed_by_roles() -> None:
    rows = [["河流", "市级河长", "职务", "县级河长", "职务"], ["云水河", "张韵", "市长", "李晓明", "东山县县长"]]
    assert listed("河长名单", rows=rows) == ["市级河长 张韵 市长", "县级河长 李晓明 东山县县长"]


def test_a_table_of_prize_winners_is_no_roster() -> None:
    assert not listed("获奖名单：", rows=[["序号", "姓名", "单位"], ["1", "张韵", "云川市第一小学"]])


def test_appointments_and_dismissals() -> None:
    lines = [
        "张 韵任市教育局局长（试用期一年），免去其市体育局局长职务；",
        "免去李晓明的市财政局副局长职务。",
        "免去：",
        "王芳的市水利局局长职务。",
    ]
    assert listed(*lines, title="云川市人民政府关于张韵等同志任免职务的通知") == [
        "任命 张韵 市教育局局长",
        "免去 张韵 市体育局局长",
        "免去 李晓明 市财政局副局长",
        "免去 王芳 市水利局局长",
    ]


def test_appointments_of_several_people_and_by_a_meeting() -> None:
    lines = [
        "会议决定任命张韵（女）为市教育局局长，李晓明为市财政局局长；",
        "任命周文、吴天宇为市政府副秘书长；",
        "王芳任市水利局局长，不再担任市气象局局长职务（任职时间从试用期算起，试用期一年）。",
        "免去郑爽同志市统计局局长职务；",
        "钱进同志不再担任市粮食局局长职务。",
    ]
    assert listed(*lines, title="云川市人大常委会任免名单") == [
        "任命 张韵 市教育局局长",
        "任命 李晓明 市财政局局长",
        "任命 周文 市政府副秘书长",
        "任命 吴天宇 市政府副秘书长",
        "任命 王芳 市水利局局长",
        "免去 王芳 市气象局局长",
        "免去 郑爽 市统计局局长",
        "免去 钱进 市粮食局局长",
    ]


@pytest.mark.parametrize(
    ("why", "text", "expected"),
    [
        ("a surname and one", "张韵", True),
        ("a surname and two", "李晓明", True),
        ("no surname", "我们", False),
        ("a body", "管局", False),
        ("a post", "常委", False),
        ("too long", "张韵李晓明", False),
    ],
)
def test_names_are_told_from_words(why: str, text: str, expected: bool) -> None:
    assert is_name(text) is expected, why


def test_who_heads_an_office_sits_in_it() -> None:
    text = "领导小组办公室设在市水利局。李晓明同志兼任办公室主任，王芳同志兼任办公室副主任。"
    title = "云川市防汛抗旱领导小组组成人员名单"
    (roster,) = find_rosters(document(title, text, headings={title: 0}))
    assert (roster.body, [(m.role, m.name) for m in roster.members]) == (
        "云川市防汛抗旱领导小组办公室",
        [("主任", "李晓明"), ("副主任", "王芳")],
    )


def test_a_sentence_that_founds_a_body_names_all_its_heads() -> None:
    text = (
        "成立云川市防汛指挥部，市委书记、市长张韵同志任指挥长，市委常委、副市长王进足同志任常务副指挥长，"
        "指挥部下设办公室，由市水利局李晓明局长任办公室主任。"
    )
    assert listed(text) == [
        "指挥长 张韵 市委书记、市长",
        "常务副指挥长 王进足 市委常委、副市长",
        "办公室主任 李晓明 市水利局局长",
    ]
