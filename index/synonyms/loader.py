"""Reading synonym files, and finding their terms in a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gongbao.corpus.errors import UsageError
from gongbao.index.analysis import fold, plain_words

SHIPPED = Path(__file__).parent
_REMEDY = "每行一组，用制表符分隔至少两个词；行首 > 表示单向，# 表示注释"
_DENIED = 3  # characters of a term with 不 that may be denied in other ways
_SHORT = 3  # characters of a term that may stand by chance where two words meet


@dataclass(frozen=True, slots=True)
class Synonym:
    """A term that also answers for the one asked; `source` names the file, or the title it was mined from."""

    term: str
    source: str


@dataclass(frozen=True, slots=True)
class _SynonymGroup:
    """The terms of one line as written; they are folded when they are asked for."""

    terms: tuple[str, ...]
    source: str


class _Table(Mapping[str, tuple[Synonym, ...]]):
    """From a term to its synonyms, made when they are asked for: a question needs few of the thousands of lines."""

    def __init__(self, groups: Mapping[str, Sequence[_SynonymGroup]]) -> None:
        self._groups = groups

    def __getitem__(self, term: str) -> tuple[Synonym, ...]:
        found = (
            (other, group.source)
            for group in self._groups[term]
            for other in map(_as_asked, group.terms)
            if other and not _holds(other, term)
        )
        first: dict[str, Synonym] = {}
        for other, source in found:
            first.setdefault(other, Synonym(other, source))
        return tuple(first.values())

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def __contains__(self, term: object) -> bool:
        return term in self._groups


@dataclass(frozen=True, slots=True)
class Synonyms:
    """From a term (folded, without signs) to those that stand for it, in the order of the files."""

    table: Mapping[str, tuple[Synonym, ...]] = field(default_factory=dict)
    longest: int = 0

    @staticmethod
    def load(own: Path | None = None) -> Synonyms:
        """The shipped groups, then those of the folder `own` where it exists; UsageError for a bad line."""
        groups: dict[str, list[_SynonymGroup]] = {}
        for term, group in (*_shipped(), *(_of_folder(own) if own is not None and own.is_dir() else ())):
            groups.setdefault(term, []).append(group)
        return Synonyms(_Table(groups), max(map(len, groups), default=0))

    @staticmethod
    def of(pairs: Iterable[tuple[str, Synonym]]) -> Synonyms:
        table: dict[str, dict[str, Synonym]] = {}
        for term, synonym in pairs:
            table.setdefault(term, {}).setdefault(synonym.term, synonym)
        frozen = {term: tuple(found.values()) for term, found in table.items()}
        return Synonyms(frozen, max(map(len, frozen), default=0))

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[Synonym, ...]]]:
        """Every (start, end, synonyms) of a known term in a folded text; of terms that lie in each other, all.

        A short term that begins within one word and ends within another is none: 防护工程 does
        not speak of 护工, nor 协调解决 of 调解. Nor is one that cuts a run of letters or digits.
        """
        known = self.table
        spans = (
            (start, end)
            for start in range(len(text))
            for end in range(start + 2, min(start + self.longest, len(text)) + 1)
            if text[start:end] in known
        )
        for start, end in spans:
            if _stands_by_itself(start, end, text) and (meanings := known[text[start:end]]):
                yield start, end, meanings


def _holds(other: str, term: str) -> bool:
    """What holds the term is found by the term itself; but a lone character is looked for as a word."""
    return term == other or (len(term) > 1 and term in other)


def _stands_by_itself(start: int, end: int, text: str) -> bool:
    if _cuts_letters(start, text) or _cuts_letters(end, text):
        return False
    return end - start > _SHORT or not _edges(text).isdisjoint((start, end))


def _cuts_letters(at: int, text: str) -> bool:
    around = text[at - 1 : at + 1] if at else ""
    return len(around) == 2 and around.isascii() and around.isalnum()


@lru_cache(maxsize=1 << 6)
def _edges(text: str) -> frozenset[int]:
    """Where words begin and end."""
    edges, at = {0, len(text)}, 0
    for word in plain_words(text):
        start = max(text.find(word, at), at)
        at = start + len(word)
        edges |= {start, at}
    return frozenset(edges)


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, _SynonymGroup], ...]:
    return tuple(_of_folder(SHIPPED))


def _of_folder(folder: Path) -> Iterator[tuple[str, _SynonymGroup]]:
    for file in sorted(folder.glob("*.tsv")):
        yield from _of_file(file)


def _of_file(file: Path) -> Iterator[tuple[str, _SynonymGroup]]:
    """Each term that is asked for with its line."""
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        terms = tuple(term for term in line.removeprefix(">").split("\t") if term.strip())
        if len(terms) < 2:
            raise UsageError(f"同义词文件 {file.name} 第 {number} 行不成一组：{line[:40]}", _REMEDY)
        group = _SynonymGroup(terms, file.name)
        for term in terms[:1] if line.startswith(">") else terms:
            yield from ((spoken, group) for spoken in _spoken(_as_asked(term)))


def _spoken(term: str) -> tuple[str, ...]:
    """A term, and where it denies something the other ways to deny it: 不下雨, 没下雨, 没有下雨; 没证, 没有证.

    Not 不 with one character: 不能 forbids, 没能 does not.
    """
    if term.startswith("没有") or not term.startswith(("不", "没")) or (term[0] == "不" and len(term) < _DENIED):
        return (term,)
    return tuple(dict.fromkeys((term, f"没{term[1:]}", f"没有{term[1:]}")))


def _as_asked(term: str) -> str:
    """As the words of a question and a text are compared: folded, without signs (互联网+政务服务, 第一书记)."""
    folded = fold(term)
    return folded if folded.isalnum() else "".join(char for char in folded if char.isalnum() or char in ".%")
