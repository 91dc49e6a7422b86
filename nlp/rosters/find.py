"""find_rosters: lists of people, each with the body they sit on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from gongbao.corpus.document import BlockKind, Document
from gongbao.corpus.ids import fresh_record_id
from gongbao.corpus.language.numbering import without_numbering
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Roster
from gongbao.nlp.rosters.lines import Listed, find_lists
from gongbao.nlp.rosters.names import WORDS
from gongbao.nlp.rosters.prose import find_appointments, find_told
from gongbao.nlp.rosters.tables import find_tabled

_BODY = "|".join(WORDS["bodies"].split())
_TITLE_TAIL = re.compile(r"(?:成员|人员|组成|机构)*(?:名单|及职责|职责分工|组成|名册|一览表|表)*$")
_FOUNDED = re.compile(
    rf"(?:成立|设立|组建|调整)(?:了|由[^。；;]{{0,40}}的)?(?P<body>[^。；;，,：:、]{{2,50}}?(?:{_BODY}))"
)
_OFFICE = "办公室"
_LOOK_BACK = 1200  # characters before a list in which its body may be named


def find_rosters(document: Document) -> tuple[Roster, ...]:
    """In order of place; a roster without names (posts only) is none."""
    found = sorted(_all(document), key=lambda pair: pair[0].start)
    taken: Counter[str] = Counter()
    return tuple(_roster(document, listed, body, taken) for listed, body in found)


def _all(document: Document) -> Iterator[tuple[Listed, str]]:
    appointments = find_appointments(document)
    if appointments:
        yield appointments, document.title
        return
    lists = list(find_lists(document))
    for listed in [*lists, *find_tabled(document)]:
        yield listed, listed.body or _body_above(document, listed.start)
    for listed in find_told(document):
        if not any(one.start <= listed.start < one.end for one in lists):
            body = _body_told(document, listed) or _body_above(document, listed.start)
            yield _of_office(listed, body) or (listed, body)


def _of_office(listed: Listed, body: str) -> tuple[Listed, str] | None:
    """李四同志兼任办公室主任: those who sit in the office of a body, where nobody else of it is told with them."""
    if not all(member.role.startswith(_OFFICE) and member.role != _OFFICE for member in listed.members):
        return None
    members = [replace(member, role=member.role.removeprefix(_OFFICE)) for member in listed.members]
    return Listed(members, listed.start, listed.end), body if body.endswith(_OFFICE) else body + _OFFICE


def _body_told(document: Document, listed: Listed) -> str | None:
    """成立…领导小组，组长由…担任: the last body founded before the first role."""
    before = document.text[max(0, listed.start - 200) : listed.start]
    found = list(_FOUNDED.finditer(before))
    return "".join(found[-1]["body"].split()) if found else None


def _body_above(document: Document, at: int) -> str:
    """The nearest heading that names a body, else what was founded before, else the title."""
    for heading in reversed([h for h in document.headings if h.span.start <= at]):
        bare = _TITLE_TAIL.sub("", "".join(heading.text.split()))
        if re.search(rf"(?:{_BODY})$", bare):
            return re.sub(r"^(?:成立|设立)", "", without_numbering(bare))
        if heading.level == 0:
            break
    founded = list(_FOUNDED.finditer(document.text, max(0, at - _LOOK_BACK), at))
    return "".join(founded[-1]["body"].split()) if founded else _nearest_title(document, at)


def _nearest_title(document: Document, at: int) -> str:
    above = [b for b in document.blocks if b.span.start <= at and (b.kind is BlockKind.TITLE or b.level == 0)]
    title = above[-1].span.of(document.text) if above else document.title
    return _TITLE_TAIL.sub("", "".join(title.split()))


def _roster(document: Document, listed: Listed, body: str, taken: Counter[str]) -> Roster:
    span = Span(listed.start, listed.end)
    return Roster(
        id=fresh_record_id("roster", document.id, document.text, span, taken),
        body=body,
        members=tuple(listed.members),
        span=span,
        regions=document.regions(span),
    )
