"""Files in an object store that speaks S3, through fsspec; credentials and endpoint from AWS_… variables.

What is worked on is fetched once: sources and evidence are named by their content, so that a copy never grows old.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO

from gongbao.corpus.errors import CorpusError, GongbaoError, ServiceUnavailable, UsageError

_SECONDS = {"connect_timeout": 5, "read_timeout": 30}
_TRIES = 3
KEPT_BYTES = 4 * 1024**3  # of copies on this machine
_LIBRARIES = ("botocore", "aiobotocore", "aiohttp", "s3fs")


class Bucket:
    """See `gongbao.corpus.files.Files`. `kept`: the folder of copies."""

    def __init__(self, url: str, kept: Path, most: int = KEPT_BYTES) -> None:
        self._url = url
        self._root = url.removeprefix("s3://")
        self._kept = kept
        self._most = most

    @cached_property
    def _store(self) -> Any:
        try:
            s3fs = import_module("s3fs")
        except ModuleNotFoundError as error:
            raise UsageError("没有安装对象存储的组件", "安装 gongbao[scale]，或去掉 GONGBAO_FILES_URL") from error
        config = _SECONDS | {"retries": {"max_attempts": _TRIES, "mode": "standard"}}
        store = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True, config_kwargs=config)
        store.retries = 1  # of its own, over those of the library below
        return store

    def put(self, name: str, content: BinaryIO) -> None:
        with self._plain_errors():
            file = self._store.open(self._at(name), "wb")
            try:
                copyfileobj(content, file)
            except BaseException:
                file.discard()
                file.closed = True  # closing it would keep the half of it
                raise
            file.close()

    def read(self, name: str) -> bytes | None:
        with self._plain_errors():
            try:
                content: bytes = self._store.cat_file(self._at(name))
            except FileNotFoundError:
                return None
        return content

    def has(self, name: str) -> bool:
        with self._plain_errors():
            return bool(self._store.exists(self._at(name)))

    def path(self, name: str) -> Path | None:
        copy = self._kept / name
        if not copy.is_file():
            try:
                self._fetch(name, copy)
            except FileNotFoundError:
                return None
        return copy

    def open(self, name: str) -> BinaryIO:
        with self._plain_errors():
            found: BinaryIO = self._store.open(self._at(name), "rb")
        return found

    def names(self, start: str) -> list[str]:
        folder, _, begin = start.rpartition("/")
        with self._plain_errors():
            found = self._store.find(self._at(folder), prefix=begin)
        return sorted(path.removeprefix(f"{self._root}/") for path in found)

    def remove(self, start: str) -> None:
        names = self.names(start)
        for name in names:
            (self._kept / name).unlink(missing_ok=True)
        with self._plain_errors():
            for name in names:
                self._store.rm_file(self._at(name))  # `rm` would take [1] in a name for a pattern

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _fetch(self, name: str, copy: Path) -> None:
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = copy.with_name(f"{copy.name}.{os.getpid()}-{threading.get_ident()}.part")
        try:
            with self._plain_errors():
                self._store.get_file(self._at(name), str(part))
            part.replace(copy)
        finally:
            part.unlink(missing_ok=True)
        self._make_room()

    def _make_room(self) -> None:
        """The copies that were fetched first go first."""
        copies = sorted((file.stat().st_mtime_ns, file) for file in self._kept.rglob("*") if file.is_file())
        size = sum(file.stat().st_size for _, file in copies)
        for _, file in copies[:-1]:
            if size <= self._most:
                return
            size -= file.stat().st_size
            file.unlink(missing_ok=True)

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        """The library's errors as one clear line; FileNotFoundError stays, but for a bucket that is not there."""
        try:
            yield
        except FileNotFoundError as error:
            if "bucket" in str(error).lower():
                bucket = self._root.split("/")[0]
                raise CorpusError(f"对象存储中没有这个桶：{bucket}", "先建桶，或改正 GONGBAO_FILES_URL") from error
            raise
        except GongbaoError:
            raise
        except Exception as error:
            raise self._meant(error) from error

    def _meant(self, error: Exception) -> Exception:
        library = type(error).__module__.split(".")[0]
        if isinstance(error, PermissionError) or type(error).__name__ == "NoCredentialsError":
            remedy = "检查 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 与桶的权限"
            return CorpusError(f"对象存储拒绝了访问：{self._url}", remedy)
        if isinstance(error, OSError) or library in _LIBRARIES:
            remedy = "检查对象存储是否运行，以及 GONGBAO_FILES_URL 与 AWS_ENDPOINT_URL"
            return ServiceUnavailable(f"连不上对象存储：{self._url}", remedy)
        return error
