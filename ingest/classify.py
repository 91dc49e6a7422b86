"""What each paragraph of a document is: salutation, heading, signature, attachment label …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongbao.corpus.document import BlockKind
from gongbao.corpus.language.days import is_day
from gongbao.corpus.language.genres import ends_as_title
from gongbao.corpus.language.numbering import numbering_at
from gongbao.ingest.cover import Flow
from gongbao.ingest.outline import FoundHeading, OutlineItem, outline
from gongbao.ingest.paragraphs import Align, Paragraph
from gongbao.ingest.patterns import (
    ATTACHMENT_LIST,
    IMPRINT,
    LABEL,
    LABELLED,
    LISTED,
    NOTE,
    is_salutation,
)
from gongbao.ingest.segment import DocumentDraft
from gongbao.ingest.signing import is_one_name, is_seal_note, signs
from gongbao.ingest.tables import RawTable

_EARLY = 4  # paragraphs among which the salutation stands
_STANDS_IN = 5.0  # em: further in than any first line
_CENTRED = 2.7  # em: further in than a first line, under an attachment's label
_LONGEST_SIGNATURE = 40
_LONGEST_HEADING = 80
_SIGNATORIES = 6  # bodies that sign together
_UNITS = re.compile(r"[（(]?\s*(?:计量)?(?:单位|金额单位|数据单位)\s*[:：].{1,30}")
_CAPTION = re.compile(r"[（(]?\s*(?:表|图)\s*\d+(?:[-—.]\d+)*[)）]?[\s:：].{0,60}")


@dataclass(frozen=True, slots=True)
class Typed:
    """A block before it is placed in a text; `headings` count in its own text."""

    kind: BlockKind
    item: Flow
    level: int | None = None
    headings: tuple[FoundHeading, ...] = ()


def classify(draft: DocumentDraft) -> list[Typed]:
    """The blocks of a document's body, in reading order."""
    kinds = _kinds(draft.body)
    items = [
        OutlineItem(item.text, kinds[i] is BlockKind.HEADING, kinds[i] is BlockKind.PARAGRAPH)
        if isinstance(item, Paragraph)
        else OutlineItem("", prose=False)
        for i, item in enumerate(draft.body)
    ]
    typed = []
    for item, kind, placed in zip(draft.body, kinds, outline(items), strict=True):
        if kind is BlockKind.HEADING or (kind is BlockKind.PARAGRAPH and placed.own):
            typed.append(
                Typed(BlockKind.HEADING, item, placed.headings[0].level, _without_label(item, placed.headings))
            )
        elif kind is BlockKind.PARAGRAPH and placed.listed:
            typed.append(Typed(BlockKind.LIST_ITEM, item, None, placed.headings))
        else:
            typed.append(Typed(kind, item, None, placed.headings))
    return typed


def _without_label(item: Flow, headings: tuple[FoundHeading, ...]) -> tuple[FoundHeading, ...]:
    """附件一　任务分解表 is headed by what follows the label."""
    labelled = LABELLED.fullmatch(item.text) if isinstance(item, Paragraph) else None
    if labelled is None or len(headings) != 1:
        return headings
    return (replace(headings[0], start=labelled.start("title")),)


def is_labelled(item: Paragraph) -> bool:
    """Label and title on one line: set like a title, or in a text file worded like one."""
    found = LABELLED.fullmatch(item.text.strip())
    if found is None or len(item.text) > _LONGEST_HEADING or item.text.rstrip().endswith(("。", "；", "：", "，")):
        return False
    set_so = item.align in (Align.CENTRE, Align.TITLE) or (item.bold and bool(item.pieces))
    return set_so or (not item.pieces and ends_as_title(found["title"]))


def _kinds(body: Sequence[Flow]) -> list[BlockKind]:
    """Kinds without the outline: numbered headings are still paragraphs here."""
    kinds: list[BlockKind] = []
    for place, item in enumerate(body):
        if isinstance(item, RawTable):
            kinds.append(BlockKind.TABLE)
        else:
            kinds.append(_kind(body, kinds, place, item))
    _sign(body, kinds)
    return kinds


def _kind(body: Sequence[Flow], kinds: list[BlockKind], place: int, item: Paragraph) -> BlockKind:
    text = item.text.strip()
    fixed = _fixed(text, kinds)
    if fixed:
        return fixed
    if place < _EARLY and BlockKind.SALUTATION not in kinds and _is_salutation(item):
        return BlockKind.SALUTATION
    if is_day(text) and (item.align is not Align.BODY or item.indent >= _STANDS_IN or not item.pieces):
        return BlockKind.DATE
    if is_day(text) and place and _names_body(body[place - 1]):  # set left, under who signs
        return BlockKind.DATE
    if _is_caption(body, place, item):
        return BlockKind.CAPTION
    if _is_title(kinds, item):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _names_body(item: Flow) -> bool:
    return isinstance(item, Paragraph) and (signs(item.text) or is_seal_note(item.text))


def _fixed(text: str, kinds: list[BlockKind]) -> BlockKind | None:
    """Paragraphs known by their wording."""
    if LABEL.fullmatch(text):
        return BlockKind.ATTACHMENT_LABEL
    if ATTACHMENT_LIST.match(text) and "。" not in text:
        return BlockKind.ATTACHMENT_LIST
    if kinds and kinds[-1] is BlockKind.ATTACHMENT_LIST and LISTED.match(text) and "。" not in text:
        return BlockKind.ATTACHMENT_LIST
    if NOTE.fullmatch(text):
        return BlockKind.NOTE
    return BlockKind.IMPRINT if IMPRINT.fullmatch(text) else None


def _is_salutation(item: Paragraph) -> bool:
    return item.align is Align.BODY and item.indent < 1 and is_salutation(item.text)


def _is_caption(body: Sequence[Flow], place: int, item: Paragraph) -> bool:
    """A units line or a small centred title right above a table."""
    above = place + 1 < len(body) and isinstance(body[place + 1], RawTable)
    if _UNITS.fullmatch(item.text.strip()):
        return True
    return above and item.align is not Align.TITLE and _CAPTION.fullmatch(item.text.strip()) is not None


def _is_title(kinds: list[BlockKind], item: Paragraph) -> bool:
    """Set like a title, or centred right under an attachment's label."""
    if len(item.text) > _LONGEST_HEADING or numbering_at(item.text):
        return False
    if item.align is Align.TITLE or is_labelled(item):
        return True
    labelled = bool(kinds) and kinds[-1] is BlockKind.ATTACHMENT_LABEL
    if not labelled:
        return False
    alone = len(item.pieces) <= 1 and not item.text.rstrip().endswith(("。", "；", "：", "，"))
    return item.align is Align.CENTRE or (alone and (not item.pieces or item.indent >= _CENTRED))


def _sign(body: Sequence[Flow], kinds: list[BlockKind]) -> None:
    """What stands right above a date and is a body's or a person's name is a signature."""
    for place, kind in enumerate(kinds):
        if kind is not BlockKind.DATE:
            continue
        for above in range(place - 1, max(place - 1 - _SIGNATORIES, -1), -1):
            item = body[above]
            if kinds[above] is not BlockKind.PARAGRAPH or not isinstance(item, Paragraph):
                break
            if not (_signs(item) or _is_half_name(body, above)):
                break
            kinds[above] = BlockKind.SIGNATURE
        if place + 2 == len(body) and kinds[place - 1] is not BlockKind.SIGNATURE and _names_body(body[-1]):
            kinds[-1] = BlockKind.SIGNATURE  # the day stands above it, and nothing follows
    for place, item in enumerate(body):
        if kinds[place] is BlockKind.PARAGRAPH and isinstance(item, Paragraph) and _stands_alone(item):
            kinds[place] = BlockKind.SIGNATURE


def _is_half_name(body: Sequence[Flow], place: int) -> bool:
    """A line that with the one below or above it is one name."""
    pairs = pairwise(item.text if isinstance(item, Paragraph) else "" for item in body[max(place - 1, 0) : place + 2])
    return any(len(one) <= _LONGEST_SIGNATURE and is_one_name(one, other) for one, other in pairs)


def _signs(item: Paragraph) -> bool:
    text = item.text.strip()
    body = signs(text) or is_seal_note(text)
    if (len(text) > _LONGEST_SIGNATURE and not body) or text.endswith(("。", "：", "；", "，")):
        return False
    return item.align is not Align.BODY or item.indent >= _STANDS_IN or body


def _stands_alone(item: Paragraph) -> bool:
    return item.align is Align.RIGHT and len(item.text) <= _LONGEST_SIGNATURE and signs(item.text)
