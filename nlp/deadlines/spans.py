"""Durations (3个工作日, 半年) and rhythms (每月, 一季一通报): the atoms that are no dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.language.numerals import SMALL, TENS, counted

_UNIT = "会计年度|纳税年度|工作日|自然日|日历日|年|月|星期|周|天|日|小时|分钟|季度|学期|旬"
_ISO = {
    "会计年度": "P{}Y",
    "纳税年度": "P{}Y",
    "年": "P{}Y",
    "月": "P{}M",
    "星期": "P{}W",
    "周": "P{}W",
    "天": "P{}D",
    "日": "P{}D",
    "工作日": "P{}D",
    "自然日": "P{}D",
    "日历日": "P{}D",
    "小时": "PT{}H",
    "分钟": "PT{}M",
}
_HALF_ISO = {"年": "P6M", "月": "P15D", "天": "PT12H", "小时": "PT30M", "工作日": "P0.5D"}
_AND_HALF_ISO = {"年": "P{}Y6M", "月": "P{}M15D", "天": "P{}DT12H", "小时": "PT{}H30M", "工作日": "P{}.5D"}
_MONTHS = {"季": 3, "季度": 3, "学期": 6, "半年": 6}  # a 学期 is half a year
_TEN_DAYS = "旬"

_DURATION = re.compile(
    rf"(?<![\d.第每{TENS}百])(?:{SMALL}(?:个)?[-~–—―至到])?"  # 3至5年: the longer span counts
    rf"(?:(?P<half>半)(?:个)?(?P<half_unit>年|月|天|小时|工作日)"
    rf"|(?P<number>\d{{1,2}}\.\d|{SMALL})(?:个(?P<more>半)?)?(?P<unit>{_UNIT})(?:(?P<and_half>半))?)"
    rf"(?:期间|期|以来|时间|的)?(?!岁|龄|度|级|均|产)"
)

_EVERY = (
    rf"每(?:隔)?(?:一个|个|满)?(?P<count>{SMALL})?(?:个)?(?P<each>半年|半个?月|学年|{_UNIT}|季)"
    r"(?:度|(?<=[周期])[一二三四五六日天])?"
)
_STEP = "逐(?P<step>月|季度?|周|旬|日)"
_OF_QUARTER = r"(?<![一二三四1-4首末第每本上下各\d])(?P<each_quarter>季度)(?=[首末]月|第[一二三]个月|最后[一1]个月)"
_BY = "按(?P<by>季度|月度|半年|月|季|周|旬|日)(?![期计时照常前加罚连])"
_ONE_ONE = r"[一1](?P<one>年|月|季度?|周|旬|日|天)[一1两二][调通考评报总检督点研汇排巡会晾分简清盘][一-鿿]?"
_YEARLY = r"一(?P<yearly>年)一度|(?P<year_over>年)度(?=终了|终结)"
_HALF = r"(?P<half>半(?:个)?[年月])[一1][调通考评报总检督点研汇排巡会][一-鿿]?"
_TIMES = (
    rf"(?P<per>半|{SMALL})(?:个)?(?P<per_unit>年|月|季度|周|天)"
    r"(?:至少|组织|开展|召开|进行|集中|修[订编]|评估|复审|更新|演练){0,3}[一1][次轮届]"
)
_CYCLE = (
    rf"(?P<cycle>{SMALL})年(?:为)?(?:一个|1个|一)(?:[一-鿿]{{0,4}})?周期|周期(?:一般|原则上)?为(?P<cycle2>{SMALL})年"
)
_REVIEW = "考核|考评|评估|评价|检查|检验|通报|调度|督查|巡查|抽查|会商|例会|会审|评比|排名|核查"
# 开展年度考核, 制定本市年度计划, 年度绩效考核, 制定防汛年度方案
_ADJECTIVE = "|".join(
    (
        r"(?:进行|开展|实行|组织|实施|坚持|执行|推行|接受)"
        rf"(?P<per_review>年度|半年度?|季度|月度)(?:{_REVIEW})",
        r"(?:实行|制定|编制|拟订|确定|报告|提交|报送|签订)(?:本[一-鿿]{1,3})?(?P<per_plan>年度)"
        r"[^,。;、和]{0,16}?(?:计划|责任|名录|报告|决算|预算|任务|清单)",
        r"(?<![本上下每该当各计])(?P<per_taken>年度)(?=(?:绩效|目标|综合|工作|(?:[一-鿿]{2})?(?:业绩|责任))?(?:考核|考评)"
        r"(?!合格|优秀|等次|结果|分值|为|得分))",
        rf"(?:开展|进行)(?P<per_look>年度)[^,。;、]{{0,4}}(?:监测|审计|调查|{_REVIEW})",
        r"(?:制定|编制|拟制|拟订|安排|细化)[^,。;]{0,24}?(?P<per_made>年度)[^,。;、和]{0,8}(?:计划|方案|预算|任务)",
    )
)
# 周调度、月通报、季考核, 月检, 日报告制度; 年检 and 年报 are names of procedures.
_SHORT = (
    rf"(?<![\d{TENS}年月日每本当上次隔按全今半学双作然历])"
    rf"(?:(?P<short>[日周旬月季])(?:{_REVIEW}|报告|总结|检|报)|(?P<short_year>年)(?:考核|考评|评估))(?=制度|机制|[,。;、”)]|$)"
)

_RHYTHM = re.compile(
    "|".join((_EVERY, _OF_QUARTER, _STEP, _BY, _ONE_ONE, _YEARLY, _HALF, _TIMES, _CYCLE, _ADJECTIVE, _SHORT))
)


@dataclass(frozen=True, slots=True)
class Duration:
    """`iso` is ISO 8601 (GB/T 7408): P3M, PT2H; working days are P5D with the mark."""

    start: int
    end: int
    iso: str
    working_days: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`every` is the ISO 8601 distance; `each` says whether it was printed with 每."""

    start: int
    end: int
    every: str
    each: bool


def find_durations(folded: str) -> Iterator[Duration]:
    for found in _DURATION.finditer(folded):
        end = max(found.end("half_unit"), found.end("unit"), found.end("and_half"))
        working_days = "工作日" in (found["unit"], found["half_unit"])
        yield Duration(found.start(), end, _duration_iso(found), working_days)


def _duration_iso(found: re.Match[str]) -> str:
    if found["half"]:
        return _HALF_ISO[found["half_unit"]]
    whole, _, tenths = found["number"].partition(".")
    count, unit = counted(whole), found["unit"]
    if (found["more"] or found["and_half"] or tenths == "5") and unit in _HALF_ISO:
        return _HALF_ISO[unit] if count == 0 else _AND_HALF_ISO[unit].format(count)
    return f"PT{60 * count + 6 * int(tenths)}M" if tenths and unit == "小时" else _iso(count, unit)


def _iso(count: int, unit: str) -> str:
    if unit in ("半月", "半个月"):
        return f"P{15 * count}D"
    if unit in _MONTHS:
        return f"P{_MONTHS[unit] * count}M"
    if unit == _TEN_DAYS:
        return f"P{10 * count}D"
    return _ISO[unit.removesuffix("度") if unit.startswith(("年", "月")) else unit].format(count)


_WITHIN_A_PHRASE = ("per_review", "per_plan", "per_taken", "per_look", "per_made")


def find_rhythms(folded: str) -> Iterator[Rhythm]:
    for found in _RHYTHM.finditer(folded):
        groups = {name: value for name, value in found.groupdict().items() if value}
        start = next((found.start(name) for name in _WITHIN_A_PHRASE if name in groups), found.start())
        yield Rhythm(start, found.end(), _every(groups), bool({"each", "each_quarter"} & groups.keys()))


def _every(groups: dict[str, str]) -> str:
    cycle = groups.get("cycle") or groups.get("cycle2")
    if cycle:
        return f"P{counted(cycle)}Y"
    if "half" in groups:
        return "P6M" if groups["half"].endswith("年") else "P15D"
    if groups.get("per") == "半":
        return "P6M"
    if "per" in groups:
        return _iso(counted(groups["per"]), groups["per_unit"])
    unit = next(
        groups[name]
        for name in (
            "each",
            "each_quarter",
            "step",
            "by",
            "one",
            "yearly",
            "year_over",
            "short",
            "short_year",
            *_WITHIN_A_PHRASE,
        )
        if name in groups
    )
    return _iso(counted(groups.get("count", "1")), "年" if unit == "学年" else unit)
