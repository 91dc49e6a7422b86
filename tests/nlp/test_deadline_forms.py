"""Every form in which official documents print a time limit, short and by kind; the document is signed 2024-03-04.

`by` with its day, `period` and `effective` with start/due, `recurring` and `within` with the ISO 8601 span;
a question mark is a flag. Contexts, quotes and years are in test_deadlines.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.records import Deadline
from nlp.deadlines import find_deadlines
from tests.nlp.writing import write

FORMS: dict[str, list[tuple[str, str]]] = {
    "by, part of a month": [
        ("2月底前完成", "by 2024-02-29"),
        ("2025年2月底前完成改造", "by 2025-02-28"),
        ("二○二四年十二月底前完成", "by 2024-12-31"),
        ("5月上旬完成招标", "by 2024-05-10"),
        ("专项资金6月底支出进度达到50%", "by 2024-06-30"),
        ("5月中旬前完成招标", "by 2024-05-20"),
        ("5月下旬完成招标", "by 2024-05-31"),
        ("2024年5月初启动", "by 2024-05-10"),
        ("月底前报送进展", "by 2024-03-31"),
        ("分别于6月底、9月底和12月底前报送", "by 2024-06-30;by 2024-09-30;by 2024-12-31"),
        ("明年6月底前完成改造", "by 2025-06-30"),
        ("本月底前报送", "by 2024-03-31"),
        ("3月底前报送", "by 2024-03-31"),
        ("完成时限：2024年12月底", "by 2024-12-31"),
        ("完成时限：2024年12月底，并长期坚持", "by 2024-12-31"),
        ("（2024年6月底前完成）", "by 2024-06-30"),
        ("（一）动员部署阶段（2024年3月上旬）", "by 2024-03-10"),
    ],
    "no limit": [
        ("2023年2月底前已完成", ""),
        ("“十五五”中期，完成评估", ""),
        ("本届政府任期内完成改造", ""),
        ("林长任期内至少巡查一次", ""),
        ("当日办结", ""),
        ("当天办结", ""),
        ("2020月7月31日前完成", ""),
        ("截至2023年底，已建成10个园区", ""),
        ("2023年，全市完成投资100亿元", ""),
        ("2025年春节前完成支付", ""),
        ("春节前完成支付", ""),
        ("汛期前完成修复", ""),
        ("2024年汛期前完成修复", ""),
        ("5月1日起，开展整治", ""),
        ("自2020年以来，开展整治", ""),
        ("本周五前报送", ""),
        ("下周一前报送", ""),
        ("到本世纪中叶，全面建成", ""),
        ("完成时限：长期坚持", ""),
        ("百日攻坚行动", ""),
        ("超过30日未报的，予以通报", ""),
        ("满三年的，可以申请", ""),
        ("工作满5年以上", ""),
        ("连续3年内未发生事故", ""),
        ("近三年完成投资", ""),
        ("2小时内降雨量达到50毫米", ""),
        ("未来24小时内可能出现暴雨", ""),
        ("24小时值班", ""),
        ("起始时间为2024年7月1日", ""),
        ("自2024年5月1日起停止执行", ""),
    ],
    "by, day": [
        ("２０２４年６月３０日前完成", "by 2024-06-30"),
        ("二〇二四年六月三十日前完成", "by 2024-06-30"),
        ("2024年6月前完成改造", "by 2024-05-31"),
        ("2024年12月31日24时前完成", "by 2024-12-31"),
        ("12月31日24:00前完成", "by 2024-12-31"),
        ("3月15日前、6月15日前分别报送", "by 2024-03-15;by 2024-06-15"),
        ("6月30日、12月31日前分别报送", "by 2024-06-30;by 2024-12-31"),
        ("3月10日之前报送", "by 2024-03-10"),
        ("3月10日以前报送", "by 2024-03-10"),
        ("截至3月15日报送", "by 2024-03-15"),
        ("截止时间为2024年3月15日", "by 2024-03-15"),
        ("最迟于4月15日报送", "by 2024-04-15"),
        ("不迟于4月15日报送", "by 2024-04-15"),
        ("不得晚于2024年4月15日", "by 2024-04-15"),
        ("本月20日前报送", "by 2024-03-20"),
        ("下月5日前报送", "by 2024-04-05"),
        ("（完成时限：2024年6月）", "by 2024-06-30"),
        ("（一）动员部署（3月）", "by 2024-03-31"),
        ("2024年12月31日止", "by 2024-12-31"),
    ],
    "by, year": [
        ("2027年前建成", "by 2026-12-31"),
        ("2024年底前建成", "by 2024-12-31"),
        ("年底前建成", "by 2024-12-31"),
        ("到2025年，覆盖率达到90%", "by 2025-12-31"),
        ("到2025年底，覆盖率达到90%", "by 2025-12-31"),
        ("力争到2025年末建成", "by 2025-12-31"),
        ("2024.12.31前完成", "by 2024-12-31"),
        ("2024-12-31前完成", "by 2024-12-31"),
        ("2024/12/31前完成", "by 2024-12-31"),
        ("至2025年底，建成10个园区", "by 2025-12-31"),
        ("截至2025年底，建成10个园区", "by 2025-12-31"),
        ("2024年，全市完成投资100亿元以上", "by 2024-12-31"),
        ("2024年内完成改造", "by 2024-12-31"),
        ("年内完成改造", "by 2024-12-31"),
        ("今年内完成改造", "by 2024-12-31"),
        ("今年底前完成改造", "by 2024-12-31"),
        ("今年年底前完成改造", "by 2024-12-31"),
        ("本年度内完成改造", "by 2024-12-31"),
        ("2024年度完成改造", "by 2024-12-31"),
        ("到2035年，基本实现现代化", "by 2035-12-31"),
        ("2030年前碳达峰", "by 2029-12-31"),
        ("2030年前实现碳达峰", "by 2029-12-31"),
        ("近期到2025年，远期到2035年", "by 2025-12-31;by 2035-12-31"),
        ("2025年、2030年覆盖率分别达到50%、80%", "by 2025-12-31;by 2030-12-31"),
        ("二〇二四年底前建成", "by 2024-12-31"),
    ],
    "by, plan or quarter or half": [
        ("今年后半年完成验收", "by 2024-12-31"),
        ("2024年上半年完成验收", "by 2024-06-30"),
        ("今年上半年完成验收", "by 2024-06-30"),
        ("2024年第三季度完成验收", "by 2024-09-30"),
        ("三季度末前完成验收", "by 2024-09-30"),
        ("第2季度完成方案编制", "by 2024-06-30"),
        ("二季度末完成方案编制", "by 2024-06-30"),
        ("明年一季度完成验收", "by 2025-03-31"),
        ("“十四五”末，森林覆盖率达到40%", "by 2025-12-31"),
        ("“十四五”期末，森林覆盖率达到40%", "by 2025-12-31"),
        ("“十五五”末，森林覆盖率达到40%", "by 2030-12-31"),
        ("3月15日（星期五）下午5点前报送", "by 2024-03-15"),
        ("二零二五年底前建成", "by 2025-12-31"),
        ("第四季度完成验收", "by 2024-12-31"),
    ],
    "plan or years": [
        ("“十五五”前三年，完成改造5000亩", "period 2026-01-01/2028-12-31"),
        ("“十四五”后两年，完成12座水库加固", "period 2024-01-01/2025-12-31"),
        ("“十五五”时期，新建水库3座", "period 2026-01-01/2030-12-31"),
        ("“十四五”期间，完成造林5万亩", "period 2021-01-01/2025-12-31"),
        ("“十四五”时期完成造林5万亩", "period 2021-01-01/2025-12-31"),
        ("在“十四五”期间完成造林5万亩", "period 2021-01-01/2025-12-31"),
        ("2024—2026年，新建水库3座", "period 2024-01-01/2026-12-31"),
        ("“十四五”规划期内完成改造", "period 2021-01-01/2025-12-31"),
    ],
    "lasts": [
        ("巡查记录保存两年以上", "within P2Y"),
        ("给予连续补助3年", "within P3Y"),
        ("领导小组成员每届任期五年", "within P5Y"),
        ("理事会每届任期3年", "within P3Y"),
        ("公示期不少于7天", "within P7D"),
        ("公示5个工作日", "within P5D"),
        ("公示时间为5个工作日", "within P5D"),
        ("公示期为7日", "within P7D"),
        ("建设期为2年", "within P2Y"),
        ("建设工期18个月", "within P18M"),
        ("工期12个月", "within P12M"),
        ("用三年时间完成改造", "within P3Y"),
        ("利用三年左右时间完成改造", "within P3Y"),
        ("限期30日整改", "within P30D"),
        ("整改期限为三个月", "within P3M"),
        ("不超过20个工作日", "within P20D"),
        ("可以延长10日", "within P10D"),
        ("最长不得超过90日", "within P90D"),
        ("保存期限不少于5年", "within P5Y"),
        ("档案保存不少于3年", "within P3Y"),
        ("补贴期限最长不超过三年", "within P3Y"),
        ("贷款期限一般不超过5年", "within P5Y"),
        ("租期为10年", "within P10Y"),
        ("合同期5年", "within P5Y"),
        ("服务期3年", "within P3Y"),
        ("试用期一年", "within P1Y"),
        ("过渡期为6个月", "within P6M"),
        ("质保期2年", "within P2Y"),
        ("《经营许可证》有效期为4年", "within P4Y"),
        ("取水许可证有效期三年", "within P3Y"),
        ("从2024年起，用三年时间完成改造", "within P3Y"),
    ],
    "days and months": [
        ("2024年4月1日至5月31日开展检查", "period 2024-04-01/2024-05-31"),
        ("4月1日－5月31日，开展检查", "period 2024-04-01/2024-05-31"),
        ("4月1日—30日，开展检查", "period 2024-04-01/2024-04-30"),
        ("2024年4月至6月，开展排查整治", "period 2024-04-01/2024-06-30"),
        ("4—6月，开展排查整治", "period 2024-04-01/2024-06-30"),
        ("7月—9月开展单位清查", "period 2024-07-01/2024-09-30"),
        ("4月份至6月份，开展排查整治", "period 2024-04-01/2024-06-30"),
        ("2024年11月1日至2025年3月31日，禁止放牧", "period 2024-11-01/2025-03-31"),
        ("2024年11月1日至次年3月31日，禁止放牧", "period 2024-11-01/2025-03-31"),
        ("2024年至2026年，每年新建水库3座", "period 2024-01-01/2026-12-31;recurring P1Y"),
        ("从即日起至4月30日，开展排查", "period /2024-04-30"),
        ("即日起至2024年4月30日开展排查", "period /2024-04-30"),
        ("自印发之日起至2024年12月31日开展整治", "period /2024-12-31"),
        ("（二）实施阶段（4月—10月）", "period 2024-04-01/2024-10-31"),
        ("（二）实施阶段（4月1日-10月31日）", "period 2024-04-01/2024-10-31"),
        ("第一阶段：2024年3月1日至3月31日", "period 2024-03-01/2024-03-31"),
        ("时间为2024年3月至2024年12月", "period 2024-03-01/2024-12-31"),
        ("活动时间：2024年3月至12月", "period 2024-03-01/2024-12-31"),
        ("申报时间：2024年4月1日-4月30日", "period 2024-04-01/2024-04-30"),
    ],
    "after each turn": [
        ("每年11月1日至次年3月31日为禁牧期", "recurring P1Y"),
        ("每年10月1日至次年4月30日为森林防火期", "recurring P1Y"),
        ("每月25日前报送数据，次月5日前报送分析报告", "recurring P1M;recurring P1M"),
        ("每月统计，于次月10日前上报", "recurring P1M;recurring P1M"),
        ("每年开展评价，次年3月底前公布结果", "recurring P1Y;recurring P1Y"),
    ],
    "rhythm with a date": [
        ("每月5日前报送进展", "recurring P1M"),
        ("每月5日前报送上月进展", "recurring P1M"),
        ("每月25日前报送当月进展", "recurring P1M"),
        ("每月底前报送进展", "recurring P1M"),
        ("每月月底前报送进展", "recurring P1M"),
        ("每月最后一个工作日前报送进展", "recurring P1M"),
        ("每季度末月25日前报送进展", "recurring P3M"),
        ("每季度首月10日前报送上季度进展", "recurring P3M"),
        ("每季度末报送进展", "recurring P3M"),
        ("季度末月25日前报送进展", "recurring P3M"),
        ("每年6月底和12月底前报送进展", "recurring P1Y;recurring P1Y"),
        ("每年6月30日、12月31日前分别报送进展", "recurring P1Y;recurring P1Y"),
        ("每年12月底前报送总结", "recurring P1Y"),
        ("每年年底前报送总结", "recurring P1Y"),
        ("每年1月31日前，各单位报送上年度总结", "recurring P1Y"),
        ("每周五下班前报送进展", "recurring P1W"),
        ("每周一上午10时前报送进展", "recurring P1W"),
        ("每日16时前报送进展", "recurring P1D"),
        ("每天下午5点前报送进展", "recurring P1D"),
        ("每旬末报送进展", "recurring P10D"),
        ("每季度首月5日前，报送上季度情况", "recurring P3M"),
    ],
    "rhythm": [
        ("每季度结束后10日内报送进展", "recurring P3M"),
        ("每半年报送一次", "recurring P6M"),
        ("每年第一季度完成上年度考核", "recurring P1Y"),
        ("每10天报送一次", "recurring P10D"),
        ("每两个月召开一次会议", "recurring P2M"),
        ("每2年开展一次评估", "recurring P2Y"),
        ("每三年修订一次", "recurring P3Y"),
        ("至少每三年修订一次", "recurring P3Y"),
        ("每4小时报告一次", "recurring PT4H"),
        ("每学期开展一次演练", "recurring P6M"),
        ("每学年开展一次演练", "recurring P1Y"),
        ("一月一通报、一季一考核", "recurring P1M;recurring P3M"),
        ("实行周调度、月通报、季考核", "recurring P1W;recurring P1M;recurring P3M"),
        ("日调度、周通报", "recurring P1D;recurring P1W"),
        ("按月调度、按季通报", "recurring P1M;recurring P3M"),
        ("按季度报送进展", "recurring P3M"),
        ("逐月报送进展", "recurring P1M"),
        ("每年开展两次检查", "recurring P1Y"),
        ("每年不少于2次检查", "recurring P1Y"),
        ("每年3月、9月各开展一次检查", "recurring P1Y;recurring P1Y"),
        ("自2024年起，每年开展一次检查", "recurring P1Y"),
    ],
    "a slip or an open year": [
        ("应当于次月15日前申报", "by ?"),
        ("2024月7月31日前完成", "by 2024-07-31 ?"),
        ("2024年7日31日前完成", "by 2024-07-31 ?"),
        ("2024年2月30日前完成", "by ?"),
        ("9月31日前完成", "by ?"),
        ("1月10日前报送", "by 2025-01-10 ?"),
        ("四季度前完成验收", "by 2024-09-30"),
    ],
    "from an event": [
        ("销号后半年内不得反弹", "within P6M"),
        ("节假日结束后的第二个工作日前报送", "within P2D"),
        ("接到报告后2小时内报告", "within PT2H"),
        ("接报后30分钟内电话报告，1小时内书面报告", "within PT30M;within PT1H"),
        ("自收到申请之日起5个工作日内作出决定", "within P5D"),
        ("自受理之日起二十日内作出决定", "within P20D"),
        ("收到通知之日起3日内提出", "within P3D"),
        ("自收到之日起十五个工作日内", "within P15D"),
        ("自印发之日起30日内制定方案", "within P30D"),
        ("本办法印发后一个月内制定实施细则", "within P1M"),
        ("在批准后60日内公布", "within P60D"),
        ("应当在检查结束后5日内反馈", "within P5D"),
        ("2024年起三年内完成改造", "within P3Y"),
    ],
    "half and part": [
        ("一个半小时内到达", "within PT1H30M"),
        ("1.5小时内到达", "within PT1H30M"),
        ("0.5个工作日内办结", "within P0.5D"),
        ("半个工作日内办结", "within P0.5D"),
        ("半天内办结", "within PT12H"),
        ("半个月内完成", "within P15D"),
        ("用半年时间集中整治", "within P6M"),
    ],
    "span": [
        ("24小时之内报告", "within PT24H"),
        ("四十八小时内报告", "within PT48H"),
        ("三年内完成改造", "within P3Y"),
        ("3年内实现全覆盖", "within P3Y"),
        ("两年内完成改造", "within P2Y"),
        ("五年内不得转让", "within P5Y"),
        ("两周内完成汇总", "within P2W"),
        ("一个月内完成整改", "within P1M"),
        ("3个月以内完成整改", "within P3M"),
        ("限15日内整改", "within P15D"),
        ("90天内完成", "within P90D"),
    ],
    "before an event": [
        ("期满3日前重新申请", "within P3D"),
        ("有效期届满6个月前由主管部门评估", "within P6M"),
        ("在会议召开3日前通知", "within P3D"),
        ("举行听证的7日前通知当事人", "within P7D"),
        ("有效期届满30日前提出延续申请", "within P30D"),
        ("于开工前15日告知", "within P15D"),
        ("提前10个工作日报告", "within P10D"),
        ("提前三天公告", "within P3D"),
    ],
    "range": [
        ("至少提前一个月通知", "within P1M"),
        ("用2—3年时间完成改造", "within P3Y"),
        ("力争用3至5年时间建成", "within P5Y"),
        ("办理时限压缩至3个工作日", "within P3D"),
        ("压缩至3个工作日内", "within P3D"),
        ("3—5个工作日内办结", "within P5D"),
    ],
    "validity": [
        ("自印发之日起施行", "effective /"),
        ("自发布之日起施行，有效期5年", "effective /;effective / P5Y"),
        ("自公布之日起30日后施行", "effective / P30D"),
        ("自发布之日起30日后施行", "effective / P30D"),
        ("自公布之日起满30日后施行", "effective / P30D"),
        ("本办法自2024年4月1日起施行，有效期至2029年3月31日", "effective 2024-04-01/;effective /2029-03-31"),
        ("自2024年4月1日起施行，有效期为5年", "effective 2024-04-01/;effective / P5Y"),
        ("自2024年4月1日起正式实施", "effective 2024-04-01/"),
        ("于2024年4月1日起施行", "effective 2024-04-01/"),
        ("2024年4月1日起施行", "effective 2024-04-01/"),
        ("自2024年5月1日起执行", "effective 2024-05-01/"),
        ("从2024年5月1日起执行", "effective 2024-05-01/"),
        ("有效期自2024年4月1日至2029年3月31日", "effective 2024-04-01/2029-03-31"),
        ("有效期五年", "effective / P5Y"),
        ("有效期：5年", "effective / P5Y"),
        ("有效期限为五年", "effective / P5Y"),
        ("试行期2年", "effective / P2Y"),
        ("试行两年", "effective / P2Y"),
        ("试行期限为一年", "effective / P1Y"),
        ("暂行期为两年", "effective / P2Y"),
        ("本通知执行至2025年12月31日", "effective /2025-12-31"),
        ("本政策实施期限为2024年1月1日至2026年12月31日", "effective 2024-01-01/2026-12-31"),
        ("本通知自发文之日起施行", "effective /"),
        ("自签发之日起执行", "effective /"),
    ],
}  # fmt: skip
ROWS = [(why, text, expected) for why, rows in FORMS.items() for text, expected in rows]


def shown(deadline: Deadline) -> str:
    span = f"{deadline.start or ''}/{deadline.due or ''}"
    values = {
        "by": str(deadline.due or ""),
        "period": span,
        "recurring": deadline.every,
        "within": deadline.within,
        "effective": f"{span} {deadline.within or ''}".strip(),
    }
    return f"{deadline.kind} {values[deadline.kind]}".strip() + " ?" * bool(deadline.flag)


@pytest.mark.parametrize(("why", "text", "expected"), ROWS, ids=[f"{why}: {text}" for why, text, _ in ROWS])
def test_a_form_is_read(why: str, text: str, expected: str) -> None:
    assert ";".join(map(shown, find_deadlines(write(text)))) == expected, why


def test_a_date_counted_from_a_doubtful_signature_is_flagged() -> None:
    early = replace(write("自印发之日起30日内制定方案；每周报送进展。"), signed=date(2023, 3, 4))
    assert [one.flag for one in find_deadlines(early)] == ["成文日期早于文号年份，推算的日期存疑", None]
    assert [one.flag for one in find_deadlines(replace(early, signed=date(2024, 3, 4)))] == [None, None]


def test_a_notice_on_the_year_to_come_may_ask_for_something_this_year() -> None:
    notice = replace(
        write("12月28日前报值班表，12月底前完成全年任务。", title="关于2025年元旦值班的通知"), signed=date(2024, 12, 20)
    )
    assert ";".join(map(shown, find_deadlines(notice))) == "by 2024-12-28;by 2025-12-31"


def test_the_event_of_an_arrangement_begins_with_a_word() -> None:
    (lasting,) = find_deadlines(write("联合实验室建设期为2年。"))
    assert lasting.text == "建设期为2年"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["任务", "一季度", "二季度"], ["编制规划", "√", "—"]], "by 2024-03-31;by 2024-06-30"),  # marks
        ([["项目", "上半年", "下半年"], ["水厂", "完成施工", "竣工验收"]], "by 2024-06-30;by 2024-12-31"),  # stages
        ([["指标", "2023年", "2024年"], ["用水量", "300", "280"]], ""),  # figures of years tell what was or is
    ],
)
def test_column_heads_over_marks_or_words_are_limits(rows: list[list[str]], expected: str) -> None:
    assert ";".join(map(shown, find_deadlines(write("见下表。", rows)))) == expected


def test_the_row_of_a_short_cell_is_its_context_over_line_breaks() -> None:
    rows = [["任务", "完成时限"], ["改造东山\n片区管网", "6月底前"]]
    assert [one.context for one in find_deadlines(write("见下表。", rows))] == ["改造东山\n片区管网\t6月底前"]


@pytest.mark.parametrize(
    ("text", "in_a_rule", "in_a_plan"),
    [
        ("次年3月底前清算", "by ?", "by 2025-03-31"),
        ("全年开放不少于330天，实现达标", "", "by 2024-12-31"),
        ("2024年底前建成", "by 2024-12-31", "by 2024-12-31"),
        ("休牧自1月1日起至2月15日止", "period 2024-01-01/2024-02-15", "by 2024-02-15"),
    ],
)
def test_a_rule_for_all_years_speaks_of_none(text: str, in_a_rule: str, in_a_plan: str) -> None:
    rule = write(text, title="云川市人民政府关于印发云川市供水管理办法（试行）的通知")
    assert ";".join(map(shown, find_deadlines(rule))) == in_a_rule
    assert ";".join(map(shown, find_deadlines(write(text)))) == in_a_plan
