"""Documents with all that was read from them."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import Response, StreamingResponse
from gongbao.corpus.document import Document
from gongbao.corpus.errors import NotFound
from gongbao.corpus.store import reference
from gongbao.search_api.answer_shapes import HitShape
from gongbao.search_api.comparing import DocumentComparison, compared
from gongbao.search_api.document_shapes import DocumentShape, TableRecordShape
from gongbao.search_api.entity_shapes import EntityShape, entities_of
from gongbao.search_api.export.comparison import title_of, write_comparison
from gongbao.search_api.export.flat import csv_text
from gongbao.search_api.http.asked import App, CatalogParam, DocumentFilterParams, Today, find_document
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.http.spooled import XLSX_MEDIA, spooled
from gongbao.search_api.listing import ListedDocuments, list_documents
from gongbao.search_api.shapes import (
    CitationShape,
    DeadlineRecordShape,
    DocumentRefShape,
    RosterShape,
    Shape,
    TaskShape,
)
from pydantic import Field

routes = Routes("documents")


class DocumentEntry(DocumentRefShape):
    genre: str | None
    subjects: tuple[str, ...]
    first_page: int | None
    file: str
    tasks: int = Field(description="任务与职责的条数")


class DocumentPage(Shape):
    total: int
    cursor: str | None = Field(description="取下一页用；没有下一页时为 null")
    items: tuple[DocumentEntry, ...]


class StandingShape(Shape):
    state: str = Field(examples=["现行有效"])
    in_force: bool | None = Field(description="null：没有文件说明")
    reason: str = Field(examples=["有效期5年"])
    by: str | None = Field(description="宣布废止它的文件的编号")


class RecordsShape(Shape):
    """All records of one document."""

    document: DocumentRefShape
    tasks: tuple[TaskShape, ...]
    deadlines: tuple[DeadlineRecordShape, ...]
    rosters: tuple[RosterShape, ...]
    citations: tuple[CitationShape, ...]
    tables: tuple[TableRecordShape, ...]
    entities: tuple[EntityShape, ...]


@routes.get("/documents", summary="文件目录")
def documents(
    app: App,
    catalog: CatalogParam,
    filters: DocumentFilterParams,
    size: Annotated[int, Query(ge=1, le=200, description="每页条数")] = 50,
    cursor: Annotated[str | None, Query(description="上一页给出的 cursor")] = None,
) -> DocumentPage:
    """按期次与刊载顺序列出；`updated_since` 只列此后有变动的。"""
    listed = list_documents(app.store, catalog, filters, size=size, cursor=cursor)
    return DocumentPage(total=listed.total, cursor=listed.cursor, items=_entries(listed))


@routes.get("/documents/{document}", summary="一份文件")
def document(
    app: App,
    document: str,
    text: Annotated[
        Literal["full", "excerpt", "none"], Query(description="full 全文，excerpt 前 500 字，none 不要正文与表格")
    ] = "full",
) -> DocumentShape:
    """以编号或文号（写法不限）取一份文件：提纲、正文、表格、附件、引用，量化指标、联系方式、涉及地区。"""
    found = find_document(app.store, document)
    shape = DocumentShape.of_document(found, app.linked_extraction(found.id), app.store.sources(found.id))
    if text == "full":
        return shape
    length = 500 if text == "excerpt" else 0
    return shape.model_copy(update={"text": shape.text[:length], "body": shape.body[:length], "tables": ()})


@routes.get("/documents/{document}/records", summary="一份文件的全部记录")
def records(app: App, document: str) -> RecordsShape:
    """任务、时限、名单、引用、表格，以及量化指标、联系方式与地区，按在文中出现的先后。"""
    found = find_document(app.store, document)
    extraction, ref = app.linked_extraction(found.id), reference(found)
    return RecordsShape(
        document=DocumentRefShape.of(ref),
        tasks=tuple(TaskShape.of(t, ref) for t in extraction.assignments) if extraction else (),
        deadlines=tuple(DeadlineRecordShape.of_record(d, ref) for d in extraction.deadlines) if extraction else (),
        rosters=tuple(RosterShape.of(r, ref) for r in extraction.rosters) if extraction else (),
        citations=tuple(CitationShape.of(c, ref) for c in extraction.citations) if extraction else (),
        tables=tuple(TableRecordShape.of_document(found)),
        entities=tuple(entities_of(extraction, ref)) if extraction else (),
    )


@routes.get("/documents/{document}/standing", summary="效力")
def standing(app: App, catalog: CatalogParam, document: str, today: Today) -> StandingShape:
    """是否有效，依据是什么；只凭文件中写明的废止与有效期判断。"""
    found = find_document(app.store, document)
    known = catalog.linker.standing(reference(found), app.store.extraction(found.id), today)
    return StandingShape(state=known.state, in_force=known.in_force, reason=known.reason, by=known.by)


@routes.get("/documents/{document}/related", summary="相关文件")
def related(app: App, document: str, size: Annotated[int, Query(ge=1, le=50)] = 6) -> list[HitShape]:
    """内容相近的文件，最近的在前。"""
    return [HitShape.of(hit) for hit in app.service.related(find_document(app.store, document).id, size)]


@routes.get("/documents/{document}/other-years", summary="其他年份的同类文件")
def other_years(app: App, document: str) -> list[HitShape]:
    """同一事项在其他年份的文件，新的在前。"""
    return [HitShape.of(hit) for hit in app.service.other_years(find_document(app.store, document).id)]


class ItemChangeShape(Shape):
    """An item of two documents; `fate`: same, changed, came (only in the newer) or gone (only in the older)."""

    fate: str = Field(examples=["changed"])
    old: str | None = None
    new: str | None = None
    changes: tuple[str, ...] = Field(default=(), examples=[["时限：2023年6月底前 → 2024年6月底前"]])


class ComparisonShape(Shape):
    old: DocumentRefShape
    new: DocumentRefShape
    items: tuple[ItemChangeShape, ...]

    @staticmethod
    def of(old: Document, new: Document, found: DocumentComparison) -> ComparisonShape:
        items = (
            ItemChangeShape(
                fate=pair.fate,
                old=pair.old.text if pair.old else None,
                new=pair.new.text if pair.new else None,
                changes=pair.changes,
            )
            for pair in found.items
        )
        refs = (DocumentRefShape.of(reference(each)) for each in (old, new))
        return ComparisonShape(old=next(refs), new=next(refs), items=tuple(items))


@routes.get("/documents/{document}/compare/{other}.xlsx", summary="两份文件对比表", response_class=StreamingResponse)
def comparison_sheet(app: App, document: str, other: str) -> StreamingResponse:
    """逐项对比，XLSX。"""
    old, new, found = compared(app, document, other)
    name = quote(f"{title_of(old, new)}.xlsx", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return spooled(lambda target: write_comparison(found, old, new, target), XLSX_MEDIA, headers)


@routes.get("/documents/{document}/compare/{other}", summary="两份文件对比")
def comparison(app: App, document: str, other: str) -> ComparisonShape:
    """同一事项两个年份的文件逐项对比：承担单位、时限、指标与表述；不论先写哪一份，较早的为 `old`。"""
    return ComparisonShape.of(*compared(app, document, other))


@routes.get("/documents/{document}/tables/{place}.csv", summary="一个表格", response_class=Response)
def table(app: App, document: str, place: int) -> Response:
    """CSV，带 BOM；合并的单元格在所占各格中重复。`place` 从 1 起。"""
    tables = find_document(app.store, document).tables
    if not 1 <= place <= len(tables):
        raise NotFound(f"没有第 {place} 个表格：该文件共 {len(tables)} 个")
    return Response("\ufeff" + csv_text(tables[place - 1].grid()), media_type="text/csv; charset=utf-8")


def _entries(listed: ListedDocuments) -> tuple[DocumentEntry, ...]:
    return tuple(
        DocumentEntry(
            **dict(DocumentRefShape.of(row.ref)),
            genre=row.genre,
            subjects=row.subjects,
            first_page=row.first_page,
            file=row.file,
            tasks=row.tasks,
        )
        for row in listed.rows
    )
