"""Whether a corpus is whole: every record can be read, every source file is there and is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.corpus.document import Issue
from gongbao.corpus.errors import CorpusError
from gongbao.corpus.files import Files
from gongbao.search_api.compose import Application
from gongbao.search_api.ingesting import digest_of

_READ_AGAIN = "用 gongbao run 再读入这份文件；有备份则恢复备份"


@dataclass(frozen=True, slots=True)
class Fault:
    what: str
    remedy: str


def find_faults(app: Application) -> Iterator[Fault]:
    """All that is wrong, one after another; nothing is changed."""
    yield from _unreadable(app)
    known = {issue.source.sha256: issue.source.file for issue in _readable_issues(app)}
    for sha256, name in known.items():
        kept = app.store.name_of(sha256)
        if kept is None:
            yield Fault(f"{name} 的源文件不在了", _READ_AGAIN)
        elif _digest(app.store.files, kept) != sha256:
            yield Fault(f"{name} 的源文件已被改动或损坏", _READ_AGAIN)


def _digest(files: Files, name: str) -> str:
    """Of the file where it is kept, not of a copy on this machine."""
    with files.open(name) as content:
        return digest_of(content)


def _unreadable(app: Application) -> Iterator[Fault]:
    for document_id in app.store.stamps():
        try:
            app.store.document(document_id)
            app.store.extraction(document_id)
        except CorpusError as error:
            yield Fault(f"文件 {document_id}：{error.message}", error.remedy)


def _readable_issues(app: Application) -> Iterator[Issue]:
    try:
        yield from app.store.issues()
    except CorpusError:
        return
