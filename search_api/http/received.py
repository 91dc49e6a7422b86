"""Files that a request brings, and the work on them."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

from fastapi import Depends, Request, UploadFile
from gongbao.corpus.audit import Deed
from gongbao.corpus.errors import NotFound, UsageError
from gongbao.corpus.names import short_name, without_controls
from gongbao.corpus.queue import Job
from gongbao.search_api.http.inline import inline
from gongbao.search_api.jobs import Jobs


def get_jobs(request: Request) -> Jobs:
    jobs = request.app.state.jobs
    assert isinstance(jobs, Jobs)
    return jobs


JobsParam = Annotated[Jobs, Depends(inline(get_jobs))]


def accept(jobs: Jobs, by: str, files: list[UploadFile]) -> Job:
    """Keep the uploaded files and queue them; all or none. UsageError for what is not taken."""
    sent = [(_name(file.filename), file.file) for file in files if file.filename]
    if not sent:
        raise UsageError("没有选择文件", "选择一个或多个 PDF")
    names = _apart([name for name, _ in sent])
    job = find_job(jobs, jobs.receive(zip(names, (content for _, content in sent), strict=True), by))
    jobs.note(by, Deed.UPLOADED, "、".join(job.names))
    return job


def _name(sent: str) -> str:
    """Its own name, whatever path the sender put before it."""
    own = PurePosixPath(PureWindowsPath(sent).name).name.lstrip(".") or "upload"
    return short_name(without_controls(own))


def _apart(names: list[str]) -> list[str]:
    """Files of one name are told apart by a number: 公报.pdf, 公报(2).pdf."""
    taken: list[str] = []
    for name in names:
        path, number, own = PurePosixPath(name), 2, name
        while own in taken:
            own, number = short_name(f"{path.stem}({number}){path.suffix}"), number + 1
        taken.append(own)
    return taken


def find_job(jobs: Jobs, job_id: str) -> Job:
    found = jobs.get(job_id)
    if found is None:
        raise NotFound("没有这项工作", "只保留最近 50 项；见管理页")
    return found
