"""Reading a document's paragraphs in order: which item they belong to, whose duties they list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from gongbao.corpus.document import Document
from gongbao.corpus.language.genres import Voice
from gongbao.corpus.language.numbering import Style
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, PartyType, Role
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.brackets import Attribution, bracketed, find_attributions, read_attribution
from gongbao.nlp.assignments.enumerations import is_catch_all, lists_duties, only_points
from gongbao.nlp.assignments.frame import Frame
from gongbao.nlp.assignments.leaders import continues_leader, leader_sentences, read_leader_alone, read_leaders
from gongbao.nlp.assignments.lists import (
    called_in,
    enumerated,
    is_roster_line,
    is_time_line,
    lines_within,
    names_a_group,
    number_length,
    number_style,
    only_says_duties,
    read_duty_line,
    read_inline_group,
    read_introduction,
    read_label,
    read_name_alone,
    tells_duty,
)
from gongbao.nlp.assignments.merging import carried_on, extend, goes_on, helped, reaching, reconcile, without_title
from gongbao.nlp.assignments.model import (
    Binding,
    Setting,
    Statement,
    bind,
    duty_role,
    rebind,
)
from gongbao.nlp.assignments.pending import Carrier, Group, as_agency, units
from gongbao.nlp.assignments.roles import role_words
from gongbao.nlp.assignments.sentences import shifted, to_statement
from gongbao.nlp.bodies import Mention, is_body_list, read_names, starts_with_verb

_HEADING_TAIL = re.compile(r"(?:的|及其?|和)?(?:组成|设置)?(?:和|及其?|与)?(?:主要|工作)*(?:职责|任务|职能)?[：:。]?$")


class ActReader(Protocol):
    """Finds the acts of a paragraph: the spaCy pipeline."""

    def __call__(self, text: str, setting: Setting) -> list[Act]: ...


class Flow:
    """State while the paragraphs of one document are read; statements gather in `statements`."""

    def __init__(self, document: Document, read_acts: ActReader, frame: Frame) -> None:
        self._read_acts = read_acts
        self._frame = frame
        self._divides_work = "分工" in document.title  # 林远　副市长 heads what he does
        self.text = document.text
        self.statements: list[Statement] = []
        self.defined = frame.terms
        self._item: int | None = None  # where the text of the present item begins
        self._attributed = False  # an attribution has been read in it
        self._heading: Span | None = None
        self._carrier: Carrier | None = None
        self._leader: Mention | None = None
        self._group: Group | None = None
        self._conditions: str | None = None  # the items that follow this numbering are conditions, not duties
        self._agencies: set[str] = set()  # classes that the document gives one bearer: X是…的主管部门

    def finish(self) -> list[Statement]:
        self._settle_group()
        return self.statements

    def interrupt(self) -> None:
        """A table, a signature, a new attachment: nothing goes on over it."""
        self._settle_group()
        self._item, self._attributed, self._heading = None, False, None
        self._carrier, self._leader, self._group = None, None, None

    def read_heading(self, span: Span) -> None:
        text = span.of(self.text)
        if find_attributions(text, bracketed(text)):
            self.read_paragraph(span)
            return
        self.interrupt()
        start = span.start + number_length(text)
        self._heading = Span(start, span.end)
        self._leader = read_leader_alone(text)
        bodies = Span(start, start + len(_HEADING_TAIL.sub("", self.text[start : span.end])))
        if role_words().header.fullmatch(bodies.of(self.text)) or _NO_BODY.fullmatch(bodies.of(self.text)):
            return  # 二、成员单位: who they are
        if len(bodies) and is_body_list(self.text, bodies, self.defined):
            self._carrier = Carrier(bind(read_names(self.text, bodies), Role.RESPONSIBLE), "heading")

    def read_paragraph(self, span: Span) -> None:
        text = span.of(self.text)
        if is_roster_line(text):
            if self._divides_work and (alone := read_leader_alone(text)):
                self._leader = replace(alone, span=alone.span.shift(span.start))
            return
        if self._time_line(span, text) or self._group_line(span, text):
            return
        self._settle_group()
        if self._inline_group(span, text):
            return
        attributions = find_attributions(text, bracketed(text))
        if not attributions and self._read_special(span, text):
            return
        self._read_running(span, text, attributions)

    def _time_line(self, span: Span, text: str) -> bool:
        """完成时限：… on a line below the attribution of a task: it binds that task."""
        if not (self._attributed and self.statements and is_time_line(text)):
            return False
        last = self.statements[-1]
        self.statements[-1] = replace(last, limits=(*last.limits, span))
        return True

    # --- lines that name a body and its duty

    def _read_special(self, span: Span, text: str) -> bool:
        return self._leaders(span, text) or self._duty_line(span, text) or self._carried(span, text)

    def _inline_group(self, span: Span, text: str) -> bool:
        """组长单位：A，成员单位：B、C。主要职责：… in one paragraph."""
        group = read_inline_group(text)
        if not group:
            return False
        bindings, told = group
        self._add(tuple(shifted(b, span.start) for b in bindings), span, told=told.shift(span.start))
        return True

    def _leaders(self, span: Span, text: str) -> bool:
        found = read_leaders(text)
        for person, start, end in found:
            self._leader = replace(person, span=person.span.shift(span.start))
            self._leader_duties(self._leader, span, text, start, end)
        if found:
            return True
        alone = read_leader_alone(text)
        if alone:
            self._leader = replace(alone, span=alone.span.shift(span.start))
            return True
        if self._leader and continues_leader(text):
            self._leader_duties(self._leader, span, text, number_length(text), len(text))
            return True
        self._leader = None
        return False

    def _leader_duties(self, person: Mention, span: Span, text: str, start: int, end: int) -> None:
        for piece in leader_sentences(text, start, end):
            told = piece.of(text).strip()
            helps = told.startswith(("协助", "负责协助"))
            previous = self.statements[-1] if self.statements else None
            if previous and goes_on(previous, person, told):
                joined = Span(previous.span.start, span.start + piece.end)
                self.statements[-1] = replace(
                    previous, what=previous.what + "。" + _squash(told).strip("。；"), span=joined, limits=(joined,)
                )
            else:
                role = Role.SUPPORT if helps else Role.RESPONSIBLE
                self._add(bind((person,), role), piece.shift(span.start))

    def _group_line(self, span: Span, text: str) -> bool:
        """综合协调组, 组长单位：…, 成员单位：…, 职责：…: a work group, on lines of its own."""
        if self._composition(span, text):
            return True
        label = read_label(text)
        if not label:
            if names_a_group(text):
                self.interrupt()
                self._heading = Span(span.start + number_length(text), span.end)
                return True
            return False
        role, value = label
        place = Span(span.start + value, span.end)
        if role is None:
            return self._general_duty(place)
        if self._item is not None or _TELLS.search(place.of(self.text)):
            return False  # the attribution of a task told before; 任务分工：X负责…，Y负责…
        if self._group is None:
            self._group = Group(span.start)
        told = read_attribution(self.text, Span(span.start + number_length(text), span.end))
        with_roles = any(b.role is not role for b in told)  # 责任单位：市水利局牵头，市财政局配合
        named = told if with_roles else bind(units(read_names(self.text, place), role), role)
        self._group.bindings += named
        self._group.end = span.end
        return True

    def _composition(self, span: Span, text: str) -> bool:
        """组成：由A牵头，B、C参加。 of a work group."""
        if not _COMPOSITION.match(text):
            return False
        acts = self._acts(text, [])
        if acts:
            self._group = Group(span.start, span.end, [shifted(b, span.start) for b in acts[0].bindings])
        return bool(acts)

    def _general_duty(self, place: Span) -> bool:
        """职责：… of the group or body that was named last."""
        group, self._group = self._group, None
        if group and group.bindings:
            self._add(tuple(group.bindings), Span(group.start, place.end), told=place)
            return True
        if self._carrier and len(place):
            self._duties(self._carrier.bindings, place)
        return self._carrier is not None

    def _settle_group(self) -> None:
        """A group whose duty is not told is bound to what its heading says."""
        group, self._group = self._group, None
        leads = group and any(b.role is not Role.SUPPORT for b in group.bindings)
        if group and leads and self._heading and not names_a_group(self._heading.of(self.text)):
            whole = Span(self._heading.start, group.end)
            told = _told(self.text, self._heading.start, self._heading.end)
            self.statements.append(Statement(tuple(group.bindings), told, whole, (whole,), AssignmentKind.TASK))

    def _duty_line(self, span: Span, text: str) -> bool:
        line = read_duty_line(text, number_length(text)) or read_name_alone(text, self._following(span))
        if not line:
            return False
        mentions = tuple(replace(m, span=m.span.shift(span.start)) for m in line.mentions)
        bindings = bind(mentions, Role.RESPONSIBLE)
        place = Span(span.start + line.told, span.end)
        if self.text[place.start : place.end].strip():
            self._duties(bindings, place, whole=span)
            self._carrier = None
        else:
            self._carrier = Carrier(bindings, number_style(text))
        return True

    def _duties(self, bindings: tuple[Binding, ...], place: Span, whole: Span | None = None) -> None:
        parts = [part for line in lines_within(self.text, place) for part in enumerated(self.text, line)]
        for part in parts:
            if is_catch_all(part.of(self.text)):
                continue
            line = read_duty_line(self.text, part.start, part.end) if len(parts) > 1 else None
            told = Span(line.told, part.end) if line else part
            bound = bind(line.mentions, Role.RESPONSIBLE) if line else bindings
            self._add(self._in_role(bound, told), part if len(parts) > 1 else whole or part, told=told)

    def _in_role(self, bindings: tuple[Binding, ...], told: Span) -> tuple[Binding, ...]:
        """牵头…, 配合…, 会同Y…: the role that a duty itself tells."""
        start = told.start + len(told.of(self.text)) - len(told.of(self.text).lstrip())
        others = called_in(self.text, Span(start, told.end))
        if others:
            return rebind(bindings, Role.LEAD) + bind(others, Role.SUPPORT)
        return rebind(bindings, duty_role(self.text[start : told.end]))

    def _carried(self, span: Span, text: str) -> bool:
        """An item under 主要职责是：, or the paragraph under 市气象局：."""
        carrier = self._carrier
        if not carrier:
            return False
        style = number_style(text)
        if carrier.style == "heading":
            return self._under_heading(carrier, span, text)
        if carrier.numbered is None:
            self._carrier = carrier = replace(carrier, numbered=style is not None)
        elif (style is not None) is not carrier.numbered or not carrier.numbered:
            self._carrier = None
            return False
        if style is not None and style == carrier.style:
            self._carrier = None
            return False
        start = number_length(text)
        if style is None and not tells_duty(text):
            self._carrier = None
            return False
        acts = self._acts(text, [])
        others = acts and not text.startswith("责成", start)  # 责成B做好…: what the bearer does
        if others and (acts[0].clause <= start or text[start : acts[0].clause].endswith("的，")):
            return False
        self._duties(carrier.bindings, Span(span.start + start, span.end), whole=span)
        return True

    def _under_heading(self, carrier: Carrier, span: Span, text: str) -> bool:
        """Under a heading that only names a body: 负责…, 承担…."""
        start = number_length(text)
        told = re.sub(r"^(?:主要|具体)", "", text[start:])
        if not starts_with_verb(told) or _LABELLED.match(told):
            return False
        acts = self._acts(text, [])
        if acts and acts[0].clause <= start and not told.startswith(("负责", "承担")):
            return False  # it names a body of its own
        self._duties(carrier.bindings, Span(span.start + start, span.end), whole=span)
        return True

    # --- running text

    def _acts(self, text: str, attributions: list[Attribution]) -> list[Act]:
        blocked = tuple(a.span for a in attributions)
        return self._read_acts(text, Setting(self.defined, blocked, self._frame.voice is Voice.TELLS))

    def _read_running(self, span: Span, text: str, attributions: list[Attribution]) -> None:
        length = number_length(text)
        if length or self._item is None:
            self._item, self._attributed = span.start + length, False
        style = number_style(text)
        if self._conditions and style and style != self._conditions and not attributions and "由" not in text:
            return
        self._conditions = (style or "none") if _CONDITIONS.search(text) else None
        acts = self._acts(text, attributions)
        acts, attributions = reconcile(self._borne(text, acts), attributions)
        acts, attributions = helped(acts, attributions)
        acts = reaching(text, without_title(text, length, acts) if length and attributions else acts, attributions)
        acts = acts if self._frame.binds_at(span.start) else []
        introduced = self._introduce(span, text, acts)
        found = [
            self._kind_of(s) for act in acts if act is not introduced and (s := to_statement(text, act, span.start))
        ]
        if style is Style.ARTICLE and len({s.bindings for s in found}) == 1 and not attributions:
            found[-1] = carried_on(found[-1], span.end)
        found += self._attribute(span, attributions, length)
        self.statements += sorted(found, key=lambda s: (s.span.start, s.span.end))

    def _kind_of(self, statement: Statement) -> Statement:
        """What a standing rule binds to is a duty; in articles one with a time limit is a task."""
        if self._frame.voice is not Voice.STANDS:
            return statement
        explicit = statement.explicit and not self._frame.regulates
        return replace(statement, kind=AssignmentKind.DUTY, explicit=explicit)

    def _borne(self, text: str, acts: list[Act]) -> list[Act]:
        """Where X是…的主管部门 has been said, 主管部门 is one identifiable body."""
        borne = _BEARS.search(text)
        if borne and any(b.mention.type is PartyType.AGENCY for act in acts for b in act.bindings):
            self._agencies.add(borne[1])
        if not self._agencies:
            return acts
        return [replace(act, bindings=tuple(as_agency(b, self._agencies) for b in act.bindings)) for act in acts]

    def _introduce(self, span: Span, text: str, acts: list[Act]) -> Act | None:
        """A paragraph that ends in ： may say whose duties follow; returns the act that only does so."""
        text = text.rstrip() + "：" if only_says_duties(text) else text
        if not text.rstrip().endswith(("：", ":")):
            if self._carrier and self._carrier.style != "heading":
                self._carrier = None
            return None
        mentions = tuple(replace(m, span=m.span.shift(span.start)) for m in read_introduction(text))
        if mentions:
            self._carrier = Carrier(bind(mentions, Role.RESPONSIBLE), number_style(text))
            return next((a for a in acts if a.end >= len(text.rstrip())), None)
        last = acts[-1] if acts else None
        if last and last.end >= len(text.rstrip()) and _INTRODUCES.search(text) and self._lists_duties(span, text):
            self._carrier = Carrier(tuple(shifted(b, span.start) for b in last.bindings), number_style(text))
            return None if _ADDS.search(text) or (last.passive and _HIS_DUTIES.search(text)) else last
        self._carrier = None
        return last if only_points(text) else None

    def _lists_duties(self, span: Span, text: str) -> bool:
        return lists_duties(text, self._following(span))

    def _following(self, span: Span) -> str:
        """The beginning of the line below."""
        return self.text[span.end : span.end + _ITEM_REACH].lstrip().partition("\n")[0]

    def _attribute(self, span: Span, attributions: list[Attribution], length: int) -> list[Statement]:
        out: list[Statement] = []
        start = span.start + length
        for attribution in attributions:
            place = attribution.span.shift(span.start)
            begin = self._item if not self._attributed and self._item is not None else start
            while begin < place.start and self.text[begin] in _BETWEEN:
                begin += 1
            told = _told(self.text, begin, place.start)
            if not told and not self._attributed and self._heading:
                begin, told = self._heading.start, _told(self.text, self._heading.start, self._heading.end)
            bindings = self._frame.applied(self.text, tuple(shifted(b, span.start) for b in attribution.bindings))
            duty = self._duty_of_group(told, Span(place.end, span.end))
            if duty:
                self._add(bindings, Span(begin, span.end), told=duty)
            elif told:
                whole = Span(min(begin, place.start), place.end)
                out.append(Statement(bindings, told, whole, (whole,), AssignmentKind.TASK))
            elif out or self.statements:
                extend(out or self.statements, bindings, place)
            self._attributed = True
            start = place.end
        return out

    def _duty_of_group(self, told: str, after: Span) -> Span | None:
        """抢险救援组（A牵头，B参加）：负责…: what the group does stands behind."""
        opened = _OPENS.match(self.text, after.start, after.end)
        return Span(opened.end(), after.end) if opened and names_a_group(told) else None

    def _add(self, bindings: tuple[Binding, ...], span: Span, told: Span | None = None) -> None:
        what = _squash((told or span).of(self.text)).strip("；;，,。、：:")
        if what and bindings:
            self.statements.append(Statement(bindings, what, span, (span,), AssignmentKind.DUTY, explicit=True))


_COMPOSITION = re.compile(r"\s{0,8}(?:人员|机构)?组成(?:单位|人员)?[：:]")
_NO_BODY = re.compile(
    r"(?:组织|领导|工作|办事|应急|指挥|管理|决策|咨询|日常|专家|现场|保障)+(?:机构|部门)|各?[\u4e00-\u9fff]{0,4}工作组"
)
_OPENS = re.compile(r"[：:。，]\s{0,8}(?:主要职责[：:])?(?=[\u4e00-\u9fff])")
_INTRODUCES = re.compile(
    r"(?:(?:以下|下列|如下)(?:规定[^。：:]{0,80}|[^，。：:]{0,24})|[，。；](?:其)?(?:(?:主要|具体|工作)*|[\u4e00-\u9fff]{2,8})(?:职责|任务)(?:主要)?(?:是|为|包括)?)[：:]\s*$"
)
_ADDS = re.compile(r"下列规定[^，。：:]{0,12}，")  # 按照下列规定办理，并在三日内回复：
_HIS_DUTIES = re.compile(r"，其[^，。；：:]{0,10}(?:职责|任务)")  # 由A分管节水工作，其职责包括：both are told
_ITEM_REACH = 120  # characters of the first item that are looked at
_TELLS = re.compile(r"负责[^，。；、）)同]{2,}")
_LABELLED = re.compile(r"[^，。；：:]{1,12}[：:]|[\u4e00-\u9fff]{2,12}(?:组|专班)[。（(]")  # 指挥长：…, 协调组。由…
_BETWEEN = "；;，,。、：: \n\t　"  # what parts two tasks of one paragraph
_BEARS = re.compile(r"(?:是|为)[^。；]{0,30}?的?(主管部门|监管部门|主办单位|牵头部门|责任部门)[，。；]")
_CONDITIONS = re.compile(r"(?:条件|情形|情况|材料|文件|资料)(?:之一)?(?:的)?[^，。：:]{0,8}[：:]\s*$")


def _told(text: str, start: int, end: int) -> str:
    return "".join(text[start:end].split()).lstrip("；;，,。、：:")


def _squash(text: str) -> str:
    return "".join(text.split())
