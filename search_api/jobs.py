"""Ingest work asked for over HTTP: one after another, by whichever process of the server comes first.

What was asked for and how far it is stands in the corpus (`corpus.queue`), uploaded files among its files, so that
every process tells the same, and another goes on with what one that died has left.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from gongbao.corpus.audit import Audit, Deed
from gongbao.corpus.errors import GongbaoError
from gongbao.corpus.files import UPLOADS, Folder
from gongbao.corpus.queue import Job, JobState, Queue
from gongbao.index.meaning.encoder import NoEncoder
from gongbao.search_api.compose import Application, FileOutcome, IngestStatus, Progress
from gongbao.search_api.redoing import again_folder, due_again, files_again, places_again

BY_ITSELF = "自动重试"  # who asked for it: the server, of what was stopped
ALONE = "jobs"  # the name under which one process works
_PATIENCE = 15.0  # seconds between signs of life to a waiting listener
_LOOK = 3.0  # seconds after which a server looks for what another process took in, or left
_STEP = 0.3  # seconds between two looks of a listener
_LATE = timedelta(hours=1)  # after which files that have not all come never will

_STATUS = {
    IngestStatus.ADDED: "已读入",
    IngestStatus.UNCHANGED: "内容相同，未变",
    IngestStatus.SKIPPED: "已跳过",
    IngestStatus.PARTIAL: "只读入一部分",
    IngestStatus.FAILED: "未能读取",
}


class Jobs:
    """The queue as one process of a server sees it. Its thread works while there is something to do; from
    `serve` on it also looks for what others leave."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._wake = threading.Event()
        self._serving = False
        self._tried: set[tuple[str, int]] = set()  # places and tries that this process has seen to

    @property
    def _queue(self) -> Queue:
        return self._application.store.queue

    def submit(self, by: str) -> str:
        """What waits for extraction and indexing is done; the id of the job."""
        job = self._queue.add((), by)
        self._begin()
        return job

    def again(self, names: Sequence[str], by: str) -> str:
        """Read once more what the ledger names so, or all that failed; NotFound for a name that has no entry. The id
        of the job."""
        job = self._queue.add(places_again(self._application.store, names, by), by, again=True)
        self._begin()
        return job

    def note(self, by: str, deed: Deed, of: str) -> None:
        """Onto the record of who did what."""
        Audit(self._application.settings.home).note(by, deed, of)

    def receive(self, files: Iterable[tuple[str, BinaryIO]], by: str) -> str:
        """Keep these files (by name), then read them, extract and index; all or none. The id of the job."""
        job = self._queue.add((), by, JobState.RECEIVING)
        try:
            names = tuple(self._keep(job, name, content) for name, content in files)
            self._application.ingester.expect(_place(job, name) for name in names)
            self._queue.received(job, names)
        except BaseException:
            self._queue.forget(job)
            self._application.store.files.remove(_place(job))
            raise
        self._begin()
        return job

    def _keep(self, job: str, name: str, content: BinaryIO) -> str:
        self._application.store.files.put(_place(job, name), content)
        return name

    def serve(self) -> None:
        """From now on also what another process took in or left is done."""
        self._serving = True
        self._begin()

    def stop(self) -> None:
        """What is in hand is finished; nothing else begins."""
        self._serving = False
        self._wake.set()

    def get(self, job: str) -> Job | None:
        return self._queue.get(job)

    def all(self) -> list[Job]:
        return self._queue.all()

    def follow(self, job: str, start: int = 0) -> Iterator[tuple[int, str] | None]:
        """Its lines from `start` on with their numbers, as they come, until it has finished; None: still waiting."""
        at, since = start, time.monotonic()
        while found := self._queue.get(job):
            fresh = found.lines[at:]
            yield from enumerate(fresh, at)
            at += len(fresh)
            if found.finished:
                return
            if fresh or time.monotonic() - since > _PATIENCE:
                since = time.monotonic()
                yield from () if fresh else (None,)
            time.sleep(_STEP)

    def _begin(self) -> None:
        self._wake.set()
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="gongbao-jobs", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while True:
            self._wake.clear()
            with suppress(GongbaoError):  # a database that is away is there again later
                while self._next():
                    pass
            with self._lock:
                if not self._serving and not self._wake.is_set():
                    self._worker = None
                    return
            self._wake.wait(_LOOK)

    def _next(self) -> bool:
        """Do one job; whether there was one for this process."""
        with self._application.store.alone(ALONE) as mine:
            if not mine:
                return False
            self._forget_late()
            self._ask_again()
            job = self._queue.take()
            if job is None:
                return False
            self._do(job)
        return True

    def _ask_again(self) -> None:
        """What was stopped is read once more when its time has come, each try once, whatever becomes of it."""
        due = [each for each in due_again(self._application.store) if each not in self._tried]
        if self._serving and due:
            self._tried.update(due)
            self._queue.add(tuple(dict.fromkeys(place for place, _ in due)), BY_ITSELF, again=True)

    def _do(self, job: Job) -> None:
        """GongbaoError where not even the queue can be told: it is done again when there is a database again."""
        try:
            _run(self._application, job)
        except GongbaoError as error:
            self._stopped(job, f"停止：{error}")
        except Exception as error:  # the queue must outlive any bug; the reader is told
            self._stopped(job, f"程序出现意外错误：{type(error).__name__}：{error}")

    def _stopped(self, job: Job, why: str) -> None:
        self._queue.say(job.id, why, JobState.FAILED)
        self._application.store.files.remove(_place(job.id))

    def _forget_late(self) -> None:
        """What came only in part is let go."""
        late = (datetime.now(UTC) - _LATE).isoformat()
        for job in self._queue.all(JobState.RECEIVING):
            if job.at < late:
                self._application.store.files.remove(_place(job.id))
                self._queue.forget(job.id)


def _place(job: str, name: str = "") -> str:
    return f"{UPLOADS}{job}/{name}"


def _fetched(app: Application, job: Job) -> list[Path]:
    """The uploaded files of a job in a folder of this machine; none for a job without files, or that read them
    before it was stopped."""
    here, names = Folder(app.settings.home.root), app.store.files.names(_place(job.id))
    for name in names:
        if not here.has(name):
            with app.store.files.open(name) as content:
                here.put(name, content)
    return [app.settings.home.root / name for name in names]


def _read(app: Application, asked: Job) -> Iterator[FileOutcome]:
    yield from _reported(app.store.queue, asked.id, app.ingest(_fetched(app, asked)))


def _read_again(app: Application, asked: Job) -> Iterator[FileOutcome]:
    """What is gone meanwhile is told. Tries are counted on, unless a person asked."""
    queue = app.store.queue
    with again_folder(app.settings.home) as folder:
        found = files_again(app.store, asked.names, folder)
        for place in (place for place, path in found.items() if path is None):
            queue.say(asked.id, f"{place}：原文件已不在，无法再读")
        paths = dict.fromkeys(path for path in found.values() if path)
        yield from _reported(queue, asked.id, app.ingest(paths, anew=asked.by != BY_ITSELF))


def _run(application: Application, asked: Job) -> None:
    queue, job = application.store.queue, asked.id
    queue.say(job, "开始" if not asked.lines else "上一个进程没有做完，接着做", JobState.RUNNING)
    outcomes = list(_read_again(application, asked) if asked.asked.again else _read(application, asked))
    application.store.files.remove(_place(job))  # what was read is kept by now
    rmtree(application.settings.home.root / _place(job), ignore_errors=True)
    extracted = application.extract(_telling(queue, job, "提取"))
    queue.say(job, f"提取完成：文件 {extracted.documents} 件")
    report = application.index(_telling(queue, job, "索引"))
    queue.say(job, f"索引完成：新增 {report.added}，更新 {report.changed}，移除 {report.removed}")
    _embed(application, job)
    bad = [o for o in outcomes if o.failures or o.status is IngestStatus.SKIPPED]
    failed = bool(bad or extracted.failures or report.rejected)
    queue.say(job, "完成，有未能读取的内容" if failed else "完成", JobState.FAILED if failed else JobState.DONE)


def _embed(application: Application, job: str) -> None:
    """Where there is no model of meaning, search goes by words."""
    queue = application.store.queue
    try:
        report = application.embed(_telling(queue, job, "语义"))
        queue.say(job, f"语义向量完成：新算 {report.added} 段，共 {report.passages} 段")
    except NoEncoder as error:
        queue.say(job, f"没有计算语义向量：{error}")


def _reported(queue: Queue, job: str, outcomes: Iterator[FileOutcome]) -> Iterator[FileOutcome]:
    for outcome in outcomes:
        what = outcome.why or f"文件 {outcome.documents} 件"
        queue.say(job, f"{outcome.path.name}：{_STATUS[outcome.status]}，{what}")
        for failure in outcome.failures:
            page = f"第 {failure.page} 页，" if failure.page else ""
            queue.say(job, f"{outcome.path.name}：{page}{failure.cause}。{failure.remedy}")
        yield outcome


def _telling(queue: Queue, job: str, what: str) -> Progress:
    """A line for every tenth of the way."""

    def tell(done: int, total: int, label: str) -> None:
        step = max(total // 10, 1)
        if done % step == 0 or done == total:
            queue.say(job, f"{what} {done}/{total}")

    return tell
