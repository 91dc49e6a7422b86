"""Which document of the corpus a citation means: by number, else by title where only one bears it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongbao.corpus.language.document_numbers import canonical_number
from gongbao.corpus.records import Citation, DocumentRef
from gongbao.nlp.citations.own import title_key, transmitted_title


@dataclass(frozen=True, slots=True)
class Lookup:
    """`numbers`: canonical number → id; `titles`: key of a title, or of the text it transmits → ids."""

    numbers: dict[str, str]
    titles: dict[str, frozenset[str]]

    @staticmethod
    def of(documents: Iterable[DocumentRef]) -> Lookup:
        numbers: dict[str, str] = {}
        titles: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            if document.number:
                numbers[canonical_number(document.number)] = document.id
            for title in filter(None, (document.title, transmitted_title(document.title))):
                titles[title_key(title)].add(document.id)
        return Lookup(numbers, {key: frozenset(ids) for key, ids in titles.items()})

    def find(self, number: str | None, title: str) -> str | None:
        """A printed number decides alone; a title only where one document bears it."""
        if number:
            return self.numbers.get(canonical_number(number))
        ids = self.titles.get(title_key(title), frozenset())
        return next(iter(ids)) if len(ids) == 1 else None


def link(citations: Iterable[Citation], lookup: Lookup) -> tuple[Citation, ...]:
    """The same citations with their targets filled in, as far as the corpus holds them."""
    return tuple(replace(one, target=lookup.find(one.number, one.title)) for one in citations)
