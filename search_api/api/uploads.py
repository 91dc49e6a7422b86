"""Bringing files in over HTTP, and following the work on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import File, Request, UploadFile
from fastapi.responses import StreamingResponse
from gongbao.corpus.queue import Job
from gongbao.search_api.http.access import Admin
from gongbao.search_api.http.received import JobsParam, accept, find_job
from gongbao.search_api.http.routes import Routes
from gongbao.search_api.ingesting import KINDS
from gongbao.search_api.jobs import Jobs
from gongbao.search_api.shapes import Shape

routes = Routes("administration")


class JobShape(Shape):
    id: str
    state: str
    by: str
    at: datetime
    names: tuple[str, ...]
    lines: tuple[str, ...]

    @staticmethod
    def of(job: Job) -> JobShape:
        at = datetime.fromisoformat(job.at)
        return JobShape(id=job.id, state=job.state, by=job.by, at=at, names=job.names, lines=job.lines)


@routes.post("/uploads", summary="上传公报", status_code=202)
def upload(
    jobs: JobsParam, person: Admin, files: Annotated[list[UploadFile], File(description=KINDS, min_length=1)]
) -> JobShape:
    """读入、提取、索引依次进行；用 `/jobs/{id}/events` 跟踪进度。"""
    return JobShape.of(accept(jobs, person.name, files))


@routes.get("/jobs/{job}", summary="一项工作的进展")
def job_state(jobs: JobsParam, person: Admin, job: str) -> JobShape:
    return JobShape.of(find_job(jobs, job))


@routes.get("/jobs/{job}/events", summary="跟踪进展", response_class=StreamingResponse)
def events(request: Request, jobs: JobsParam, person: Admin, job: str) -> StreamingResponse:
    """Server-sent events：每条 `line` 一行文字，最后一条 `end` 为结果；断开后用 `Last-Event-ID` 接续。"""
    last = request.headers.get("last-event-id", "")
    start = int(last) + 1 if last.isdigit() else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    lines = _events(jobs, find_job(jobs, job).id, start)
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


def _events(jobs: Jobs, job: str, start: int) -> Iterator[str]:
    for found in jobs.follow(job, start):
        if found is None:
            yield ": 仍在进行\n\n"
        else:
            number, line = found
            yield f"id: {number}\nevent: line\ndata: {json.dumps(line, ensure_ascii=False)}\n\n"
    yield f"event: end\ndata: {json.dumps(find_job(jobs, job).state)}\n\n"
