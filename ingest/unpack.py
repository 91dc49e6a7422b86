"""An archive of files, or a PDF that carries files → its files in a folder, under their own names, within bounds of
size, depth and number.

What would lie outside the folder, is a link, or is too large is left out and named. Archives within
archives are unpacked beside themselves, a few deep.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gongbao.corpus.errors import InputError, TooLarge
from gongbao.corpus.limited import Limits, call
from gongbao.corpus.names import short_name, shown
from gongbao.ingest.archives import MemberBounds, name_of, open_archive, read_member

_NAMELESS = "（无名文件）"
UNPACKING = Limits(seconds=120.0)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`left_out`: members that were not unpacked, with the reason."""

    left_out: tuple[tuple[str, str], ...] = ()


MEMBERS = MemberBounds(members=5000, total=2 * 1024**3, member=512 * 1024**2, xml=512 * 1024**2)


@dataclass(frozen=True, slots=True)
class ArchiveBounds:
    """A year of a gazette is some hundred files and 500 MB; drawings in XML pack to a hundredth."""

    depth: int = 3
    files: int = 5000
    total: int = 2 * 1024**3
    members: MemberBounds = MEMBERS


ARCHIVE = ArchiveBounds()
_OUTSIDE = "路径指向压缩包之外，或是链接"


def unpack(path: Path, folder: Path) -> Unpacked:
    """Raises an InputError where the archive itself cannot be opened."""
    return call(unpack_here, path, folder, limits=UNPACKING)


def unpack_here(path: Path, folder: Path) -> Unpacked:
    """`unpack` in this process."""
    work = _Work()
    if path.suffix.lower() == ".pdf":
        return Unpacked(tuple(work.take_attached(path, folder)))
    return Unpacked(tuple(work.unpack(path, shown(path), folder, ARCHIVE.depth)))


@dataclass(slots=True)
class _Work:
    """What was unpacked so far, over all archives within each other."""

    files: int = 0
    total: int = 0

    def unpack(self, path: Path, name: str, folder: Path, depth: int) -> Iterator[tuple[str, str]]:
        with open_archive(path, name, ARCHIVE.members) as archive:
            for member in archive.infolist():
                if not member.filename:  # zipfile cuts a name at its first NUL
                    yield _NAMELESS, "压缩包里的这个文件没有名字"
                elif not member.is_dir() and not _is_hidden(name_of(member)):
                    yield from self._member(archive, member, folder, depth)

    def take_attached(self, path: Path, folder: Path) -> Iterator[tuple[str, str]]:
        """The files of a PDF's portfolio, or those attached to it."""
        from gongbao.ingest.annotations import read_attached

        for name, read in read_attached(path):
            place = _place(folder, name)
            if place is None:
                yield name, _OUTSIDE
                continue
            try:
                data = read()
                self._count(len(data))
                _keep(data, place)
            except InputError as error:
                yield name, error.message

    def _member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, depth: int
    ) -> Iterator[tuple[str, str]]:
        name = name_of(member)
        place = _place(folder, name)
        if place is None or stat.S_ISLNK(member.external_attr >> 16):
            yield name, _OUTSIDE
            return
        try:
            kept = self._write(archive, member, place)
        except InputError as error:
            yield name, error.message
            return
        if kept.suffix.lower() == ".zip":
            yield from self._within(kept, name, depth)

    def _within(self, place: Path, name: str, depth: int) -> Iterator[tuple[str, str]]:
        """An archive in the archive makes way for its files."""
        if depth <= 1:
            yield name, f"压缩包套了 {ARCHIVE.depth} 层以上，没有再解开"
            return
        try:
            left = list(self.unpack(place, name, place.with_suffix(""), depth - 1))
            yield from ((f"{name}/{inner}", why) for inner, why in left)
        except InputError as error:
            yield name, error.message
        place.unlink(missing_ok=True)

    def _write(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path) -> Path:
        self._count(member.file_size)
        return _keep(read_member(archive, member, name_of(member), ARCHIVE.members.member), place)

    def _count(self, size: int) -> None:
        self.files += 1
        self.total += size
        if self.files > ARCHIVE.files or self.total > ARCHIVE.total:
            raise TooLarge("压缩包展开后文件过多或过大", "拆分压缩包后再读入")


def _keep(data: bytes, place: Path) -> Path:
    free = _free(_folder(place.parent) / place.name)
    free.write_bytes(data)
    return free


def _place(folder: Path, name: str) -> Path | None:
    """Where it goes; None for what leads out of the folder."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0]:  # // is a root of its own
        return None
    return folder.joinpath(*map(short_name, parts))


def _folder(place: Path) -> Path:
    """Made with those that it lies in; under another name where a file has that one."""
    if place.is_dir():
        return place
    made = _free(_folder(place.parent) / place.name)
    made.mkdir()
    return made


def _free(place: Path) -> Path:
    """Two members of one name are both kept."""
    at = 2
    free = place
    while free.exists():
        free = place.with_stem(f"{place.stem}({at})")
        at += 1
    return free


def _is_hidden(name: str) -> bool:
    """What systems put beside the files: __MACOSX, .DS_Store, Thumbs.db."""
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts if part != "..") or parts[-1:] == ("Thumbs.db",)
