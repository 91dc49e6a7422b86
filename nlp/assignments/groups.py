"""Work groups told in one paragraph: 抢险组：由A、B组成。C任组长。负责抢险…: members, head, duty.

The forms may stand in any order and each ends its clause; what follows the last of them is the duty of the group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.document import Block, Document
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.nlp.assignments.councils import RUNNING, Council
from gongbao.nlp.assignments.lists import number_length, tells_duty
from gongbao.nlp.assignments.model import Binding, Statement, bind, rebind
from gongbao.nlp.bodies import Mention, names_body, read_names, type_of

_GROUP = r"[^，。；：:由]{0,24}?(?:组|专班|指挥部|委员会|联席会议)"
_HEADS = r"(?:组长|总?指挥长?|召集人|主任委员|主任)"
_STOP = r"[，,。；;]\s{0,8}"
_OPENING = re.compile(rf"(?P<founds>(?:成立|设立|组建))?{_GROUP}(?:[（(][^（()）]{{2,30}}[)）])?[：:。，,；]?\s{{0,8}}")
_FORMS = (
    re.compile(
        r"由(?P<lead>[^，。；：:]{2,80}?)(?:总?牵头|主办)(?:负责)?[，,、](?:会同|由)?(?P<names>[^。；：:]{2,400}?)"
        rf"(?:共同)?(?:组成|参加|参与|配合){_STOP}"
    ),
    re.compile(rf"(?:成员)?由(?P<names>[^。；：:]{{2,400}}?)(?:组成|参加){_STOP}"),
    re.compile(rf"(?P<post>副?{_HEADS})(?:由|为|是|[：:])(?P<names>[^。；：:]{{2,120}}?)(?:担任|兼任)?{_STOP}"),
    re.compile(rf"由?(?P<names>[^，。；：:]{{2,40}}?)(?:担任|兼任|任|为|是)(?P<post>副?{_HEADS})(?:单位)?{_STOP}"),
    re.compile(rf"(?P<names>[^。；：:]{{2,400}}?)(?:(?:为|任|担任)(?:小组)?成员(?:单位)?|参与|参加){_STOP}"),
)
_DUTY = re.compile(r"(?:(?:主要|工作|具体)*(?:职责|任务)(?:是|为)?[：:]?\s{0,8})?")
_KNOWN = 0.5  # share of the members that must look like bodies


def find_groups(document: Document) -> Iterator[Council]:
    """One duty for each paragraph that says who makes up a group and what it does."""
    for block in document.blocks:
        group = _read(document.text, block) if block.kind in RUNNING else None
        if group:
            yield group


def _read(text: str, block: Block) -> Council | None:
    start = block.span.start + number_length(block.span.of(text))
    opening = _OPENING.match(text, start, block.span.end)
    at = opening.end() if opening else start
    bindings: list[Binding] = []
    composed = False
    while found := _form_at(text, at, block.span.end):
        bound = _bound(text, found)
        if not bound:
            return None
        bindings += bound
        composed = composed or "post" not in found.groupdict()
        at = found.end()
    at += len(_DUTY.match(text, at)[0])  # type: ignore[index]
    if not (opening and composed and tells_duty(text[at : block.span.end])):
        return None
    if opening["founds"]:  # what else the paragraph says of the group is told by itself
        return Council(_statement(text, _among(bindings), Span(start, block.span.end)), Span(start, at))
    return Council(_statement(text, _among(bindings), Span(at, block.span.end)), block.span)


def _form_at(text: str, at: int, end: int) -> re.Match[str] | None:
    return next((found for form in _FORMS if (found := form.match(text, at, end))), None)


def _bound(text: str, found: re.Match[str]) -> tuple[Binding, ...]:
    """Who leads, and who is of the group; () where that names no bodies."""
    parts = found.groupdict()
    helps = "post" in parts and parts["post"].startswith("副")
    role = Role.LEAD if "post" in parts and not helps else Role.SUPPORT
    leads = _names(text, found, "lead", Role.LEAD) if "lead" in parts else ()
    return leads + _names(text, found, "names", role)


def _names(text: str, found: re.Match[str], part: str, role: Role) -> tuple[Binding, ...]:
    mentions = read_names(text, Span(*found.span(part)))
    known = sum(names_body(m.name) for m in mentions)
    if not mentions or known < _KNOWN * len(mentions):
        return ()
    return bind(mentions if "post" in found.groupdict() else tuple(map(_unit, mentions)), role)


def _unit(member: Mention) -> Mention:
    """Members of a group are units: 市公安局分管领导 stands for 市公安局."""
    unit = _OFFICER.sub("", member.name)
    return replace(member, name=unit, type=type_of(unit)) if unit else member


_OFFICER = re.compile(r"(?:等?(?:单位|部门))?(?:相关|有关|分管|主要)*(?:负责人|负责同志|领导)$")


def _among(bindings: list[Binding]) -> tuple[Binding, ...]:
    """Without a lead the members answer for it together; whoever leads is not among those who help."""
    leads = tuple(b for b in bindings if b.role is Role.LEAD)
    heads = {b.mention.name for b in leads}
    others = tuple(b for b in bindings if b.mention.name not in heads)
    return leads + others if leads else rebind(others, Role.RESPONSIBLE)


def _statement(text: str, bindings: tuple[Binding, ...], told: Span) -> Statement:
    what = "".join(told.of(text).split()).rstrip("。；")
    return Statement(bindings, what, told, (told,), AssignmentKind.DUTY, explicit=True)
