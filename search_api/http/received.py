"""Files that a request brings, and the work on them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from shutil import copyfileobj, rmtree
from typing import Annotated

from fastapi import Depends, Request, UploadFile
from gongbao.corpus.errors import NotFound, UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.names import short_name, without_controls
from gongbao.search_api.jobs import WAITING_FOLDER, Job, Jobs


def get_jobs(request: Request) -> Jobs:
    jobs = request.app.state.jobs
    assert isinstance(jobs, Jobs)
    return jobs


JobsParam = Annotated[Jobs, Depends(get_jobs)]


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
