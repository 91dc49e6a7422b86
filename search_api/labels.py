"""How records are put into Chinese words: one wording for pages, spreadsheets, calendars and feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from gongbao.corpus.desk import Change, Item, State
from gongbao.corpus.desk.subscriptions import Channel
from gongbao.corpus.document import PageState
from gongbao.corpus.failure import EntryState
from gongbao.corpus.geometry import Region
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    Comparison,
    ContactKind,
    Deadline,
    DeadlineKind,
    Direction,
    PlaceLevel,
    Quantity,
    QuantityKind,
    Relation,
    Role,
)
from gongbao.corpus.reviews import Verdict

if TYPE_CHECKING:  # every command loads this module
    from gongbao.index.models import NextDue

ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.SUPPORT: "配合"}
INHERITED = "（沿用所指事项）"  # behind a time limit of the item that a statement only points to
KINDS = {AssignmentKind.TASK: "任务", AssignmentKind.DUTY: "职责"}
RELATIONS = {Relation.CITES: "引用", Relation.IMPLEMENTS: "落实", Relation.REPEALS: "废止", Relation.AMENDS: "修改"}
DEADLINE_KINDS = {
    DeadlineKind.BY: "截止",
    DeadlineKind.PERIOD: "期间",
    DeadlineKind.RECURRING: "定期",
    DeadlineKind.WITHIN: "时限",
    DeadlineKind.EFFECTIVE: "效力",
}
PAGE_STATES = {
    PageState.NATIVE: "文字",
    PageState.SCANNED: "扫描",
    PageState.CORRUPT: "文字层损坏",
    PageState.BLANK: "空白",
    PageState.FAILED: "读取失败",
}
QUANTITY_KINDS = {QuantityKind.QUANTITY: "数量", QuantityKind.MONEY: "金额"}
COMPARISONS = {
    Comparison.EXACTLY: "",
    Comparison.AT_LEAST: "不低于",
    Comparison.AT_MOST: "不超过",
    Comparison.MORE_THAN: "超过",
    Comparison.LESS_THAN: "低于",
    Comparison.ABOUT: "约",
    Comparison.BETWEEN: "区间",
}
DIRECTIONS = {Direction.INCREASE: "增加", Direction.DECREASE: "减少"}
CHANNELS = {
    ContactKind.PHONE: "电话",
    ContactKind.MOBILE: "手机",
    ContactKind.HOTLINE: "热线",
    ContactKind.FAX: "传真",
}
PLACE_LEVELS = {
    PlaceLevel.PROVINCE: "省级",
    PlaceLevel.PREFECTURE: "市级",
    PlaceLevel.COUNTY: "县级",
    PlaceLevel.TOWNSHIP: "乡级",
    PlaceLevel.VILLAGE: "村级",
    PlaceLevel.ZONE: "开发区",
}
STATES = {
    State.NOT_STARTED: "未开始",
    State.RUNNING: "进行中",
    State.DONE: "已完成",
    State.CLOSED: "已销号",
    State.PAUSED: "暂缓",
}
CHANNELS_OF_REMINDERS = {
    Channel.NONE: "只要订阅地址",
    Channel.MAIL: "邮件",
    Channel.DINGTALK: "钉钉机器人",
    Channel.WECOM: "企业微信机器人",
    Channel.FEISHU: "飞书机器人",
    Channel.JSON: "Webhook（JSON）",
}
LIFE = {"assigned": "提出", "amended": "有调整", "reported": "似已办结？", "repealed": "已废止"}
FATES = {"same": "相同", "changed": "有改动", "came": "新增", "gone": "不再出现"}
ENTRY_STATES = {
    EntryState.FAILED: "失败",
    EntryState.IGNORED: "已忽略",
    EntryState.SKIPPED: "跳过",
    EntryState.WAITING: "等待",
}
STAGES = {"ingest": "读入", "extract": "提取", "index": "索引", "embed": "语义"}
STAGE_ITEMS = {"ingest": "页", "extract": "件", "index": "件", "embed": "段"}
_UNITS = {"Y": "年", "M": "个月", "W": "周", "D": "日", "H": "小时", "TM": "分钟"}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+(?:\.5)?)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_BARE_FIGURE = re.compile(r"[≥≤<>]?[\d,.—–~-]+(?:以上|以下|左右)?")
_BREAK = re.compile(r"(?<=([0-9A-Za-z]))?[ \t]*[\r\n]+\s*(?=([0-9A-Za-z]))?")

_CLAUSE_ENDS = "。；，：！？;,"

_INNER = str.maketrans({"《": "〈", "》": "〉"})
_TRANSMITS = re.compile(r"(?:印发|转发|批转|下发)(.+?)的?通知$")
SOON_DAYS, NEAR_DAYS = 3, 30


class Due(StrEnum):
    """How a statement stands against a chosen day, most pressing first."""

    OVERDUE = "overdue"
    SOON = "soon"
    NEAR = "near"
    MONTH = "month"  # soon or near
    LATER = "later"
    UNDATED = "undated"


DUES = {
    Due.OVERDUE: "已逾期",
    Due.SOON: f"{SOON_DAYS} 日内到期",
    Due.NEAR: f"{NEAR_DAYS} 日内到期",
    Due.LATER: f"{NEAR_DAYS} 日以后",
    Due.UNDATED: "未明确期限",
}


def due_of(deadlines: Iterable[Deadline], today: date, item: Item | None = None) -> date | None:
    """The next date that is still to come, else the last that has passed; what the 台账 sets comes before what is
    printed. A rhythm is never over."""
    if item and item.due:
        return item.due
    once = (d for d in deadlines if d.kind is not DeadlineKind.RECURRING)
    dates = sorted(found for d in once if (found := d.effective_due))
    return next((found for found in dates if found >= today), dates[-1] if dates else None)


def due_state(due: date | None, today: date) -> Due:
    if due is None:
        return Due.UNDATED
    days = (due - today).days
    limits = ((0, Due.OVERDUE), (SOON_DAYS + 1, Due.SOON), (NEAR_DAYS + 1, Due.NEAR))
    return next((state for limit, state in limits if days < limit), Due.LATER)


def next_due(state: Due, today: date) -> NextDue:
    """How the index finds what `due_state` calls so."""
    from gongbao.index.models import NextDue

    days = {
        Due.MONTH: (0, NEAR_DAYS),
        Due.SOON: (0, SOON_DAYS),
        Due.NEAR: (SOON_DAYS + 1, NEAR_DAYS),
        Due.LATER: (NEAR_DAYS + 1, None),
    }
    if state not in days:
        return NextDue(today, undated=state is Due.UNDATED)
    first, last = days[state]
    return NextDue(today, today + timedelta(days=first), None if last is None else today + timedelta(days=last))


def days_left(due: date, today: date) -> str:
    days = (due - today).days
    if days < 0:
        return f"逾期{-days}天"
    return f"还有 {days} 天" if days else "今天到期"


def titled(title: str) -> str:
    """A title in its marks; those inside become single ones (GB/T 15834): 《关于印发〈办法〉的通知》."""
    return "《" + title.translate(_INNER) + "》"


def plan_name(title: str) -> str:
    """What a notice transmits: 云川市人民政府关于印发2024年工作要点的通知 → 2024年工作要点."""
    found = _TRANSMITS.search(title)
    return (found[1].strip("《》〈〉") if found else title).strip()


def month_name(day: date) -> str:
    return f"{day.year}年{day.month}月"


def chinese_date(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def moment(at: str) -> str:
    """A moment kept in universal time, on the clock of this place: 2024-06-30 08:05."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def duration(printed: str | None) -> str:
    """P1M → 1个月; what is no ISO duration stays as it is."""
    found = _DURATION.fullmatch(printed or "")
    if not found or not any(found.groups()):
        return printed or ""
    names = _UNITS.values()
    return "".join(f"{count}{name}" for count, name in zip(found.groups(), names, strict=True) if count)


def change_words(change: Change) -> str:
    """What a person changed, in one line: 进行中，进度 60%，反馈：已开工."""
    told = (
        STATES[change.state] if change.state else "",
        f"进度 {change.progress}%" if change.progress is not None else "",
        f"责任人：{change.person or '（空）'}" if change.person is not None else "",
        f"期限改为 {change.due.isoformat()}" if change.due else "恢复文件所定期限" if change.drop_due else "",
        f"标签：{'、'.join(change.tags) or '（空）'}" if change.tags is not None else "",
        f"完成于 {change.finished.isoformat()}" if change.finished else "",
        f"反馈：{flat(change.feedback)}" if change.feedback else "",
        f"备注：{flat(change.note)}" if change.note else "",
        f"佐证：{change.evidence.name}" if change.evidence else "",
    )
    return "，".join(filter(None, told)) or "文件更新后重新对应"


def deadline_meaning(deadline: Deadline) -> str:
    """What a time limit comes to, in one line: 2024-06-30 · 每1个月 · 文件印发之日起30日."""
    parts = []
    if deadline.start and deadline.due:
        parts.append(f"{deadline.start.isoformat()} 至 {deadline.due.isoformat()}")
    elif deadline.due:
        parts.append(deadline.due.isoformat())
    elif deadline.start:
        parts.append(f"{deadline.start.isoformat()} 起")
    if deadline.every:
        parts.append(f"每{duration(deadline.every)}" + (f"的{deadline.day}日前" if deadline.day else ""))
    if deadline.within:
        days = "（工作日）" if deadline.working_days else ""
        parts.append(f"{deadline.event or ''}{duration(deadline.within)}内{days}")
    if not deadline.due and deadline.resolved and deadline.resolved.due:
        parts.append(f"推算至 {deadline.resolved.due.isoformat()}（{deadline.resolved.on}）")
    return "，".join(parts)


def quantity_meaning(quantity: Quantity) -> str:
    """What a quantity comes to, in one line: 减少 不低于 5%."""
    value = f"{quantity.value:,}" + (f" 至 {quantity.upper:,}" if quantity.upper is not None else "") + quantity.unit
    bound = "" if quantity.comparison is Comparison.BETWEEN else COMPARISONS[quantity.comparison]
    return " ".join(filter(None, (quantity.direction and DIRECTIONS[quantity.direction], bound, value)))


def figure(text: str, value: int | float, unit: str) -> str:
    """As printed; where a table prints the unit elsewhere, with it: 1,200（12,000,000元）."""
    printed = flat(text)
    return f"{printed}（{value:,}{unit}）" if _BARE_FIGURE.fullmatch(printed) else printed


def deadline_line(deadline: Deadline) -> str:
    """As printed, and the last day it means: 6月底前（2024-06-30）."""
    due = deadline.effective_due
    return flat(deadline.text) + (f"（{due.isoformat()}）" if due else "")


def flat(text: str) -> str:
    """On one line: line breaks of a hard-wrapped page carry no meaning in Chinese, between words they are blanks."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    return _BREAK.sub(lambda gap: " " if gap[1] and gap[2] else "", text).strip()


def headline(text: str, length: int = 60) -> str:
    """On one line of at most so many characters; where that cuts, at the end of a clause if there is one."""
    line = flat(text)
    if len(line) <= length:
        return line
    ends = [place for place, char in enumerate(line[: length - 1]) if char in _CLAUSE_ENDS]
    cut = ends[-1] if ends and ends[-1] >= length // 3 else length - 1
    return line[:cut] + "…"


def table_header(columns: Sequence[str]) -> str:
    """Of a table row that stands alone: 表头：序号、工作任务、责任单位."""
    return f"表头：{'、'.join(map(flat, columns))}"


def names_by_role(task: Assignment, role: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flat(p.name) for p in task.parties if p.role is role))


def due_words(deadlines: Iterable[Deadline]) -> str:
    """The time limits as printed."""
    return "；".join(dict.fromkeys(flat(d.text) for d in deadlines))


def page_ranges(pages: Iterable[int]) -> str:
    """1, 2, 3, 7 → 1–3、7"""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def pages_of(regions: Iterable[Region]) -> tuple[int, ...]:
    return tuple(sorted({region.page for region in regions}))


CHIPS = {
    "number": "文号",
    "agency": "单位",
    "person": "人员",
    "role": "角色",
    "year": "年份",
    "due": "期限",
    "phrase": "原话",
    "field": "字段",
    "excluded": "不含",
    "words": "词语",
}
ACCESS = {"reader": "查看", "reviewer": "校核", "manager": "台账", "admin": "管理"}
JOBS = {
    "receiving": "正在上传",
    "waiting": "等待",
    "running": "进行中",
    "done": "完成",
    "failed": "完成，有未读入的内容",
}
INTENTS = {
    "who": "谁来承担",
    "duties": "要做什么",
    "deadlines": "何时到期",
    "facts": "相关任务",
    "documents": "相关任务",
}
VERDICTS = {
    Verdict.CONFIRMED: "已确认",
    Verdict.EDITED: "已修改",
    Verdict.REJECTED: "已驳回",
    Verdict.ADDED: "补充",
    Verdict.WITHDRAWN: "已撤回",
}
FACETS = {
    "year": "年份",
    "place": "地区",
    "issuer": "发文机关",
    "genre": "文种",
    "subject": "主题",
    "agency": "承担单位",
    "role": "角色",
    "kind": "类别",
    "document": "文件",
    "issue": "期次",
    "signed_from": "成文自",
    "signed_to": "成文至",
    "due_month": "到期月份",
    "due_from": "期限自",
    "due_to": "期限至",
    "pressing": "期限状况",
    "state": "进展",
    "person": "责任人",
    "tag": "标签",
    "late": "超期完成",
    "parts": "整段任务里的句子",
}


def facet_value(facet: str, value: str) -> str:
    """A facet's value in words: lead → 牵头."""
    if facet == "role":
        return ROLES[Role(value)] if value in set(Role) else value
    if facet == "kind":
        return KINDS[AssignmentKind(value)] if value in set(AssignmentKind) else value
    if facet == "state":
        return STATES[State(value)] if value in set(State) else value
    if facet == "pressing":
        return (DUES | {Due.MONTH: f"{NEAR_DAYS} 日内到期"}).get(Due(value), value) if value in set(Due) else value
    if facet == "due_month":
        return f"{value[:4]}年{value[5:].lstrip('0')}月"
    if facet in ("late", "parts"):
        return "是" if value in ("true", "1") else "否" if facet == "late" else "不另计"
    return f"{value}年" if facet == "year" else value
