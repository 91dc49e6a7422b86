"""ZIP containers, opened with bounds: DOCX, OFD, OpenDocument, and archives of files."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.errors import DamagedFile, EncryptedFile, TooLarge
from gongbao.corpus.names import decoded

_UTF8 = 0x800  # the member's name is in UTF-8
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, OSError)


@dataclass(frozen=True, slots=True)
class MemberBounds:
    """`members`; `total` and `member`: bytes unpacked; `ratio`: unpacked to packed, over `small` bytes only.
    Text packs to a tenth, drawings of lines in XML to a hundredth."""

    members: int = 20_000
    total: int = 1024**3
    member: int = 200 * 1024**2
    xml: int = 60 * 1024**2
    ratio: int = 400
    small: int = 4 * 1024**2


BOUNDS = MemberBounds()
_REMEDY = "确认来源可靠后，用原软件重新保存或拆分，再读入"


@contextmanager
def open_archive(path: Path, name: str, bounds: MemberBounds = BOUNDS) -> Iterator[zipfile.ZipFile]:
    """The archive, its directory within bounds. DamagedFile, EncryptedFile, TooLarge."""
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise DamagedFile(f"{name} 已损坏，无法解压", "重新取得这个文件") from error
    with archive:
        _check(archive.infolist(), name, bounds)
        yield archive


def check_archive(path: Path, name: str) -> None:
    """As `open_archive`, for libraries that open the file themselves."""
    with open_archive(path, name):
        pass


def check_if_archive(path: Path, name: str) -> None:
    """As `check_archive`, where the file begins like one."""
    with path.open("rb") as stream:
        begins = stream.read(2)
    if begins == b"PK":
        check_archive(path, name)


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, most: int = BOUNDS.member) -> bytes:
    """What it holds, never more than `most` whatever the directory says; DamagedFile, TooLarge."""
    try:
        with archive.open(member) as stream:
            data = stream.read(most + 1)
    except (*_BROKEN, RuntimeError) as error:
        raise DamagedFile(f"{name} 中的 {name_of(member)} 已损坏", "重新取得这个文件") from error
    if len(data) > most:
        raise TooLarge(f"{name} 中的 {name_of(member)} 展开后超过 {most // 1024**2} MB", _REMEDY)
    return data


def name_of(member: zipfile.ZipInfo) -> str:
    """As it was meant: older Chinese systems write GBK and do not say so."""
    if member.flag_bits & _UTF8:
        return decoded(member.filename.encode("utf-8", "replace"))
    return decoded(member.filename.encode("cp437", "replace"))


def _check(members: list[zipfile.ZipInfo], name: str, bounds: MemberBounds) -> None:
    if len(members) > bounds.members:
        raise TooLarge(f"{name} 内的文件超过 {bounds.members} 个", _REMEDY)
    if sum(member.file_size for member in members) > bounds.total:
        raise TooLarge(f"{name} 展开后超过 {bounds.total // 1024**2} MB", _REMEDY)
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise EncryptedFile(f"{name} 有密码", "解除密码后再读入")
        most = bounds.xml if member.filename.endswith((".xml", ".rels")) else bounds.member
        packed = max(member.compress_size, 1)
        blown = member.file_size > bounds.small and member.file_size / packed > bounds.ratio
        if member.file_size > most or blown:
            raise TooLarge(f"{name} 中的 {name_of(member)} 展开后过大（{member.file_size // 1024**2} MB）", _REMEDY)
