"""Bodies that meet (联席会议, 领导小组 …): who makes them up stands in one place, what they do in another.

联席会议由市教委、市公安局等部门组成，市教委为牵头单位。 under one heading and 主要职能 over another paragraph
make one duty: the lead with its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.language.numbering import without_numbering
from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.nlp.assignments.lists import number_length
from gongbao.nlp.assignments.model import Binding, Statement, bind
from gongbao.nlp.bodies import names_body, read_names

_GROUP = r"(?:联席会议|领导小组|协调小组|工作小组|指挥部|委员会|专班|工作组)"
_COMPOSED = re.compile(
    rf"(?P<group>[\u4e00-\u9fff“”]{{0,24}}{_GROUP})由(?P<names>[^。；：:]{{4,500}}?)"
    rf"(?:等(?:[\d{TENS}]+个)?(?:有关|相关)?(?:部门|单位|部门和单位|成员单位)?|[\d{TENS}]+个(?:部门|单位|部门和单位|成员单位))?组成"
    r"(?:[，,。](?:其中)?[，,]?(?:由)?(?P<lead>[^，。；：:]{2,60}?)(?:为|是|作为|担任|任)(?:联席会议)?(?:总)?牵头(?:单位|部门))?"
)
_FOUNDED = re.compile(rf"(?:建立|成立|设立)由(?P<lead>[^，。；：:]{{2,40}}?)牵头(?:负责)?的[^，。；]{{0,40}}{_GROUP}")
_DUTIES = re.compile(rf"(?:{_GROUP})?(?:的)?(?:主要|工作|具体)*(?:职能|职责|职责任务|工作任务)[：:。]?")
RUNNING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
_NEAR = 12  # blocks between the two places


@dataclass(frozen=True, slots=True)
class Council:
    """`told`: what other readers may not read a second time."""

    statement: Statement
    told: Span


def find_councils(document: Document) -> Iterator[Council]:
    """One duty for each body that meets, where its duties and its members, else its lead alone, are printed."""
    duties = _duties(document)
    for makes_up in (_composed, _founded) if duties else ():
        for index, block in enumerate(document.blocks):
            found = makes_up(document.text, block.span) if block.kind in RUNNING else None
            places = [at for at in duties if found and abs(at - index) <= _NEAR]
            if found and places:
                at = min(places, key=lambda place: (abs(place - index), place))
                yield Council(_statement(document, found[0], duties.pop(at)), found[1])


def _duties(document: Document) -> dict[int, Block]:
    """The paragraphs right under a heading 主要职能, by their place."""
    blocks = document.blocks
    return {
        at + 1: blocks[at + 1]
        for at in range(len(blocks) - 1)
        if blocks[at].kind is BlockKind.HEADING
        and blocks[at + 1].kind in RUNNING
        and _DUTIES.fullmatch("".join(without_numbering(blocks[at].span.of(document.text)).split()))
    }


def _composed(text: str, span: Span) -> tuple[tuple[Binding, ...], Span] | None:
    """联席会议由A、B组成，A为牵头单位: the lead and the members."""
    found = _COMPOSED.search(text, span.start, span.end)
    leads = read_names(text, Span(*found.span("lead"))) if found and found["lead"] else ()
    if not found or not leads:
        return None
    names = {lead.name for lead in leads}
    members = tuple(m for m in read_names(text, Span(*found.span("names"))) if m.name not in names)
    if not all(names_body(m.name) for m in leads + members):
        return None
    return bind(leads, Role.LEAD) + bind(members, Role.SUPPORT), Span(*found.span())


def _founded(text: str, span: Span) -> tuple[tuple[Binding, ...], Span] | None:
    """建立由A牵头的…联席会议: the lead alone. Whose founding it is stays a statement of its own."""
    found = _FOUNDED.search(text, span.start, span.end)
    leads = read_names(text, Span(*found.span("lead"))) if found else ()
    if not leads or not all(names_body(m.name) for m in leads):
        return None
    return bind(leads, Role.LEAD), Span(span.start, span.start)


def _statement(document: Document, bindings: tuple[Binding, ...], duty: Block) -> Statement:
    start = duty.span.start + number_length(duty.span.of(document.text))
    told = "".join(document.text[start : duty.span.end].split()).rstrip("。；")
    return Statement(bindings, told, duty.span, (), AssignmentKind.DUTY, explicit=True)
