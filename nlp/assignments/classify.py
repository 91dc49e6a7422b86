"""What each block of a document is, by its own words: nothing is remembered from one block to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from gongbao.corpus.document import Block, BlockKind, Document, Table
from gongbao.corpus.language.genres import Voice
from gongbao.corpus.language.roles import role_words
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentSource, Role
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.blocks import (
    Break,
    Carrier,
    DutyLine,
    GeneralDuty,
    GroupName,
    LeaderDuties,
    Leaders,
    Members,
    MoreOfLeader,
    Prose,
    Reading,
    RosterLine,
    TimeLine,
    TitleLine,
    Told,
)
from gongbao.nlp.assignments.brackets import Attribution, bracketed, find_attributions, read_attribution
from gongbao.nlp.assignments.duties import duties, duty
from gongbao.nlp.assignments.frame import Frame
from gongbao.nlp.assignments.leaders import continues_leader, leader_sentences, read_leader_alone, read_leaders
from gongbao.nlp.assignments.lists import (
    is_roster_line,
    is_time_line,
    names_a_group,
    number_length,
    number_style,
    read_duty_line,
    read_inline_group,
    read_label,
    read_name_alone,
)
from gongbao.nlp.assignments.model import Binding, Setting, Statement, bind
from gongbao.nlp.assignments.sentences import shifted
from gongbao.nlp.assignments.tables import find_table_statements, telling_cells
from gongbao.nlp.bodies import Mention, is_body_list, read_names, type_of


class ActReader(Protocol):
    """Finds the acts of a paragraph: the spaCy pipeline."""

    def __call__(self, text: str, setting: Setting) -> list[Act]: ...


@dataclass(frozen=True, slots=True)
class Classifier:
    """Says what the blocks of one document are; the same block is always the same."""

    document: Document
    frame: Frame
    read_acts: ActReader

    def classify(self, block: Block) -> Iterator[Iterator[Reading]]:
        """What is read one after another in a block: itself, or what stands in the cells of its table."""
        if block.table is not None:
            yield from self._table(self.document.tables[block.table])
        elif block.kind is BlockKind.HEADING:
            yield self._heading(block.span)
        elif block.kind in _RUNNING:
            yield self.paragraph(block.span)
        else:
            yield iter((Break(),))

    def paragraph(self, span: Span) -> Iterator[Reading]:
        """What a paragraph may be, the most telling first; the last, running text, it always may be."""
        text = span.of(self.document.text)
        if is_roster_line(text):
            yield RosterLine(_leader_alone(span, text) if self.frame.divides_work else None)
            return
        if is_time_line(text):
            yield TimeLine(span)
        yield from self._group_line(span, text)
        group = read_inline_group(text)
        if group:
            yield Told(self._duty(group[0], span, group[1]))
        attributions = find_attributions(text, bracketed(text))
        if not attributions:
            yield from self._named_line(span, text)
        yield self._prose(span, text, tuple(attributions))

    def _duty(self, bindings: tuple[Binding, ...], span: Span, told: Span) -> tuple[Statement, ...]:
        """Places of `bindings` and `told` count in the paragraph."""
        here = tuple(shifted(binding, span.start) for binding in bindings)
        return duty(self.document.text, here, span, told=told.shift(span.start))

    # --- tables and headings

    def _table(self, table: Table) -> Iterator[Iterator[Reading]]:
        """Where the columns do not say who does what, sentences in the cells may: 橙色预警 | 市水利局要加强巡查。"""
        found = find_table_statements(self.document, table, first_leads=self.frame.first_leads)
        if found:
            yield iter((Break(),))
            yield iter((Told(tuple(found)),))
            return
        yield iter((Break(AssignmentSource.TABLE),))
        for cell in telling_cells(self.document, table):
            if _SENTENCE.search(cell.text):
                yield self.paragraph(cell.span)
                yield iter((Break(AssignmentSource.TABLE),))
        yield iter((Break(),))

    def _heading(self, span: Span) -> Iterator[Reading]:
        text = span.of(self.document.text)
        if find_attributions(text, bracketed(text)):
            yield from self.paragraph(span)
            return
        title = Span(span.start + number_length(text), span.end)
        yield TitleLine(title, _leader_alone(span, text), self._bearers(title))

    def _bearers(self, title: Span) -> tuple[Binding, ...]:
        """三、市水利局主要职责: those whose duties stand under it; 二、成员单位 only says who they are."""
        text = self.document.text
        bodies = Span(title.start, title.start + len(_HEADING_TAIL.sub("", title.of(text))))
        name = bodies.of(text)
        if role_words().header.fullmatch(name) or _NO_BODY.fullmatch(name):
            return ()
        if not (len(bodies) and is_body_list(text, bodies, self.frame.terms)):
            return ()
        return bind(read_names(text, bodies), Role.RESPONSIBLE)

    # --- lines of a work group

    def _group_line(self, span: Span, text: str) -> Iterator[Reading]:
        """综合协调组, 组长单位：…, 成员单位：…, 职责：…: a work group, on lines of its own."""
        acts = self._acts(text) if _COMPOSITION.match(text) else ()
        if acts:
            yield Members(span, tuple(shifted(b, span.start) for b in acts[0].bindings), all_of_it=True)
        label = read_label(text)
        if label:
            yield from self._labelled(span, *label)
        elif names_a_group(text):
            yield GroupName(Span(span.start + number_length(text), span.end))

    def _labelled(self, span: Span, role: Role | None, value: int) -> Iterator[Reading]:
        text, place = self.document.text, Span(span.start + value, span.end)
        if role is None:
            yield GeneralDuty(place)
        elif not _TELLS.search(place.of(text)):  # 任务分工：X负责…，Y负责…
            told = read_attribution(text, Span(span.start + number_length(span.of(text)), span.end))
            with_roles = any(b.role is not role for b in told)  # 责任单位：市水利局牵头，市财政局配合
            yield Members(span, told if with_roles else bind(_units(read_names(text, place), role), role))

    # --- lines that name a body or a leader

    def _named_line(self, span: Span, text: str) -> Iterator[Reading]:
        leaders = self._leaders(span, text)
        if leaders:
            yield Leaders(leaders)
        elif continues_leader(text):
            yield MoreOfLeader(_sentences(span, text, number_length(text), len(text)))
        line = read_duty_line(text, number_length(text)) or read_name_alone(text, self._following(span))
        if line:
            mentions = tuple(_moved(mention, span.start) for mention in line.mentions)
            yield self._duty_line(span, bind(mentions, Role.RESPONSIBLE), Span(span.start + line.told, span.end))

    def _leaders(self, span: Span, text: str) -> tuple[LeaderDuties, ...]:
        found = tuple(
            LeaderDuties(_moved(person, span.start), _sentences(span, text, start, end))
            for person, start, end in read_leaders(text)
        )
        alone = None if found else _leader_alone(span, text)
        return (LeaderDuties(alone, ()),) if alone else found

    def _duty_line(self, span: Span, bindings: tuple[Binding, ...], place: Span) -> DutyLine:
        text = self.document.text
        if place.of(text).strip():
            return DutyLine(duties(text, bindings, place, whole=span), None)
        return DutyLine((), Carrier(bindings, number_style(span.of(text))))

    # --- running text

    def _prose(self, span: Span, text: str, attributions: tuple[Attribution, ...]) -> Prose:
        return Prose(
            span,
            text,
            number_length(text),
            number_style(text),
            attributions,
            self._acts(text, tuple(attribution.span for attribution in attributions)),
            self._following(span),
        )

    def _acts(self, text: str, blocked: tuple[Span, ...] = ()) -> tuple[Act, ...]:
        return tuple(self.read_acts(text, Setting(self.frame.terms, blocked, self.frame.voice is Voice.TELLS)))

    def _following(self, span: Span) -> str:
        """The beginning of the line below."""
        return self.document.text[span.end : span.end + _ITEM_REACH].lstrip().partition("\n")[0]


def _leader_alone(span: Span, text: str) -> Mention | None:
    """Of a paragraph that names a leader and nothing else."""
    alone = read_leader_alone(text)
    return _moved(alone, span.start) if alone else None


def _moved(mention: Mention, offset: int) -> Mention:
    return replace(mention, span=mention.span.shift(offset))


def _sentences(span: Span, text: str, start: int, end: int) -> tuple[Span, ...]:
    return tuple(piece.shift(span.start) for piece in leader_sentences(text, start, end))


def _units(mentions: tuple[Mention, ...], role: Role) -> tuple[Mention, ...]:
    """Members of a group are units: 市公安局分管负责人 stands for 市公安局."""
    if role is not Role.SUPPORT:
        return mentions
    named = ((m, _OFFICER.sub("", m.name)) for m in mentions)
    return tuple(replace(m, name=unit, type=type_of(unit)) if unit else m for m, unit in named)


_RUNNING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE}
_SENTENCE = re.compile(r".{7}.*[。；]", re.DOTALL)  # more than a label
_HEADING_TAIL = re.compile(r"(?:的|及其?|和)?(?:组成|设置)?(?:和|及其?|与)?(?:主要|工作)*(?:职责|任务|职能)?[：:。]?$")
_NO_BODY = re.compile(
    r"(?:组织|领导|工作|办事|应急|指挥|管理|决策|咨询|日常|专家|现场|保障)+(?:机构|部门)|各?[\u4e00-\u9fff]{0,4}工作组"
)
_COMPOSITION = re.compile(r"\s{0,8}(?:人员|机构)?组成(?:单位|人员)?[：:]")
_TELLS = re.compile(r"负责[^，。；、）)同]{2,}")
_OFFICER = re.compile(r"(?:相关|有关|分管|主要)*(?:负责人|负责同志)$")
_ITEM_REACH = 120  # characters of the line below that are looked at
