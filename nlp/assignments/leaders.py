"""Whose work is divided among leaders: 林远市长：主持…, 市委常委、副市长周文　负责…, 分管…."""

from __future__ import annotations

import re

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.posts import IN_OFFICE, Post, posts
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType
from gongbao.nlp.assignments.lists import number_length
from gongbao.nlp.bodies import Mention
from gongbao.nlp.rosters.names import NAME

_HAN = r"[\u4e00-\u9fff]"
_GIVEN = rf"(?!{_HAN}{{1,3}}(?:时|后)[，,]){_HAN}[\s　]{{0,4}}{_HAN}{{1,3}}"
_RANKS = "代|常务|副|党组成员|[一二]级(?:巡视|调研)员|[、，\\s]|[市县区州省]委|常委|书记|党组|副书记"
_POSTS = rf"(?:{_RANKS}){{0,12}}(?:{alternation(posts(*IN_OFFICE, Post.RANK))})"
_TITLES = alternation([*posts(*IN_OFFICE, Post.RANK), "委员", "组长"])
_OF_BODY = rf"{_HAN}{{0,14}}?(?:{_TITLES})(?:[（(][^（()）]{{1,12}}[)）])?"
# 党组成员、市公安局局长, with or without whose; what parts them is asked for, else a long row of posts is cut up in
# every way there is
_LONG_POST = rf"{_OF_BODY}(?:[、，\s　]{{1,2}}{_OF_BODY}){{0,4}}[、，\s　]{{0,2}}"
_NAMED = rf"(?<!{_HAN})(?:{_LONG_POST}{NAME}(?:同志)?|{NAME}(?:同志)?[\s　]{{1,4}}{_LONG_POST})"
_LEADS = "(?:主要|具体|全面)?(?:主持|负责|分管|联系|协助|领导|统筹|协管|牵头|主管|兼任|完成)"
_PERSON = re.compile(
    rf"(?P<who>(?:{_HAN}{{2,4}}|{_HAN}\s{_HAN}|{_HAN}{{2,4}}同志)[\s　]{{0,4}}[（(]?{_POSTS}[)）]?|"
    rf"{_HAN}{{2,3}}同志|{_POSTS}[\s　]{{0,4}}{_GIVEN}(?:同志)?|{_NAMED})"
    rf"(?:\s{{0,4}}[：:。\s，,]\s{{0,4}}|(?<=同志))(?={_LEADS})"
)
_LEADING_VERB = re.compile(
    r"(?:主要|具体|全面)?(?:主持|负责|分管|联系|协助|协管|主管|完成|牵头|领导(?!小组|班子|机构)|承担|统筹|指导|兼任|代管|兼[^，。；]{2,20}[，,](?:主持|负责|分管))"
)
_PERSON_ALONE = re.compile(
    rf"(?P<who>{_HAN}{{2,4}}[\s　]{{0,4}}{_POSTS}|{_POSTS}[\s　]{{0,4}}{_GIVEN}|{_NAMED})\s{{0,4}}[：:]?\s{{0,4}}"
)


def read_leaders(text: str) -> list[tuple[Mention, int, int]]:
    """张三副市长：负责…: each leader of a paragraph with where what is said of them begins and ends."""
    first = number_length(text)
    if not _PERSON.match(text, first):
        return []
    found = [m for m in _PERSON.finditer(text, first) if m.start() == first or text[m.start() - 1] in "。；\n 　"]
    ends = [m.start() for m in found[1:]] + [len(text)]
    return [(_person(m), m.end(), end) for m, end in zip(found, ends, strict=True)]


def read_leader_alone(text: str) -> Mention | None:
    """张三　副市长 on a line of its own."""
    found = _PERSON_ALONE.fullmatch(text, number_length(text), len(text.rstrip()))
    return _person(found) if found else None


def _person(found: re.Match[str]) -> Mention:
    return Mention("".join(found["who"].split()), PartyType.PERSON, Span(*found.span("who")))


def continues_leader(text: str) -> bool:
    """分管…, 联系…: more of what the leader named before does."""
    return bool(_LEADING_VERB.match(text, number_length(text)))


# 协助市长工作，|负责…: help and a charge of one's own are two
_STOP = re.compile(r"[。；;]|(?:负责)?协助[^，。；;]{1,20}工作，")


def leader_sentences(text: str, start: int, end: int) -> list[Span]:
    """One statement a sentence; sentences that go on with 负责 stay together."""
    spans: list[Span] = []
    at = start
    for stop in [*(m.end() for m in _STOP.finditer(text, start, end) if m.end() > start), end]:
        piece = text[at:stop].strip()
        if piece.strip("。；; "):
            same = spans and piece[:2] == "负责" and spans[-1].of(text).strip()[:2] == "负责"
            if spans and (same or not _LEADING_VERB.match(piece)):
                spans[-1] = Span(spans[-1].start, stop)
            else:
                spans.append(Span(at, stop))
        at = stop
    return spans
