"""What is held while paragraphs are read: whose duties follow, a group whose duty is not told yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gongbao.corpus.records import PartyType, Role
from gongbao.nlp.assignments.model import Binding
from gongbao.nlp.bodies import Mention, type_of


@dataclass(frozen=True, slots=True)
class Carrier:
    """Whose duties the items that follow are; `style` is the numbering of the paragraph that says so."""

    bindings: tuple[Binding, ...]
    style: str | None
    numbered: bool | None = None  # how the items are; not yet known before the first


@dataclass(slots=True)
class Group:
    """A work group whose members have been named, but not yet its duty."""

    start: int
    end: int = 0
    bindings: list[Binding] = field(default_factory=list)


_OFFICER = re.compile(r"(?:相关|有关|分管|主要)*(?:负责人|负责同志)$")


def units(mentions: tuple[Mention, ...], role: Role) -> tuple[Mention, ...]:
    """Members of a group are units: 市公安局分管负责人 stands for 市公安局."""
    if role is not Role.SUPPORT:
        return mentions
    named = ((m, _OFFICER.sub("", m.name)) for m in mentions)
    return tuple(replace(m, name=unit, type=type_of(unit)) if unit else m for m, unit in named)


def as_agency(binding: Binding, agencies: set[str]) -> Binding:
    if binding.mention.name not in agencies:
        return binding
    return replace(binding, mention=replace(binding.mention, type=PartyType.AGENCY))
