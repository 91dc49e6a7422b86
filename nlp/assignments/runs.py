"""Lines of one make below each other: 市水利局：负责…, 供销总社：协助…, 国动办（人防办）：负责….

Where most lines of a run name bodies that are known, the few that are not known are bodies, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongbao.corpus.document import Block, Document
from gongbao.corpus.language.numbering import Style
from gongbao.corpus.language.roles import role_words
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind
from gongbao.nlp.assignments.councils import RUNNING, Council
from gongbao.nlp.assignments.lists import enumerated, number_length, number_style, read_duty_line
from gongbao.nlp.assignments.model import Statement, bind, duty_role
from gongbao.nlp.bodies import Mention, is_vague, starts_with_verb, type_of

_LINE = re.compile(r"(?P<name>[^，。；：:、\s]{2,16})[：:]\s{0,8}(?=[\u4e00-\u9fff（(])")
_OWN_DUTIES = re.compile(r"的?(?:主要|工作|具体)*(?:职责|职能|任务)$")
_SHORTEST = 3  # lines of a run
_KNOWN = 0.6  # share of its lines that name known bodies


@dataclass(frozen=True, slots=True)
class _Line:
    block: Block
    style: Style | str | None
    name: Span | None  # what stands before the colon
    told: int
    known: bool


def find_runs(document: Document) -> Iterator[Council]:
    """The duties of those lines whose body no rule knows."""
    lines = [_line(document.text, block) for block in document.blocks]
    for _, run in groupby(lines, lambda line: (line.name is not None, line.style)):
        of_run = [line for line in run if line.name]
        if len(of_run) >= _SHORTEST and sum(line.known for line in of_run) >= _KNOWN * len(of_run):
            for line in of_run:
                if not line.known:
                    yield from _council_of(document.text, line)


def _line(text: str, block: Block) -> _Line:
    own = block.span.of(text)
    start = block.span.start + number_length(own)
    found = _LINE.match(text, start, block.span.end) if block.kind in RUNNING else None
    if not found:
        return _Line(block, None, None, start, False)
    known = read_duty_line(text, start, block.span.end) is not None
    return _Line(block, number_style(own), Span(*found.span("name")), found.end(), known)


def _council_of(text: str, line: _Line) -> Iterator[Council]:
    assert line.name is not None
    name, told = _OWN_DUTIES.sub("", line.name.of(text)), Span(line.told, line.block.span.end)
    if role_words().header.fullmatch(name) or is_vague(name) or starts_with_verb(name):
        return
    mention = Mention(name, type_of(name), line.name)
    for part in enumerated(text, told):
        what = "".join(part.of(text).split()).strip("；;，,。")
        bindings = bind((mention,), duty_role(what))
        yield Council(Statement(bindings, what, part, (part,), AssignmentKind.DUTY, explicit=True), line.block.span)
