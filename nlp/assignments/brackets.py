"""Attributions set apart from the task: （责任单位：A、B）, （A牵头，B配合，县政府负责落实）, 责任单位：A."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongbao.corpus.language.roles import role_of, role_words
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType, Role
from gongbao.nlp.assignments.lists import names_a_group, number_length
from gongbao.nlp.assignments.model import Binding, beside_lead, bind
from gongbao.nlp.bodies import (
    Ends,
    Mention,
    ends_as_body,
    is_body_list,
    is_vague,
    names_a_place,
    read_names,
    starts_with_verb,
    subject_at,
)

_OPEN, _CLOSE = "（(〔［[【﹝", "）)〕］]】﹞"


_ANY_BRACKET = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is bound, and where that is printed (brackets included)."""

    bindings: tuple[Binding, ...]
    span: Span


def bracketed(text: str) -> list[Span]:
    """Outermost brackets of any kind, mixed widths allowed; one that is never closed ends with the text."""
    spans, depth, start = [], 0, 0
    for mark in _ANY_BRACKET.finditer(text):
        if mark[0] in _OPEN:
            start = start if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append(Span(start, mark.end()))
    if depth:
        spans.append(Span(start, len(text)))
    return spans


def find_attributions(text: str, brackets: list[Span]) -> list[Attribution]:
    """The brackets of a paragraph that say who is responsible, and a label without brackets at its end."""
    found = []
    for span in brackets:
        inner = Span(span.start + 1, span.end - (text[span.end - 1] in _CLOSE and len(span) > 1))
        bindings = read_attribution(text, inner) or _bare_list(text, span, inner)
        if bindings:
            found.append(Attribution(bindings, span))
    found += _bare_label(text, brackets) + _bare_sentences(text, brackets)
    return sorted(found, key=lambda a: a.span)


def _bare_list(text: str, span: Span, inner: Span) -> tuple[Binding, ...]:
    """…。（市水利局、市财政局）: names alone after a full sentence; what stands behind belongs to the next segment."""
    before = text[: span.start].rstrip()[-1:]
    if not before or (before not in "。；" and not _closes_item(text, span)):
        return ()
    clauses = [c for c in _clauses(text, inner) if not _ASIDE.match(c.of(text))]
    if not clauses or not all(is_body_list(text, clause) or _mostly_bodies(text, clause) for clause in clauses):
        return ()
    return bind(read_names(text, Span(inner.start, clauses[-1].end)), Role.RESPONSIBLE)


def _closes_item(text: str, span: Span) -> bool:
    """2.推进灌区改造（市水利局、市财政局）: at the end of a numbered item that tells what is done, without a stop."""
    start = number_length(text)
    told = text[start : span.start]
    return (
        bool(start)
        and not text[span.end :].strip("。；; ")
        and not _STOP.search(told)
        and starts_with_verb(told)
        and not names_a_group(told)
    )


_STOP = re.compile("[。；：:]")


def _mostly_bodies(text: str, clause: Span) -> bool:
    """市水利局、湾东发展署、市财政局: one strange name between bodies is one."""
    items = list(_items(text, clause))
    strange = [item for item in items if not is_body_list(text, item)]
    return len(items) >= _ENOUGH * max(len(strange), 1) and all(_looks_named(item.of(text)) for item in strange)


_ENOUGH = 3  # names to each that is not known
_BARE = re.compile(
    r"(?:^|[。；\n])[\s—－-]{0,8}(?=(?:牵头|责任|主办|配合|落实|承办|负责)[^。：:、，]{0,4}(?:[单部主][位门体]|领导|责任人|街道|乡镇|镇街)(?:[：:]|为))"
)


_SENTENCE = re.compile(r"(?<=[。；])[\s]{0,8}[^。；]{4,300}(?=[。]|；?\s*$)")


def _bare_sentences(text: str, brackets: list[Span]) -> list[Attribution]:
    """…。市水利局牵头，市财政局配合。: a sentence of names and roles only, after the task."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        span = Span(*sentence.span())
        if names_a_group(text[: span.start]):
            continue  # 综合协调组。由A牵头。负责…: what they do is told after it
        outside = not any(b.start <= span.start < b.end for b in brackets)
        if outside and all(_names_with_role(text, clause) for clause in _clauses(text, span)):
            found.append(Attribution(read_attribution(text, span), span))
    return [attribution for attribution in found if attribution.bindings]


def _names_with_role(text: str, clause: Span) -> bool:
    verb = _role_verb(clause.of(text))
    if not verb:
        return False
    start = clause.start + len(clause.of(text)) - len(clause.of(text).lstrip())
    start += text[start] == "由"
    return is_body_list(text, Span(start, max(clause.start + verb.start(), start)))


def _bare_label(text: str, brackets: list[Span]) -> list[Attribution]:
    """责任单位：A、B without brackets, as a line of its own or the end of a paragraph."""
    for mark in _BARE.finditer(text):
        if any(b.start <= mark.end() < b.end for b in brackets):
            continue
        bindings = read_attribution(text, Span(mark.end(), len(text)))
        start = mark.start() + (text[mark.start()] in "。；\n")
        if bindings:
            return [Attribution(bindings, Span(start, len(text)))]
    return []


@dataclass(slots=True)
class _Reading:
    """State while an attribution is read from left to right."""

    role: Role | None = None  # of the label in force
    labelled: bool = False
    people: bool = False  # the label is of people: 责任领导
    pending: list[Mention] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)


def read_attribution(text: str, span: Span) -> tuple[Binding, ...]:
    """Names and roles in `text[span]`, in the order printed; () where it is no attribution."""
    reading = _Reading()
    for clause in _clauses(text, span):
        if not _read_clause(text, clause, reading):
            return ()
    if reading.pending and reading.bindings:  # （A牵头，B配合，各县政府）: named without a word
        _flush(reading, Role.RESPONSIBLE)
    if reading.pending or not reading.bindings:
        return ()
    names = [binding.mention.name for binding in reading.bindings]
    if not reading.labelled and not any(ends_as_body(name) or names_a_place(name) for name in names):
        return ()
    return beside_lead(tuple(reading.bindings))


def _clauses(text: str, span: Span) -> Iterator[Span]:
    """Cut at ，；。 outside inner brackets."""
    depth, start = 0, span.start
    for at in range(span.start, span.end):
        char = text[at]
        depth += (char in _OPEN) - (char in _CLOSE)
        label = char.isspace() and role_words().label.match(text, at + 1)
        if (char in "，,；;。\n" or label) and depth <= 0:
            yield Span(start, at)
            start = at + 1
    yield Span(start, span.end)


def _read_clause(text: str, clause: Span, reading: _Reading) -> bool:
    """One clause: [label：] names [verb]. False where it cannot be part of an attribution."""
    words = role_words()
    piece = clause.of(text)
    label = words.label.search(piece[:24])
    if label:
        if label.lastgroup == "time":
            reading.role, reading.labelled = None, True
            return True
        _flush(reading, Role.RESPONSIBLE)  # （市水利局；配合单位：市财政局）: named before the label
        reading.role, reading.labelled = role_of(label), True
        reading.people = bool(_OF_PEOPLE.search(label[0]))
        clause = Span(clause.start + label.end(), clause.end)
    elif not piece.strip() or _ASIDE.match(piece):
        return True
    elif re.fullmatch(r"\s{0,8}(?:责任|牵头|配合|主办|落实|承办|负责)(?:单位|部门|主体)\s{0,8}", piece):
        kind = words.header.match(piece.strip())
        reading.role, reading.labelled = (role_of(kind) if kind else None), True
        return True
    return _read_names(text, clause, reading)


_OF_PEOPLE = re.compile(r"(?:领导|责任人|负责人)\s?[：:；;为]*$")
_ASIDE = re.compile(
    r"\s{0,8}(?:[^，。；]{0,8}[列排][^，。；]{0,8}(?:第[一1]|首|最前)[^，。；]{0,24}$|以下|下同|不再|[^，。；：、]{0,12}涉及|长期坚持|持续|常态化|[^，]{0,20}(?:年|月|日|季度)(?:底|末)?(?:之?前|内)?"
    r"(?:(?:全部|全面|基本)?(?:完成|取得|建成|达到|实现|见效|启动|出台|印发|报送)[^，]{0,40})?$)"
)


def _read_names(text: str, clause: Span, reading: _Reading) -> bool:
    items = list(_items(text, clause))
    start = _read_roles(text, clause, items, reading)
    return start >= clause.end or _read_rest(text, Span(start, clause.end), items, reading)


def _read_roles(text: str, clause: Span, items: list[Span], reading: _Reading) -> int:
    """Names with the verb behind them that tells their role (A牵头、B、C配合); where what is left begins."""
    start = clause.start
    for index, item in enumerate(items):
        verb = _role_verb(item.of(text))
        if verb:
            named = Span(start, item.start + verb.start())
            first, others = _together(text, named) or (None, named)
            names, role = _names(text, others), role_of(verb) or Role.RESPONSIBLE
            if first:
                reading.pending += _names(text, first)
                _flush(reading, Role.LEAD if names else role)  # 市水利局会同有关部门负责: nobody helps it by name
            reading.pending += names
            _flush(reading, Role.SUPPORT if first else role)
            start = items[index + 1].start if index + 1 < len(items) else clause.end
    return start


def _read_rest(text: str, rest: Span, items: list[Span], reading: _Reading) -> bool:
    """Names without a verb: of the role that the label tells, or still to be told. False as for a clause."""
    names = _names(text, rest)
    if reading.role and reading.labelled:
        reading.pending += [replace(m, type=PartyType.PERSON) for m in names] if reading.people else names
        _flush(reading, reading.role)
        return True
    doer = _doer(rest.of(text)) if reading.bindings and not reading.pending and len(items) == 1 else ()
    if doer:  # （A牵头，B保障资金）
        reading.bindings += bind(tuple(replace(m, span=m.span.shift(rest.start)) for m in doer), Role.RESPONSIBLE)
        return True
    if not names and not _is_harmless(rest.of(text)):
        return False
    if not all(_looks_named(item.of(text)) for item in items if item.start >= rest.start):
        return bool(reading.bindings)
    reading.pending += names
    return True


def _doer(clause: str) -> tuple[Mention, ...]:
    """Who does what a clause of an attribution tells: 市财政局保障资金; () for names alone."""
    if ends_as_body("".join(clause.split())):
        return ()
    subject = subject_at(Ends(clause), len(clause) - len(clause.lstrip()))
    return subject.mentions if subject else ()


def _flush(reading: _Reading, role: Role) -> None:
    reading.bindings += bind(tuple(reading.pending), role)
    reading.pending.clear()


def _items(text: str, clause: Span) -> Iterator[Span]:
    depth, start = 0, clause.start
    for at in range(clause.start, clause.end):
        char = text[at]
        depth += (char in _OPEN) - (char in _CLOSE)
        if char == "、" and depth <= 0:
            yield Span(start, at)
            start = at + 1
    if start < clause.end:
        yield Span(start, clause.end)


def _role_verb(item: str) -> re.Match[str] | None:
    """`牵头` after a name; a name must remain before it, and be one."""
    item = item.rstrip()
    tail = item[-40:]
    found = role_words().verb.search(tail)
    if not found or len(item) > 100:
        return None
    name = item[: len(item) - len(tail) + found.start()]
    if not _looks_named(re.sub(r"^由", "", name)):
        return None
    return role_words().verb.search(item, len(item) - len(tail) + found.start())


_ODD = re.compile(
    r"[：:？！《》%]|名单|按照|详见|以下|简称|含|不含|见附|不超过|例如|如[^皋]|包括|下同|预案|规定|标准|办法|有关专项"
)


def _looks_named(item: str) -> bool:
    """May this be a body in an attribution? Short, and of no other kind of remark."""
    name = "".join(item.split())
    bare = re.sub(r"等[^等]{0,8}$", "", name)
    if not name or len(name) > 60 or _ODD.search(name):
        return False
    return is_vague(name) or ends_as_body(name) or ends_as_body(bare) or len(bare) <= 14


def _is_harmless(rest: str) -> bool:
    return not rest.strip() or is_vague("".join(rest.split()))


def _names(text: str, span: Span) -> list[Mention]:
    start = span.start + (text[span.start : span.start + 1] == "由")
    return list(read_names(text, Span(start, span.end))) if start < span.end else []


def _together(text: str, span: Span) -> tuple[Span, Span] | None:
    """A会同B: before and after."""
    at = text.find("会同", span.start, span.end)
    return (Span(span.start, at), Span(at + 2, span.end)) if at > span.start else None
