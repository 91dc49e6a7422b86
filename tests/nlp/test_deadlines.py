"""Every kind of time limit, and the dates that are none."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.corpus.language.calendar import month_end
from gongbao.corpus.records import Deadline, DeadlineKind
from gongbao.nlp.deadlines import find_deadlines
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import document

# Documents are of 4 March 2024 unless a test says otherwise.
# (why, text, what is expected: one string a limit: "printed text | kind | fields")
LIMITS: list[tuple[str, str, list[str]]] = [
    ("leap February", "各区要于2024年2月底前完成自查。", ["2024年2月底前|by|due=2024-02-29"]),
    ("the first stage of a plan is just over", "2023年12月底前，完成摸底。", ["2023年12月底前|by|due=2023-12-31"]),
    ("once a year in other words", "原则上一年组织一次演练。", ["一年组织一次|recurring|every=P1Y"]),
    ("all of a year under a label", "完成时间：2024年全年", ["全年|by|due=2024-12-31"]),
    ("an obligation in the past stays", "各区要于2023年2月底前完成自查。", ["2023年2月底前|by|due=2023-02-28"]),
    ("前 of a month is the day before it", "2024年6月前完成整改。", ["2024年6月前|by|due=2024-05-31"]),
    ("前 of a year is the year before", "2027年前建成管网。", ["2027年前|by|due=2026-12-31"]),
    ("half a year", "力争上半年完成主体工程。", ["上半年|by|due=2024-06-30"]),
    ("a quarter", "第三季度组织验收。", ["第三季度|by|due=2024-09-30"]),
    ("the end of a quarter", "二季度末前报送方案。", ["二季度末前|by|due=2024-06-30"]),
    ("the end of a plan", "到“十四五”末，森林覆盖率达到45%。", ["到“十四五”末|by|due=2025-12-31"]),
    ("a plan without quotes", "十五五末实现全覆盖。", ["十五五末|by|due=2030-12-31"]),
    (
        "ten days of a month",
        "5月上旬完成选址，12月下旬竣工。",
        ["5月上旬|by|due=2024-05-10", "12月下旬|by|due=2024-12-31"],
    ),
    (
        "the year of the sentence holds on",
        "2025年3月底前开工，9月底前竣工。",
        [
            "2025年3月底前|by|due=2025-03-31",
            "9月底前|by|due=2025-09-30",
        ],
    ),
    (
        "a year compared with is not that of the sentence",
        "较2019年提高5%，9月底前完成。",
        ["9月底前|by|due=2024-09-30"],
    ),
    ("Chinese numerals", "二〇二四年六月三十日前完成登记。", ["二〇二四年六月三十日前|by|due=2024-06-30"]),
    ("full width is kept as printed", "２０２４年６月３０日前登记。", ["２０２４年６月３０日前|by|due=2024-06-30"]),
    ("blanks of a justified line", "2024 年 6 月 30 日前登记。", ["2024 年 6 月 30 日前|by|due=2024-06-30"]),
    ("dots", "2024.6.30前完成。", ["2024.6.30前|by|due=2024-06-30"]),
    ("hyphens", "2024-06-30前报送。", ["2024-06-30前|by|due=2024-06-30"]),
    ("月 for 年 is read with a flag", "2024月7月31日前完成。", ["2024月7月31日前|by|due=2024-07-31 flag"]),
    ("a day without 日", "2024年7月31前完成。", ["2024年7月31前|by|due=2024-07-31 flag"]),
    ("a day that does not exist is not guessed", "2024年2月30日前完成。", ["2024年2月30日前|by|flag"]),
    ("a weekday between", "请于3月20日（星期三）下班前反馈。", ["3月20日（星期三）下班前|by|due=2024-03-20"]),
    ("an hour between", "请于3月20日17:00前反馈。", ["3月20日17:00前|by|due=2024-03-20"]),
    ("next year", "明年3月底前建成投用。", ["明年3月底前|by|due=2025-03-31"]),
    ("this month", "本月底前报送名单。", ["本月底前|by|due=2024-03-31"]),
    ("next month", "下月5日前报送。", ["下月5日前|by|due=2024-04-05"]),
    ("a year that hangs on an event is left open", "资金拨付后次年6月30日前提交报告。", ["次年6月30日前|by|flag"]),
    ("a bare year with a target", "2024年，全市完成造林10万亩。", ["2024年|by|due=2024-12-31"]),
    ("a bare year with its verb", "2025年停止生产。", ["2025年|by|due=2025-12-31"]),
    (
        "to a year, and to another",
        "到2027年和2030年，入馆人数分别达到30万和50万。",
        [
            "到2027年|by|due=2027-12-31",
            "2030年|by|due=2030-12-31",
        ],
    ),
    ("a share of a year to come", "由2022年的60%提高到2026年的80%。", ["到2026年|by|due=2026-12-31"]),
    ("within the year", "年内组织一次演练。", ["年内|by|due=2024-12-31"]),
    ("the number of an item is no decimal", "9.2024年底前完成。", ["2024年底前|by|due=2024-12-31"]),
    (
        "one 前 for several days",
        "3月15日、9月15日前分别报送。",
        ["3月15日|by|due=2024-03-15", "9月15日前|by|due=2024-09-15"],
    ),
    (
        "a stage without the word",
        "（二）检查验收（2024年10月—11月）。",
        [
            "2024年10月—11月|period|start=2024-10-01 due=2024-11-30",
        ],
    ),
    ("the nearer date binds", "2024年在年内完成5000万元投资。", ["年内|by|due=2024-12-31"]),
    (
        "before an event without 内",
        "有效期届满30日前提出申请。",
        ["有效期届满30日前|within|within=P30D from=有效期届满"],
    ),
    ("two days of each month", "每月10日、25日前报送。", ["每月10日、25日前|recurring|every=P1M"]),
    ("from now on", "即日起至2024年5月31日，开展整治。", ["即日起至2024年5月31日|period|due=2024-05-31 from=即日"]),
    ("behind the number of an item", "1.上半年完成改造。", ["上半年|by|due=2024-06-30"]),
    ("a quarter behind its subject", "水库工程三季度开工建设。", ["三季度|by|due=2024-09-30"]),
    ("half a month", "每半月报告一次进展。", ["每半月|recurring|every=P15D"]),
    ("a rank to be reached", "2026年，节水工作走在全省前列。", ["2026年|by|due=2026-12-31"]),
    ("a season is no date, labelled or not", "完成时限：2024年汛期前", []),
    ("a label in an attribution", "（牵头单位：市教育局，完成时限：2024年9月）", ["2024年9月|by|due=2024-09-30"]),
    ("a stage in brackets", "（一）动员部署阶段（2024年3月）。", ["2024年3月|by|due=2024-03-31"]),
    (
        "a stage of months",
        "（二）整治阶段（2024年4月—10月）。",
        ["2024年4月—10月|period|start=2024-04-01 due=2024-10-31"],
    ),
    (
        "a period of days",
        "2024年3月1日至4月30日，开展整治。",
        ["2024年3月1日至4月30日|period|start=2024-03-01 due=2024-04-30"],
    ),
    ("a period in one month", "3月10日至25日集中排查。", ["3月10日至25日|period|start=2024-03-10 due=2024-03-25"]),
    (
        "a period over the new year",
        "2024年11月1日至次年3月31日禁止野外用火。",
        [
            "2024年11月1日至次年3月31日|period|start=2024-11-01 due=2025-03-31",
        ],
    ),
    ("a period of years", "2024—2026年，新建幼儿园30所。", ["2024—2026年|period|start=2024-01-01 due=2026-12-31"]),
    (
        "a period that begins with an event",
        "自灾情解除之日起至2024年底，减免租金。",
        [
            "自灾情解除之日起至2024年底|period|due=2024-12-31 from=灾情解除之日",
        ],
    ),
    (
        "the number of an item is no part of the event",
        "11.灾情解除之日起至2024年底，减免租金。",
        ["灾情解除之日起至2024年底|period|due=2024-12-31 from=灾情解除之日"],
    ),
    ("every two months", "每两个月召开一次会议。", ["每两个月|recurring|every=P2M"]),
    ("every half year", "每半年评估一次。", ["每半年|recurring|every=P6M"]),
    ("every five years", "每5年修订一次规划。", ["每5年|recurring|every=P5Y"]),
    ("a day of each month", "每月25日前报送信息。", ["每月25日前|recurring|every=P1M day=25 on=2024-03-25"]),
    ("a day gone by is the next month's", "每月2日前报送信息。", ["每月2日前|recurring|every=P1M day=2 on=2024-04-02"]),
    ("a month of each year", "每年10月底前评估。", ["每年10月底前|recurring|every=P1Y on=2024-10-31"]),
    (
        "a later date of the same rhythm",
        "每年一季度受理申请，二季度完成审核。",
        [
            "每年一季度|recurring|every=P1Y",
            "二季度|recurring|every=P1Y",
        ],
    ),
    (
        "short forms",
        "实行周调度、月通报、季考核、年评估制度。",
        [
            "周调度|recurring|every=P1W",
            "月通报|recurring|every=P1M",
            "季考核|recurring|every=P3M",
            "年评估|recurring|every=P1Y",
        ],
    ),
    ("one a week", "一周一调度。", ["一周一调度|recurring|every=P1W"]),
    ("month by month", "逐月通报进度。", ["逐月|recurring|every=P1M"]),
    ("a yearly review that is done", "对落实情况进行年度考核。", ["年度考核|recurring|every=P1Y"]),
    ("a cycle", "3年为一个评估周期。", ["3年为一个评估周期|recurring|every=P3Y"]),
    ("a span from an event", "接到报告后2小时内报市应急局。", ["接到报告后2小时内|within|within=PT2H from=接到报告"]),
    (
        "the subject is no part of the event",
        "市教育局应自收到申请之日起十五个工作日内答复。",
        [
            "收到申请之日起十五个工作日内|within|within=P15D working from=收到申请",
        ],
    ),
    (
        "counted from the issue",
        "自本通知印发之日起30日内备案。",
        [
            "本通知印发之日起30日内|within|within=P30D from=本通知印发 on=2024-04-03",
        ],
    ),
    (
        "working days skip the holidays",
        "自印发之日起25个工作日内备案。",
        [
            "印发之日起25个工作日内|within|within=P25D working from=印发 on=2024-04-09",
        ],
    ),
    ("a span that is allowed", "贴息期限不超过一年。", ["贴息期限不超过一年|within|within=P1Y"]),
    (
        "a standing arrangement",
        "建设期为2年，任期三年。",
        ["建设期为2年|within|within=P2Y", "任期三年|within|within=P3Y"],
    ),
    ("years of effort", "用三年时间完成改造。", ["用三年时间|within|within=P3Y"]),
    ("half a month", "半个月内办结。", ["半个月内|within|within=P15D"]),
    ("cut down to", "审批时间压缩至5个工作日以内。", ["5个工作日以内|within|within=P5D working"]),
    ("before an event", "会议召开前3日内提交。", ["会议召开前3日内|within|within=P3D from=会议召开"]),
    (
        "in force from the issue",
        "本办法自印发之日起施行，有效期五年。",
        [
            "自印发之日起施行|effective|from=印发之日 begins=2024-03-04",
            "有效期五年|effective|within=P5Y on=2029-03-03",
        ],
    ),
    (
        "in force from a day to a day",
        "本办法自2024年4月1日起施行，有效期至2029年3月31日。",
        [
            "自2024年4月1日起施行|effective|start=2024-04-01",
            "有效期至2029年3月31日|effective|due=2029-03-31",
        ],
    ),
    (
        "in force thirty days later",
        "本办法自发布之日起30日后施行。",
        [
            "自发布之日起30日后施行|effective|within=P30D from=发布之日 begins=2024-04-03",
        ],
    ),
    (
        "a validity from and to",
        "有效期自2024年4月1日至2026年3月31日。",
        [
            "有效期自2024年4月1日至2026年3月31日|effective|start=2024-04-01 due=2026-03-31",
        ],
    ),
]

NONE = [
    ("a document number", "根据云政发〔2025〕1号文件精神，制定本方案。"),
    ("a title", "落实《云川市2025年底前工作要点》。"),
    ("a version", "执行《建设用地分类标准（2025年版）》。"),
    ("a standard", "符合DB14/1929-2025要求。"),
    ("history", "2023年，全市完成造林10万亩。"),
    ("statistics", "截至2024年2月底，已完成投资3亿元。"),
    ("since", "2024年以来，新增绿地500亩。"),
    ("a start without an end", "2024年9月1日起，提高补助标准。"),
    ("a start without an end, an event", "自公示之日起，停止办理手续。"),
    ("a year praised", "2024年是攻坚之年。"),
    ("a year in a name", "2024年重点工程项目名单见附件。"),
    ("a plan in a name", "2024-2026年行动计划。"),
    ("compared with", "较2024年底增长5%。"),
    ("a standard time", "普查标准时点为2024年11月1日零时。"),
    ("an age", "年满60周岁的老年人。"),
    ("a count of days", "污染天数控制在5天以内。"),
    ("the past years", "近三年内无违法记录。"),
    ("the weather to come", "未来24小时内降雨量将达50毫米以上。"),
    ("a condition", "1年内累计发生两次以上的，取消资格。"),
    ("day and night", "实行24小时值班制度。"),
    ("a rate", "每小时处理10吨，每人每月补助300元。"),
    ("a ceiling", "每家书店每年至多奖励5万元。"),
    ("hours of a day", "每日8时至20时禁止货车通行。"),
    ("the name of a review", "年度考核结果作为依据。"),
    ("an old date of building", "2000年底前建成的住宅小区。"),
    ("before a feast", "到2024年国庆节前完成。"),
    ("another rule's beginning", "1998年5月1日起施行的《云川市旧条例》失效。"),
    ("when a meeting is", "会议时间：2024年5月10日上午9时。"),
    ("a count of people", "2024年底，全市常住人口180万人。"),
    ("what is overdue", "逾期30日未缴纳的，加收滞纳金。"),
    ("a season", "汛期前完成清淤。"),
    ("at once", "立即、及时、定期整改。"),
    ("to the bottom", "彻底排查到底。"),
]


def shown(deadline: Deadline) -> str:
    fields = {
        "start": deadline.start,
        "due": deadline.due,
        "every": deadline.every,
        "day": deadline.day,
        "within": deadline.within,
    }
    words = [f"{name}={value}" for name, value in fields.items() if value]
    words += ["working"] * deadline.working_days
    words += [f"from={deadline.event}"] * bool(deadline.event)
    if deadline.resolved:
        words += [f"begins={deadline.resolved.start}"] * bool(deadline.resolved.start)
        words += [f"on={deadline.resolved.due}"] * bool(deadline.resolved.due)
    words += ["flag"] * bool(deadline.flag)
    return f"{deadline.text}|{deadline.kind}|{' '.join(words)}"


@pytest.mark.parametrize(("why", "text", "expected"), LIMITS, ids=[row[0] for row in LIMITS])
def test_a_limit_is_read(why: str, text: str, expected: list[str]) -> None:
    assert [shown(one) for one in find_deadlines(document(text))] == expected, why


@pytest.mark.parametrize(("why", "text"), NONE, ids=[row[0] for row in NONE])
def test_a_mere_date_is_no_limit(why: str, text: str) -> None:
    assert not find_deadlines(document(text)), why


def test_the_span_is_the_quote_and_the_context_its_sentence() -> None:
    text = "先行部署。各区人民政府要在2024年6月底前完成老旧管网改造任务；逾期通报。"
    found = document(text)
    (deadline,) = find_deadlines(found)
    assert deadline.span.of(found.text) == deadline.text == "2024年6月底前"
    assert deadline.context == "各区人民政府要在2024年6月底前完成老旧管网改造任务；"


def test_a_short_sentence_takes_its_neighbour_along() -> None:
    (deadline,) = find_deadlines(document("第五条 试用期一年。期满后由主管部门组织考核，合格的正式任用。其他照旧。"))
    assert deadline.context == "第五条 试用期一年。期满后由主管部门组织考核，合格的正式任用。"


def test_a_missing_year_is_that_of_the_title() -> None:
    found = document("6月底前完成。", title="云川市2025年植树造林方案", signed=date(2024, 12, 20))
    assert find_deadlines(found)[0].due == date(2025, 6, 30)


def test_a_date_long_over_is_the_next_year_s_and_flagged() -> None:
    (deadline,) = find_deadlines(document("3月底前完成。", signed=date(2024, 12, 30)))
    assert (deadline.due, bool(deadline.flag)) == (date(2025, 3, 31), True)


def test_a_missing_year_is_that_of_the_section() -> None:
    found = document("三、2025年工作", "6月底前完成。", headings={"三、2025年工作": 1})
    assert find_deadlines(found)[0].due == date(2025, 6, 30)


def test_equal_quotes_in_equal_words_have_ids_of_their_own() -> None:
    found = find_deadlines(document(*["各志愿队随即到岗，按分工巡查河堤，每日向市防汛值班室报告水情。"] * 3))
    assert len({one.id for one in found}) == 3


def test_without_any_year_a_limit_stays_open() -> None:
    (deadline,) = find_deadlines(document("6月底前完成。", number=None, signed=None))
    assert (deadline.kind, deadline.due, bool(deadline.flag)) == (DeadlineKind.BY, None, True)


def test_a_chapter_of_review_states_no_limits() -> None:
    heads = {"一、2023年工作回顾": 1, "二、2024年工作安排": 1}
    text = ["一、2023年工作回顾", "全年完成造林10万亩。", "二、2024年工作安排", "全年完成造林12万亩。"]
    found = find_deadlines(document(*text, title="政府工作报告", headings=heads))
    assert [one.context for one in found] == ["全年完成造林12万亩。"]


def test_a_column_of_time_limits_is_read() -> None:
    rows = [
        ["序号", "任务", "完成时限"],
        ["1", "建成书房", "2024.9"],
        ["2", "日常维护", "长期坚持"],
        ["3", "验收", "12月"],
    ]
    found = find_deadlines(document("任务如下：", rows=rows))
    assert [(one.text, one.due) for one in found] == [("2024.9", date(2024, 9, 30)), ("12月", date(2024, 12, 31))]
    assert found[0].context == "1\t建成书房\t2024.9"


def test_a_column_head_sets_the_date_of_its_targets() -> None:
    rows = [["指标", "2025年目标", "2024年完成情况", "2026年型号"], ["森林覆盖率", "45%", "40%", "甲"]]
    assert [one.text for one in find_deadlines(document("目标如下：", rows=rows))] == ["2025年"]


def test_other_columns_are_no_time_limits() -> None:
    rows = [["年份", "数量"], ["2024年", "12"], ["2025.6", "13"]]
    assert not find_deadlines(document("统计如下：", rows=rows))


@given(st.integers(1, 12), st.integers(2000, 2099))
def test_the_end_of_a_month_is_read_from_print(month: int, year: int) -> None:
    found = document(f"各区要于{year}年{month}月底前完成。", signed=date(year, 1, 1), number=None)
    assert find_deadlines(found)[0].due == month_end(year, month)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_printed_day_comes_back(day: date) -> None:
    text = f"各区要于{day.year}年{day.month}月{day.day}日前完成。"
    assert find_deadlines(document(text, signed=date(2000, 1, 1), number=None))[0].due == day


def test_endless_text_is_read_in_time_and_kept_short() -> None:
    found = find_deadlines(document("各区要在3月底前完成整治，" * 3000))
    assert len(found) == 3000
    assert max(len(one.context) for one in found) < 500


def test_control_characters_do_no_harm() -> None:
    assert find_deadlines(document("各区\x00要\x0b于2024年\x1f6月底前完成。"))[0].due == date(2024, 6, 30)
