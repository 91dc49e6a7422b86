"""What the facts of a document are called (文号：, 发文机关：) on the document, on a page about it and in questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongbao.corpus.language.lexicon import Rows, load


class Fact(StrEnum):
    NUMBER = "number"
    ISSUER = "issuer"
    SIGNED = "signed"
    TITLE = "title"
    GENRE = "genre"
    SUBJECT = "subject"
    OTHER = "other"  # kept as it is said


@dataclass(frozen=True, slots=True)
class FactLabels:
    """From label to fact: `printed` by documents and pages, `asked` in questions only."""

    printed: Mapping[str, Fact]
    asked: Mapping[str, Fact]

    @classmethod
    def of(cls, rows: Rows) -> FactLabels:
        printed = {word: Fact(row["kind"]) for row in rows if not row.get("asked") for word in row["words"]}
        asked = {word: Fact(row["kind"]) for row in rows if row.get("asked") for word in row["words"]}
        return cls(printed, asked)

    def explain(self, text: str) -> str:
        if text in self.asked:
            return f"{self.asked[text]}, asked"
        return str(self.printed.get(text, ""))


FACT_LABELS = FactLabels.of(load("facts"))


def printed_labels(*facts: Fact) -> tuple[str, ...]:
    """What documents and pages call some facts."""
    return tuple(word for word, fact in FACT_LABELS.printed.items() if fact in facts)
