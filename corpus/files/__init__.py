"""Where the files of a corpus lie: beside it in the home, or where GONGBAO_FILES_URL says.

`file:///srv/gongbao` is another folder, such as one that several machines share; `s3://bucket/place` an object
store. Names are the same in each: `files/SHA256.pdf`, `evidence/SHA256.pdf`, `cache/pages/SHA256/1-144-plain.png`,
`cache/uploads/JOB/公报.pdf`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from gongbao.corpus.errors import UsageError
from gongbao.corpus.files.folder import Folder
from gongbao.corpus.home import Home

__all__ = ["EVIDENCE", "PICTURES", "SOURCES", "UPLOADS", "URL_VARIABLE", "Files", "Folder", "open_files"]

URL_VARIABLE = "GONGBAO_FILES_URL"
SOURCES, EVIDENCE, PICTURES, UPLOADS = "files/", "evidence/", "cache/pages/", "cache/uploads/"


class Files(Protocol):
    """Files by name. ServiceUnavailable where their place cannot be reached, CorpusError where it refuses."""

    def put(self, name: str, content: BinaryIO) -> None:
        """Keep what a stream holds, whole or not at all, in place of what had the name."""

    def read(self, name: str) -> bytes | None:
        """None where there is no such file."""

    def has(self, name: str) -> bool: ...

    def path(self, name: str) -> Path | None:
        """A file of this machine with that content, which is only to be read; None where there is no such file."""

    def open(self, name: str) -> BinaryIO:
        """To be read from its place; FileNotFoundError."""

    def names(self, start: str) -> list[str]:
        """All that begin so, in order; `start` names at least a folder: `files/`, `files/3b0c`."""

    def remove(self, start: str) -> None:
        """All that begin so; none need be there."""


def open_files(home: Home, environment: Mapping[str, str] = os.environ) -> Files:
    """UsageError for an address that cannot be meant. Reaches for nothing yet."""
    url = environment.get(URL_VARIABLE)
    if not url:
        return Folder(home.root)
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return Folder(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        from gongbao.corpus.files.bucket import Bucket  # takes long to load

        return Bucket(url.rstrip("/"), home.cache / "kept")
    raise UsageError(f"{URL_VARIABLE} 不能用：{parts.scheme}", "写成 file:///目录 或 s3://桶/目录")
