"""Files and folders → the corpus: what is read, what is known already, what is left out, and the ledger of it all.

The reader itself is handed in by the composition root.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from gongbao.corpus.document import Issue
from gongbao.corpus.errors import InputError, ServiceUnavailable, UsageError
from gongbao.corpus.failure import EntryState, Failure
from gongbao.corpus.home import Home
from gongbao.corpus.names import decoded, shown, shown_path
from gongbao.corpus.store import Store

REPORT = "请把这个文件交给开发者；其余文件不受影响"
STAGE = "ingest"
KINDS = "PDF、OFD、网页、DOC、DOCX、WPS、RTF、ODT、XLS、XLSX、ET、ODS、TXT、MD、ZIP"  # as people are told
_README = "是说明文件（README），不是公报"
_DEEPEST = 3  # files within files
_TOO_DEEP = f"文件包套了 {_DEEPEST} 层以上，没有再取出"
_WAITS, _LATER = "等待读入", "服务运行时自动读入"


class Progress(Protocol):
    """Told after each step of long work: how many of how many, and what came last."""

    def __call__(self, done: int, total: int, label: str) -> None: ...


def silent(done: int, total: int, label: str) -> None:
    """Progress for nobody."""


class IngestStatus(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"  # not a kind of file that is read
    PARTIAL = "partial"  # kept, but some pages could not be read
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """`pages`: that were read just now; a file without pages counts as one."""

    path: Path
    status: IngestStatus
    documents: int = 0
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str = ""  # it was skipped
    pages: int = 0


class ReadFile(Protocol):
    """What the reader makes of a file."""

    @property
    def issue(self) -> Issue: ...

    @property
    def failures(self) -> tuple[Failure, ...]: ...

    @property
    def inside(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Door:
    """The reader. `version`: of what it reads whole; `partial`: of what it reads in part, which depends on
    whether text recognition is installed. `unpack`: lays the files of an archive into a folder, and says which
    it left out and why. `begin`: others begin to read a file (with its content's sha256); what they have read
    when called. `ahead`: how many files they may have."""

    read: Callable[[Path, Callable[[int, int], None]], ReadFile]
    suffixes: frozenset[str]
    version: Callable[[], str]
    partial: Callable[[], str]
    archives: frozenset[str]
    unpack: Callable[[Path, Path], tuple[tuple[str, str], ...]]
    begin: Callable[[Path, str], Callable[[], ReadFile]] | None = None
    ahead: Callable[[], int] = lambda: 0


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file whose turn comes; `reading` where others read it."""

    path: Path
    progress: Callable[[int, int], None]
    sha256: str = ""
    reading: Callable[[], ReadFile] | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """Progress within one file, told as part of the work on all of them; one of one: it is done."""

    progress: Progress
    before: int
    files: int
    name: str

    def __call__(self, page: int, pages: int) -> None:
        if page == pages == 1:
            self.progress(self.before + 1, self.files, self.name)
        else:
            self.progress(self.before, self.files, f"{self.name} 第{page}/{pages}页")


class Ingester:
    """Reads into one corpus, one file after another; a bad file stops nothing."""

    def __init__(self, home: Home, store: Store, door: Door) -> None:
        self._home = home
        self._store = store
        self._door = door
        self._anew = False
        self._unpacked: list[tuple[Path, str]] = []  # folders, and the archives that were unpacked there

    def ingest(
        self, paths: Iterable[Path], progress: Progress = silent, *, anew: bool = False
    ) -> Iterator[FileOutcome]:
        """One outcome each. UsageError for a path that is not there. `anew`: read also what is known."""
        self._anew = anew
        self._store.must_hold_its_files()
        files = list(_files_below(paths, self._home.root))
        yield from self._each((path, _Told(progress, n, len(files), shown(path))) for n, path in enumerate(files))

    def _each(self, files: Iterable[tuple[Path, Callable[[int, int], None]]]) -> Iterator[FileOutcome]:
        """In order; where others read, they are some files ahead."""
        begun: deque[_Begun] = deque()
        for path, progress in files:
            begun.append(self._begin(path, progress, {each.sha256 for each in begun}))
            while len(begun) > self._door.ahead():
                yield from self._done(begun.popleft())
        while begun:
            yield from self._done(begun.popleft())

    def _begin(self, path: Path, progress: Callable[[int, int], None], on_their_way: Set[str]) -> _Begun:
        """What is known, or on its way under another name, is told when its turn comes, and faults too."""
        if self._door.begin is None or path.suffix.lower() not in self._door.suffixes:
            return _Begun(path, progress)
        with suppress(OSError, InputError):
            sha256 = digest(path)
            if sha256 not in on_their_way and (self._anew or not self._is_known(sha256)):
                return _Begun(path, progress, sha256, self._door.begin(path, sha256))
        return _Begun(path, progress)

    def _done(self, begun: _Begun) -> Iterator[FileOutcome]:
        if begun.path.suffix.lower() in self._door.archives and not self._unpacked:  # which unpacks what is in it
            yield from self._archive(begun.path, begun.progress)
        else:
            yield from self._file(begun)
        begun.progress(1, 1)

    def expect(self, names: Iterable[str]) -> None:
        """Files, by their names among those of the corpus, stand in the ledger as waiting until each is read."""
        for name in names:
            file = PurePosixPath(name).name
            self._store.ledger.record(Failure(file, STAGE, _WAITS, _LATER, path=name, state=EntryState.WAITING))

    def _waits_no_more(self, path: Path) -> None:
        """By its place within the home, wherever that lies: another process may have taken it in."""
        here, home = path.resolve(), self._home.root.resolve()
        name = here.relative_to(home).as_posix() if here.is_relative_to(home) else shown_path(path)
        self._store.ledger.forget_waiting(name)

    def _archive(self, path: Path, progress: Callable[[int, int], None]) -> Iterator[FileOutcome]:
        try:
            yield from self._files_in(path, progress)
        except (InputError, OSError) as error:
            known = (
                error if isinstance(error, InputError) else InputError(f"无法读取文件：{error.strerror}", "检查磁盘")
            )
            yield self._failed(path, "", known)
            return
        self._waits_no_more(path)

    def _files_in(self, path: Path, progress: Callable[[int, int], None]) -> Iterator[FileOutcome]:
        """Each as if it lay in a folder of that name; InputError, OSError where it cannot be unpacked."""
        self._home.cache.mkdir(parents=True, exist_ok=True)
        place = self._place(path) or shown(path)
        with tempfile.TemporaryDirectory(dir=self._home.cache, prefix="unpacked-") as name:
            folder = Path(name)
            left = self._door.unpack(path, folder)
            self._unpacked.append((folder.resolve(), place))
            files = list(_files_below([folder], self._home.root / "files"))
            yield from self._each((file, progress) for file in files)
            yield from (self._left_out(name, f"{place}/{name}", why) for name, why in left)
            if not files and not left:
                yield self._failed(path, "", InputError(f"{shown(path)} 里没有文件", "确认压缩包内容"))
            self._unpacked.pop()

    def _left_out(self, name: str, place: str, why: str) -> FileOutcome:
        failure = Failure(name, STAGE, why, "确认来源可靠后，自行解开再读入", path=place)
        self._store.ledger.record(failure)
        return FileOutcome(Path(name), IngestStatus.FAILED, failures=(failure,))

    def _file(self, begun: _Begun) -> Iterator[FileOutcome]:
        """Before it the files that it carries: once it is kept, it is not opened again."""
        if begun.path.name.startswith("README"):
            yield self._skipped(begun.path, _README)
        elif begun.path.suffix.lower() not in self._door.suffixes:
            yield self._skipped(begun.path, f"不是能读的格式，只读 {KINDS}")
        else:
            yield from self._readable(begun)

    def _readable(self, begun: _Begun) -> Iterator[FileOutcome]:
        path, sha256 = begun.path, ""
        try:
            sha256 = digest(path)
            if known := None if self._anew else self._known(path, sha256):
                yield known
                return
            reading = (begun.reading or partial(self._door.read, path, begun.progress))()
            if reading.inside:
                yield from self._carried(path, reading.inside, begun.progress)
            yield self._keep(path, sha256, reading)
            return
        except OSError as error:
            why = InputError(f"无法读取文件：{error.strerror or error}", "检查路径与权限")
        except InputError as error:
            why = error
        except (ServiceUnavailable, UsageError):
            raise  # no fault of the file
        except Exception as error:  # a fault of ours in one file must not keep out the others
            why = InputError(f"读入时程序出错：{said(error)}", REPORT)
        if begun.reading:
            self._store.drop_file(sha256)
        yield self._failed(path, sha256, why)

    def _carried(
        self, path: Path, names: tuple[str, ...], progress: Callable[[int, int], None]
    ) -> Iterator[FileOutcome]:
        """The files of a portfolio, a few deep."""
        why = _TOO_DEEP
        if len(self._unpacked) < _DEEPEST:
            try:
                yield from self._files_in(path, progress)
                return
            except InputError as error:
                why = error.message
        place = self._place(path) or shown(path)
        yield from (self._left_out(name, f"{place}/{name}", why) for name in names)

    def _is_known(self, sha256: str) -> bool:
        """What needs no reading: it was read whole, or in part with nothing changed, or was tried enough."""
        if self._store.has_issue(sha256, self._door.version()):
            return True
        failures = self._failures(sha256)
        if any(failure.is_due() for failure in failures):
            return False
        tried = any(each.page is None and each.again for each in failures)
        return tried or self._store.has_issue(sha256, self._door.partial())

    def _known(self, path: Path, sha256: str) -> FileOutcome | None:
        """What is told of a file that needs no reading."""
        if not self._is_known(sha256):
            return None
        if self._store.has_issue(sha256, self._door.version()):
            return self._met_again(path, sha256)
        failures = self._failures(sha256)
        if self._store.has_issue(sha256, self._door.partial()):
            return self._met_again(path, sha256, failures)
        whole = [each for each in failures if each.page is None and each.again]
        return FileOutcome(path, IngestStatus.FAILED, failures=tuple(whole))

    def _met_again(self, path: Path, sha256: str, failures: tuple[Failure, ...] = ()) -> FileOutcome:
        self._note_place(path, sha256)
        return FileOutcome(
            path, IngestStatus.UNCHANGED, failures=tuple(f for f in failures if f.state is EntryState.FAILED)
        )

    def _keep(self, path: Path, sha256: str, reading: ReadFile) -> FileOutcome:
        self._store.keep_file(path, sha256)
        failures = tuple(self._counted(replace(f, sha256=sha256, path=self._place(path))) for f in reading.failures)
        self._store.ledger.forget_content(sha256, STAGE)
        for failure in failures:
            self._store.ledger.record(failure)
        # Last: a file that is kept is not read again, so that its failures must stand in the ledger by then.
        self._store.put_issue(reading.issue, self._door.partial() if failures else self._door.version())
        self._note_place(path, sha256)
        status = IngestStatus.PARTIAL if failures else IngestStatus.ADDED
        heard = tuple(each for each in failures if each.state is EntryState.FAILED)
        documents, pages = len(reading.issue.documents), len(reading.issue.pages) or 1
        return FileOutcome(path, status, documents, heard, reading.issue.warnings, pages=pages)

    def _counted(self, failure: Failure) -> Failure:
        """With the tries that were made before, and ignored where a person said so of the same fault."""
        before = [each for each in self._failures(failure.sha256) if each.page == failure.page]
        attempts = 1 if self._anew else 1 + max((each.attempts for each in before), default=0)
        ignored = not self._anew and any(
            each.state is EntryState.IGNORED and each.cause == failure.cause for each in before
        )
        return replace(failure, attempts=attempts, state=EntryState.IGNORED if ignored else EntryState.FAILED)

    def _note_place(self, path: Path, sha256: str) -> None:
        """The file stands there, in place of whatever did before."""
        if place := self._place(path):
            self._store.add_place(sha256, place)
        self._waits_no_more(path)
        self._store.forget_failures_at(shown(path), self._place(path), sha256)

    def _place(self, path: Path) -> str:
        """What a person finds the file by; "" for an upload, which waits within the home and is gone when read."""
        here = path.resolve()
        for folder, place in reversed(self._unpacked):
            if here.is_relative_to(folder):
                return "/".join((place, *(decoded(os.fsencode(part)) for part in here.relative_to(folder).parts)))
        return "" if here.is_relative_to(self._home.cache.resolve()) else shown_path(path)

    def _failures(self, sha256: str) -> tuple[Failure, ...]:
        found = self._store.ledger.entries(EntryState.FAILED, EntryState.IGNORED)
        return tuple(each for each in found if (each.sha256, each.stage) == (sha256, STAGE)) if sha256 else ()

    def _failed(self, path: Path, sha256: str, error: InputError) -> FileOutcome:
        place, again = self._place(path), error.may_succeed
        failure = Failure(shown(path), STAGE, error.message, error.remedy, error.page, sha256, place, again=again)
        failure = self._counted(failure)
        self._store.forget_failures_at(shown(path), place)
        self._store.ledger.record(failure)
        self._waits_no_more(path)
        heard = (failure,) if failure.state is EntryState.FAILED else ()
        return FileOutcome(path, IngestStatus.FAILED, failures=heard)

    def _skipped(self, path: Path, why: str) -> FileOutcome:
        """Said in the ledger too: nobody should have to wonder where a file has gone."""
        self._waits_no_more(path)
        self._store.ledger.record(
            Failure(shown(path), STAGE, why, "", path=self._place(path), state=EntryState.SKIPPED)
        )
        return FileOutcome(path, IngestStatus.SKIPPED, why=why)


def _files_below(paths: Iterable[Path], home: Path) -> Iterator[Path]:
    """Files as named, and all files in named folders, in order; UsageError for what is not there.

    A home within a named folder is left out: what it keeps are copies.
    """
    for path in paths:
        if path.is_dir():
            found = sorted(found for found in path.rglob("*") if found.is_file() and not _hidden(found, path))
            inside = home.resolve().is_relative_to(path.resolve())
            yield from (file for file in found if not (inside and file.resolve().is_relative_to(home.resolve())))
        elif path.exists():
            yield path
        else:
            raise UsageError(f"没有这个文件或目录：{shown_path(path)}", "检查路径")


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def said(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip().replace("\n", " ")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return digest_of(file)


def digest_of(content: BinaryIO) -> str:
    found = hashlib.sha256()
    while chunk := content.read(1 << 20):
        found.update(chunk)
    return found.hexdigest()
