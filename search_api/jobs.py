"""Ingest work asked for over HTTP: one after another in a thread, each telling how far it is."""

from __future__ import annotations

import queue
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from shutil import rmtree

from gongbao.corpus.errors import GongbaoError
from gongbao.index.meaning.encoder import NoEncoder
from gongbao.search_api.compose import Application, FileOutcome, IngestStatus, Progress

WAITING_FOLDER = "upload-"  # begins the names of folders in the cache whose files wait to be read
_KEPT = 50  # finished jobs that are remembered
_PATIENCE = 15.0  # seconds between signs of life to a waiting listener

_STATUS = {
    IngestStatus.ADDED: "已读入",
    IngestStatus.UNCHANGED: "内容相同，未变",
    IngestStatus.SKIPPED: "已跳过",
    IngestStatus.PARTIAL: "只读入一部分",
    IngestStatus.FAILED: "未能读取",
}


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # done, but some inputs were not read


@dataclass(slots=True)
class Job:
    """`lines` grow; everything is read and written under the condition `changed`."""

    names: tuple[str, ...]
    by: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: JobState = JobState.WAITING
    lines: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def finished(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)

    def say(self, line: str, state: JobState | None = None) -> None:
        with self.changed:
            self.lines.append(line)
            self.state = state or self.state
            self.changed.notify_all()

    def follow(self, start: int = 0) -> Iterator[tuple[int, str] | None]:
        """Its lines from `start` on with their numbers, as they come, until it has finished; None: still waiting."""
        at = start
        while True:
            with self.changed:
                if at >= len(self.lines) and not self.finished:
                    self.changed.wait(_PATIENCE)
                fresh, over = self.lines[at:], self.finished
            yield from ((at + place, line) for place, line in enumerate(fresh)) if fresh or over else (None,)
            at += len(fresh)
            if over and not fresh:
                return


class Jobs:
    """The queue of one application. The worker thread starts with the first job."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._waiting: queue.Queue[tuple[Job, Path | None]] = queue.Queue()
        self._known: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def submit(self, names: tuple[str, ...], by: str, folder: Path | None) -> Job:
        """Read the files in `folder`, then extract and index; the folder is removed afterwards.

        Without a folder only what waits for extraction and indexing is done.
        """
        if folder:
            self._application.ingester.expect(folder)
        job = Job(names, by)
        with self._lock:
            for old in [j for j in self._known.values() if j.finished][:-_KEPT]:
                del self._known[old.id]
            self._known[job.id] = job
            self._waiting.put((job, folder))
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="gongbao-jobs", daemon=True)
                self._worker.start()
        return job

    def resume(self) -> None:
        """What was taken in and not read before the server stopped is read now; what came only in part is let go."""
        for folder in sorted(self._application.settings.home.cache.glob("receiving-*")):
            rmtree(folder, ignore_errors=True)
        for folder in sorted(self._application.settings.home.cache.glob(f"{WAITING_FOLDER}*")):
            self.submit(tuple(sorted(file.name for file in folder.iterdir())), "服务重启", folder)

    def get(self, job_id: str) -> Job | None:
        return self._known.get(job_id)

    def all(self) -> list[Job]:
        return sorted(self._known.values(), key=lambda job: job.at, reverse=True)

    def _work(self) -> None:
        while True:
            job, folder = self._waiting.get()
            try:
                _run(self._application, job, folder)
            except GongbaoError as error:
                job.say(f"停止：{error}", JobState.FAILED)
            except Exception as error:  # the queue must outlive any bug; the reader is told
                job.say(f"程序出现意外错误：{type(error).__name__}：{error}", JobState.FAILED)


def _run(application: Application, job: Job, folder: Path | None) -> None:
    job.say("开始", JobState.RUNNING)
    outcomes = list(_ingest(application, job, folder)) if folder else []
    extracted = application.extract(_telling(job, "提取"))
    job.say(f"提取完成：文件 {extracted.documents} 件")
    report = application.index(_telling(job, "索引"))
    job.say(f"索引完成：新增 {report.added}，更新 {report.changed}，移除 {report.removed}")
    _embed(application, job)
    bad = [o for o in outcomes if o.failures or o.status is IngestStatus.SKIPPED]
    failed = bool(bad or extracted.failures or report.rejected)
    job.say("完成，有未能读取的内容" if failed else "完成", JobState.FAILED if failed else JobState.DONE)


def _embed(application: Application, job: Job) -> None:
    """Where there is no model of meaning, search goes by words."""
    try:
        report = application.embed(_telling(job, "语义"))
        job.say(f"语义向量完成：新算 {report.added} 段，共 {report.passages} 段")
    except NoEncoder as error:
        job.say(f"没有计算语义向量：{error}")


def _ingest(application: Application, job: Job, folder: Path) -> Iterator[FileOutcome]:
    try:
        yield from _told(job, application.ingest([folder]))
    finally:  # what was read is in the home by now
        rmtree(folder, ignore_errors=True)


def _told(job: Job, outcomes: Iterator[FileOutcome]) -> Iterator[FileOutcome]:
    for outcome in outcomes:
        what = outcome.why or f"文件 {outcome.documents} 件"
        job.say(f"{outcome.path.name}：{_STATUS[outcome.status]}，{what}")
        for failure in outcome.failures:
            page = f"第 {failure.page} 页，" if failure.page else ""
            job.say(f"{outcome.path.name}：{page}{failure.cause}。{failure.remedy}")
        yield outcome


def _telling(job: Job, what: str) -> Progress:
    """A line for every tenth of the way."""

    def tell(done: int, total: int, label: str) -> None:
        step = max(total // 10, 1)
        if done % step == 0 or done == total:
            job.say(f"{what} {done}/{total}")

    return tell
