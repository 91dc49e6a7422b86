"""What the finders of assignments hand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from gongbao.corpus.language.roles import role_words
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, AssignmentSource, PartyType, Role
from gongbao.nlp.bodies import Mention


@dataclass(frozen=True, slots=True)
class Binding:
    """One body and how it is bound."""

    mention: Mention
    role: Role


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of who does what, before it is given an id, regions and canonical names.

    `span` is the clause, item or row it stands in; `what` the task; `limits` where its time
    limits are looked for (the sentence, the item, the row).
    """

    bindings: tuple[Binding, ...]
    what: str
    span: Span
    limits: tuple[Span, ...]
    kind: AssignmentKind
    source: AssignmentSource = AssignmentSource.TEXT
    explicit: bool = False  # 负责…, a list of duties: a duty whatever time limit it holds
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a paragraph from its document."""

    defined: tuple[str, ...] = ()  # terms that the document makes bodies
    blocked: tuple[Span, ...] = ()  # brackets that attribute, read already
    telling: bool = False  # the document tells what was done


_LEADS = re.compile(r"(?:负责)?牵头")
_HELPS = re.compile(r"(?:负责)?(?:配合|协助|参与)")
_HELPS_LEADER = re.compile(r"协助[^，。；]{0,12}?(?:负责人|负责同志|领导|书记|主任|[省市州县区乡镇]长)")
_DOES = re.compile(r"负责|承担|组织|主持|牵头|指导|制定|[；。].")


def duty_role(told: str) -> Role:
    """The role in which a duty binds: 牵头…, only 配合…, else the body itself is responsible."""
    if _LEADS.match(told):
        return Role.LEAD
    if _HELPS_LEADER.match(told):
        return Role.SUPPORT
    return Role.SUPPORT if _HELPS.match(told) and not _DOES.search(told, 2) else Role.RESPONSIBLE


def rebind(bindings: tuple[Binding, ...], role: Role) -> tuple[Binding, ...]:
    """The same bodies, all in `role`."""
    return tuple(Binding(b.mention, role) for b in bindings)


_NOTED = re.compile(r"[（(](?:(?P<lead>牵头|主办|主责)|配合|协办|参与)(?:单位|部门)?[)）]$")


def bind(mentions: tuple[Mention, ...], role: Role) -> tuple[Binding, ...]:
    """All in `role`, but for those that are marked: 市水利局（牵头）."""
    return tuple(_bound(mention, role) for mention in mentions)


def _bound(mention: Mention, role: Role) -> Binding:
    noted = _NOTED.search(mention.name)
    if not noted:
        return Binding(mention, role)
    marked = Role.LEAD if noted["lead"] else Role.SUPPORT
    return Binding(replace(mention, name=mention.name[: noted.start()]), marked)


def beside_lead(bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """Beside a body that leads the others support (按职责分工负责, 责任单位：…); but a government stays."""
    led = any(b.role is Role.LEAD and b.mention.type is not PartyType.PERSON for b in bindings)
    return tuple(replace(b, role=Role.SUPPORT) if led and _only_helps(b) else b for b in bindings)


def _only_helps(binding: Binding) -> bool:
    mention = binding.mention
    if binding.role is not Role.RESPONSIBLE or mention.type is PartyType.PERSON:
        return False
    return not role_words().carries_out.search(mention.name)


def first_as_lead(bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """Of several bodies without a lead the first leads and the others help it, where it is said so."""
    if len(bindings) < 2 or any(b.role is Role.LEAD for b in bindings) or bindings[0].role is Role.SUPPORT:
        return bindings
    return (replace(bindings[0], role=Role.LEAD), *rebind(bindings[1:], Role.SUPPORT))


def before_comma_as_lead(text: str, bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """（市水利局、市财政局，市统计局）: those before the first comma lead, those after it help, where it is said so."""
    if any(b.role is not Role.RESPONSIBLE for b in bindings):
        return bindings
    spans = [b.mention.span for b in bindings]
    gaps = (text[one.end : other.start] for one, other in pairwise(spans))
    parted = next((at for at, gap in enumerate(gaps, 1) if "，" in gap or "," in gap), None)
    if parted is None:
        return bindings
    return (*rebind(bindings[:parted], Role.LEAD), *rebind(bindings[parted:], Role.SUPPORT))
