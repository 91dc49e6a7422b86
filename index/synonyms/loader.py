"""Reading synonym files, and finding their terms in a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import UsageError
from corpus.offsets import normalise

SHIPPED = Path(__file__).parent
_REMEDY = "每行一组，用制表符分隔至少两个词；行首 > 表示单向，# 表示注释"


@dataclass(frozen=True, slots=True)
class Synonym:
    """A term that also answers for the one asked; `source` names the file, or the title it was mined from."""

    term: str
    source: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """From a term (width folded, lower case) to those that stand for it, in the order of the files."""

    table: Mapping[str, tuple[Synonym, ...]] = field(default_factory=dict)
    longest: int = 0

    @staticmethod
    def load(own: Path | None = None) -> Synonyms:
        """The shipped groups, then those of the folder `own` where it exists; UsageError for a bad line."""
        folders = (SHIPPED, own) if own is not None and own.is_dir() else (SHIPPED,)
        files = [file for folder in folders for file in sorted(folder.glob("*.tsv"))]
        return Synonyms.of(pair for file in files for pair in _pairs(file))

    @staticmethod
    def of(pairs: Iterable[tuple[str, Synonym]]) -> Synonyms:
        table: dict[str, dict[str, Synonym]] = {}
        for term, synonym in pairs:
            table.setdefault(term, {}).setdefault(synonym.term, synonym)
        frozen = {term: tuple(found.values()) for term, found in table.items()}
        return Synonyms(frozen, max(map(len, frozen), default=0))

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[Synonym, ...]]]:
        """Every (start, end, synonyms) of a known term in a folded text; of terms that lie in each other, all."""
        for start in range(len(text)):
            for end in range(start + 2, min(start + self.longest, len(text)) + 1):
                if found := self.table.get(text[start:end]):
                    yield start, end, found


def _pairs(file: Path) -> Iterator[tuple[str, Synonym]]:
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        one_way = line.startswith(">")
        terms = [normalise(term)[0].lower() for term in line.removeprefix(">").split("\t") if term.strip()]
        if len(terms) < 2:
            raise UsageError(f"同义词文件 {file.name} 第 {number} 行不成一组：{line[:40]}", _REMEDY)
        for term in terms[:1] if one_way else terms:
            for other in terms:
                if other != term:
                    yield term, Synonym(other, file.name)
