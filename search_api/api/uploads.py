"""Bringing files in over HTTP, and following the work on them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from shutil import copyfileobj, rmtree
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import StreamingResponse
from gongbao.corpus.errors import NotFound, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.names import short_name, without_controls
from gongbao.search_api.http.access import Admin
from gongbao.search_api.http.asked import App
from gongbao.search_api.ingesting import KINDS
from gongbao.search_api.jobs import WAITING_FOLDER, Job, Jobs
from gongbao.search_api.shapes import Shape

router = APIRouter(tags=["administration"])


class JobShape(Shape):
    id: str
    state: str
    by: str
    at: datetime
    names: tuple[str, ...]
    lines: tuple[str, ...]

    @staticmethod
    def of(job: Job) -> JobShape:
        with job.changed:
            lines = tuple(job.lines)
        return JobShape(id=job.id, state=job.state, by=job.by, at=job.at, names=job.names, lines=lines)


def get_jobs(request: Request) -> Jobs:
    jobs = request.app.state.jobs
    assert isinstance(jobs, Jobs)
    return jobs


JobsParam = Annotated[Jobs, Depends(get_jobs)]


@router.post("/uploads", summary="上传公报", status_code=202)
def upload(
    app: App, jobs: JobsParam, person: Admin, files: Annotated[list[UploadFile], File(description=KINDS)]
) -> JobShape:
    """读入、提取、索引依次进行；用 `/jobs/{id}/events` 跟踪进度。"""
    return JobShape.of(accept(app.settings.home, jobs, person.name, files))


@router.get("/jobs/{job}", summary="一项工作的进展")
def job_state(jobs: JobsParam, person: Admin, job: str) -> JobShape:
    return JobShape.of(find_job(jobs, job))


@router.get("/jobs/{job}/events", summary="跟踪进展", response_class=StreamingResponse)
def events(request: Request, jobs: JobsParam, person: Admin, job: str) -> StreamingResponse:
    """Server-sent events：每条 `line` 一行文字，最后一条 `end` 为结果；断开后用 `Last-Event-ID` 接续。"""
    last = request.headers.get("last-event-id", "")
    start = int(last) + 1 if last.isdigit() else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(find_job(jobs, job), start), media_type="text/event-stream", headers=headers)


def accept(home: Home, jobs: Jobs, by: str, files: list[UploadFile]) -> Job:
    """Keep the uploaded files and queue them; all or none. UsageError for what is not taken."""
    if not any(file.filename for file in files):
        raise UsageError("没有选择文件", "选择一个或多个 PDF")
    home.cache.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=home.cache, prefix="receiving-"))
    try:
        names = tuple(_keep(file, folder) for file in files if file.filename)
        whole = folder.rename(folder.with_name(folder.name.replace("receiving-", WAITING_FOLDER)))
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    return jobs.submit(names, by, whole)


def _keep(file: UploadFile, folder: Path) -> str:
    """Under its own name, whatever path the sender put before it."""
    sent = PurePosixPath(PureWindowsPath(file.filename or "").name).name.lstrip(".") or "upload"
    name = short_name(without_controls(sent))
    if (folder / name).exists():
        raise UsageError(f"两个文件同名：{name}", "改名后再上传")
    with (folder / name).open("wb") as kept:
        copyfileobj(file.file, kept)
        kept.flush()
        os.fsync(kept.fileno())  # the answer says that it is here
    return name


def find_job(jobs: Jobs, job_id: str) -> Job:
    found = jobs.get(job_id)
    if found is None:
        raise NotFound("没有这项工作", "服务重启后，以前的进展不再保留")
    return found


def _events(job: Job, start: int) -> Iterator[str]:
    for found in job.follow(start):
        if found is None:
            yield ": 仍在进行\n\n"
        else:
            number, line = found
            yield f"id: {number}\nevent: line\ndata: {json.dumps(line, ensure_ascii=False)}\n\n"
    yield f"event: end\ndata: {json.dumps(job.state)}\n\n"
