"""The export shapes of what stands beside the tasks: quantities, contacts, places."""

from __future__ import annotations

from gongbao.corpus.records import Contact, DocumentRef, Extraction, NamedPlace, Quantity
from gongbao.search_api.shapes import Provenance, Shape, Sparse, TargetShape, provenance
from pydantic import Field


class ContactShape(Sparse):
    """How somebody is reached; `channel` is phone, mobile, hotline or fax."""

    text: str
    channel: str = Field(examples=["phone"])
    number: str = Field(examples=["0359-2345678"])
    label: str | None = Field(default=None, examples=["联系电话"])
    name: str | None = Field(default=None, examples=["李明"])
    body: str | None = Field(default=None, examples=["云川市水利局"])

    @staticmethod
    def of(contact: Contact) -> ContactShape:
        return ContactShape(
            text=contact.text,
            channel=contact.kind,
            number=contact.number,
            label=contact.label,
            name=contact.name,
            body=contact.body,
        )


class PlaceShape(Shape):
    text: str = Field(examples=["东山区"])
    full: str = Field(examples=["云川市东山区"])
    level: str = Field(examples=["county"])
    mentions: int = Field(examples=[3])

    @staticmethod
    def of(place: NamedPlace) -> PlaceShape:
        return PlaceShape(text=place.name, full=place.full, level=place.level, mentions=place.mentions)


class QuantityRecordShape(TargetShape, Provenance):
    context: str

    @staticmethod
    def of_record(quantity: Quantity, document: DocumentRef) -> QuantityRecordShape:
        return QuantityRecordShape(
            **provenance(quantity, document), **dict(TargetShape.of(quantity)), context=quantity.context
        )


class ContactRecordShape(ContactShape, Provenance):
    kind: str = "contact"

    @staticmethod
    def of_record(contact: Contact, document: DocumentRef) -> ContactRecordShape:
        return ContactRecordShape(**provenance(contact, document), **dict(ContactShape.of(contact)))


class PlaceRecordShape(PlaceShape, Provenance):
    """`start` and the regions are those of the first mention."""

    kind: str = "place"

    @staticmethod
    def of_record(place: NamedPlace, document: DocumentRef) -> PlaceRecordShape:
        return PlaceRecordShape(**provenance(place, document), **dict(PlaceShape.of(place)))


EntityShape = QuantityRecordShape | ContactRecordShape | PlaceRecordShape


def entities_of(extraction: Extraction, document: DocumentRef) -> list[EntityShape]:
    """What stands beside the tasks, in the order of the text."""
    found: list[EntityShape] = [
        *(QuantityRecordShape.of_record(one, document) for one in extraction.quantities),
        *(ContactRecordShape.of_record(one, document) for one in extraction.contacts),
        *(PlaceRecordShape.of_record(one, document) for one in extraction.places),
    ]
    return sorted(found, key=lambda one: (one.start, one.end))
