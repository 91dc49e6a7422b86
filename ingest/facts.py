"""What a document says about itself: number, issuer, day of signature (GB/T 9704-2012 7.2.5, 7.3.5, 7.3.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongbao.corpus.document import BlockKind
from gongbao.corpus.language.days import find_day
from gongbao.corpus.language.width import folded
from gongbao.ingest.classify import Typed
from gongbao.ingest.heads import is_adoption, is_own_order, issued_by, read_adoption
from gongbao.ingest.paragraphs import Paragraph
from gongbao.ingest.patterns import HAN, IMPRINT, find_number, is_organisation, issuer_of, tidy
from gongbao.ingest.segment import DocumentDraft
from gongbao.ingest.signing import signatories

_UNDER_TITLE = 3  # paragraphs among which a date under the title stands
_DATE_LINE = re.compile(r"^\s*(?:[（(]|—|－|-|\d|[二〇])")
_LONGEST_DATE_LINE = 80
_SENTENCE_ENDS = ("。", "：", ":", "；")  # 2024年4月24日，副市长主持召开会议…：
_PRINTED = re.compile(r"\s*印\s*发\s*$")
_ORDER = re.compile(rf"(?P<issuer>[{HAN}]{{2,30}})令")
_ANNOUNCEMENT = re.compile(rf"(?P<issuer>[{HAN}]{{2,30}})(?:公告|通告)(?:20\d\d年)?第")
_NATION = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Facts:
    """None where nothing is printed."""

    number: str | None = None
    issuer: str | None = None
    signed: date | None = None


def read_facts(draft: DocumentDraft, title: str, typed: Sequence[Typed]) -> Facts:
    """`title` as the document carries it; `typed`: its blocks in order."""
    adopted = read_adoption(_adoption(typed))
    number = find_number(draft.number.text if draft.number else title) or adopted.number
    issuer = _issuer(title, typed) or adopted.issuer or _orderer(typed) or _byline(typed) or _printer(typed)[0]
    head = next((found for line in draft.letterhead if (found := issued_by(line.text))), (None, None))
    issuer = issuer or _announcer(number) or head[0]
    signed = adopted.signed or _signed(typed) or _printer(typed)[1] or head[1]
    return Facts(number, _short(issuer), signed)


def _announcer(number: str | None) -> str | None:
    """云川海关 of 云川海关公告2024年第76号."""
    found = _ANNOUNCEMENT.match(number or "")
    return found["issuer"] if found and is_organisation(found["issuer"]) else None


def _adoption(typed: Sequence[Typed]) -> list[str]:
    """The lines right under the title that tell of adoption and promulgation."""
    lines: list[str] = []
    for block in typed:
        text = text_of(block)
        if not (is_adoption(text) or is_own_order(text)):
            break
        lines.append(text)
    return lines


def _issuer(title: str, typed: Sequence[Typed]) -> str | None:
    """The body that the title begins with; in full where it signs in full: 省发展改革委, 省发展和改革委员会."""
    named, signs = issuer_of(title), _signatory(typed)
    if named and signs and len(signs) > len(named) and " " not in signs and _is_short_for(named, signs):
        return signs
    return named or signs


def _is_short_for(short: str, full: str) -> bool:
    """All its characters in their order, from the first on or from the level behind the place: 自治区…, 云川自治区…."""
    level = _LEVEL.match(short)
    within = level is not None and full.find(level[0], 0, _LONGEST_PLACE) > 0
    rest = iter(full)
    return (short[:1] == full[:1] or within) and all(char in rest for char in short)


_LEVEL = re.compile("自治区|自治州|自治县|[省市州盟县旗区]")
_LONGEST_PLACE = 12  # characters of the name of a place with its level


def _short(issuer: str | None) -> str | None:
    """国务院, as it signs, for 中华人民共和国国务院."""
    return issuer.removeprefix(_NATION) if issuer and issuer.startswith(f"{_NATION}国务院") else issuer


def _signed(typed: Sequence[Typed]) -> date | None:
    """The date under the first signature, else the one under the title."""
    for block in typed:
        text = text_of(block)
        if block.kind is BlockKind.DATE or (block.kind is BlockKind.SIGNATURE and find_day(text)):
            return find_day(text)
    for block in typed[:_UNDER_TITLE]:
        text = text_of(block)
        if _DATE_LINE.match(text) and len(text) < _LONGEST_DATE_LINE and not text.endswith(_SENTENCE_ENDS):
            found = find_day(text)
            if found:
                return found
    return None


def _signatory(typed: Sequence[Typed]) -> str | None:
    lines: list[str] = []
    for block in typed:
        if block.kind is BlockKind.SIGNATURE:
            lines.append(text_of(block))
        elif signatories(lines):
            break
        else:
            lines = []
    return " ".join(signatories(lines)) or None


def _orderer(typed: Sequence[Typed]) -> str | None:
    """Whose order (令) makes the text known, where its name stands under the text's title."""
    names = (_ORDER.fullmatch(folded(text_of(block))) for block in typed[:_UNDER_TITLE])
    return next((found["issuer"] for found in names if found), None)


def _byline(typed: Sequence[Typed]) -> str | None:
    """Who reports or plans, right under the title: …审议结果的报告 / 云川市人大法制委员会; on a cover below it."""
    name = tidy(text_of(typed[0])) if typed else ""
    return name if name and is_organisation(name) else None


def _printer(typed: Sequence[Typed]) -> tuple[str | None, date | None]:
    """Who had it printed and when (版记), where nothing else says so: …办公室　2024年3月4日印发"""
    for place, block in enumerate(typed):
        text = folded(text_of(block))
        day = find_day(text)
        if day is None or not _PRINTED.search(text):
            continue
        above = tidy(text_of(typed[place - 1])) if place else ""
        own = text[: text.index(str(day.year))] if str(day.year) in text else ""
        name = own or above
        if IMPRINT.fullmatch(text) or is_organisation(name):
            return (name if is_organisation(name) else None), day
    return None, None


def text_of(block: Typed) -> str:
    """Of a paragraph; a table says nothing here."""
    return block.item.text.strip() if isinstance(block.item, Paragraph) else ""
