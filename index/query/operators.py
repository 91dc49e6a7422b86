"""What people who know search engines type: fields, quotes, AND, OR, NOT, brackets.

OR binds closer than AND, so that `A B OR C` asks for A and one of B and C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongbao.corpus.offsets import Span
from gongbao.index.models import ChipKind
from gongbao.index.query import patterns
from gongbao.index.query.draft import Draft

_QUOTES = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|「([^「」]+)」|『([^『』]+)』")
_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_EXCLUDED = re.compile(
    r"(?:(?<![^\s(])(?:NOT\s+|[-!](?=[^\s\-!]))|(?<=\s)不(?:包含|包括|含)\s*|(?<=\s)排除\s*)(?P<word>[^\s()]+)"
    r"|除了?(?P<other>[^\s，。]{1,20}?)(?:以外|之外)(?:的|，|,)?"
)
_AND = re.compile(r"\s+(?:AND|并且)\s+|\s*&&?\s*|(?<=\s)\+")
_OR = re.compile(r"\s+(?:OR|或者?)\s+|\s*\|\|?\s*")


@dataclass(frozen=True, slots=True)
class Operators:
    """`fields`: name and value of each field prefix; `clauses`: AND of ORs, () where no operator was typed."""

    fields: tuple[tuple[str, str], ...] = ()
    phrases: tuple[str, ...] = ()
    title: str | None = None
    excluded: tuple[str, ...] = ()
    clauses: tuple[tuple[str, ...], ...] = ()


def read_operators(draft: Draft) -> Operators:
    """Take out of the draft all that is written in a search engine's own signs."""
    fields = _fields(draft)
    title = _title(draft)
    excluded = _excluded(draft)
    phrases = _phrases(draft)
    return Operators(fields, phrases, title, excluded, _clauses(draft))


def _fields(draft: Draft) -> tuple[tuple[str, str], ...]:
    names = sorted(patterns.fields(), key=len, reverse=True)
    prefix = re.compile(
        rf"(?<![\u4e00-\u9fffA-Za-z])({'|'.join(names)})\s*:\s*(\"[^\"]+\"|“[^“”]+”|[^\s]+)", re.IGNORECASE
    )
    found = []
    for match in prefix.finditer(draft.rest):
        name, value = patterns.fields()[match[1].lower()], match[2].strip('"“”')
        found.append((name, value))
        if name == "text":
            draft.mask(Span(match.start(), match.start(2)))
        else:
            draft.take(Span(match.start(), match.end()), ChipKind.FIELD, f"{match[1]}：{value}")
    return tuple(found)


def _title(draft: Draft) -> str | None:
    """《…》 names a document; its words are searched for as well."""
    found = _TITLE.search(draft.rest)
    if not found or not found[1].strip():
        return None
    draft.mark(Span(found.start(), found.end()), ChipKind.FIELD, f"标题：{found[1]}")
    return found[1]


def _excluded(draft: Draft) -> tuple[str, ...]:
    found = []
    for match in _EXCLUDED.finditer(draft.rest):
        word = (match["word"] or match["other"]).strip('"“”')
        if word:
            found.append(word)
            draft.take(Span(match.start(), match.end()), ChipKind.EXCLUDED, f"不含：{word}")
    return tuple(found)


def _phrases(draft: Draft) -> tuple[str, ...]:
    found = []
    for match in _QUOTES.finditer(draft.rest):
        phrase = next(filter(None, match.groups()))
        if len(phrase.strip()) > 1:
            found.append(phrase.strip())
            draft.take(Span(match.start(), match.end()), ChipKind.PHRASE, f"原文含：{phrase.strip()}")
    return tuple(found)


def _clauses(draft: Draft) -> tuple[tuple[str, ...], ...]:
    if not (_AND.search(draft.rest) or _OR.search(draft.rest)):
        return ()
    joined = _OR.sub("|", draft.rest.replace("(", " ").replace(")", " "))
    parts = _AND.sub(" ", joined).split()
    clauses = (tuple(filter(None, part.split("|"))) for part in parts)
    return tuple(clause for clause in clauses if clause)
