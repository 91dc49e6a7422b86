"""One document: its text with everything marked, and the page it is printed on beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from gongbao.corpus.document import Document
from gongbao.corpus.records import Citation, Extraction, Relation
from gongbao.corpus.store import reference
from gongbao.index.models import DocumentHit, StatementView
from gongbao.search_api import labels
from gongbao.search_api.comparing import Fate, compared
from gongbao.search_api.compose import Application
from gongbao.search_api.http.asked import App, CatalogParam, Today, base_url, find_document
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.pictures import has_pages, regions_of
from gongbao.search_api.web.linked import legislation
from gongbao.search_api.web.marked import MarkedText
from gongbao.search_api.web.render import document_url, page, with_text

routes = Routes()


@dataclass(frozen=True, slots=True)
class RefView:
    """A line of a list of documents; no `href` where there is nothing to go to."""

    title: str
    href: str
    note: str = ""
    compare: str = ""


@dataclass(frozen=True, slots=True)
class PictureView:
    page: int
    url: str


@routes.get("/documents/{named}")
def document(
    request: Request,
    app: App,
    catalog: CatalogParam,
    today: Today,
    named: str,
    record: str | None = None,
    number: Annotated[int | None, Query(alias="page", ge=1)] = None,
) -> Response:
    found = find_document(app.store, named)
    extraction = app.linked_extraction(found.id)
    citing = catalog.citing.get(found.id, ())
    standing = catalog.linker.standing(reference(found), extraction, today)
    return page(
        request,
        "document.html",
        today=today,
        document=found,
        extraction=extraction,
        source=_source(found),
        further_sources=app.store.sources(found.id)[1:],
        views=views_of(app, found, extraction),
        blocks=list(MarkedText(found, extraction).blocks()),
        chosen=record,
        picture=picture_of(app, found, extraction, record, number),
        standing=standing,
        linked=legislation(found, extraction, standing, base_url(request)),
        cites=_cites(extraction),
        cited_by=[RefView(ref.title, document_url(ref.id), ref.number or "") for ref, _ in citing],
        years=_years(app.service.other_years(found.id), found.id),
        related=_hits(app.service.related(found.id), found.id),
    )


@routes.get("/documents/{named}/compare/{other}")
def compare(request: Request, app: App, today: Today, named: str, other: str, view: str = "") -> Response:
    """Items, only those that changed (`view=changed`), or the whole text (`view=text`)."""
    old, new, found = compared(app, named, other)
    shown = {"text": found.pairs, "changed": tuple(pair for pair in found.items if pair.fate is not Fate.SAME)}
    return page(
        request,
        "compare.html",
        today=today,
        old=old,
        new=new,
        found=found,
        pairs=shown.get(view, found.items),
        view=view if view in shown else "",
        Fate=Fate,
    )


def views_of(app: Application, document: Document, extraction: Extraction | None) -> dict[str, StatementView]:
    """The document's statements by their ids, with how they stand in the 台账."""
    items, ref = app.store.desk.snapshot().items, reference(document)
    found = extraction.assignments if extraction else ()
    return {task.id: StatementView(task, ref, item=items.get(task.id)) for task in found}


def _source(document: Document) -> str:
    issue = f"{document.issue.replace('-', '年第')}期" if document.issue else document.source.file
    if document.first_page is None:
        return issue
    last = document.last_page or document.first_page
    return f"{issue}，第 {document.first_page}{f'–{last}' if last > document.first_page else ''} 页"


def picture_of(
    app: Application, document: Document, extraction: Extraction | None, record: str | None, number: int | None = None
) -> PictureView | None:
    """The page of a record, boxed, or one by its number; None where the source has no pages."""
    if document.first_page is None or not has_pages(app.store, document):
        return None
    regions = (regions_of(extraction, record) or ()) if extraction and record else ()
    shown = number or (regions[0].page if regions else document.first_page)
    query = f"?record={record}" if regions else ""
    return PictureView(shown, f"/api/v1/documents/{document.id}/pages/{shown}.png{query}")


def _cites(extraction: Extraction | None) -> list[RefView]:
    """Once per title, linked where the corpus has the document."""
    first: dict[str, Citation] = {}
    for citation in extraction.citations if extraction else ():
        if citation.title not in first or (citation.target and not first[citation.title].target):
            first[citation.title] = citation
    return [_cited(citation) for citation in first.values()]


def _cited(citation: Citation) -> RefView:
    relation = "" if citation.relation is Relation.CITES else labels.RELATIONS[citation.relation]
    note = "，".join(filter(None, (citation.number, relation)))
    href = document_url(citation.target) if citation.target else with_text(citation.number or citation.title)
    return RefView(citation.title, href, note)


def _years(hits: tuple[DocumentHit, ...], own: str) -> list[RefView]:
    return [
        replace(ref, compare=f"/documents/{own}/compare/{hit.document.id}")
        for hit, ref in zip([h for h in hits if h.document.id != own], _hits(hits, own), strict=True)
    ]


def _hits(hits: tuple[DocumentHit, ...], own: str) -> list[RefView]:
    return [
        RefView(hit.document.title, document_url(hit.document.id), hit.document.number or "")
        for hit in hits
        if hit.document.id != own
    ]
