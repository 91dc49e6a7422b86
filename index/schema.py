"""What an index entry holds: four kinds of entry, each with its text, key and number fields.

Text fields hold tokens that `gongbao.index.analysis` cut, separated by spaces, so that both engines
need no more than their white-space analyzer. Key fields hold whole values (any number of them).
Number fields hold integers; days count from 1970-01-01.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gongbao.corpus.language.document_numbers import canonical_number, year_of_number
from gongbao.corpus.records import MAIN, Role

SCHEMA_VERSION = "9"  # raise it when entries of an older index can no longer be mixed with new ones


class EntryKind(StrEnum):
    DOCUMENT = "document"  # the whole text
    PASSAGE = "passage"  # a paragraph, heading, list item or table row
    STATEMENT = "statement"  # who must do what
    DEADLINE = "deadline"


FOLLOWED = frozenset({EntryKind.STATEMENT, EntryKind.DEADLINE})  # kinds that people follow up


class Field(StrEnum):
    # text
    WORDS = "words"  # jieba words of the entry's own text: document, passage, task, or a deadline's sentence
    BIGRAMS = "bigrams"  # the same text in overlapping pairs of characters: a phrase of them is a substring
    QUOTE = "quote"  # statements: words of the sentence or row it was read from
    NAMES = "names"  # statements: words of the bodies' names, printed and canonical
    TITLE = "title"  # words of the document's title
    TITLE_BIGRAMS = "title_bigrams"
    HEADINGS = "headings"  # words of the headings above (a document: of all its headings)
    PINYIN = "pinyin"  # documents: syllables of the title; statements: of the bodies' names
    # keys
    ID = "id"
    DOCUMENT = "document"  # id of the document
    NUMBER = "number"  # `number_keys` of the 文号
    TITLE_KEY = "title_key"  # `key` of the title
    ISSUER = "issuer"
    GENRE = "genre"
    SUBJECT = "subject"
    ISSUE = "issue"
    PLACE = "place"  # the place in whose name the document speaks, and what that lies in, in full
    BLOCK = "block"  # passages: paragraph, heading, list_item, row …
    MEANING = "meaning"  # passages: the key of its direction (gongbao.index.meaning); none where it says nothing
    BODY = "body"  # `key` of each body's canonical name, else of its printed name
    NAME = "name"  # `key` of each body's printed name
    AGENCY = "agency"  # canonical name, else the printed one, of each identifiable body, as it stands
    ALIAS = "alias"  # "printed\tcanonical", as they stand, for each body with a canonical name
    ROLE = "role"
    ROLE_BODY = "role_body"  # "lead:" + BODY
    ROLE_NAME = "role_name"  # "lead:" + NAME
    PARTY_TYPE = "party_type"
    ASSIGNMENT = "assignment"  # task, duty
    SOURCE = "source"  # text, table
    PART = "part"  # "yes" of a statement that is a part of another
    COUNTED = "counted"  # `counted` of each body for which it counts: none that the whole binds already
    DEADLINE = "deadline"  # by, period, recurring, within, effective
    STATE = "state"  # statements, deadlines: of the 台账; where nobody set one, what is printed; so also the next
    PERSON = "person"  # who has it in the office
    TAG = "tag"
    LATE = "late"  # "yes" where it was done after its last day
    DUE_MONTH = "due_month"  # "2024-10" of each effective due date, of one that the 台账 set that one's
    STATE_PRINTED = "state_printed"  # what is printed, whatever the 台账 says; so all that end so
    MONTH_PRINTED = "month_printed"
    CITES = "cites"  # documents: `number_keys` and `key` of the title of what it cites
    REPEALS = "repeals"  # the same, of what it repeals
    # numbers
    YEAR = "year"  # of the document's number, else of its date
    SIGNED = "signed"  # day
    DUE = "due"  # every day on which something is due; a period counts with each of its days
    ENDS = "ends"  # statements, deadlines: the last day of every limit that falls due once
    DUE_PRINTED = "due_printed"
    ENDS_PRINTED = "ends_printed"
    UPDATED = "updated"  # microseconds since 1970 (UTC)
    # sort keys, all ascending
    PRINTED_ORDER = "printed_order"  # issue, place in it, place in the document
    DUE_ORDER = "due_order"  # earliest effective due date, undated last, then as printed
    DUE_ORDER_PRINTED = "due_order_printed"
    NEWEST_ORDER = "newest_order"  # latest signed date first, undated last, then as printed


TEXTS = frozenset(
    {
        Field.WORDS,
        Field.BIGRAMS,
        Field.QUOTE,
        Field.NAMES,
        Field.TITLE,
        Field.TITLE_BIGRAMS,
        Field.HEADINGS,
        Field.PINYIN,
    }
)
_ORDERS = frozenset({Field.PRINTED_ORDER, Field.DUE_ORDER, Field.NEWEST_ORDER})  # of every kind
SORT_KEYS = _ORDERS | {Field.DUE_ORDER_PRINTED}
NUMBERS = SORT_KEYS | {
    Field.YEAR,
    Field.SIGNED,
    Field.DUE,
    Field.ENDS,
    Field.DUE_PRINTED,
    Field.ENDS_PRINTED,
    Field.UPDATED,
}
KEYS = frozenset(Field) - TEXTS - NUMBERS
COUNTED = KEYS - {Field.ID, Field.CITES, Field.REPEALS}  # keys that `facets` and `terms` may read

_COMMON = _ORDERS | {
    Field.WORDS,
    Field.BIGRAMS,
    Field.TITLE,
    Field.HEADINGS,
    Field.ID,
    Field.DOCUMENT,
    Field.NUMBER,
    Field.ISSUER,
    Field.GENRE,
    Field.SUBJECT,
    Field.ISSUE,
    Field.PLACE,
    Field.YEAR,
    Field.SIGNED,
    Field.UPDATED,
}
_BOUND = frozenset(
    {
        Field.BODY,
        Field.NAME,
        Field.AGENCY,
        Field.ALIAS,
        Field.ROLE,
        Field.ROLE_BODY,
        Field.ROLE_NAME,
        Field.PARTY_TYPE,
        Field.DUE,
        Field.DUE_MONTH,
    }
)

# A document carries the bodies and dates of all its statements and deadlines, so that it can be filtered by them.
_DESK = frozenset({Field.STATE, Field.PERSON, Field.TAG, Field.LATE})
# What the 台账 may change, and what stands there for those who see none of it
AS_PRINTED = {
    Field.STATE: Field.STATE_PRINTED,
    Field.DUE: Field.DUE_PRINTED,
    Field.DUE_MONTH: Field.MONTH_PRINTED,
    Field.ENDS: Field.ENDS_PRINTED,
    Field.DUE_ORDER: Field.DUE_ORDER_PRINTED,
}
_UP = _DESK | set(AS_PRINTED.values())
FIELDS: dict[EntryKind, frozenset[Field]] = {
    EntryKind.DOCUMENT: _COMMON
    | _BOUND
    | {Field.TITLE_BIGRAMS, Field.TITLE_KEY, Field.PINYIN, Field.ASSIGNMENT, Field.CITES, Field.REPEALS},
    EntryKind.PASSAGE: _COMMON | {Field.BLOCK, Field.MEANING},
    EntryKind.STATEMENT: _COMMON
    | _BOUND
    | {Field.QUOTE, Field.NAMES, Field.PINYIN, Field.ASSIGNMENT, Field.SOURCE, Field.PART, Field.COUNTED, Field.ENDS}
    | _UP,
    EntryKind.DEADLINE: _COMMON | _BOUND | {Field.DEADLINE, Field.ENDS} | _UP,
}
TEXTS_OF: dict[EntryKind, tuple[Field, ...]] = {kind: tuple(sorted(FIELDS[kind] & TEXTS)) for kind in EntryKind}

# Stands in a text field that would be empty, since engines differ in whether an entry without a
# field counts in the field's statistics. No text is cut into this token.
EMPTY = "∅"


def day(value: date) -> int:
    """Days since 1970-01-01; negative before."""
    return value.toordinal() - date(1970, 1, 1).toordinal()


def counted(role: Role, body: str) -> str:
    """main:云川市水利局; to lead a thing and to answer for it count once."""
    return f"{'main' if role in MAIN else 'support'}:{body}"


def number_keys(number: str | None) -> tuple[str, ...]:
    """The keys under which a 文号 is found: whole, year + serial, code + serial, code + year.

    云政发〔2024〕10号 → 云政发〔2024〕10号, 〔2024〕10号, 云政发10号, 云政发〔2024〕.
    """
    if not number:
        return ()
    whole = canonical_number(number)
    year = year_of_number(whole)
    if year is None:
        return (whole,)
    code, _, serial = whole.partition(f"〔{year}〕")
    return tuple(dict.fromkeys((whole, f"〔{year}〕{serial}", f"{code}{serial}", f"{code}〔{year}〕")))
