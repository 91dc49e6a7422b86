"""Questions of a fictional city and what they are read as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Role
from gongbao.index.models import ChipKind, Intent, Reading
from gongbao.index.query.fold import LONGEST
from gongbao.index.query.read import read
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2024, 5, 15)
_BODIES = re.compile(r"市?(?:水利局|科协|住建局|气象局|城管局)")


def bodies(text: str) -> Iterator[tuple[Span, str]]:
    """A register of five bodies."""
    for found in _BODIES.finditer(text):
        yield Span(found.start(), found.end()), found[0]


def understand(query: str) -> Reading:
    return read(query, TODAY, bodies)


INTENTS = [
    ("公共自行车归哪个部门管", Intent.WHO, "公共自行车", "归…管"),
    ("食堂的钱哪一级财政掏", Intent.WHO, "食堂的钱", "a level of the purse"),
    ("出口配额哪个部委管", Intent.WHO, "出口配额", "ministries"),
    ("申报材料哪些厅局来审", Intent.WHO, "申报材料", "bureaus"),
    ("补助办法由哪几家来定", Intent.WHO, "补助办法", "a measure word for bodies alone"),
    ("村财务由哪个小组查处", Intent.WHO, "村财务", "a group"),
    ("开店的证谁发", Intent.WHO, "开店的证", "what is done with it is no topic"),
    ("礼堂由谁拍板", Intent.WHO, "礼堂", "spoken: decides"),
    ("砍树要谁批准", Intent.WHO, "砍树", "批准 is one word"),
    ("谁定期公布水质", Intent.WHO, "定期公布水质", "定期 is how often, 谁定 is not asked"),
    ("哪家定期公布水质", Intent.WHO, "定期公布水质", "家 counts bodies, a verb follows"),
    ("哪家处理污水", Intent.WHO, "污水", "处 of 处理 is no division of an office"),
    ("哪家科研院所", Intent.DOCUMENTS, "科研院所", "nor is 科 of 科研"),
    ("哪家组织培训", Intent.WHO, "培训", "组 of 组织 is no group"),
    ("健身步道由哪几家建", Intent.WHO, "健身步道 建", "one verb closes the question"),
    ("合作社壮大由哪个厅负责", Intent.WHO, "合作社壮大", "departments of a province"),
    ("考核归哪个办", Intent.WHO, "考核", "an office"),
    ("年审归哪个办公室", Intent.WHO, "年审", "by its full word"),
    ("噪声归哪个办法管", Intent.DOCUMENTS, "噪声归 办法管", "办 of 办法 is none"),
    ("健身步道由哪几家拆", Intent.WHO, "健身步道 拆", "whichever one verb it is"),
    ("渔港建设谁打下手", Intent.WHO, "渔港建设", "spoken: helps"),
    ("渔港建设谁把关", Intent.WHO, "渔港建设", "spoken: checks"),
    ("渔港建设谁指导", Intent.WHO, "渔港建设", "shows how"),
    ("渔港建设谁扶持", Intent.WHO, "渔港建设", "gives support"),
    ("渔港建设谁推广", Intent.WHO, "渔港建设", "makes it known"),
    ("渔港建设谁挑头", Intent.WHO, "渔港建设", "spoken: leads"),
    ("哪家医院打疫苗", Intent.DOCUMENTS, "医院打疫苗", "a noun follows: which one of them"),
    ("以前年度结转的钱谁来管", Intent.WHO, "以前年度结转的钱", "以前年度 is not 前年"),
    ("插秧机由哪两个部委一起牵头", Intent.WHO, "插秧机", "two of them"),
    ("视频会议坏了哪个处来修", Intent.WHO, "视频会议坏了", "a division of an office"),
    ("招商哪个副局长分管", Intent.WHO, "招商 分管 工作分工", "a head of a bureau"),
    ("共享单车谁负责", Intent.WHO, "共享单车", "谁负责"),
    ("排水管网清淤 牵头单位 配合单位", Intent.WHO, "排水管网清淤", "roles as words"),
    ("井盖坏了该找谁", Intent.WHO, "井盖坏了", "找谁"),
    ("渣土车由哪几个部门监管", Intent.WHO, "渣土车", "several"),
    ("市气象局今年要做什么", Intent.DUTIES, "", "a body's year"),
    ("水利局 2023 牵头", Intent.DUTIES, "", "body, year and role are enough"),
    ("市科协", Intent.DUTIES, "", "a body alone"),
    ("水利局和气象局", Intent.DUTIES, "", "two bodies, 和 is no topic"),
    ("水利局、住建局今年要做什么", Intent.DUTIES, "", "the second is no topic"),
    ("水利局今年牵头哪几件", Intent.DUTIES, "", "a measure word of matters"),
    ("水利局手上有哪些活", Intent.DUTIES, "", "whose hands are full"),
    ("水利局都管些啥", Intent.DUTIES, "", "spoken"),
    ("市水利局负责的事项", Intent.DUTIES, "", "as a noun"),
    ("哪些任务由市水利局负责", Intent.DUTIES, "", "the body at the end"),
    ("市水利局作为责任单位的工作", Intent.DUTIES, "", "a role as a noun beside a body"),
    ("市住建局的防汛职责", Intent.DUTIES, "防汛", "a body and a topic"),
    ("10月底前必须完成哪些", Intent.DEADLINES, "", "a month"),
    ("下半年要完成哪些", Intent.DEADLINES, "", "half a year"),
    ("2023年8月底前完成的任务", Intent.DEADLINES, "", "asked as a noun"),
    ("三季度有哪些截止事项", Intent.DEADLINES, "", "a quarter"),
    ("6月份要干的活", Intent.DEADLINES, "", "spoken"),
    ("今年年底前要完成的重点任务", Intent.DEADLINES, "", "年 twice"),
    ("一级响应多长时间内上报", Intent.DEADLINES, "一级响应 上报", "应 belongs to 响应"),
    ("年底前充电桩要完成什么", Intent.DEADLINES, "充电桩", "a time with a topic"),
    ("泵站改造啥时候完成", Intent.DEADLINES, "泵站改造", "spoken: 啥时候"),
    ("年底前必须干完的活有哪些", Intent.DEADLINES, "", "活 is no topic"),
    ("9月底前必须完成的活动", Intent.DEADLINES, "活动", "活动 is one"),
    ("逾期的任务有哪些", Intent.DEADLINES, "", "overdue"),
    ("已逾期的事项", Intent.DEADLINES, "", "overdue"),
    ("到期未完成的任务有哪些", Intent.DEADLINES, "", "overdue"),
    ("明天到期的", Intent.DEADLINES, "", "tomorrow"),
    ("3个月内要完成的", Intent.DEADLINES, "", "from today"),
    ("30天内到期", Intent.DEADLINES, "", "from today"),
    ("逾期的防汛任务", Intent.DEADLINES, "防汛", "overdue, with a topic"),
    ("年底前市水利局要完成什么", Intent.DUTIES, "", "a time in front of a body"),
    ("泵站哪年底前搞完", Intent.DEADLINES, "泵站", "哪年底 asks: no end of this year"),
    ("险情几个小时内上报", Intent.DEADLINES, "险情 上报", "a length of time that is asked"),
    ("开工申请几天内答复", Intent.DEADLINES, "开工申请 答复", "the same in days"),
    ("泵站几时换新泵", Intent.DEADLINES, "泵站 换新泵", "spoken: 几时"),
    ("8月底前要干完的", Intent.DEADLINES, "", "spoken: 干完"),
    ("8月底前必须做好哪些", Intent.DEADLINES, "", "做好 asks, it is not sought"),
    ("排涝泵站什么时候前要建好", Intent.DEADLINES, "排涝泵站 建好", "when"),
    ("独居老人加装扶手补多少钱", Intent.FACTS, "独居老人加装扶手补", "a figure"),
    ("露天烧烤执法主体是哪个", Intent.WHO, "露天烧烤", "主体"),
    ("农村饮水主管部门是哪个", Intent.WHO, "农村饮水", "a class that is asked for is no subject"),
    ("井盖这事归哪儿", Intent.WHO, "井盖", "spoken, without a verb"),
    ("水价改革责任部门", Intent.WHO, "水价改革", "a role as a noun"),
    ("水利局 2023年 任务清单", Intent.DUTIES, "", "a list of a body's tasks is no title"),
    ("市水利局要做的工作", Intent.DUTIES, "", "as a noun"),
    ("市水利局在河道清淤里负责什么", Intent.DUTIES, "河道清淤", "里 joins"),
    ("2023年要实现哪些目标", Intent.DEADLINES, "", "a year alone"),
    ("2023年防汛要实现哪些目标", Intent.DOCUMENTS, "防汛 目标", "a year that may be the document's"),
    ("燃煤锅炉淘汰的最后期限", Intent.DEADLINES, "燃煤锅炉淘汰", "as a noun"),
    ("淘汰柴油车多少辆", Intent.FACTS, "淘汰柴油车", "units of vehicles"),
    ("排水公司挂牌时间", Intent.DEADLINES, "排水公司挂牌", "when, as a noun"),
    ("公共厕所开放时间", Intent.DOCUMENTS, "公共厕所开放时间", "hours are no deadline"),
    ("井盖原来归哪个局管", Intent.WHO, "井盖", "原来 asks for the past"),
    ("井盖归哪管", Intent.WHO, "井盖", "spoken"),
    ("报名到哪天为止", Intent.DEADLINES, "报名", "until when"),
    ("节水 2023年的目标", Intent.DEADLINES, "节水", "what is to be reached in a year is due in it"),
    ("2023年度安置计划什么时候完成", Intent.DEADLINES, "安置计划", "the year is the plan's"),
    ("2023年8月底前环保上要完成什么", Intent.DEADLINES, "环保", "上 joins"),
    ("学校的教学设备谁管", Intent.WHO, "学校的教学设备", "schools are not asked for, their equipment is"),
    ("夜间经济", Intent.DOCUMENTS, "夜间经济", "a keyword"),
    ("18号文讲的什么", Intent.DOCUMENTS, "", "what it says is no word of it"),
    ("云政发〔2024〕5号主要内容是什么", Intent.DOCUMENTS, "", "as a noun"),
    ("小说写作大赛", Intent.DOCUMENTS, "小说写作大赛", "说 and 写 that ask nothing"),
    ("企业主要负责人安全培训", Intent.DOCUMENTS, "企业主要负责人安全培训", "a post is no role"),
    ("主要负责秸秆禁烧的单位", Intent.WHO, "秸秆禁烧的单位", "a role"),
    (
        "云川市人民政府关于加强城区防汛工作的通知",
        Intent.DOCUMENTS,
        "云川市人民政府关于加强城区防汛工作的通知",
        "a title",
    ),
    ("部门职责章程", Intent.DOCUMENTS, "部门职责章程", "a title of any kind of document keeps its words"),
    ("云政发〔2024〕10号", Intent.DOCUMENTS, "", "a number"),
]


@pytest.mark.parametrize(("query", "intent", "words", "why"), INTENTS)
def test_intents(query: str, intent: Intent, words: str, why: str) -> None:
    reading = understand(query)
    assert (reading.intent, reading.words) == (intent, words), why


@pytest.mark.parametrize(
    ("query", "due_from", "year"),
    [
        ("节水 2023年的目标", date(2023, 1, 1), None),  # due in that year
        ("2023年度安置计划什么时候完成", None, 2023),  # the year of the document, in which something may be due later
    ],
)
def test_a_year_is_that_of_what_is_due_or_of_the_document(query: str, due_from: date | None, year: int | None) -> None:
    filters = understand(query).filters
    assert (filters.due_from, filters.year) == (due_from, year)


@pytest.mark.parametrize(
    ("query", "intent", "also", "words"),
    [
        ("井盖归哪个部门管，什么时候完成", Intent.WHO, Intent.DEADLINES, "井盖"),
        ("防汛谁牵头什么时候完成", Intent.WHO, Intent.DEADLINES, "防汛"),  # no 牵头什么
        ("泵站归谁管，补多少钱", Intent.WHO, Intent.FACTS, "泵站 补"),
        ("泵站什么时候建成，补多少钱", Intent.DEADLINES, Intent.FACTS, "泵站 建成 补"),
        ("泵站归谁管", Intent.WHO, None, "泵站"),
    ],
)
def test_the_second_part_of_a_question_is_kept(query: str, intent: Intent, also: Intent | None, words: str) -> None:
    reading = understand(query)
    assert (reading.intent, reading.also, reading.words) == (intent, also, words)


def test_a_bodys_duties_filter() -> None:
    filters = understand("城管局2023年牵头哪些工作").filters
    assert (filters.agency, filters.year, filters.role) == ("城管局", 2023, Role.LEAD)


def test_both_roles_do_not_filter() -> None:
    reading = understand("市水利局牵头和配合哪些工作")
    assert reading.filters.role is None
    assert reading.roles == (Role.LEAD, Role.SUPPORT)


ROLES = [
    ("渔港建设谁挑头谁搭手", (Role.LEAD, Role.SUPPORT), "spoken: leads, helps"),
    ("退役安置哪几家帮忙", (Role.SUPPORT,), "several help"),
    ("绿化带谁会同谁建", (Role.SUPPORT,), "together with whom"),
    ("邻里帮忙建房要不要证", (), "who helps is not asked"),
    ("消防谁带队伍", (), "带队伍 is no 带队"),
]


@pytest.mark.parametrize(("question", "expected", "why"), ROLES)
def test_roles_asked(question: str, expected: tuple[Role, ...], why: str) -> None:
    assert understand(question).roles == expected, why


def test_a_period_filters_and_says_that_it_names_no_year() -> None:
    reading = understand("10月底前必须完成哪些")
    assert (reading.filters.due_from, reading.filters.due_to) == (date(2024, 10, 1), date(2024, 10, 31))
    assert reading.floating
    assert not understand("2023年10月底前必须完成哪些").floating


def test_an_officer_is_sought_in_the_division_of_work() -> None:
    reading = understand("哪位副市长分管教育")
    assert (reading.intent, reading.person) == (Intent.WHO, "副市长")
    assert "教育" in reading.words
    assert "分管" in reading.words


def test_a_named_person() -> None:
    reading = understand("李明远副市长分管什么")
    assert (reading.intent, reading.filters.agency) == (Intent.DUTIES, "李明远")
    assert [chip.kind for chip in reading.chips] == [ChipKind.PERSON]


def test_each_part_can_be_taken_out() -> None:
    chips = {chip.kind: chip for chip in understand("城管局2023年牵头哪些工作").chips}
    assert set(chips) == {ChipKind.AGENCY, ChipKind.YEAR, ChipKind.ROLE}
    assert chips[ChipKind.YEAR].without == "城管局 牵头哪些工作"
    assert understand(chips[ChipKind.YEAR].without).filters.year is None


OPERATORS = [
    ("“禁止放养”", {"phrases": ("禁止放养",)}, "Chinese quotes"),
    ('防汛 "24小时值班"', {"phrases": ("24小时值班",), "words": "防汛"}, "ASCII quotes beside words"),
    ("防汛 AND 值班", {"clauses": (("防汛",), ("值班",))}, "AND"),
    ("防汛 OR 抗旱 AND 值班", {"clauses": (("防汛", "抗旱"), ("值班",))}, "OR binds closer"),
    ("(防汛 | 抗旱) 值班", {"clauses": (("防汛", "抗旱"), ("值班",))}, "brackets and a bar"),
    ("防汛 NOT 演练", {"excluded": ("演练",), "words": "防汛"}, "NOT"),
    ("防汛 -演练", {"excluded": ("演练",), "words": "防汛"}, "minus"),
    ("防汛 不含演练", {"excluded": ("演练",), "words": "防汛"}, "in words"),
    ("标题:防汛", {"title": "防汛"}, "title"),
    ("标题：“城区防汛” 值班", {"title": "城区防汛", "words": "值班"}, "full-width colon and quotes"),
    ("文件名称:防汛", {"title": "防汛"}, "as pages call it"),
    ("题名:防汛", {"title": "防汛"}, "as only questions call it"),
    ("成文日期:2024年", {"title": None, "words": "成文日期"}, "a fact that is no filter of its own"),
    ("文号:云政发[2024]10号", {"numbers": ("云政发〔2024〕10号",)}, "number"),
    ("《城区防汛办法》怎么规定的", {"title": "城区防汛办法"}, "a title in its marks"),
]


@pytest.mark.parametrize(("query", "expected", "why"), OPERATORS)
def test_operators(query: str, expected: dict[str, object], why: str) -> None:
    reading = understand(query)
    assert {name: getattr(reading, name) for name in expected} == expected, why


def test_field_prefixes_filter() -> None:
    filters = understand("牵头单位:市水利局 年份:2023 文种:通知 发文机关:云川市人民政府").filters
    assert (filters.agency, filters.role, filters.year) == ("市水利局", Role.LEAD, 2023)
    assert (filters.genre, filters.issuer) == ("通知", "云川市人民政府")


def test_a_field_value_that_cannot_be() -> None:
    with pytest.raises(UsageError, match="年份"):
        understand("年份:明年吧")


def test_traditional_characters_and_width() -> None:
    assert understand("低保標準").words == "低保标准"
    assert understand("ＡＰＰ　办事").words == "APP 办事"


def test_a_question_that_is_all_questioning_is_searched_for_as_it_stands() -> None:
    reading = understand("怎么办")
    assert reading.words == "怎么办"
    assert reading.note


@pytest.mark.parametrize(
    "query", ["", "   ", "？！。，", "🎉🎉", "\x00\x01", "“", '"', "()", "AND", "-", "《》", "~^*:?"]
)
def test_nothing_to_search_for_is_no_error_here(query: str) -> None:
    reading = understand(query)
    assert reading.intent is Intent.DOCUMENTS


def test_a_question_as_long_as_a_page() -> None:
    with pytest.raises(UsageError, match="过长"):
        understand("防" * (LONGEST + 1))


@given(st.text(max_size=80))
def test_anything_typed_is_read(query: str) -> None:
    reading = understand(query)
    assert "\x00" not in reading.words
    assert all(chip.without != reading.query or not chip.typed for chip in reading.chips)


@pytest.mark.parametrize(
    ("query", "years", "words"),
    [
        ("2020、2021、2023年节水目标", (2020, 2021, 2023), "节水目标"),
        ("2020年和2021年的节水计划", (2020, 2021), "节水计划"),
        ("2024—2026年节水目标", (2024, 2025, 2026), "节水目标"),  # a range
        ("2023年节水目标", (), "节水目标"),  # one is a filter that prefers
    ],
)
def test_several_years_are_each_preferred(query: str, years: tuple[int, ...], words: str) -> None:
    reading = understand(query)
    assert (reading.years, reading.words) == (years, words)
