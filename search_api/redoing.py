"""What people do about entries of the ledger: have a file read again, or hear no more of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from gongbao.corpus.audit import Audit, Deed
from gongbao.corpus.errors import NotFound
from gongbao.corpus.failure import EntryState, Failure
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store


def ignore(store: Store, names: Sequence[str], by: str) -> int:
    """From now on these are not told as failures, unless their content changes; how many entries there were."""
    chosen = _chosen(store, names, EntryState.FAILED)
    for failure in chosen:
        store.ledger.change(failure, EntryState.IGNORED, failure.attempts)
    Audit(store.home).note(by, Deed.IGNORED, _named(chosen))
    return len(chosen)


def places_again(store: Store, names: Sequence[str], by: str) -> tuple[str, ...]:
    """Where what failed was found, to be read again; no names: all. NotFound for a name that has no entry."""
    chosen = _chosen(store, names, EntryState.FAILED, EntryState.IGNORED)
    Audit(store.home).note(by, Deed.RETRIED, _named(chosen))
    return tuple(dict.fromkeys(failure.place for failure in chosen))


def due_again(store: Store) -> tuple[tuple[str, int], ...]:
    """Where what was stopped was found, and after how many tries: it is to be tried again now."""
    return tuple(dict.fromkeys((each.place, each.attempts) for each in store.ledger.due() if each.stage == "ingest"))


def files_again(store: Store, places: Sequence[str], folder: Path) -> dict[str, Path | None]:
    """What is read for each place; None where it is nowhere any more. Uploads are laid into `folder` from our copy."""
    chosen = _chosen(store, places, EntryState.FAILED, EntryState.IGNORED) if places else []
    return {failure.place: _file_of(store, failure, folder) for failure in chosen}


@contextmanager
def again_folder(home: Home) -> Iterator[Path]:
    """A folder for such copies, for as long as they are read."""
    home.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home.cache, prefix="retry-") as folder:
        yield Path(folder)


def _named(chosen: Sequence[Failure]) -> str:
    return "、".join(dict.fromkeys(failure.place for failure in chosen))


def _chosen(store: Store, names: Sequence[str], *states: EntryState) -> list[Failure]:
    """Entries of reading by the file's name or place."""
    entries = [entry for entry in store.ledger.entries(*states) if entry.stage == "ingest"]
    for name in names:
        if not any(_means(name, entry) for entry in entries):
            raise NotFound(f"没有关于 {name} 的失败记录", "文件名见 gongbao status --failures")
    return [entry for entry in entries if not names or any(_means(name, entry) for name in names)]


def _means(name: str, entry: Failure) -> bool:
    return name in (entry.file, entry.path) or str(Path(name).absolute()) == entry.path


def _file_of(store: Store, entry: Failure, folder: Path) -> Path | None:
    """Where the file lies, or the archive that holds it, or our copy of an upload, laid into `folder` by its name."""
    for path in (Path(entry.path), *Path(entry.path).parents) if entry.path else ():
        if path.is_file():
            return path
    kept = store.file_of(entry.sha256) if entry.sha256 else None
    return Path(copyfile(kept, folder / entry.file)) if kept else None
