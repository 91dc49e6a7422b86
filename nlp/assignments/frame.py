"""What a document says of itself, read before anything else: its voice, its conventions, its terms, its chapters.

Brackets, tables and prose ask this one value; nothing of it depends on the paragraph that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.language.genres import Voice, is_law, voice_of
from gongbao.corpus.language.numbering import Style, expression
from gongbao.corpus.offsets import Span
from gongbao.nlp.assignments.columns import says_first_leads
from gongbao.nlp.assignments.model import Binding, before_comma_as_lead, beside_lead, first_as_lead
from gongbao.nlp.assignments.places import SpanPlaces
from gongbao.nlp.bodies import Mention, defined_terms, read_names


@dataclass(frozen=True, slots=True)
class Frame:
    """`regulates`: articles (第X条) whose duties with a printed time limit are tasks (rulings of 2026, 10)."""

    voice: Voice
    regulates: bool
    first_leads: bool  # 列首位的为牵头单位
    before_comma_leads: bool  # 逗号之前的为牵头单位
    terms: tuple[str, ...]  # 以下简称…
    liability: SpanPlaces  # chapters that bind nobody: 法律责任
    divides_work: bool = False  # among leaders: 林远　副市长 heads what he does
    addressed: tuple[Mention, ...] = ()  # 主送机关: whom 你乡（镇） means

    def applied(self, text: str, bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
        """The bodies of one bracket with the roles that the document says they have; spans count in `text`."""
        if self.before_comma_leads:
            bindings = before_comma_as_lead(text, bindings)
        return beside_lead(first_as_lead(bindings)) if self.first_leads else bindings

    def resolved(self, bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
        """请你乡（镇）… binds those to whom the document is sent: 各乡（镇）人民政府; nobody where no name fits."""
        return tuple(one for binding in bindings for one in self._meant(binding))

    def _meant(self, binding: Binding) -> Iterator[Binding]:
        told = _YOU.match(binding.mention.name)
        if not told:
            yield binding
            return
        for mention in self.addressed:
            if told["unit"] in mention.name:
                yield replace(binding, mention=replace(mention, span=binding.mention.span))

    def binds_at(self, at: int) -> bool:
        """Outside chapters on liability."""
        return self.liability.covering(at) is None


def frame_of(document: Document) -> Frame:
    return Frame(
        voice=voice_of(document.title),
        regulates=is_law(document.title),
        first_leads=says_first_leads(document.text),
        before_comma_leads=bool(_BEFORE_COMMA.search(document.text)),
        terms=defined_terms(document.text),
        liability=SpanPlaces(_liability(document)),
        divides_work="分工" in document.title,
        addressed=tuple(_addressed(document)),
    )


_YOU = re.compile(r"(?:你|贵)(?:们)?(?P<unit>[省市州盟县区旗镇乡街][（(、\u4e00-\u9fff]*[)）]?)")


def _addressed(document: Document) -> Iterator[Mention]:
    for block in document.blocks:
        if block.kind is BlockKind.SALUTATION:
            text = block.span.of(document.text).rstrip("：: ")
            yield from read_names(document.text, Span(block.span.start, block.span.start + len(text)))


_BEFORE_COMMA = re.compile(r"逗号(?:之?前|左边)[^。；]{0,8}(?:为|是|系)[^。；，]{0,4}牵头")
_CHAPTER = re.compile(rf"\s{{0,8}}{expression([Style.CHAPTER, Style.HAN])}\s{{0,8}}")
_LIABLE = re.compile(r"(?:法律责任|罚则|责任追究|处罚|违法(?:行为)?(?:的)?(?:处理|责任))\s{0,8}")


def _liability(document: Document) -> Iterator[Span]:
    """From the title of a chapter on liability to that of the next chapter."""
    begun: int | None = None
    for block in document.blocks:
        chapter = _chapter(document, block)
        if chapter is None:
            continue
        if begun is not None:
            yield Span(begun, block.span.start)
        begun = block.span.start if _LIABLE.fullmatch(chapter) else None
    if begun is not None:
        yield Span(begun, len(document.text))


def _chapter(document: Document, block: Block) -> str | None:
    """The title of the chapter that a block opens, without its number."""
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or len(block.span) > _LONGEST_TITLE:
        return None
    text = block.span.of(document.text)
    number = _CHAPTER.match(text)
    return text[number.end() :] if number else None


_LONGEST_TITLE = 40  # characters
