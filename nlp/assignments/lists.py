"""Lines that name a body and then its duty: 市气象局：负责…, 组长单位：…, 张三副市长：分管…, 主要职责是：."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongbao.corpus.language.numbering import Style, expression, numbering_at
from gongbao.corpus.language.roles import role_of, role_words
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType, Role
from gongbao.nlp.assignments.model import Binding, bind
from gongbao.nlp.bodies import (
    Ends,
    Mention,
    ends_as_body,
    is_body_list,
    is_vague,
    names_a_post,
    read_names,
    starts_with_verb,
    subject_at,
)

_BULLETS = re.compile(r"\s{0,8}[●◆■▪•★－—-]+")
_BLANKS = re.compile(r"[\s　]*")
_OWN_DUTY = r"(?:主要|工作|具体|应急)*(?:职责|职能|任务|职责任务|工作职责|工作任务|职责分工)"
_DUTY_WORD = rf"(?:的)?{_OWN_DUTY}"
_LINE = re.compile(
    rf"(?P<names>[^：:。；;，,]{{2,160}}?(?:[，,][^：:。；;]{{2,120}}?)?)"
    rf"(?:{_DUTY_WORD}(?:是|为|包括)[，,：:]?|(?:{_DUTY_WORD})?\s{{0,8}}(?:[：:]|——))\s{{0,8}}"
)
_STOPPED = re.compile(r"(?P<names>[^：:。；;，,]{2,60}?)[。\s]\s{0,8}(?=\S)")
# 2.1 市公安局职责维护秩序: a heading and what stands under it in one line
_RUN_IN = re.compile(rf"(?P<names>[^：:。；;，,]{{2,60}}?){_DUTY_WORD}(?=[\u4e00-\u9fff])")
_GENERAL_DUTY = re.compile(rf"{_OWN_DUTY}\s{{0,8}}(?:[：:]|是[：:]?|为[：:]?)\s{{0,8}}")
_DOING = re.compile(
    r"(?:根据|按照|在|对|为|及时|必要时|依法|主要|具体|会同|统一|严格|做好|参与|及|应|要|全面|配合|协助|依据|加强|受理|[一二三]是|事故|突发|日常|密切|积极|切实|认真|迅速|定期|牵头|组织|抓好|指定|分别|共同)"
)

_ITEMS = (Style.ARABIC, Style.ARABIC_IN_BRACKETS, Style.HALF_BRACKET, Style.HAN_IN_BRACKETS, Style.RING)
_ENUMERATED = re.compile(rf"(?:^|(?<=[；;。：:\n]))\s{{0,8}}{expression(_ITEMS)}\s{{0,8}}")


@dataclass(frozen=True, slots=True)
class ListLine:
    """Who is named, in which role, and where what is said of them begins."""

    mentions: tuple[Mention, ...]
    told: int
    role: Role = Role.RESPONSIBLE


def number_length(text: str) -> int:
    """Of the number or bullets that a paragraph begins with, and the blanks behind; 0 for none."""
    number = numbering_at(text)
    bullets = None if number else _BULLETS.match(text)
    end = number.end if number else bullets.end() if bullets else 0
    blanks = _BLANKS.match(text, end) if end else None
    return blanks.end() if blanks else 0


def number_style(text: str) -> Style | str | None:
    """What a paragraph begins with: a number of some style, a bullet; None for neither."""
    number = numbering_at(text)
    bullets = None if number else _BULLETS.match(text)
    return number.style if number else bullets[0].strip()[0] if bullets else None


def read_duty_line(text: str, start: int, end: int | None = None) -> ListLine | None:
    """`市气象局：负责…` or `市公安局。负责…` at `start`; what is told may be empty (the duties follow)."""
    for pattern in (_LINE, _STOPPED, _RUN_IN) if start else (_LINE, _STOPPED):
        found = pattern.match(text, start, len(text) if end is None else end)
        if not found:
            continue
        span = Span(*found.span("names"))
        line = _bodies_line(text, span, found.end(), end)
        if line:
            return line
    return None


def read_name_alone(text: str, following: str) -> ListLine | None:
    """市水利局 on a line of its own, over one that tells what it does: 负责…."""
    place = Span(number_length(text), len(text.rstrip()))
    if not (_SHORTEST_NAME <= len(place) <= _LONGEST_NAMES and starts_with_verb(following) and tells_duty(following)):
        return None
    name = place.of(text)
    if role_words().header.fullmatch(name) or is_vague(name) or not is_body_list(text, place):
        return None
    mentions = read_names(text, place)
    return None if any(m.type is PartyType.PERSON for m in mentions) else ListLine(mentions, len(text))


_SHORTEST_NAME, _LONGEST_NAMES = 3, 60  # characters of names on a line of their own
_HAN = r"[\u4e00-\u9fff]"
# 综合处：负责…: a unit within a body, without the body
_UNIT = re.compile(rf"{_HAN}{{1,10}}(?:处|室|科|股|局|部|组|办|站|所|队)")
# 县级总路长：由县长担任，|负责…: who holds the post is told before its duty
_HELD = re.compile(r"\s{0,8}由[^，。；：:]{2,60}(?:担任|兼任)[，。]\s{0,8}")
_TAKES_CHARGE = re.compile(r"\s{0,8}(?:主要|具体|全面)?(?:负责|承担|牵头|协助|配合|组织)")


def _bodies_line(text: str, span: Span, told: int, end: int | None) -> ListLine | None:
    name = "".join(span.of(text).split())
    held = _HELD.match(text, told, len(text) if end is None else end)
    told = held.end() if held else told
    rest = text[told:end]
    inside = _UNIT.fullmatch(name) and _TAKES_CHARGE.match(rest)
    if role_words().header.fullmatch(name) or not (inside or is_body_list(text, span)):
        return None
    mentions = (Mention(name, PartyType.AGENCY, span),) if inside else read_names(text, span)
    if not rest.strip() and any(is_vague(part) for part in re.split("[、，,]", name)):
        return None  # 各县人民政府，市直各单位：to whom a document is sent
    if not mentions or (rest.strip() and not tells_duty(rest)):
        return None
    told_of = rest.strip().rstrip("。")
    if any(m.type is PartyType.PERSON for m in mentions) and names_a_post(told_of):
        return None  # 指挥长：分管副市长 says who it is
    return ListLine(mentions, told)


def called_in(text: str, told: Span) -> tuple[Mention, ...]:
    """会同Y…: those with whom a duty is done."""
    if not text.startswith(("会同", "商"), told.start):
        return ()
    start = told.start + (2 if text.startswith("会同", told.start) else 1)
    other = subject_at(Ends(text[start : told.end]), 0, alone=True)
    return tuple(replace(m, span=m.span.shift(start)) for m in other.mentions) if other else ()


def tells_duty(rest: str) -> bool:
    """Does this tell what someone does? A list of names, a telephone number or a definition does not."""
    words = rest.strip()[number_length(rest.strip()) :]
    if re.match(r"(?:是指|指(?![导挥派定])|由.{0,40}(?:组成|担任)|\d{3,})", words):
        return False
    return starts_with_verb(words) or bool(_DOING.match(words))


def read_label(text: str) -> tuple[Role | None, int] | None:
    """`组长单位：`, `成员单位：` … (role) or `主要职责：` (no role) at the beginning; with where its value begins."""
    start = number_length(text)
    duty = _GENERAL_DUTY.match(_closed_up(text, start)) if start < len(text) else None
    if duty:
        return None, _after_colon(text, start)
    head, colon = _head(text, start)
    label = role_words().header.fullmatch(head) if colon else None
    if label and label.lastgroup != "time":
        return role_of(label), colon
    return None


def is_time_line(text: str) -> bool:
    """完成时限：2024年12月底前: a line that only says by when."""
    head, colon = _head(text, number_length(text))
    label = role_words().header.fullmatch(head) if colon else None
    return bool(label and label.lastgroup == "time")


def _closed_up(text: str, start: int) -> str:
    """职 责：… as 职责：…"""
    return re.sub(r"\s", "", text[start : start + 24])


def _after_colon(text: str, start: int) -> int:
    found = re.compile(r"[^：:是为]{1,14}(?:[：:]|[是为][：:]?)\s{0,8}").match(text, start)
    return found.end() if found else start


def _head(text: str, start: int) -> tuple[str, int]:
    found = re.compile(r"([^：:，。；]{2,14})[：:]\s{0,8}").match(text, start)
    return ("".join(found[1].split()), found.end()) if found else ("", 0)


_GROUP_DUTY = re.compile(rf"(?:^|[。；\s])\s{{0,8}}{_OWN_DUTY}\s{{0,8}}[：:是为]+\s{{0,8}}")


# 牵头单位市应急局，成员单位市水利局、市气象局，负责…: labels without colons
_LOOSE_GROUP = re.compile(
    r"(?:牵头|组长|主办)单位(?:为|是)?(?P<lead>[^，；。：:]{2,60})[，；](?:成员|配合|参加|协办)单位(?:为|是|有|包括)?"
    r"(?P<others>[^，；。：:]{2,200})[，；。]\s{0,8}"
)


def read_inline_group(text: str) -> tuple[tuple[Binding, ...], Span] | None:
    """组长单位：A，成员单位：B。职责：…: who is bound, and where the duty is told."""
    loose = _LOOSE_GROUP.search(text)
    if loose and is_body_list(text, Span(*loose.span("lead"))):
        lead, others = (read_names(text, Span(*loose.span(name))) for name in ("lead", "others"))
        return bind(lead, Role.LEAD) + bind(others, Role.SUPPORT), Span(loose.end(), len(text))
    duty = _GROUP_DUTY.search(text)
    labels = [m for m in role_words().label.finditer(text) if duty and m.end() <= duty.start() and role_of(m)]
    if not duty or not labels:
        return None
    ends = [m.start() for m in labels[1:]] + [duty.start() + 1]
    bindings: tuple[Binding, ...] = ()
    for label, end in zip(labels, ends, strict=True):
        stop = text.find("。", label.end(), end)
        names = read_names(text, Span(label.end(), stop if stop >= 0 else end))
        bindings += bind(names, role_of(label) or Role.SUPPORT)
    return (bindings, Span(duty.end(), len(text))) if bindings else None


_ROSTER = re.compile(
    r"(?:(?:组\s{0,8}长|副\s{0,8}组\s{0,8}长|成\s{0,8}员|主\s{0,8}任|副\s{0,8}主\s{0,8}任)[：:])?[^，。；：:]{0,6}[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{1,3}\s+[^。；：:]{3,40}$"
)


def is_roster_line(text: str) -> bool:
    """李 明 市财政局副局长: a member of a list, bound to nothing."""
    return len(text) < 60 and bool(_ROSTER.match(text.strip())) and _is_post(re.sub(r"[（(].*?[)）]|\s", "", text))


def names_a_group(text: str) -> bool:
    """综合协调组 on a line of its own."""
    name = text[number_length(text) :].strip().rstrip("。：:")
    return 3 <= len(name) <= 16 and bool(
        re.fullmatch(
            r"(?!.*(?:要|应当|必须|成立|建立|组建|设立|派出))[\u4e00-\u9fff、]+(?:组|小组|专班)(?:的?(?:组成)?[及和]?(?:主要)?职责)?",
            name,
        )
    )


def _is_post(text: str) -> bool:
    return names_a_post(text) or bool(re.search(r"(?:调研员|巡视员|科员|干部|成员|教授|工程师|研究员|医师)$", text))


def enumerated(text: str, span: Span) -> list[Span]:
    """The numbered parts of `text[span]` without their numbers; the whole where nothing is numbered."""
    marks = list(_ENUMERATED.finditer(text, span.start, span.end))
    if len(marks) < 2:
        first = marks[0].end() if marks and marks[0].start() <= span.start else span.start
        return [Span(first, span.end)]
    ends = [m.start() for m in marks[1:]] + [span.end]
    before = text[span.start : marks[0].start()].strip()
    told = len(before) > 3 and not before.endswith(("：", ":"))  # 做好以下工作：1.… tells nothing itself
    head = [Span(span.start, marks[0].start())] if told else []
    return head + [Span(m.end(), end) for m, end in zip(marks, ends, strict=True) if text[m.end() : end].strip()]


_NEXT_LINE = re.compile(r"(?<=[。；])\s{0,8}(?P<names>[^：:。；，,\d]{2,40})[：:]")


def lines_within(text: str, span: Span) -> list[Span]:
    """市水利局：…。市财政局：… in one paragraph: where each begins and ends, the first without its name."""
    marks = [m for m in _NEXT_LINE.finditer(text, span.start, span.end) if is_body_list(text, Span(*m.span("names")))]
    starts = [span.start, *(m.start("names") for m in marks)]
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], span.end], strict=True)]


_OFFICE_INTRO = re.compile(
    rf"(?:^|(?<=。))(?P<names>[^：:。；;，,（(]{{2,30}}?)(?:设在|负责|承担|为|是)[^。]{{0,80}}。{_OWN_DUTY}(?:是|为|如下|包括)?[：:]\s*$"
)
_INTRO = re.compile(
    rf"(?P<names>[^：:。；;，,（(]{{2,60}}?)(?:[（(]以下[^（()）]*[)）])?(?:是(?P<as>[^：:。；;]{{2,40}}?)[，,])?(?:应当?|要|须)?(?:履行)?(?:下列|以下)?{_DUTY_WORD}(?:任务)?(?:是|为|如下|包括|有)?[：:]\s*$"
)
# 县级总路长由县长担任，主要职责：
_HELD_INTRO = re.compile(
    rf"(?P<names>[^：:。；;，,（(由]{{2,30}})[，,：:。]?由[^。；：:]{{2,60}}(?:担任|兼任)[，,。；](?:其)?{_OWN_DUTY}(?:是|为|如下|包括)?[：:]\s*$"
)
_GROUP_ALONE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:组|委员会|专班)")  # 标准编制组的任务是：
# 各级政府水库安全责任主要包括：
_LIABILITY = re.compile(r"(?:的|对)?[\u4e00-\u9fff]{0,14}?(?:责任|职责)(?:主要)?(?:包括|有|是|为|如下)[：:]\s*$")
_BEARER = re.compile(
    rf"[^。；]{{2,200}}是[^。；]{{0,30}}?的(?P<as>[\u4e00-\u9fff]{{2,8}})[，,]{_DUTY_WORD}(?:是|为|如下|包括)?[：:]\s*$"
)


_ONLY_DUTIES = re.compile(rf"(?P<names>[^：:。；;，,]{{2,60}}?)(?:的)?{_OWN_DUTY}[。]?\s*")


def only_says_duties(text: str) -> bool:
    """第十九条 市水利局的职责 without a colon: the items that follow are its duties."""
    found = _ONLY_DUTIES.fullmatch(text, number_length(text))
    return bool(found and is_body_list(text, Span(*found.span("names"))))


def read_introduction(text: str) -> tuple[Mention, ...]:
    """市水利局的主要职责是： — whose duties the items that follow are; X是…的依托单位，主要职责是：."""
    span = _introduced(text, number_length(text))
    names = read_names(text, span) if span else ()
    return tuple(m for m in names if ends_as_body(m.name) or names_a_post(m.name) or _GROUP_ALONE.fullmatch(m.name))


def _introduced(text: str, start: int) -> Span | None:
    office = _OFFICE_INTRO.search(text, start)
    if office and is_body_list(text, Span(*office.span("names"))):  # 市防办设在…。主要职责：
        return Span(*office.span("names"))
    held = _HELD_INTRO.match(text, start)
    if held and is_body_list(text, Span(*held.span("names"))):
        return Span(*held.span("names"))
    found = _INTRO.match(text, start)
    if not found:
        bearer = _BEARER.match(text, start)
        return Span(*bearer.span("as")) if bearer else _liable(text, start)
    span = Span(*found.span("names"))
    if _GROUP_ALONE.fullmatch(text, span.start, span.end):
        return span
    if is_body_list(text, span) or not found["as"]:
        return span if is_body_list(text, span) else _liable(text, start) or span
    last = re.search(r"的([\u4e00-\u9fff]{2,8})$", found["as"])
    return Span(found.start("as") + last.start(1), found.end("as")) if last else None


def _liable(text: str, start: int) -> Span | None:
    """The longest list of bodies whose responsibility the paragraph says follows."""
    ends = range(min(start + 40, len(text)), start + 1, -1) if _LIABILITY.search(text) else ()
    spans = (Span(start, end) for end in ends if _LIABILITY.match(text, end))
    return next((span for span in spans if is_body_list(text, span)), None)
