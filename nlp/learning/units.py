"""The sentences of a document's running text: what a model judges one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.document import BlockKind, Document
from gongbao.corpus.offsets import Span

_RUNNING = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.NOTE, BlockKind.HEADING}
_END = re.compile(r"[。！？；;]+[”’）)】〕]*\s*|$")
_BRACKET = re.compile(r"\s*[（(【〔\[]")
_OPEN, _CLOSE = "（(〔［[【﹝", "）)〕］]】﹞"
_SHORTEST = 6  # characters: less states nothing


@dataclass(frozen=True, slots=True)
class SentenceUnit:
    """A sentence, or a part of one up to a semicolon; `sentence` counts the full sentences of the
    document, so that the parts of one have the same."""

    span: Span
    text: str
    kind: BlockKind
    sentence: int


def units_of(document: Document) -> list[SentenceUnit]:
    """In reading order; a bracket after a full stop (。（责任单位：…）) belongs to what it closes."""
    found: list[SentenceUnit] = []
    sentence = 0
    for block in document.blocks:
        if block.kind not in _RUNNING:
            continue
        for span in _parts(document.text, block.span):
            text = span.of(document.text)
            if len("".join(text.split())) >= _SHORTEST:
                found.append(SentenceUnit(span, text, block.kind, sentence))
            sentence += not text.rstrip().endswith(("；", ";"))
        sentence += 1
    return found


def _parts(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for end in _ends(text, block):
        if end > start and not (end < block.end and _BRACKET.match(text, end)):
            yield Span(start, end)
            start = end
    if start < block.end:
        yield Span(start, block.end)


def _ends(text: str, block: Span) -> Iterator[int]:
    """Where sentences end; marks within brackets end nothing, if the brackets close in the block."""
    depth, scanned = 0, block.start
    for mark in _END.finditer(text, block.start, block.end):
        for char in text[scanned : mark.start()]:
            depth = max(depth + (char in _OPEN) - (char in _CLOSE), 0)
        scanned = mark.start()
        if not depth or text[mark.start() : mark.start() + 1] == "。":
            yield mark.end()
