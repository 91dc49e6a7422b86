"""Who heads a body that meets, and who stands beside: A担任召集人，B担任副召集人.

One duty: the head leads, the others support. 总指挥由A担任 alone binds A, and is read with other sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, PartyType, Role
from gongbao.nlp.assignments.councils import RUNNING, Council
from gongbao.nlp.assignments.model import Binding, Statement, bind
from gongbao.nlp.bodies import read_names

_LEAD, _OTHERS, _HOLDS = (
    r"(?P<lead>[^，。；：:由]{2,60}?)",
    r"(?P<others>[^，。；：:由]{2,160}?)",
    r"(?:担任|兼任|任|为)",
)
_HEAD, _WHOSE = r"(?P<head>召集人|总?指挥长?)", r"[^，。；：:副总任]{0,8}?"
_FORMS = (
    re.compile(rf"由{_LEAD}{_HOLDS}{_WHOSE}总?{_HEAD}，{_OTHERS}{_HOLDS}{_WHOSE}副?(?P=head)(?:[，。；]|$)"),
    re.compile(
        rf"总?{_HEAD}由{_LEAD}{_HOLDS}(?:[（(][^（()）]{{2,30}}[)）])?[，；](?:由)?{_OTHERS}{_HOLDS}{_WHOSE}副?(?P=head)(?:[，。；]|$)"
    ),
    re.compile(
        rf"总?{_HEAD}由{_LEAD}{_HOLDS}(?:[（(][^（()）]{{2,30}}[)）])?[，；]副(?P=head)由{_OTHERS}{_HOLDS}(?:[，。；]|$)"
    ),
)
_POST = re.compile(r"(?:长|书记|主任|领导|负责人|负责同志)$")


def find_chairs(document: Document) -> Iterator[Council]:
    """One duty for each sentence that tells both."""
    for block in document.blocks:
        found = _read(document.text, block.span) if block.kind in RUNNING else None
        if found:
            yield found


def _read(text: str, span: Span) -> Council | None:
    told = next((found for form in _FORMS if (found := form.search(text, span.start, span.end))), None)
    bindings = _held(text, told, "lead", Role.LEAD) if told else ()
    others = _held(text, told, "others", Role.SUPPORT) if told and bindings else ()
    if not told or not others:
        return None
    place = Span(*told.span())
    what = "".join(place.of(text).split()).removeprefix("由").rstrip("，。；")
    return Council(Statement((*bindings, *others), what, place, (place,), AssignmentKind.DUTY, explicit=True), place)


def _held(text: str, told: re.Match[str], part: str, role: Role) -> tuple[Binding, ...]:
    """Those who hold the post, by posts of their own; () where bodies or bare names stand there."""
    mentions = read_names(text, Span(*told.span(part)))
    if not all(_POST.search(mention.name) for mention in mentions):
        return ()
    return bind(tuple(replace(mention, type=PartyType.PERSON) for mention in mentions), role)
