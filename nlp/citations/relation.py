"""What a document does to one that it names: cite it, rest on it, end it, change it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.language.numbering import Style, expression
from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Relation
from gongbao.nlp.citations.repeal_lists import REPEALING, is_listed

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
_AMENDING = f"(?:{'|'.join(_WORDS['amending'].split())})"
_BASIS = re.compile(f"(?:{'|'.join(_WORDS['basis'].split())})")
_REACH = 400  # a sentence is looked at no further than this
_SENTENCE = re.compile(r"[。；;\n]")

# 《…》 … 同时废止, with nothing between but other titles and when it happens.
_ENDED = re.compile(
    rf"[^。；;\n]{{0,{_REACH}}}?(?:同时|即行|即日起|起|一并|予以|均|相应|全部|自动|已)?(?:予以)?{REPEALING}(?=\s*(?:[。；;，,、：:）)]|$))"
)
_ENDING = re.compile(
    rf"(?:{REPEALING}(?:了)?(?:以下|下列|如下)?[^。；;，,\n《》]{{0,12}})(?:《[^》]*》[^。；;\n《》]{{0,60}})*$"
)
_CHANGED = re.compile(
    rf"(?:[（(][^（）()]{{1,40}}[）)])?(?:第[^。；;\n]{{1,20}}|的?(?:有关|部分|相关)[^。；;，,\n]{{1,8}}?)?(?:作(?:出|了)?(?:如下|以下)|进行|予以)?{_AMENDING}(?!版|稿|案|后的|完善工作)"
)
_CHANGING = re.compile(r"(?:修改|修订|修正)$|(?:决定|现|将)?对(?:《[^》]*》[^。；;\n《》]{0,40})*$")
_ARTICLE = re.compile(rf"(?:[（(][^（）()]{{1,40}}[）)])?第[{TENS}百\d]+[条款项章]")
# What may stand before a title in a list: its number, and who issued it (…关于印发《…》的通知).
_LISTED = re.compile(rf"\s*(?:{expression(Style)}\s*)?(?:[一-鿿]{{2,30}}关于(?:印发|发布|公布|转发))?")
# A decision on changes names what it changes (二、修改《…》等2件文件), or heads the changes with its title.
_ON_CHANGES = re.compile(rf"{_AMENDING}|清理")
_SET_TO_CHANGE = re.compile(
    rf"\s*(?:{expression(Style)}\s*)?(?:(?:市|县|区|州|省|自治区)?(?:人民)?政府)?(?:决定|现)?(?:对)?(?:修改|修订|修正)"
)
_CHANGES = re.compile(rf"\s*(?:{expression(Style)})?\s*(?:将(?:第|其|标题|“)|删[去除]|增加|第[{TENS}\d]+条)")
_BASIS_HEADING = re.compile(r"依据$|依据[。：:]")
_OPENING_BLOCKS = 3  # paragraphs under a title in which a document says what it rests on


class NamedAt(StrEnum):
    """Where a title is named."""

    OPENING = "opening"  # first paragraphs of the document or of a text attached to it
    BASES = "bases"  # under a heading such as 编制依据
    BODY = "body"


def relation_of(document: Document, span: Span, place: NamedAt, lists: tuple[Span, ...]) -> Relation:
    """`lists`: see `repeal_lists`."""
    if declares_repeal(document, span, lists):
        return Relation.REPEALS
    before, after = _sentence(document.text, span)
    if _ON_CHANGES.search(document.title) and (_SET_TO_CHANGE.fullmatch(before) or _changed_below(document, span)):
        return Relation.AMENDS
    if _CHANGED.match(after) and (_CHANGING.search(before) or "如下" in after or "为" in after):
        return Relation.AMENDS
    if place is NamedAt.BASES or (place is NamedAt.OPENING and _BASIS.search(before)):
        return Relation.IMPLEMENTS
    return Relation.CITES


def placed_blocks(document: Document) -> Iterator[tuple[Block, NamedAt]]:
    paragraphs, bases = 0, False
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            paragraphs = 0 if block.level == 0 else paragraphs
            bases = bool(_BASIS_HEADING.search(block.span.of(document.text)))
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            paragraphs += 1
        opening = paragraphs <= _OPENING_BLOCKS
        yield block, NamedAt.BASES if bases else NamedAt.OPENING if opening else NamedAt.BODY


def _changed_below(document: Document, span: Span) -> bool:
    """A title that heads its changes: 一、《…》（文号）, then 将第六条修改为…"""
    before, _ = _sentence(document.text, span)
    return bool(_LISTED.fullmatch(before) and _CHANGES.match(document.text, span.end))


def declares_repeal(document: Document, span: Span, lists: tuple[Span, ...]) -> bool:
    """Said to be 废止 in its sentence, or an item of a list that is headed so."""
    before, after = _sentence(document.text, span)
    if _ARTICLE.match(after):
        return False
    if _ENDED.match(after) and not re.search("尚未|未被|是否|解释|期满", after):
        return True
    if _ENDING.search(before):
        return True
    return bool(_LISTED.fullmatch(before)) and is_listed(lists, span.start)


def _sentence(text: str, span: Span) -> tuple[str, str]:
    """The sentence's words before and after a place; titles in it may hold no stops."""
    before = text[max(0, span.start - _REACH) : span.start]
    stops = [found.end() for found in _SENTENCE.finditer(before)]
    after = text[span.end : span.end + _REACH]
    stop = _SENTENCE.search(after)
    return before[stops[-1] if stops else 0 :], after[: stop.start() if stop else len(after)]
