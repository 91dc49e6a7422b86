"""Groups of people with one duty: 组长：林远　副市长 / 成员：… / 职责：负责…, on lines below each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from gongbao.corpus.document import Block, Document
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, PartyType, Role
from gongbao.nlp.assignments.councils import RUNNING, Council
from gongbao.nlp.assignments.lists import number_length
from gongbao.nlp.assignments.model import Binding, Statement, bind
from gongbao.nlp.assignments.places import SpanPlaces
from gongbao.nlp.bodies import Mention, names_body, read_names
from gongbao.nlp.rosters.lines import Listed
from gongbao.nlp.rosters.names import squeezed

_DUTY = re.compile(r"\s{0,8}(?:主要|工作|具体)*(?:职责|任务|职责任务|职责分工)[：:]\s{0,8}")
_LABEL = re.compile(r"\s{0,8}(?P<role>[\u4e00-\u9fff]{0,6}(?:组\s?长|成\s?员|组\s?员|主\s?任|指挥长?))\s{0,8}[：:]")
_HEAD = re.compile(r"(?!.*副).*(?:组长|主任|主任委员|总?指挥长?|召集人|队长|部长)")
_BETWEEN = 3  # blocks below the last member in which the duty may begin


def find_seats(document: Document, lists: list[Listed]) -> Iterator[Council]:
    """Whoever heads a group leads, the others support; what is told first of their duties is the duty."""
    blocks = [block for block in document.blocks if block.table is None]
    starts, seated = [block.span.start for block in blocks], SpanPlaces(Span(one.start, one.end) for one in lists)
    for listed in lists:
        begins, below = bisect_right(starts, listed.start) - 1, bisect_left(starts, listed.end)
        for at in range(below, min(below + _BETWEEN, len(blocks))):
            if seated.overlapping(blocks[at].span):
                break
            told = _duty_span(document.text, blocks, at)
            if told:
                people = _people(document.text, listed, blocks[begins:at])
                yield Council(_statement(document, people, told), told)
                break


def _duty_span(text: str, blocks: list[Block], at: int) -> Span | None:
    """职责：负责…, or the item under 职责：."""
    block = blocks[at]
    found = _DUTY.match(text, block.span.start, block.span.end) if block.kind in RUNNING else None
    if found is None:
        return None
    if found.end() < block.span.end:
        return Span(found.end(), block.span.end)
    below = blocks[at + 1] if at + 1 < len(blocks) and blocks[at + 1].kind in RUNNING else None
    return Span(below.span.start + number_length(below.span.of(text)), below.span.end) if below else None


def _people(text: str, listed: Listed, blocks: list[Block]) -> tuple[Binding, ...]:
    """The members as named, and whoever a label names by post alone: 副组长：各乡镇分管领导."""
    people = [
        Binding(Mention(m.name, PartyType.PERSON, Span(listed.start, listed.end)), _role_of(m.role))
        for m in listed.members
    ]
    named = {m.name for m in listed.members}
    for block in blocks:
        label = _LABEL.match(text, block.span.start, block.span.end)
        if label:
            by_post = (m for m in read_names(text, Span(label.end(), block.span.end)) if names_body(m.name))
            mentions = tuple(m for m in by_post if not any(name in m.name for name in named))
            people += bind(mentions, _role_of(squeezed(label["role"])))
    return tuple(people)


def _role_of(role: str) -> Role:
    return Role.LEAD if _HEAD.fullmatch(role) else Role.SUPPORT


def _statement(document: Document, bindings: tuple[Binding, ...], told: Span) -> Statement:
    what = squeezed(told.of(document.text)).rstrip("。；")
    return Statement(bindings, what, told, (told,), AssignmentKind.DUTY, explicit=True)
