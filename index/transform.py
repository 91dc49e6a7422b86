"""From a document and what was extracted from it to the entries of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gongbao.corpus.desk import Item
from gongbao.corpus.document import Document
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import (
    Assignment,
    Citation,
    Deadline,
    DeadlineKind,
    DocumentRef,
    Extraction,
    Party,
    PartyType,
    Relation,
)
from gongbao.corpus.store import reference
from gongbao.index.analysis import bigrams, key, spaced, words
from gongbao.index.engine import Batch, IndexEntry
from gongbao.index.figures import Figures
from gongbao.index.meaning.passages import key_of
from gongbao.index.models import DeadlineView, DocumentHit, Passage, StatementView
from gongbao.index.passages import PassagePiece, cut_passages
from gongbao.index.payload import NOBODY, dump_deadline, dump_document, dump_passage, dump_statement
from gongbao.index.pinyin import syllables
from gongbao.index.schema import EMPTY, TEXTS_OF, EntryKind, Field, counted, number_keys
from gongbao.index.values import (
    days,
    distinct,
    due_days,
    due_order,
    first_due,
    last_days,
    microseconds,
    months,
    newest_order,
    printed_order,
)

_AFTER_WHOLE = 2  # characters: a part comes after its whole, though both begin at the same
_OPENING = 1_500  # characters of a text that tell what it is about

Texts = tuple[tuple[Field, str], ...]
Keys = tuple[tuple[Field, tuple[str, ...]], ...]
Numbers = tuple[tuple[Field, tuple[int, ...]], ...]


def transform(
    document: Document, extraction: Extraction | None, stamp: str, items: Mapping[str, Item] = NOBODY
) -> Batch:
    """All entries of one document; without an extraction it has no statements and deadlines."""
    common = _Common.of(document, extraction, stamp, items)
    entries = [
        _document_entry(common),
        *_passage_entries(common),
        *(_statement_entry(common, statement) for statement in common.assignments),
        *_deadline_entries(common),
    ]
    return Batch(document.id, stamp, tuple(map(_whole, _unique(entries))))


@dataclass(frozen=True, slots=True)
class _Common:
    """What all entries of a document share."""

    document: Document
    ref: DocumentRef
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    citations: tuple[Citation, ...]
    figures: Figures
    genre: str | None
    subjects: tuple[str, ...]
    stamp: str
    texts: Texts
    keys: Keys
    numbers: Numbers
    items: Mapping[str, Item]  # of the 台账, by record

    @staticmethod
    def of(document: Document, found: Extraction | None, stamp: str, items: Mapping[str, Item]) -> _Common:
        genre, subjects = (found.genre, found.subjects) if found else (None, ())
        return _Common(
            document,
            reference(document),
            found.assignments if found else (),
            found.deadlines if found else (),
            found.citations if found else (),
            Figures(found.quantities, found.contacts) if found else Figures((), ()),
            genre,
            subjects,
            stamp,
            ((Field.TITLE, spaced(words(document.title))),),
            _common_keys(document, genre, subjects, found.divisions if found else ()),
            _common_numbers(document, stamp),
            items,
        )


def _common_keys(document: Document, genre: str | None, subjects: tuple[str, ...], divisions: tuple[str, ...]) -> Keys:
    return (
        (Field.DOCUMENT, (document.id,)),
        (Field.NUMBER, distinct(number_keys(document.number))),
        (Field.ISSUER, distinct((document.issuer,))),
        (Field.GENRE, distinct((genre,))),
        (Field.SUBJECT, distinct(subjects)),
        (Field.ISSUE, distinct((document.issue,))),
        (Field.PLACE, distinct(divisions)),
    )


def _common_numbers(document: Document, stamp: str) -> Numbers:
    return (
        (Field.YEAR, (document.year,) if document.year else ()),
        (Field.SIGNED, days(document.signed)),
        (Field.UPDATED, (microseconds(stamp),)),
    )


# --- documents


def _document_entry(common: _Common) -> IndexEntry:
    document = common.document
    view = DocumentHit(common.ref, 0.0, common.genre, common.subjects, gist=_gist(document))
    texts = (
        *common.texts,
        (Field.WORDS, spaced(words(document.text))),
        (Field.BIGRAMS, spaced(bigrams(document.text))),
        (Field.TITLE_BIGRAMS, spaced(bigrams(document.title))),
        (Field.HEADINGS, spaced(words("\n".join(h.text for h in document.headings)))),
        (Field.PINYIN, spaced(syllables(document.title))),
    )
    parties = [party for statement in common.assignments for party in statement.parties]
    keys = (*common.keys, (Field.TITLE_KEY, (key(document.title),)), *_citation_keys(common.citations))
    bound = (
        *_party_keys(parties),
        (Field.ASSIGNMENT, distinct(a.kind.value for a in common.assignments)),
        (Field.DUE_MONTH, months(common.deadlines)),
    )
    numbers = (*common.numbers, (Field.DUE, due_days(common.deadlines)), *_orders(common, 0, common.deadlines))
    return IndexEntry(
        document.id, EntryKind.DOCUMENT, document.id, texts, (*keys, *bound), numbers, dump_document(view)
    )


def _gist(document: Document) -> str:
    return "\n".join((*(heading.text for heading in document.headings), document.text[:_OPENING]))


def _citation_keys(citations: tuple[Citation, ...]) -> Keys:
    repealed = tuple(c for c in citations if c.relation is Relation.REPEALS)
    return (Field.CITES, _cited(citations)), (Field.REPEALS, _cited(repealed))


def _cited(citations: tuple[Citation, ...]) -> tuple[str, ...]:
    return distinct(k for c in citations for k in (key(c.title), *number_keys(c.number)[:1]))


# --- passages


def _passage_entries(common: _Common) -> Iterator[IndexEntry]:
    for at, piece in enumerate(cut_passages(common.document)):
        yield _passage_entry(common, f"{common.document.id}-{at}", piece)


def _passage_entry(common: _Common, entry_id: str, piece: PassagePiece) -> IndexEntry:
    regions = common.document.regions(piece.span)
    figures = common.figures.inside(piece.span)
    view = Passage(
        common.ref, piece.text, regions, piece.path, piece.columns, piece.block, items=piece.items, figures=figures
    )
    texts = (*common.texts, *_own_text(piece.text), _headings((*piece.path, *piece.columns)))
    meaning = key_of(common.ref.title, common.ref.issuer, piece.text)
    keys = (*common.keys, (Field.BLOCK, (piece.block,)), (Field.MEANING, distinct((meaning,))))
    numbers = (*common.numbers, *_orders(common, piece.span.start, ()))
    return IndexEntry(entry_id, EntryKind.PASSAGE, common.document.id, texts, keys, numbers, dump_passage(view))


# --- statements


def _statement_entry(common: _Common, statement: Assignment) -> IndexEntry:
    view = StatementView(statement, common.ref, updated=common.stamp, item=common.items.get(statement.id))
    due = _limits_of(view.item, statement.deadlines)
    place = statement.span.start + (_AFTER_WHOLE if statement.part_of else 0)
    names = distinct(name for party in statement.parties for name in (party.name, party.agency) if name)
    texts = (
        *common.texts,
        *_own_text(statement.what),
        (Field.QUOTE, spaced(words(statement.quote))),
        (Field.NAMES, spaced(words("\n".join(names)))),
        (Field.PINYIN, spaced(s for name in names for s in syllables(name))),
        _headings(statement.path),
    )
    keys = (
        *common.keys,
        *_party_keys(statement.parties),
        (Field.ASSIGNMENT, (statement.kind.value,)),
        (Field.SOURCE, (statement.source.value,)),
        (Field.PART, ("yes",) if statement.part_of else ()),
        (Field.COUNTED, _counted_keys(common, statement)),
        *_desk_keys(view),
        *_month_keys(due, statement.deadlines),
    )
    numbers = (
        *common.numbers,
        *_day_numbers(due, statement.deadlines),
        *_orders(common, place, due),
        _printed_due_order(common, place, statement.deadlines),
    )
    return IndexEntry(statement.id, EntryKind.STATEMENT, common.document.id, texts, keys, numbers, dump_statement(view))


def _counted_keys(common: _Common, statement: Assignment) -> tuple[str, ...]:
    """Of a part without the bodies that its whole binds as much."""
    wholes = (each for each in common.assignments if each.id == statement.part_of)
    already = {key for whole in wholes for key in _weights(whole)}
    return distinct(key for key in _weights(statement) if key not in already)


def _weights(statement: Assignment) -> Iterator[str]:
    return (counted(party.role, key(party.agency or party.name)) for party in statement.parties)


def _desk_keys(view: StatementView | DeadlineView) -> Keys:
    item = view.item
    return (
        (Field.STATE, (view.state.value,)),
        (Field.STATE_PRINTED, (replace(view, item=None).state.value,)),
        (Field.PERSON, distinct((item.person if item else None,))),
        (Field.TAG, distinct(item.tags if item else ())),
        (Field.LATE, ("yes",) if item and item.late else ()),
    )


def _month_keys(due: tuple[Deadline, ...], printed: tuple[Deadline, ...]) -> Keys:
    return (Field.DUE_MONTH, months(due)), (Field.MONTH_PRINTED, months(printed))


def _day_numbers(due: tuple[Deadline, ...], printed: tuple[Deadline, ...]) -> Numbers:
    return (
        (Field.DUE, due_days(due)),
        (Field.DUE_PRINTED, due_days(printed)),
        (Field.ENDS, last_days(due)),
        (Field.ENDS_PRINTED, last_days(printed)),
    )


def _limits_of(item: Item | None, printed: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    """The day that the 台账 set, in place of the printed ones."""
    if item is None or item.due is None:
        return printed
    return (Deadline("", "", DeadlineKind.BY, "", Span(0, 0), (), due=item.due),)


def _party_keys(parties: Iterable[Party]) -> Keys:
    every = tuple(parties)
    bodies = [(party.role.value, key(party.agency or party.name)) for party in every]
    return (
        (Field.BODY, distinct(body for _, body in bodies)),
        (Field.NAME, distinct(key(party.name) for party in every)),
        (Field.AGENCY, distinct(party.agency or party.name for party in every if party.type is PartyType.AGENCY)),
        (Field.ALIAS, distinct(f"{party.name}\t{party.agency}" for party in every if party.agency)),
        (Field.ROLE, distinct(role for role, _ in bodies)),
        (Field.ROLE_BODY, distinct(f"{role}:{body}" for role, body in bodies)),
        (Field.ROLE_NAME, distinct(f"{party.role.value}:{key(party.name)}" for party in every)),
        (Field.PARTY_TYPE, distinct(party.type.value for party in every)),
    )


# --- deadlines


def _deadline_entries(common: _Common) -> Iterator[IndexEntry]:
    bound: dict[str, list[Party]] = {}
    for statement in common.assignments:
        for deadline in statement.deadlines:
            bound.setdefault(deadline.id, []).extend(statement.parties)
    for deadline in common.deadlines:
        yield _deadline_entry(common, deadline, bound.get(deadline.id, []))


def _deadline_entry(common: _Common, deadline: Deadline, parties: list[Party]) -> IndexEntry:
    path = common.document.path_at(deadline.span.start)
    view = DeadlineView(deadline, common.ref, updated=common.stamp, item=common.items.get(deadline.id), path=path)
    due = _limits_of(view.item, (deadline,))
    texts = (*common.texts, *_own_text(deadline.context), _headings(path))
    keys = (
        *common.keys,
        *_party_keys(parties),
        (Field.DEADLINE, (deadline.kind.value,)),
        *_desk_keys(view),
        *_month_keys(due, (deadline,)),
    )
    numbers = (
        *common.numbers,
        *_day_numbers(due, (deadline,)),
        *_orders(common, deadline.span.start, due),
        _printed_due_order(common, deadline.span.start, (deadline,)),
    )
    return IndexEntry(deadline.id, EntryKind.DEADLINE, common.document.id, texts, keys, numbers, dump_deadline(view))


# --- shared by all


def _own_text(text: str) -> Texts:
    return (Field.WORDS, spaced(words(text))), (Field.BIGRAMS, spaced(bigrams(text)))


def _headings(path: tuple[str, ...]) -> tuple[Field, str]:
    return Field.HEADINGS, spaced(words("\n".join(path)))


def _orders(common: _Common, offset: int, deadlines: tuple[Deadline, ...]) -> Numbers:
    """Sort keys; `offset` in the document's text."""
    place = printed_order(common.document, offset)
    return (
        (Field.PRINTED_ORDER, (place,)),
        (Field.DUE_ORDER, (due_order(first_due(deadlines), place),)),
        (Field.NEWEST_ORDER, (newest_order(common.document.signed, place),)),
    )


def _printed_due_order(common: _Common, offset: int, printed: tuple[Deadline, ...]) -> tuple[Field, tuple[int, ...]]:
    return Field.DUE_ORDER_PRINTED, (due_order(first_due(printed), printed_order(common.document, offset)),)


def _whole(entry: IndexEntry) -> IndexEntry:
    """Every text field of its kind, none of them empty."""
    given = dict(entry.texts)
    return replace(entry, texts=tuple((field, given.get(field) or EMPTY) for field in TEXTS_OF[entry.kind]))


def _unique(entries: Iterable[IndexEntry]) -> Iterator[IndexEntry]:
    """A second entry of the same kind and id (equal quotes with equal neighbours) gets an id of its own."""
    seen: Counter[tuple[EntryKind, str]] = Counter()
    for entry in entries:
        seen[entry.kind, entry.id] += 1
        again = seen[entry.kind, entry.id]
        yield entry if again == 1 else replace(entry, id=f"{entry.id}-{again}")
