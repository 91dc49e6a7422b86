"""`gongbao mcp`: a read-only Model Context Protocol server, so that an assistant answers with the sentence
and page that it stands on. Needs the optional `mcp` package (gongbao[mcp]).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, ParamSpec, TypeVar

from gongbao.corpus.desk import Item
from gongbao.corpus.errors import GongbaoError, UsageError
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.index.models import Filters, Sort
from gongbao.index.query.fold import LONGEST
from gongbao.search_api.answer_shapes import AnswerShape, SearchShape
from gongbao.search_api.api.citations import VerificationShape
from gongbao.search_api.api.documents import ComparisonShape
from gongbao.search_api.citing import verify
from gongbao.search_api.comparing import compared
from gongbao.search_api.compose import Application
from gongbao.search_api.document_shapes import DocumentShape
from gongbao.search_api.http.asked import find_document, parse_choice, parse_date, parse_moment
from gongbao.search_api.shapes import DocumentRefShape, RegionShape, Shape, TaskShape
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

P = ParamSpec("P")
R = TypeVar("R")

_INSTRUCTIONS = """政府公报检索：谁必须做什么、何时完成、出处在哪里。
回答时请引用 quote 中的原话，并写明文号与页码（source_regions 的 page）。没有查到的，不要编造。"""
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_LONGEST = 20_000  # characters of one document in one answer

Question = Annotated[str, Field(description="用平常话提的问题，如“公共自行车归哪个部门管”", max_length=LONGEST)]
Words = Annotated[str, Field(description="检索词、文号或标题", max_length=LONGEST)]
Day = Annotated[str | None, Field(description="日期，如 2024-06-30")]


class TaskList(Shape):
    """`total`: how many there are in all; `items` may be fewer."""

    total: int
    items: tuple[TaskShape, ...]


class AgencyList(Shape):
    """A body's statements by role; the totals count all of them."""

    name: str
    aliases: tuple[str, ...]
    lead_total: int
    responsible_total: int
    support_total: int
    lead: tuple[TaskShape, ...]
    responsible: tuple[TaskShape, ...]
    support: tuple[TaskShape, ...]


class TouchedShape(Shape):
    """A task whose state somebody changed."""

    record: str
    what: str
    state: str
    at: str

    @staticmethod
    def of(item: Item) -> TouchedShape:
        return TouchedShape(record=item.subject.record, what=item.subject.what, state=item.state, at=item.at)


class ChangeList(Shape):
    documents: tuple[DocumentRefShape, ...]
    tasks: tuple[TouchedShape, ...]


class DocumentPart(Shape):
    """A piece of a document's text with where it is printed; `next_offset` is None at the end."""

    document: DocumentShape
    text: str
    offset: int
    next_offset: int | None
    source_regions: tuple[RegionShape, ...]


class Tools:
    """What an assistant may ask of one home."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def ask(self, question: Question) -> AnswerShape:
        """回答一个问题：承担单位、任务、时限、原文，均附出处。首选此工具。"""
        return AnswerShape.of(self._app.service.ask(question, today=self._today))

    def search(self, query: Words, size: Annotated[int, Field(ge=1, le=20)] = 5) -> SearchShape:
        """检索文件，最相关的在前，附相关段落。"""
        return SearchShape.of(self._app.service.search(query, today=self._today, size=size))

    def tasks(
        self,
        query: Annotated[str | None, Field(description="任务内容中的词")] = None,
        agency: Annotated[str | None, Field(description="承担单位，全称或简称")] = None,
        role: Annotated[str | None, Field(description="lead 牵头、responsible 责任、support 配合")] = None,
        kind: Annotated[str | None, Field(description="task 任务、duty 常设职责")] = None,
        document: Annotated[str | None, Field(description="文号或标题")] = None,
        due_from: Day = None,
        due_to: Day = None,
        size: Annotated[int, Field(ge=1, le=100)] = 20,
    ) -> TaskList:
        """按条件列出任务与职责，期限早的在前。"""
        filters = Filters(
            agency=agency,
            role=parse_choice(Role, role, "role") if role else None,
            kind=parse_choice(AssignmentKind, kind, "kind") if kind else None,
            document=document,
            due_from=parse_date(due_from, "due_from"),
            due_to=parse_date(due_to, "due_to"),
        )
        page = self._app.service.tasks(query, filters, today=self._today, size=size, sort=Sort.DUE)
        return TaskList(total=page.total, items=tuple(TaskShape.of_view(v) for v in page.items))

    def document(
        self,
        named: Annotated[str, Field(description="文件编号或文号")],
        offset: Annotated[int, Field(ge=0, description="从第几个字起")] = 0,
    ) -> DocumentPart:
        """取一份文件的提纲与正文（长文件分段取，接着 next_offset 再取）及其在原页的位置。"""
        store = self._app.store
        found = find_document(store, named)
        shape = DocumentShape.of_document(found, store.extraction(found.id), store.sources(found.id))
        end = min(offset + _LONGEST, len(found.text))
        return DocumentPart(
            document=shape.model_copy(update={"text": "", "body": "", "tables": ()}),
            text=found.text[offset:end],
            offset=offset,
            next_offset=end if end < len(found.text) else None,
            source_regions=RegionShape.all_of(found.regions(Span(min(offset, end), end))),
        )

    def agency(
        self, name: Annotated[str, Field(description="单位，任一名称")], size: Annotated[int, Field(ge=1, le=100)] = 30
    ) -> AgencyList:
        """一个单位的任务与职责：条数，以及牵头、责任、配合各列出前若干项，期限早的在前。"""
        service = self._app.service
        found = service.agency(name)
        counts, lists = {}, {}
        for role in Role:
            page = service.tasks(None, Filters(agency=name, role=role), today=self._today, size=size, sort=Sort.DUE)
            counts[role], lists[role] = page.total, tuple(TaskShape.of_view(view) for view in page.items)
        if not any(counts.values()):
            raise UsageError(f"语料库中没有“{name}”的任务或职责", "检查名称，或用 tasks 按词查找")
        totals = (counts[role] for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT))
        return AgencyList(
            name=found.canonical or found.name,
            aliases=found.aliases,
            lead_total=next(totals),
            responsible_total=next(totals),
            support_total=next(totals),
            lead=lists[Role.LEAD],
            responsible=lists[Role.RESPONSIBLE],
            support=lists[Role.SUPPORT],
        )

    def changes_since(
        self, moment: Annotated[str, Field(description="此刻以后，如 2024-05-01T00:00:00")]
    ) -> ChangeList:
        """此后新收录或有变动的文件，以及台账中更改过的任务。"""
        since = parse_moment(moment, "moment") or ""
        changed = set(self._app.store.changed_since(since))
        rows = (row for row in self._app.catalogs.complete().documents if row.ref.id in changed)
        items = [item for item in self._app.store.desk.snapshot().items.values() if item.at > since]
        return ChangeList(
            documents=tuple(DocumentRefShape.of(row.ref) for row in rows),
            tasks=tuple(map(TouchedShape.of, items)),
        )

    def compare_years(
        self,
        document: Annotated[str, Field(description="文件编号或文号")],
        other: Annotated[str | None, Field(description="另一年的文件；不写则取最近一年的同类文件")] = None,
    ) -> ComparisonShape:
        """同一事项两个年份的文件逐项对比：新增、不再出现、有改动，以及改动了什么。"""
        found = find_document(self._app.store, document)
        years = [hit.document.id for hit in self._app.service.other_years(found.id) if hit.document.id != found.id]
        if other is None and not years:
            raise UsageError(f"没有找到“{found.title}”其他年份的同类文件", "用 other 写明另一份文件")
        return ComparisonShape.of(*compared(self._app, found.id, other or years[0]))

    def verify_citation(
        self,
        quote: Annotated[str, Field(description="引用的句子", min_length=2, max_length=2_000)],
        number: Annotated[str, Field(description="文号")] = "",
        title: Annotated[str, Field(description="标题")] = "",
    ) -> VerificationShape:
        """核对引文：verified 属实；different 与原文不同；not_in_corpus 语料库中没有这份文件，不能判断。"""
        return VerificationShape.of(verify(self._app, self._app.catalogs.complete(), number, title, quote))

    @property
    def _today(self) -> date:
        return self._app.settings.today


def create_server(app: Application) -> MCPServer:
    """The server; run it with `run("stdio")` or `run("streamable-http")`."""
    server = MCPServer("gongbao", title="公报检索", instructions=_INSTRUCTIONS)
    tools = Tools(app)
    reading = (tools.ask, tools.search, tools.tasks, tools.document, tools.agency)
    checking = (tools.changes_since, tools.compare_years, tools.verify_citation)
    for tool in (*reading, *checking):
        server.add_tool(_telling(tool), annotations=_READ_ONLY, structured_output=True)
    return server


def _telling(tool: Callable[P, R]) -> Callable[P, R]:
    """What cannot be meant is told with its remedy: of any other error the server says only that there was one."""

    @wraps(tool)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return tool(*args, **kwargs)
        except GongbaoError as error:
            raise ToolError(str(error)) from error

    return called
