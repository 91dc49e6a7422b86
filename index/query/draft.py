"""A question while it is being read: what was recognised is masked, the rest stays in place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongbao.corpus.offsets import Span
from gongbao.index.models import Chip, ChipKind


@dataclass(slots=True)
class Draft:
    """`rest` has the length of `text`; recognised parts are spaces in it."""

    text: str
    rest: str = ""
    parts: list[tuple[Span, ChipKind, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.rest or self.text

    def mask(self, span: Span) -> None:
        self.rest = self.rest[: span.start] + " " * len(span) + self.rest[span.end :]

    def take(self, span: Span, kind: ChipKind, meaning: str) -> None:
        """Recognise a part: it becomes a chip and is no longer searched for as words."""
        self.parts.append((span, kind, meaning))
        self.mask(span)

    def mark(self, span: Span, kind: ChipKind, meaning: str) -> None:
        """Recognise a part that is searched for as words as well."""
        self.parts.append((span, kind, meaning))

    def drop(self, pattern: re.Pattern[str]) -> bool:
        """Mask every match of an expression; whether there was one."""
        found = [Span(match.start(), match.end()) for match in pattern.finditer(self.rest) if match.group()]
        for span in found:
            self.mask(span)
        return bool(found)

    def chips(self) -> tuple[Chip, ...]:
        return tuple(
            Chip(kind, span.of(self.text).strip(), meaning, self._without(span))
            for span, kind, meaning in sorted(self.parts, key=lambda part: part[0])
        )

    def _without(self, span: Span) -> str:
        return " ".join((self.text[: span.start] + " " + self.text[span.end :]).split())
