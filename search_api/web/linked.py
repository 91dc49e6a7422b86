"""A document as linked data (schema.org/Legislation), with what it repeals and what repealed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongbao.corpus.document import Document
from gongbao.corpus.records import Extraction, Relation
from gongbao.search_api.catalog import Standing

_FORCE = {True: "https://schema.org/InForce", False: "https://schema.org/NotInForce"}
_CHANGES = {
    Relation.REPEALS: "legislationRepeals",
    Relation.AMENDS: "legislationAmends",
    Relation.IMPLEMENTS: "legislationApplies",
    Relation.CITES: "citation",
}


def legislation(document: Document, extraction: Extraction | None, standing: Standing, base_url: str) -> dict[str, Any]:
    """What is known, and nothing else."""
    address = f"{base_url}/documents/{document.id}"
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": document.title,
        "inLanguage": "zh-CN",
        "legislationIdentifier": document.number,
        "legislationDate": document.signed.isoformat() if document.signed else None,
        "legislationType": extraction.genre if extraction else None,
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer}
        if document.issuer
        else None,
        "legislationLegalForce": _FORCE.get(standing.in_force) if standing.in_force is not None else None,
        "legislationRepealedBy": {"@id": f"{base_url}/documents/{standing.by}"} if standing.by else None,
    }
    for name, cited in _cited(extraction, base_url):
        told.setdefault(name, []).append(cited)
    return {name: value for name, value in told.items() if value}


def _body(name: str | None) -> dict[str, str] | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _cited(extraction: Extraction | None, base_url: str) -> Iterator[tuple[str, dict[str, str]]]:
    seen: set[tuple[str, str]] = set()
    for citation in extraction.citations if extraction else ():
        name = _CHANGES[citation.relation]
        if (name, citation.title) in seen:
            continue
        seen.add((name, citation.title))
        cited = {"@type": "Legislation", "name": citation.title}
        if citation.number:
            cited["legislationIdentifier"] = citation.number
        if citation.target:
            cited["@id"] = f"{base_url}/documents/{citation.target}"
        yield name, cited
