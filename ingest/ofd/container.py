"""An OFD file opened: its parts by the paths that it names them with.

GB/T 33190-2016 chapter 7: paths are absolute (from the archive) or relative to the naming part;
makers mix both, leave the document's folder out, change case and write backslashes.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field

from gongbao.corpus.errors import DamagedFile
from gongbao.ingest.archives import BOUNDS, name_of, read_member
from gongbao.ingest.xml import Element, parse


@dataclass(slots=True)
class Container:
    """`name`: what the file is known by."""

    archive: zipfile.ZipFile
    name: str
    _parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for member in self.archive.infolist():
            if not member.is_dir():
                self._parts.setdefault(_key(name_of(member)), member)

    def resolve(self, path: str, beside: str) -> str:
        """The part that `path` means in the part `beside`; "" where there is none."""
        folder = posixpath.dirname(beside)
        tries = [path] if path.startswith("/") else [f"{folder}/{path}", path]
        while folder and not path.startswith("/"):
            folder = posixpath.dirname(folder)
            tries.append(f"{folder}/{path}")
        return next((key for each in tries if (key := _key(each)) in self._parts), "")

    def read(self, part: str, most: int = BOUNDS.member) -> bytes:
        """DamagedFile where there is no such part or it cannot be unpacked."""
        member = self._parts.get(_key(part))
        if member is None:
            raise DamagedFile(f"{self.name} 缺少 {part or '所指的部分'}", "重新取得这个文件")
        return read_member(self.archive, member, self.name, most)

    def xml(self, part: str) -> Element:
        return parse(self.read(part, BOUNDS.xml), self.name)


def _key(path: str) -> str:
    """One spelling; what would lead out of the archive leads to its top."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").lower()
