"""A whole corpus as one file, and back: every row of the database, the source files, what the office added.

The archive is a ZIP of `tables/NAME.jsonl`, `files/…`, `evidence/…`, `register/…`, `synonyms/…`, `models/…`,
`tokens.toml`, `audit.jsonl` and, last, `manifest.json` with the SHA-256 of each. The rows are read in one transaction,
so that an archive is consistent while others write; what is kept by content is copied after it and can only be more
than the rows name. The search index is not in it (`gongbao index` makes it anew). An archive opens on SQLite and on
PostgreSQL alike, wherever the files lie.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import BinaryIO, cast

from gongbao.corpus.audit import FILE as AUDIT
from gongbao.corpus.database import schema
from gongbao.corpus.errors import CorpusError, UsageError
from gongbao.corpus.files import EVIDENCE, SOURCES
from gongbao.corpus.home import Home
from gongbao.corpus.migrations import HEAD
from gongbao.corpus.store import Store

MANIFEST = "manifest.json"
_KEPT = (SOURCES, EVIDENCE)  # by `gongbao.corpus.files`
_FOLDERS = ("register", "synonyms", "models")  # of the home
_SINGLE = ("tokens.toml", AUDIT)
_KNOWN = {*_FOLDERS, *(kept.rstrip("/") for kept in _KEPT), "tables", *_SINGLE}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds: rows of the database and files beside them."""

    rows: int
    files: int


def write_backup(store: Store, target: Path) -> Backup:
    """Write the archive, whole or not at all, readable by its owner alone; UsageError where the file is there."""
    if target.exists():
        raise UsageError(f"{target} 已经存在", "换一个文件名，备份不会覆盖已有的文件")
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    digests: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = sum(_write_lines(archive, f"tables/{name}.jsonl", lines, digests) for name, lines in store.dump())
        for name, content in _files(store):
            with content:
                _write_file(archive, name, content, digests)
        manifest = {"revision": HEAD, "sha256": digests}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    part.replace(target)
    return Backup(rows, sum(not name.startswith("tables/") for name in digests))


def restore_backup(source: Path, home: Home) -> Backup:
    """Into a home without a corpus, after every part was checked; UsageError where there is one already,
    CorpusError where the archive is damaged or of another revision. Nothing is written until all is checked."""
    try:
        with zipfile.ZipFile(source) as archive:
            digests = _checked(archive)
            store = _empty_store(home)
            for name in digests:
                if not name.startswith("tables/"):
                    _unpack(archive, name, store)
            rows = store.load((name, _lines(archive, name)) for name in _tables(digests))
            store.close()
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise CorpusError(f"{source.name} 不是完整的备份", "换一份备份") from error
    return Backup(rows, len(digests) - len(_tables(digests)))


def _empty_store(home: Home) -> Store:
    store = Store.open(home)
    if any(True for _ in store.issues()) or store.reviews.documents():
        raise UsageError(f"{home.root} 中已有语料库", "用 --home 指一个空目录，恢复不会覆盖已有的内容")
    return store


def _tables(digests: dict[str, str]) -> list[str]:
    """In the order of the code's tables, so that what refers to another comes after it."""
    named = (f"tables/{table.name}.jsonl" for table in schema.sorted_tables)
    return [name for name in named if name in digests]


def _checked(archive: zipfile.ZipFile) -> dict[str, str]:
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["revision"] != HEAD:
        remedy = "用写下它的那个版本恢复，打开后会自动升级" if manifest["revision"] < HEAD else "升级 gongbao 后再恢复"
        raise CorpusError("备份由另一个版本的 gongbao 写成", remedy)
    digests: dict[str, str] = manifest["sha256"]
    for name, digest in digests.items():
        if _is_outside(name) or _digest(archive, name) != digest:
            raise CorpusError(f"备份中的 {name} 已损坏", "换一份备份")
    return digests


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or path.parts[0] not in _KNOWN


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterator[str], digests: dict[str, str]) -> int:
    found, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as file:
        for count, line in enumerate(lines, 1):  # noqa: B007
            written = f"{line}\n".encode()
            found.update(written)
            file.write(written)
    digests[name] = found.hexdigest()
    return count


def _write_file(archive: zipfile.ZipFile, name: str, source: BinaryIO, digests: dict[str, str]) -> None:
    found = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as file:
        while chunk := source.read(_CHUNK):
            found.update(chunk)
            file.write(chunk)
    digests[name] = found.hexdigest()


def _files(store: Store) -> Iterator[tuple[str, BinaryIO]]:
    for kept in _KEPT:
        yield from ((name, store.files.open(name)) for name in store.files.names(kept))
    root = store.home.root
    own = [path for folder in _FOLDERS for path in sorted((root / folder).rglob("*"))]
    for path in (*own, *(root / name for name in _SINGLE)):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.open("rb")


def _unpack(archive: zipfile.ZipFile, name: str, store: Store) -> None:
    with archive.open(name) as source:
        if name.startswith(_KEPT):
            store.files.put(name, cast(BinaryIO, source))
            return
        target = store.home.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with target.open("wb") as file:
            copyfileobj(source, file, _CHUNK)


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as file:
        for line in file:
            yield line.decode()
