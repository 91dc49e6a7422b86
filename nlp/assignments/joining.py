"""How the acts of one sentence go together: helpers join leads, each act ends where the next begins."""

from __future__ import annotations

import re
from dataclasses import replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Role
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.model import Binding, rebind
from gongbao.nlp.bodies import starts_with_verb

_DUTY = re.compile(r"\s{0,8}(?:主要职责|职责|主要任务|任务)[：:是]?\s{0,8}")
_GROUP_NAME = re.compile(r"[^，。；：:]{0,14}(?:组|专班|小组)?[：:。]?\s{0,8}由?")
# …，确保2024年12月底前全部完成。
_CLOSING = re.compile(
    r"\s{0,8}(?:均|都|力争|确保|争取|务必|须|应|要|并)?(?:于|在)?(?:\d|[一二三四今明本年月上下第])[^，。；]{0,20}?(?:前|底|末|内|季度|半年)"
    r"(?:要|须|均|都|全部|全面|基本|统一|按时|予以)*(?:完成|完工|竣工|到位|落实|建成|投用|办结|见效)+(?:到位|任务|工作)?[。；;]?\s{0,8}"
)


def join_acts(text: str, acts: list[Act]) -> list[Act]:
    """The statements' acts in order, from all acts of a paragraph."""
    out: list[Act] = []
    for act in sorted(acts, key=lambda a: (a.clause, not a.checking, a.bindings[0].mention.span)):
        previous = out[-1] if out else None
        if previous is None or previous.group != act.group or act.quoted:
            out += _alone(act)
        elif text.endswith("责成", 0, act.named):
            continue  # 市水利局应当检查，责成B限期整改: what A is bound to
        elif previous.checking:
            out[-1] = _checked(previous, act)
        elif _OR_BY.fullmatch(text, act.clause, act.named):
            out[-1] = replace(previous, bindings=previous.bindings + act.bindings, end=act.end)
        elif text.endswith("批转", 0, act.named):
            out[-1] = replace(previous, bindings=previous.bindings + act.bindings)  # …审核，批转Y核拨: both are bound
        elif act.bare and act.lone and not _does_its_own(text, previous, act):
            out[-1] = _joined(previous, act)
        elif _told_already(previous, act) or _chairs(text, previous, act):
            continue
        elif previous.passive and act.brief:
            out[-1] = replace(previous, end=min(previous.end, act.clause))
            out.append(replace(act, start=previous.start, end=act.brief, passive=True))
        else:
            out[-1], act = _cut(previous, act)
            out += _alone(replace(act, bindings=rebind(act.bindings, Role.SUPPORT)) if _helps(act) else act)
    out = _closed(text, _shared(out))
    told = [_told_after(text, act, out[i + 1].clause if i + 1 < len(out) else len(text)) for i, act in enumerate(out)]
    return [act for act in told if not act.member or act.start >= act.group.end or _is_told(text, act)]


_OR_BY = re.compile("或者?由")  # 由A负责，或者由B负责: one or the other, for the same


def _told_already(previous: Act, act: Act) -> bool:
    """办公室设在X，X负责…; but A、B要各司其职，A负责…，B负责…: each has its own."""
    same = _names(act) == _names(previous) or (previous.duty and _names(act) < _names(previous))
    return act.duty and same


def _is_told(text: str, act: Act) -> bool:
    """医疗救护组：由A、B组成，负责救护: what the members of a work group do is told with them."""
    return bool(
        _MADE_UP.search(text, act.group.start, act.named) and _WHAT_MEMBERS_DO.search(text, act.named, act.group.end)
    )


_MADE_UP = re.compile(r"(?:组[：:]|(?:专班|小组|办公室|指挥部|委员会|联席会议)[，,：:])由$")
_WHAT_MEMBERS_DO = re.compile(r"组成，(?:共同|具体|主要)?(?:负责|承担|组织|开展|实施|协调)")


def _chairs(text: str, previous: Act, act: Act) -> bool:
    """办公室设在X，主任由Y兼任，承担…: what the office does."""
    seat = text[previous.start : previous.end]
    return (
        "设在" in seat and all(b.mention.name.endswith("主任") for b in act.bindings) and act.clause > previous.clause
    )


def _does_its_own(text: str, previous: Act, act: Act) -> bool:
    """A负责统筹，B具体实施; A负责统筹，各成员单位要密切配合，落实政策: two acts."""
    told = previous.duty and not previous.bare and not previous.passive
    if act.bare is Role.SUPPORT:
        return told and bool(_GOES_ON.match(text, act.after, act.end))
    return told and act.bare is Role.RESPONSIBLE and not act.passive and not act.by_duty


def _helps(act: Act) -> bool:
    return act.bare is Role.SUPPORT and not act.member


_GOES_ON = re.compile(r"[^，。；]{0,24}(?:配合|协助|参与)，[^，。；]{2,}")


def _shared(acts: list[Act]) -> list[Act]:
    """What stands before the first act of a group is said of the later ones too."""
    first: dict[Span, Act] = {}
    out = []
    for act in acts:
        lead = first.setdefault(act.group, act)
        later = act is not lead and lead.named >= act.group.start
        out.append(replace(act, shared=Span(act.group.start, lead.named)) if later else act)
    return out


def _closed(text: str, acts: list[Act]) -> list[Act]:
    """A time limit that ends a sentence without an object of its own is said of all its acts."""
    out = []
    for act in acts:
        last = max(text.rfind(mark, act.group.start, act.group.end) for mark in "，,") + 1
        closes = last > 0 and _CLOSING.fullmatch(text, last, act.group.end)
        out.append(replace(act, closing=Span(last, act.group.end)) if closes else act)
    return out


def _alone(act: Act) -> list[Act]:
    """A mere member (由B、C组成) says something only if the next sentence tells what they do."""
    return (
        [replace(act, bindings=tuple(Binding(b.mention, Role.RESPONSIBLE) for b in act.bindings))]
        if act.member
        else [act]
    )


def _checked(previous: Act, act: Act) -> Act:
    """经X审核后由Y…: both are bound."""
    return replace(act, bindings=previous.bindings + act.bindings, clause=previous.clause, start=previous.start)


def _joined(previous: Act, act: Act) -> Act:
    """A牵头，B配合; 由A统一领导，B牵头; A牵头，B按职责分工负责."""
    led = any(b.role is Role.LEAD for b in previous.bindings)
    role = act.bare or Role.SUPPORT
    if led and role is Role.RESPONSIBLE and act.by_duty:
        role = Role.SUPPORT
    new = tuple(Binding(b.mention, role) for b in act.bindings if b.mention.name not in _names(previous))
    return replace(previous, bindings=previous.bindings + new, lone=previous.lone and previous.bare is not None)


def _cut(previous: Act, act: Act) -> tuple[Act, Act]:
    if act.clause <= previous.start:
        return previous, act
    cut = replace(previous, end=min(previous.end, act.clause))
    return cut, replace(act, start=act.after if act.lone and not act.passive else max(act.start, act.clause))


def _told_after(text: str, act: Act, until: int) -> Act:
    """综合组。由A牵头，B参加。负责…: what they do is told by the next sentence."""
    if not act.bare or not _GROUP_NAME.fullmatch(text[act.group.start : act.named]):
        return act
    start = act.group.end
    duty = _DUTY.match(text, start)
    start = duty.end() if duty else start
    if not starts_with_verb(text[start:].lstrip()) or until <= start:
        return act
    return replace(act, start=start, end=until)


def _names(act: Act) -> set[str]:
    return {b.mention.name for b in act.bindings}
