"""From a stretch of text that lists bodies to its members: split, heads supplied, vague ones left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import PartyType
from gongbao.nlp.bodies.dividing import LONGEST, Piece, divide
from gongbao.nlp.bodies.forms import CALLED, ends_as_body, is_second_name, is_vague, type_of
from gongbao.nlp.bodies.likelihood import LIKELIHOODS, likelihood, names_body
from gongbao.nlp.bodies.supplying import supply
from gongbao.nlp.bodies.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Mention:
    """A body as it is named: `name` without white space, heads of lists supplied; `span` of what is printed.

    `confidence`: how likely it is, from 0 to 1, that the words name a body at all.
    """

    name: str
    type: PartyType
    span: Span
    confidence: float = 1.0


_DEFINITION = re.compile(
    r"^(?:省级|市级|县级|区级|市县)[：:]|"
    rf"[（(](?:{CALLED}[^（()）]*[)）](?![\u4e00-\u9fff]{{2}})|设[在于][^（()）]*[)）])"
)


def read_names(text: str, span: Span) -> tuple[Mention, ...]:
    """The bodies listed in `text[span]` (brackets, cells, subjects), in order; vague ones left out."""
    pieces = supply([replace(p, text=_without_remark(_DEFINITION.sub("", p.text))) for p in divide(text, span)])
    named = [p for p in pieces if len(p.text) <= LONGEST and not is_vague(p.text) and not _NOTHING.fullmatch(p.text)]
    named = _without_business(named)
    scores = [likelihood(piece.text) for piece in named]
    company = LIKELIHOODS.company if LIKELIHOODS.known in scores else 0.0
    return tuple(
        Mention(
            piece.text,
            PartyType.COLLECTIVE if piece.supplied else type_of(piece.text),
            piece.span,
            min(score + company, LIKELIHOODS.known) if score < LIKELIHOODS.known else score,
        )
        for piece, score in zip(named, scores, strict=True)
        if score
    )


def _without_business(pieces: list[Piece]) -> list[Piece]:
    """供水、供电、通讯等企业: business of no department, and what is listed like it."""
    bare = {p.text for p in pieces if p.text in vocabulary().heads and not ends_as_body(p.text)}
    return [p for p in pieces if p.text not in bare and names_body(p.text)] if bare else pieces


_HAN = r"[\u4e00-\u9fff]"
_NOTHING = re.compile(rf"(?:(?!{_HAN}).)*(?:暂?无|略|同上|待定|详?见附[件表].*|{_HAN})?(?:(?!{_HAN}).)*")  # —, /, 无


_OR_UNITS = re.compile(r"[（(](?:机构|单位)[)）]$")
_BRACKET_AT_END = re.compile(r"[（(〔](?P<inside>[^（(〔）)〕]+)[)）〕]$")


def _without_remark(name: str) -> str:
    """市民政局（适老化改造）, 气象等部门（机构）: the bracket holds no second name."""
    name = _OR_UNITS.sub("", name)
    found = _BRACKET_AT_END.search(name)
    if not found or not ends_as_body(name[: found.start()]) or is_second_name(found["inside"]):
        return name
    return name[: found.start()]
