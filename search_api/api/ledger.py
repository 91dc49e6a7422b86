"""The ledger of what was not read, what people do about it, and who changed what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query
from gongbao.corpus.audit import Deed
from gongbao.corpus.failure import EntryState, Failure
from gongbao.search_api import redoing
from gongbao.search_api.api.uploads import JobShape
from gongbao.search_api.audit import recent_acts
from gongbao.search_api.http.access import Admin
from gongbao.search_api.http.asked import App
from gongbao.search_api.http.received import JobsParam, find_job
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.shapes import Shape
from pydantic import BaseModel, Field

routes = Routes("administration")


class FailureShape(Shape):
    file: str
    path: str = Field(description="从哪里读入；上传的为空")
    page: int | None = Field(description="从 1 起；null 为整个文件")
    stage: str = Field(examples=["ingest"])
    cause: str
    remedy: str
    state: EntryState
    attempts: int
    retried: bool = Field(description="下次读入时自动再试")

    @staticmethod
    def of(entry: Failure) -> FailureShape:
        return FailureShape(
            file=entry.file,
            path=entry.path,
            page=entry.page,
            stage=entry.stage,
            cause=entry.cause,
            remedy=entry.remedy,
            state=entry.state,
            attempts=entry.attempts,
            retried=entry.retried,
        )


class NamesShape(BaseModel):
    """`names`：文件名或路径；空为全部未读成的。"""

    names: tuple[Annotated[str, Field(max_length=4096)], ...] = Field(default=(), max_length=1000)


class IgnoredShape(Shape):
    entries: int


class ActShape(Shape):
    at: datetime
    by: str
    deed: Deed
    of: str


@routes.get("/ledger", summary="没有读成的")
def ledger(app: App, person: Admin) -> list[FailureShape]:
    """失败、已忽略、跳过与等待的文件和页，各有原因与办法；不在其中的都已读入。"""
    return [FailureShape.of(entry) for entry in app.store.ledger.entries()]


@routes.post("/ledger/retry", summary="再读一次", status_code=202)
def retry(jobs: JobsParam, person: Admin, wanted: NamesShape) -> JobShape:
    """不论已试过几次；用 `/jobs/{id}/events` 跟踪进度。"""
    return JobShape.of(find_job(jobs, jobs.again(wanted.names, person.name)))


@routes.post("/ledger/ignore", summary="不再提示")
def ignore(app: App, person: Admin, wanted: NamesShape) -> IgnoredShape:
    """仍留在记录中，内容变化后重新判断。"""
    return IgnoredShape(entries=redoing.ignore(app.store, wanted.names, person.name))


@routes.get("/audit", summary="何人何时更改了什么")
def audit(app: App, person: Admin, count: Annotated[int, Query(ge=1, le=10_000)] = 100) -> list[ActShape]:
    """凭证、名录、同义词、文件、校核、台账的更改，最近的在前。"""
    return [
        ActShape(at=datetime.fromisoformat(a.at), by=a.by, deed=a.deed, of=a.of) for a in recent_acts(app.store, count)
    ]
