"""Two documents side by side, item by item: what stayed, what changed, what came and what went.

Items are the paragraphs, list items and table rows of both, whether they name a body or not, with the tasks, time
limits and figures that stand in them. They are paired by what they say, not by where they stand.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from gongbao.corpus.document import BlockKind, Document
from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.offsets import Span, normalise
from gongbao.corpus.records import Assignment, Deadline, Extraction, Quantity, Role
from gongbao.index.analysis import plain_words
from gongbao.index.passages import PassagePiece, cut_passages
from gongbao.search_api import labels
from gongbao.search_api.compose import Application
from gongbao.search_api.http.asked import find_document
from rapidfuzz import fuzz, process

_FIGURES = re.compile(rf"\d+|[{TENS}百]+")
_ATTRIBUTION = re.compile(r"[（(][^（()）]*(?:单位|部门|牵头|配合|负责)[^（()）]*[）)]")
_TOKENS = re.compile(r"\d+(?:\.\d+)?%?|[a-zA-Z]+|\s+|.", re.S)
_FRAME = {
    kind.value for kind in (BlockKind.HEADING, BlockKind.SALUTATION, BlockKind.SIGNATURE, BlockKind.DATE)
}  # what is no item


@dataclass(frozen=True, slots=True)
class ComparingTolerances:
    """How alike (0..1) two items are that are the same one: `alike` by characters and words together, `either` by
    one of them alone; `short` characters below which words tell nothing."""

    alike: float = 0.52
    either: float = 0.7
    short: int = 6


_TOLERANCES = ComparingTolerances()


class Fate(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    CAME = "came"
    GONE = "gone"


class WordingPart(StrEnum):
    """Of a line that shows both wordings."""

    SAME = "same"
    CAME = "came"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """A piece of a document with what was read from it; `frame`: heading, addressee, signature, date."""

    text: str
    path: tuple[str, ...]
    span: Span
    frame: bool
    tasks: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    figures: tuple[Quantity, ...]

    @property
    def record(self) -> str | None:
        """What leads to it on the page of its document."""
        records: tuple[Assignment | Deadline | Quantity, ...] = (*self.tasks, *self.deadlines, *self.figures)
        return next((record.id for record in records), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in both documents, or only in one; `changes` in words, `line` shows both wordings in one."""

    old: ComparedItem | None
    new: ComparedItem | None
    changes: tuple[str, ...] = ()
    line: tuple[tuple[str, WordingPart], ...] = ()

    @property
    def fate(self) -> Fate:
        if self.old is None:
            return Fate.CAME
        if self.new is None:
            return Fate.GONE
        return Fate.CHANGED if self.changes else Fate.SAME

    @property
    def frame(self) -> bool:
        return all(item.frame for item in (self.old, self.new) if item)


@dataclass(frozen=True, slots=True)
class DocumentComparison:
    """`pairs`: everything, in the order of the new document, what went after what it stood behind."""

    pairs: tuple[Pair, ...]

    @property
    def items(self) -> tuple[Pair, ...]:
        """Without headings, addressees and signatures."""
        return tuple(pair for pair in self.pairs if not pair.frame)

    def count(self, *fates: Fate) -> int:
        return sum(pair.fate in fates for pair in self.items)


Side = tuple[Document, Extraction | None]


def compare_documents(old: Side, new: Side) -> DocumentComparison:
    """The older one first."""
    before, after = list(_items(*old)), list(_items(*new))
    partner = _pair_up(before, after)
    placed = {place: Pair(before[partner[place]], item) for place, item in enumerate(after) if place in partner}
    told = [_with_words(placed[place]) if place in placed else Pair(None, item) for place, item in enumerate(after)]
    return DocumentComparison(tuple(_with_gone(told, before, partner)))


def compared(app: Application, named: str, other: str) -> tuple[Document, Document, DocumentComparison]:
    """Two documents of the corpus, the older first, whichever was named first."""
    old, new = sorted((find_document(app.store, named), find_document(app.store, other)), key=_age)
    sides = ((each, app.store.extraction(each.id)) for each in (old, new))
    return old, new, compare_documents(next(sides), next(sides))


def _age(document: Document) -> tuple[int, date]:
    return document.year or 0, document.signed or date.min


def _items(document: Document, extraction: Extraction | None) -> Iterator[ComparedItem]:
    records = extraction or Extraction(document.id, "", None, (), (), (), (), ())
    for piece in cut_passages(document):
        yield ComparedItem(
            text=labels.flat(piece.text) if piece.block != "row" else piece.text,
            path=piece.path,
            span=piece.span,
            frame=piece.block in _FRAME,
            tasks=tuple(task for task in records.assignments if _stands_in(task.span, piece)),
            deadlines=tuple(limit for limit in records.deadlines if piece.span.covers(limit.span)),
            figures=tuple(figure for figure in records.quantities if piece.span.covers(figure.span)),
        )


def _stands_in(span: Span, piece: PassagePiece) -> bool:
    return piece.span.start <= span.start < piece.span.end


def _pair_up(old: Sequence[ComparedItem], new: Sequence[ComparedItem]) -> dict[int, int]:
    """Place in `new` → place in `old`, greedily from the most alike."""
    if not old or not new:
        return {}
    scores = _likeness(old, new)
    order = np.argsort(-scores, axis=None, kind="stable")
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for place in order:
        i, j = divmod(int(place), len(old))
        if scores[i, j] <= 0:
            break
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _likeness(old: Sequence[ComparedItem], new: Sequence[ComparedItem]) -> np.ndarray:
    """new x old, 0 for those that are not the same item; figures, years and attributions left aside."""
    before, after = [_plain(item) for item in old], [_plain(item) for item in new]
    letters = process.cdist(after, before, scorer=fuzz.ratio) / 100
    words = _shared_words([item.text for item in old], [item.text for item in new])
    lengths = np.minimum.outer([len(text) for text in after], [len(text) for text in before])
    words = np.where(lengths < _TOLERANCES.short, letters, words)
    both = (letters + words) / 2
    frames = np.equal.outer([item.frame for item in new], [item.frame for item in old])
    alike = (both >= _TOLERANCES.alike) | (np.maximum(letters, words) >= _TOLERANCES.either)
    return np.where(alike & frames, both, 0.0)


def _shared_words(old: list[str], new: list[str]) -> np.ndarray:
    """new x old: the cosine of their words, rare ones counting more."""
    vocabulary: dict[str, int] = {}
    bags = [[vocabulary.setdefault(word, len(vocabulary)) for word in _words(text)] for text in (*new, *old)]
    counts = np.zeros((len(bags), max(len(vocabulary), 1)))
    for row, bag in enumerate(bags):
        np.add.at(counts[row], bag, 1.0)
    weights = np.log((1 + len(bags)) / (1 + (counts > 0).sum(axis=0))) + 1
    vectors = counts * weights
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    shared: np.ndarray = vectors[: len(new)] @ vectors[len(new) :].T
    return shared


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(_ATTRIBUTION.sub("", text)) if not _FIGURES.fullmatch(word))


def _plain(item: ComparedItem) -> str:
    return _FIGURES.sub("", _ATTRIBUTION.sub("", normalise(item.text)[0]))


def _with_gone(told: list[Pair], old: Sequence[ComparedItem], partner: dict[int, int]) -> Iterator[Pair]:
    """What went stands behind the item that it stood behind."""
    place_of = {before: after for after, before in partner.items()}
    behind: dict[int, list[Pair]] = {}
    last = -1
    for place, item in enumerate(old):
        if place in place_of:
            last = place_of[place]
        else:
            behind.setdefault(last, []).append(Pair(item, None))
    yield from behind.get(-1, ())
    for place, pair in enumerate(told):
        yield pair
        yield from behind.get(place, ())


def _with_words(pair: Pair) -> Pair:
    assert pair.old
    assert pair.new
    line = tuple(_line(pair.old.text, pair.new.text))
    return Pair(pair.old, pair.new, tuple(_changes(pair.old, pair.new)), line)


def _changes(old: ComparedItem, new: ComparedItem) -> Iterator[str]:
    for role, label in labels.ROLES.items():
        yield from _list_change(label, _names(old, role), _names(new, role))
    yield from _value_change("时限", _printed(old.deadlines), _printed(new.deadlines))
    yield from _value_change("指标", _printed(old.figures), _printed(new.figures))
    if _wording(old) != _wording(new):
        yield "表述有改动"


def _wording(item: ComparedItem) -> str:
    """Without what is compared by itself, its serial number and its attribution."""
    text = item.text
    for printed in (*_printed(item.deadlines), *_printed(item.figures)):
        text = text.replace(printed, "")
    return _FIGURES.sub("", _ATTRIBUTION.sub("", normalise(text)[0]))


def _printed(records: Iterable[Deadline] | Iterable[Quantity]) -> list[str]:
    return list(dict.fromkeys(labels.flat(record.text) for record in records))


def _value_change(label: str, old: list[str], new: list[str]) -> Iterator[str]:
    if [normalise(each)[0] for each in old] != [normalise(each)[0] for each in new]:
        yield f"{label}：{'、'.join(old) or '未写'} → {'、'.join(new) or '未写'}"


def _list_change(label: str, old: list[str], new: list[str]) -> Iterator[str]:
    if added := [name for name in new if name not in old]:
        yield f"{label}增加：{'、'.join(added)}"
    if removed := [name for name in old if name not in new]:
        yield f"{label}减少：{'、'.join(removed)}"


def _names(item: ComparedItem, role: Role) -> list[str]:
    return list(dict.fromkeys(p.agency or p.name for task in item.tasks for p in task.parties if p.role is role))


def _line(old: str, new: str) -> Iterator[tuple[str, WordingPart]]:
    """Both wordings in one: what is common once, what went before what came."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield "".join(before[a:b]), WordingPart.SAME
            continue
        if a < b:
            yield "".join(before[a:b]), WordingPart.GONE
        if c < d:
            yield "".join(after[c:d]), WordingPart.CAME
