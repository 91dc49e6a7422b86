"""The forms of dates: 2024年3月5日, 3—5月, “十四五”末; each a piece of one expression, with its groups."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongbao.corpus.language.numerals import ONES, TENS, YEAR

_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{ONES}])"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|[一二三]?十[{ONES}]?|廿[{ONES}]?|[{ONES}])"
_JOIN = r"(?:[-~–—―−至到]+)"


# « » stand for the words of the data file, and below for one another.
_FORMS = {
    # a date does not begin within a number, but behind that of an item: 1.上半年, 2.三季度
    "begins": r"(?:(?<![\d.])|(?<=\d\.)(?=第?[«quarter»]季度|[«half»]半年|[今本明当全]年|年[底内末]))",
    # 2024—2026年
    "run_of_years": rf"(?P<first_year>{YEAR})年?{_JOIN}(?P<last_year>{YEAR})«run_ends»",
    # 2024.3.5, 2024-03
    "dotted": rf"(?P<dotted_year>{YEAR})(?P<dot>[.\-/])(?P<dotted_month>0?[1-9]|1[0-2])"
    r"(?:(?P=dot)(?P<dotted_day>\d{1,2}))?(?![\d./元万亿吨倍]|-(?!(?:19|20)\d\d)|年)",
    # 2024年, 今年
    "of_year": rf"(?P<year>{YEAR}«short»|«era»)(?P<slip>年年(?=\d)|月|日|年(?=\d{{1,2}}日\d{{1,2}}日))?"
    r"(?:(?<=[年月日])|年度?)|(?P<relative>«years»)",
    # 3—5月
    "run_of_months": rf"(?P<first_month>{_MONTH})月?份?{_JOIN}(?P<last_month>{_MONTH})月份?(?![\d底末初上中下旬])",
    # 3月, 3月5日, 3月上旬
    "month_day": rf"(?<![\d.])(?P<month>{_MONTH})(?:月份?|(?(slip)日|(?!)))"
    rf"(?:(?P<day>{_DAY})[日号]|(?P<day_slip>3[01]|[12]\d|0?[1-9])(?=[前之以至到])|(?P<part>«part»)|(?!\d))",
    "in_quarter": "(?P<quarter>第?[«quarter»]季度)(?P<quarter_end>[底末])?",
    "in_half": r"(?P<half>(?:(?=[上下])|(?<![一-鿿])|(?<=年))[«half»]半年)(?:(?<![前后]半年)|(?!内))[底末]?",
    # 2024年底, 年内, 岁末
    "end_of_year": r"(?P<year_end>(?(year)|(?(relative)|(?!)))(?:年?[底末](?![线下座])|年终|年?之?内(?!容))"
    rf"|(?<![哪年近去前往历上每学财整几多两半数\d{TENS}])年(?:[底末]|终(?!于)|内)|岁末)",
    "start_of_year": "(?P<year_start>(?(year)|(?(relative)|(?!)))年?初)",
    "year_alone": "(?(year)(?<=[年度])|(?(relative)|(?!)))",
    "in_year": "«run_of_months»|«month_day»|«in_quarter»|«in_half»|«end_of_year»|«start_of_year»|«year_alone»",
    # “十四五”末, “十四五”前三年
    "of_plan": rf"[“\"]?(?P<plan>十[{ONES}])五[”\"]?(?:(?:规划)?(?:(?P<plan_end>«plan_end»)"
    r"|(?P<plan_span>«plan_span»|(?P<plan_part>[前后头][一两二三四]年)))«alone»)",
    # 本月底, 次月5日
    "of_month_away": rf"(?P<month_away>«months»)(?:(?P<month_day>{_DAY})[日号]|(?P<month_last>[底末«within»])«alone»)",
    "end_of_month": rf"(?<![月旬周\d{TENS}每])(?P<month_end>月[底末])",
}
_MOMENT = (
    "«begins»(?:«away»«run_of_years»|«dotted»|(?:«of_year»)?(?:的)?(?:«in_year»)"
    "|«of_plan»|«of_month_away»|«end_of_month»)"
)
_PRINTED = {"short": "", "alone": "", "within": "内", "run_ends": r"年(?!\d)"}
_ASKED = {
    # 21年底: two digits name a year only before a part of it; 20年 alone may be a length of time
    "short": rf"|[0-4]\d(?=年(?:[底末终]|[«half»]半年|第?[«quarter»]季度|{_MONTH}月))",
    "alone": "|",  # 本月 and “十四五”, and nothing behind them
    "within": "",
    "run_ends": r"(?:年度?(?!\d)|(?![\d年]))",  # 2024—2026
}


def with_forms(words: Mapping[str, str], *, asked: bool) -> str:
    """One expression for all forms, with `words` for the parts of the data file; `asked`: with what questions hold."""
    parts = {**_FORMS, **words, **(_ASKED if asked else _PRINTED)}
    form = _MOMENT
    while "«" in form:  # parts have parts
        form = re.sub("«([a-z_]+)»", lambda found: parts[found[1]], form)
    return form
