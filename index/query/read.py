"""From a question in plain words to what was meant: a pure function, shown to who asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongbao.corpus.language.document_numbers import find_asked
from gongbao.corpus.language.genres import ends_as_title
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Role
from gongbao.index.classes import printed_as
from gongbao.index.models import ChipKind, Filters, Intent, Reading
from gongbao.index.query import patterns
from gongbao.index.query.draft import Draft
from gongbao.index.query.fields import with_fields
from gongbao.index.query.fold import fold
from gongbao.index.query.operators import read_operators
from gongbao.index.query.times import FIRST_DAY, Period, find_periods, period_text

BodyFinder = Callable[[str], Iterable[tuple[Span, str]]]
"""From a text to the bodies named in it, as they stand there, the one most likely meant first."""

_NOT_A_WORD = re.compile(r"[^\w\u3400-\u9fff.%]+|(?<!\d)\.|\.(?!\d)|_")
_IN_CHARGE = "分管 工作分工"
# what joined a word to a part that was taken out
_LOOSE = re.compile(r"^的(?!士)|(?<![目标是])的$|(?<=..)有$|(?<=[^公英万邻乡])里$|^在(?=..)|^[要应须在到和与及了都有]$")
# 学校的教学设备 asks for the equipment, 学校的职责 for what schools must do
_OWNER = re.compile(r"的(?![^，。？?\s]{0,10}(?:职责|任务|工作|责任|职能|分工|目标|事|活)|\s|$)")
_JOINED = re.compile(r"[\s、，,和与及跟同]+")
_MOST_YEARS = 10  # of a range of years that are each preferred
ROLE_NAMES = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "责任"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which ways of asking were met; the words they were asked with are gone from the draft."""

    duties: bool
    who: bool
    due: bool
    facts: bool


@dataclass(frozen=True, slots=True)
class _Met:
    """What was recognised. `named`: whose duties may be asked, perhaps a class of bodies.

    `beside`: bodies joined to it; `bare`: nothing is left beside bodies, roles and times.
    """

    numbers: tuple[str, ...]
    named: tuple[Span, str] | None
    beside: tuple[tuple[Span, str], ...]
    person: str | None
    roles: tuple[Role, ...]
    periods: tuple[Period, ...]
    asked: _Asked
    bare: bool
    only_a_year: bool  # and words that every list of tasks is made of

    @property
    def dated(self) -> bool:
        return any(not period.whole_year for period in self.periods)

    @property
    def only_a_body(self) -> bool:
        """A body alone asks for its duties; a class (学校, 社区) alone is a word like others."""
        return self.bare and (self.dated or not (self.named and printed_as(self.named[1])))


def read(query: str, today: date, bodies: BodyFinder) -> Reading:
    """Understand a question. What cannot be read as asked is searched for as words, and `note` says so.

    UsageError where the question is too long or a field's value cannot be.
    """
    draft = Draft(fold(query))
    operators = read_operators(draft)
    met = _met(draft, today, bodies)
    reading = Reading(
        query=query,
        intent=_intent(met),
        chips=(),
        words="",
        filters=Filters(),
        numbers=met.numbers,
        phrases=operators.phrases,
        excluded=operators.excluded,
        clauses=operators.clauses,
        title=operators.title,
        roles=met.roles,
        person=met.person,
    )
    reading = _with_body(draft, reading, met.named)
    reading = _with_beside(draft, reading, met.beside)
    reading = _with_partners(draft, reading, today, bodies)
    reading = _with_times(draft, reading, met.periods)
    reading = replace(reading, also=_second_part(reading.intent, met.asked))
    return _finished(draft, with_fields(reading, operators.fields))


# --- what is recognised


def _met(draft: Draft, today: date, bodies: BodyFinder) -> _Met:
    numbers = _numbers(draft)
    body = _first_body(draft, today, bodies)
    person = None if body else _person(draft)
    roles = tuple(role for role, words in patterns.roles().items() if words.search(draft.rest))
    officer = _officer(draft)
    periods = find_periods(draft.rest, today)
    asked = _asked(draft, body[0] if body else None, today)
    named = None if officer else body or person
    beside = _beside(draft, body, today, bodies) if body and named and not _jointly(draft) else ()
    whose = [span for span, _ in ((named, *beside) if named else ())]
    return _Met(
        numbers,
        named,
        beside,
        officer or (person[1] if person else None),
        roles,
        periods,
        replace(asked, who=asked.who or bool(officer)),
        not _left(draft, periods, whose),
        named is None and len(periods) == 1 and periods[0].whole_year and _generic(_left(draft, periods)),
    )


def _numbers(draft: Draft) -> tuple[str, ...]:
    found = tuple(find_asked(draft.rest))
    for span, number in found:
        draft.take(span, ChipKind.NUMBER, str(number))
    return tuple(str(number) for _, number in found)


def _first_body(draft: Draft, today: date, bodies: BodyFinder) -> tuple[Span, str] | None:
    """The body most likely meant; a time in front is no part of its name (今年市教育局)."""
    timeless = Draft(draft.text, draft.rest)
    for period in find_periods(draft.rest, today):
        timeless.mask(period.span)
    return next((found for found in bodies(timeless.rest) if not _is_owner(timeless.rest, *found)), None)


def _beside(draft: Draft, first: tuple[Span, str], today: date, bodies: BodyFinder) -> tuple[tuple[Span, str], ...]:
    """Bodies with only 和, 、 and the like between them and the first, or one that is so joined."""
    left, found = Draft(draft.text, draft.rest), [first]
    left.mask(first[0])
    while (body := _first_body(left, today, bodies)) and any(_joined(draft.text, one[0], body[0]) for one in found):
        left.mask(body[0])
        found.append(body)
    return tuple(found[1:])


def _joined(text: str, one: Span, other: Span) -> bool:
    return bool(_JOINED.fullmatch(text[min(one.end, other.end) : max(one.start, other.start)]))


def _is_owner(text: str, span: Span, name: str) -> bool:
    """Whether a class of bodies only says whose things are spoken of."""
    return bool(printed_as(name)) and _OWNER.match(text, span.end) is not None


def _person(draft: Draft) -> tuple[Span, str] | None:
    """A named person, a post, or both; not where the post is part of the question (哪位副市长)."""
    found = patterns.person().search(draft.rest)
    if not found:
        return None
    parts = found.groupdict()
    name = next(filter(None, (parts["name1"], parts["name2"], parts["name3"])), "")
    return (Span(found.start(), found.end()), name) if name else None


def _officer(draft: Draft) -> str | None:
    """The post asked for (哪位副市长分管…): the answer is in the division of work, so 分管 is searched for."""
    for pattern in patterns.asking("who", "officer"):
        found = pattern.search(draft.rest)
        if found:
            draft.take(Span(found.start(), found.end()), ChipKind.PERSON, f"{found['post']}（分管）")
            return str(found["post"])
    return None


def _asked(draft: Draft, body: Span | None, today: date) -> _Asked:
    """Take the words of asking out of the draft; a title keeps its words unless it clearly asks."""
    titled = _like_a_title(draft) and not (body and _matches(draft, "titles", "lists"))
    periods = find_periods(draft.rest, today)
    dated = any(not period.whole_year for period in periods)
    entry = "dated" if dated else "yearly" if len(periods) == 1 and body is None else None
    dropped = [draft.drop(pattern) for pattern in patterns.asking("due", entry)] if entry else []
    duties, who, due, facts = (_take_asking(draft, part, titled, body) for part in ("duties", "who", "due", "facts"))
    nouns = _take_asking(draft, "who", titled, body, "nouns")
    return _Asked(duties, who or (nouns and body is None), due or any(dropped), facts)


def _like_a_title(draft: Draft) -> bool:
    return _matches(draft, "titles", "like") or ends_as_title(_without_marks(draft))


def _take_asking(draft: Draft, part: str, titled: bool, body: Span | None, entry: str = "ask") -> bool:
    met = False
    for pattern in patterns.asking(part, entry):
        for found in _outside(pattern, draft.rest, body):
            if found[0].strip() and not (titled and not patterns.questioning().search(found[0])):
                draft.mask(Span(found.start(), found.end()))
                met = True
    return met


def _outside(pattern: re.Pattern[str], text: str, body: Span | None) -> Iterator[re.Match[str]]:
    """What matches before a body and behind it, not in it: 职责 behind 公安部门, though 部门职责 would match too."""
    cuts = (0, len(text)) if body is None else (0, body.start, body.end, len(text))
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        yield from pattern.finditer(text, start, end)


def _matches(draft: Draft, part: str, entry: str) -> bool:
    return any(pattern.search(_without_marks(draft)) for pattern in patterns.asking(part, entry))


def _without_marks(draft: Draft) -> str:
    return draft.rest.strip(" ?？。")


# --- what is meant


def _intent(met: _Met) -> Intent:
    asked, dated = met.asked, met.dated
    if met.numbers:
        return Intent.DOCUMENTS
    if met.named and (asked.duties or met.only_a_body or (met.roles and not asked.who)):
        return Intent.DUTIES
    if asked.who:
        return Intent.WHO
    until = any(period.until for period in met.periods)
    if asked.due or until or (dated and (asked.duties or met.bare)) or (asked.duties and met.only_a_year):
        return Intent.DEADLINES
    if met.roles and not asked.duties:
        return Intent.WHO
    return Intent.FACTS if asked.facts else Intent.DOCUMENTS


def _second_part(intent: Intent, asked: _Asked) -> Intent | None:
    """谁负责，什么时候完成 · 谁负责，补多少钱 · 什么时候发，发多少钱."""
    if asked.due and intent is Intent.WHO:
        return Intent.DEADLINES
    return Intent.FACTS if asked.facts and intent in (Intent.WHO, Intent.DEADLINES) else None


def _with_body(draft: Draft, reading: Reading, named: tuple[Span, str] | None) -> Reading:
    """Where a body's duties are asked it filters; anywhere else it is searched for as words too."""
    for role in reading.roles:
        _mark_role(draft, role, filters=reading.intent is Intent.DUTIES)
    if named is None:
        return reading
    span, name = named
    kind = ChipKind.PERSON if reading.person == name else ChipKind.AGENCY
    if reading.intent is not Intent.DUTIES:
        draft.mark(span, kind, name)
        return reading
    draft.take(span, kind, name)
    only = reading.roles[0] if len(reading.roles) == 1 else None
    return replace(reading, filters=replace(reading.filters, agency=name, role=only))


def _with_partners(draft: Draft, reading: Reading, today: date, bodies: BodyFinder) -> Reading:
    """The other bodies of a question for what is done jointly (甲局和乙局共同负责什么)."""
    if reading.intent is not Intent.DUTIES or not _jointly(draft):
        return reading
    found: list[str] = []
    while body := _first_body(draft, today, bodies):
        draft.take(body[0], ChipKind.AGENCY, body[1])
        found.append(body[1])
    return replace(reading, partners=tuple(found))


def _jointly(draft: Draft) -> bool:
    return any(pattern.search(draft.text) for pattern in patterns.asking("together"))


def _with_beside(draft: Draft, reading: Reading, beside: Sequence[tuple[Span, str]]) -> Reading:
    """Those of which each one's duties are asked, too."""
    if reading.intent is not Intent.DUTIES:
        return reading
    for span, name in beside:
        draft.take(span, ChipKind.AGENCY, name)
    return replace(reading, beside=tuple(name for _, name in beside))


def _mark_role(draft: Draft, role: Role, *, filters: bool) -> None:
    found = patterns.roles()[role].search(draft.text)
    if found:
        span = Span(found.start(), found.end())
        draft.mark(span, ChipKind.ROLE, ROLE_NAMES[role])
        if filters or draft.rest[span.start : span.end] == found[0]:
            draft.mask(span)


def _with_times(draft: Draft, reading: Reading, periods: tuple[Period, ...]) -> Reading:
    """The first time that fits the intent filters or, as a year, prefers; others stay words."""
    asks_due = reading.intent in (Intent.DEADLINES, Intent.DUTIES)
    due = next((p for p in periods if not p.whole_year), None) if asks_due else None
    years = [p for p in periods if p.whole_year]
    if due is None and reading.intent is Intent.DEADLINES and len(years) == 1 and not _names_document(draft, years[0]):
        due = years[0]
    if due is not None:
        return _with_due(draft, reading, due)
    if len(years) == 1:
        draft.take(years[0].span, ChipKind.YEAR, f"{years[0].due.year}年")
        return replace(reading, filters=replace(reading.filters, year=years[0].due.year))
    spans = [p for p in periods if p.whole_year or _spans_years(p)]
    return reading if asks_due else _with_years(draft, reading, spans)


def _spans_years(period: Period) -> bool:
    """2024—2026年, and not 2024年3月至2025年2月 nor everything up to a day."""
    whole = (period.start.month, period.start.day, period.due.month, period.due.day) == (1, 1, 12, 31)
    return whole and period.start != FIRST_DAY and 0 < period.due.year - period.start.year < _MOST_YEARS


def _with_years(draft: Draft, reading: Reading, periods: Sequence[Period]) -> Reading:
    """Several years (2020、2021、2023年 · 2024—2026年) are each preferred."""
    years: list[int] = []
    for period in periods:
        own = range(period.start.year, period.due.year + 1)
        draft.take(period.span, ChipKind.YEAR, f"{own[0]}年" if len(own) == 1 else f"{own[0]}—{own[-1]}年")
        years += own
    return replace(reading, years=tuple(years))


def _names_document(draft: Draft, year: Period) -> bool:
    """Whether a year begins a document's name: 2021年度安置计划."""
    start = year.span.end - 2  # at 年, or 年度
    return any(pattern.search(draft.text, max(start, 0), start + 40) for pattern in patterns.asking("due", "named"))


def _with_due(draft: Draft, reading: Reading, due: Period) -> Reading:
    start = None if due.start == FIRST_DAY else due.start
    draft.take(due.span, ChipKind.DUE, period_text(start, due.due))
    filters = replace(reading.filters, due_from=start, due_to=due.due)
    return replace(reading, filters=filters, floating=due.floating)


def _left(draft: Draft, periods: tuple[Period, ...], whose: Sequence[Span] = ()) -> str:
    """What is left to search for beside bodies, roles and times."""
    left = Draft(draft.text, draft.rest)
    for span in (*(period.span for period in periods), *whose):
        left.mask(span)
    for words in patterns.roles().values():
        left.drop(words)
    return _words(left)


def _generic(words: str) -> bool:
    return all(word in patterns.generic() for word in words.split())


def _finished(draft: Draft, reading: Reading) -> Reading:
    words = _words(draft)
    if reading.intent in (Intent.DUTIES, Intent.DEADLINES):
        words = " ".join(word for word in words.split() if word not in patterns.generic())
    if reading.person and reading.intent is Intent.WHO:
        words = f"{words} {_IN_CHARGE}".strip()
    searched = words or reading.numbers or reading.phrases or reading.clauses or reading.title
    if not searched and reading.filters == Filters():
        words = _plain(draft.text)
    note = None
    if reading.intent is Intent.DOCUMENTS and not searched and words:
        note = "没有读出具体所问，按字面检索"
    return replace(reading, words=words, chips=draft.chips(), note=note)


def _words(draft: Draft) -> str:
    left = Draft(draft.text, draft.rest)
    for pattern in (*patterns.asking("filler", "words"), *patterns.asking("filler", "trailing")):
        left.drop(pattern)
    return _plain(left.rest)


def _plain(text: str) -> str:
    pieces = (_LOOSE.sub("", piece) for piece in _NOT_A_WORD.sub(" ", text).split())
    return " ".join(piece for piece in pieces if piece)
