"""What the extractors of things beside the tasks look through: a document's text, its blocks, what is claimed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.offsets import Span

# One character for one, so that places in the text stay what they are.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９％．／", "0123456789%./")
_FULL_WIDTH = re.compile("[０-９％．／]")
_REACH = 100  # characters on each side: one endless sentence stays affordable
_SENTENCE_END = re.compile("[。；;！!？?\n]")
_TITLE_REACH = 60
# Names, addressees, signatures and lists of titles say whose document it is, not what it lays down.
_FRAME = {
    BlockKind.TITLE,
    BlockKind.NUMBER,
    BlockKind.SALUTATION,
    BlockKind.ATTACHMENT_LIST,
    BlockKind.ATTACHMENT_LABEL,
    BlockKind.SIGNATURE,
    BlockKind.DATE,
    BlockKind.IMPRINT,
}


class CoveredSpans:
    """Spans, apart or not, by their starts, each with the furthest end so far, so that one look-up tells."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touches(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start


class Ground:
    """`text` has digits, %, . and / in half width; all places are those of the document."""

    def __init__(self, document: Document, claimed: Iterable[Span] = ()) -> None:
        self.document = document
        text = document.text
        self.text = text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text
        self._blocks = document.blocks
        self._starts = [block.span.start for block in document.blocks]
        self._claimed = CoveredSpans(claimed)

    def block_at(self, place: int) -> Block | None:
        at = bisect_right(self._starts, place) - 1
        return self._blocks[at] if at >= 0 else None

    def says_at(self, place: int) -> Block | None:
        """The block there, if it is part of what the document lays down; None for what frames it."""
        block = self.block_at(place)
        framed = block is None or block.kind in _FRAME or (block.kind is BlockKind.HEADING and block.level == 0)
        return None if framed else block

    def is_claimed(self, span: Span) -> bool:
        """Part of what another extractor read, or of a title in 《》."""
        if self._claimed.touches(span):
            return True
        left = max(0, span.start - _TITLE_REACH)
        opened = self.text.rfind("《", left, span.start)
        return opened >= 0 and self.text.rfind("》", left, span.start) < opened

    def context(self, span: Span) -> str:
        """The sentence, or the row of a table, in which it stands."""
        left, right = max(0, span.start - _REACH), min(len(self.text), span.end + _REACH)
        start = max((found.end() for found in _SENTENCE_END.finditer(self.text, left, span.start)), default=left)
        stop = _SENTENCE_END.search(self.text, span.end, right)
        return self.document.text[start : stop.end() if stop else right].strip()
