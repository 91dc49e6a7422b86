"""What a document does to one that it names: cite it, rest on it, end it, change it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files

from corpus.document import Block, BlockKind, Document
from corpus.offsets import Span
from corpus.records import Relation

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
_REPEALING = f"(?:{'|'.join(_WORDS['repealing'].split())})"
_AMENDING = f"(?:{'|'.join(_WORDS['amending'].split())})"
_BASIS = re.compile(f"(?:{'|'.join(_WORDS['basis'].split())})")
_REACH = 400  # a sentence is looked at no further than this
_SENTENCE = re.compile(r"[。；;\n]")

# 《…》 … 同时废止, with nothing between but other titles and when it happens.
_ENDED = re.compile(
    rf"[^。；;\n]{{0,{_REACH}}}?(?:同时|即行|即日起|起|一并|予以|均|相应|全部|自动|已)?(?:予以)?{_REPEALING}(?!的|前|后|之前|之后)"
)
_ENDING = re.compile(
    rf"(?:{_REPEALING}(?:了)?(?!后|前|的)(?:以下|下列|如下)?[^。；;，,\n《》]{{0,12}})(?:《[^》]*》[^。；;\n《》]{{0,60}})*$"
)
_CHANGED = re.compile(
    rf"(?:[（(][^（）()]{{1,40}}[）)])?(?:第[^。；;\n]{{1,20}})?(?:作(?:出|了)?(?:如下|以下)|进行|予以)?{_AMENDING}(?!版|稿|案|后的|完善工作)"
)
_CHANGING = re.compile(r"(?:修改|修订|修正)$|(?:决定|现|将)?对(?:《[^》]*》[^。；;\n《》]{0,40})*$")
_ARTICLE = re.compile(r"(?:[（(][^（）()]{1,40}[）)])?第[一二三四五六七八九十百\d]+[条款项章]")
_LIST_HEAD = re.compile(
    rf"(?:下列|以下|如下)[^。；;\n]{{0,40}}{_REPEALING}|{_REPEALING}[^。；;\n]{{0,20}}(?:目录|清单|如下|下列|以下)"
)
# What may stand before a title in a list: its number, and who issued it (…关于印发《…》的通知).
_LISTED = re.compile(r"[\s\d.、．（）()一二三四五六七八九十百]*(?:[一-鿿]{2,30}关于(?:印发|发布|公布|转发))?")
_BASIS_HEADING = re.compile(r"依据$|依据[。：:]")
_OPENING_BLOCKS = 3  # paragraphs under a title in which a document says what it rests on


class Place(StrEnum):
    """Where a title is named."""

    OPENING = "opening"  # first paragraphs of the document or of a text attached to it
    BASES = "bases"  # under a heading such as 编制依据
    BODY = "body"


def relation_of(document: Document, span: Span, place: Place) -> Relation:
    if declares_repeal(document, span):
        return Relation.REPEALS
    before, after = _sentence(document.text, span)
    if _CHANGED.match(after) and (_CHANGING.search(before) or "如下" in after or "为" in after):
        return Relation.AMENDS
    if place is Place.BASES or (place is Place.OPENING and _BASIS.search(before)):
        return Relation.IMPLEMENTS
    return Relation.CITES


def placed_blocks(document: Document) -> Iterator[tuple[Block, Place]]:
    paragraphs, bases = 0, False
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            paragraphs = 0 if block.level == 0 else paragraphs
            bases = bool(_BASIS_HEADING.search(block.span.of(document.text)))
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            paragraphs += 1
        opening = paragraphs <= _OPENING_BLOCKS
        yield block, Place.BASES if bases else Place.OPENING if opening else Place.BODY


def declares_repeal(document: Document, span: Span) -> bool:
    """Said to be 废止 in its sentence, or an item of a list that is headed so."""
    before, after = _sentence(document.text, span)
    if _ARTICLE.match(after):
        return False
    if _ENDED.match(after) and not re.search("尚未|未被|是否|解释|期满", after):
        return True
    if _ENDING.search(before):
        return True
    return bool(_LISTED.fullmatch(before)) and _under_repeal_list(document, span)


def _under_repeal_list(document: Document, span: Span) -> bool:
    head = document.text[max(0, span.start - 3000) : span.start]
    found = list(_LIST_HEAD.finditer(head))
    return bool(found) and "\n" in head[found[-1].end() :] and _only_titles_between(head[found[-1].end() :])


def _only_titles_between(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n")[1:-1] if line.strip()]
    return all("《" in line or len(line) < 8 for line in lines)


def _sentence(text: str, span: Span) -> tuple[str, str]:
    """The sentence's words before and after a place; titles in it may hold no stops."""
    before = text[max(0, span.start - _REACH) : span.start]
    stops = [found.end() for found in _SENTENCE.finditer(before)]
    after = text[span.end : span.end + _REACH]
    stop = _SENTENCE.search(after)
    return before[stops[-1] if stops else 0 :], after[: stop.start() if stop else len(after)]
