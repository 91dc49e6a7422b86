"""The kind of a document (文种) by the word that its title ends with: its name, how it speaks, whether it is a law.

党政机关公文处理工作条例 第八条 names fifteen; rules have names of their own (规章制定程序条例 第七条), and plans, lists
and speeches are printed beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.lexicon import Rows, load
from gongbao.corpus.language.numerals import ONES


class Voice(StrEnum):
    """How sentences of the document without a modal verb are meant."""

    ORDERS = "orders"  # 方案, 通知: each sentence may bind
    STANDS = "stands"  # 条例, 办法, 预案: what binds is a standing duty
    TELLS = "tells"  # 报告, 通报: what was done; only 要, 应 bind


@dataclass(frozen=True, slots=True)
class Genre:
    """`told`: exported as 文种; `ends_title`: a line that ends so may be the title of a document."""

    word: str
    voice: Voice
    law: bool = False
    told: bool = True
    ends_title: bool = True


_BEHIND = re.compile(r"(?:[（(【\[〔][^（()）】\]〕]{1,24}[）)】\]〕]|[》”\"'。\s])+$")  # （试行）, 》

# 公告2024年第6号: a number behind the word, with what it is about in brackets or without
_NUMBERED = re.compile(rf"(?:[（(]?(?:19|20)\d\d年?[)）]?)?第?[\d{ONES}十百]+号$")

_TRANSMITS = re.compile(r"的(?:通知|决定|公告|命令|令|批复|函)$")


@dataclass(frozen=True, slots=True)
class Genres:
    by_word: Mapping[str, Genre]
    ending: re.Pattern[str]

    @classmethod
    def of(cls, rows: Rows) -> Genres:
        counted = [word for row in rows if row.get("counted") for word in row["words"]]
        genres = [
            Genre(word, Voice(row["voice"]), row.get("law", False), row.get("genre", True), row.get("title", True))
            for row in rows
            if not row.get("counted")
            for word in row["words"]
        ]
        words = alternation(genre.word for genre in genres)
        articles = rf"(?P<counted>{alternation(counted)})[\d{ONES}十]+条"
        return cls({genre.word: genre for genre in genres}, re.compile(rf"(?:(?P<word>{words})|{articles})$"))

    def explain(self, text: str) -> str:
        genre = self.of_title(text)
        if not genre:
            return ""
        law, told, title = genre.law, genre.told, genre.ends_title
        return f"{genre.word} {genre.voice}{' law' * law}{', no genre' * (not told)}{', no title' * (not title)}"

    def of_title(self, title: str) -> Genre | None:
        found = self.ending.search(_NUMBERED.sub("", _BEHIND.sub("", "".join(title.split()))))
        return self.by_word.get(found["word"] or found["counted"]) if found else None


_GENRES = Genres.of(load("genres"))


def find_genre(title: str) -> Genre | None:
    """By the last word of the title: 办法 of …管理办法（试行）》."""
    return _GENRES.of_title(title)


def genre_of(title: str) -> str | None:
    """The 文种 as it is exported: 通知 of …的通知, 意见 of …《…若干意见》; None where the ending is no genre."""
    genre = find_genre(title)
    return genre.word if genre and genre.told else None


def ends_as_title(text: str) -> bool:
    """The text ends like the title of a document: …的通知, …办法（试行）."""
    genre = find_genre(text)
    return genre is not None and genre.ends_title


def is_law(title: str) -> bool:
    """A law or rule, also where a notice transmits it: …关于印发节水管理办法的通知."""
    return any(genre.law for genre in _inside_and_out(title))


def voice_of(title: str) -> Voice:
    """A report tells; a rule stands, also where a notice transmits it; everything else orders."""
    voices = {genre.voice for genre in _inside_and_out(title)}
    return next((voice for voice in (Voice.TELLS, Voice.STANDS) if voice in voices), Voice.ORDERS)


def _inside_and_out(title: str) -> Iterator[Genre]:
    """The genre of a title, and of what it transmits."""
    whole = _BEHIND.sub("", "".join(title.split()))
    yield from filter(None, map(find_genre, dict.fromkeys((whole, _TRANSMITS.sub("", whole)))))


def words() -> tuple[str, ...]:
    """Of all genres, for expressions."""
    return tuple(_GENRES.by_word)
