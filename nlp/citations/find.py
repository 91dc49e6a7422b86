"""find_citations: every document named, once per place, with its relation to the one that names it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files

from gongbao.corpus.document import BlockKind, Document
from gongbao.corpus.ids import fresh_record_id
from gongbao.corpus.language.genres import words as genre_words
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Citation, Relation
from gongbao.nlp.citations.own import is_own, own_titles
from gongbao.nlp.citations.relation import placed_blocks, relation_of
from gongbao.nlp.citations.repeal_lists import bare_titles, repeal_lists
from gongbao.nlp.citations.titles import Named, find_titles

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
_PAPER = re.compile(rf"(?:{'|'.join(_WORDS['papers'].split())})$")
_GENRE_ONLY = re.compile(rf"(?:{'|'.join([*genre_words(), *_WORDS['modifiers'].split()])}){{1,3}}$")
_LEFT_OUT = {
    BlockKind.TITLE,
    BlockKind.NUMBER,
    BlockKind.ATTACHMENT_LIST,
    BlockKind.ATTACHMENT_LABEL,
    BlockKind.CAPTION,
    BlockKind.IMPRINT,
}
_POINTING = re.compile(rf"(?:上述|前述|该)({'|'.join(word for word in genre_words() if len(word) == 2)})")


@dataclass(slots=True)
class _SeenTitle:
    """What was named before: short forms lead to their titles, titles to their numbers."""

    short_forms: dict[str, Named] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    last_of_genre: dict[str, Named] = field(default_factory=dict)
    ids: Counter[str] = field(default_factory=Counter)

    def meant(self, named: Named) -> Named:
        """What a short form stands for, with a number printed at either."""
        whole = self.short_forms.get(named.title, named)
        return replace(whole, number=whole.number or named.number)

    def remember(self, named: Named) -> None:
        for short in named.short_forms:
            self.short_forms["".join(short.split())] = named
        if named.number:
            self.numbers.setdefault(named.title, named.number)
        self.last_of_genre[named.title[-2:]] = named


def find_citations(document: Document) -> tuple[Citation, ...]:
    """In order of place; table cells included. Own title, own attachments and transmitted text left out."""
    seen = _SeenTitle()
    found = list(_in_blocks(document, seen))
    return tuple(replace(one, number=one.number or seen.numbers.get(one.title)) for one in found)


def _in_blocks(document: Document, seen: _SeenTitle) -> Iterator[Citation]:
    own = own_titles(document)
    lists = repeal_lists(document)
    for block, place in placed_blocks(document):
        if block.kind in _LEFT_OUT or (block.kind is BlockKind.HEADING and block.level == 0):
            continue
        in_table = block.kind is BlockKind.TABLE
        pointed = _pointed_at(document, block.span, seen)
        listed = list(bare_titles(document, block, lists))
        quoted = [one for one in find_titles(document.text, block.span) if not _covered(one, listed)]
        for named in sorted([*quoted, *pointed, *listed], key=lambda one: one.span):
            meant = seen.meant(named)
            if _is_document(meant) and not is_own(document, named, meant, own, lists):
                relation = Relation.REPEALS if named in listed else relation_of(document, named.span, place, lists)
                yield _citation(document, replace(meant, span=named.span), relation, seen.ids, in_table=in_table)
                seen.remember(meant)


def _covered(named: Named, listed: list[Named]) -> bool:
    """Part of the title of a row."""
    return any(one.span.start <= named.span.start < one.span.end for one in listed)


def _pointed_at(document: Document, span: Span, seen: _SeenTitle) -> Iterator[Named]:
    """上述通知, 该方案: the last document of that genre named in an earlier paragraph."""
    for found in _POINTING.finditer(document.text, span.start, span.end):
        meant = seen.last_of_genre.get(found[1])
        if meant:
            yield replace(meant, span=Span(found.start(), found.end()), short_forms=())


def _is_document(named: Named) -> bool:
    return bool(named.number) or not (_PAPER.search(named.title) or _GENRE_ONLY.fullmatch(named.title))


def _citation(document: Document, named: Named, relation: Relation, taken: Counter[str], *, in_table: bool) -> Citation:
    return Citation(
        id=fresh_record_id("citation", document.id, document.text, named.span, taken),
        title=named.title,
        number=named.number,
        relation=relation,
        span=named.span,
        regions=document.regions(named.span),
        in_table=in_table,
    )
