"""Files keep the same promises in a folder and in an object store, here moto's S3 server in a process of its own."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from gongbao.corpus.errors import CorpusError, GongbaoError, ServiceUnavailable, UsageError
from gongbao.corpus.files import Files, open_files
from gongbao.corpus.files.bucket import Bucket
from gongbao.corpus.home import Home

from tests.servers import free_port, object_store


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with object_store("gongbao") as endpoint:
        yield endpoint


@pytest.fixture
def bucket_url(endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A place of the test's own in the bucket."""
    for name, value in {"ENDPOINT_URL": endpoint, "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    return f"s3://gongbao/{tmp_path.name}"


@pytest.fixture(params=["home", "file", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    url = {
        "home": lambda: "",
        "file": lambda: (tmp_path / "共用").as_uri(),
        "s3": lambda: request.getfixturevalue("bucket_url"),
    }[request.param]()
    return open_files(Home(tmp_path / "home"), {"GONGBAO_FILES_URL": url})


def test_what_is_put_is_there(files: Files) -> None:
    files.put("files/ab.pdf", BytesIO("公报".encode()))
    assert files.read("files/ab.pdf") == "公报".encode()
    assert files.has("files/ab.pdf")
    path = files.path("files/ab.pdf")
    assert path is not None
    assert path.read_bytes() == "公报".encode()
    with files.open("files/ab.pdf") as content:
        assert content.read(3) == "公".encode()


def test_what_is_not_there(files: Files) -> None:
    assert files.read("files/cd.pdf") is None
    assert not files.has("files/cd.pdf")
    assert files.path("files/cd.pdf") is None
    assert files.names("files/") == []
    files.remove("files/cd.")
    with pytest.raises(FileNotFoundError):
        files.open("files/cd.pdf").read()


def test_names_by_their_beginning(files: Files) -> None:
    named = ["files/ab.pdf", "files/ab.txt", "files/abc.pdf", "cache/uploads/1/甲 乙[1].txt", "cache/uploads/12/丙.txt"]
    for name in named:
        files.put(name, BytesIO(b"x"))
    assert files.names("files/ab.") == ["files/ab.pdf", "files/ab.txt"]
    assert files.names("cache/uploads/1/") == ["cache/uploads/1/甲 乙[1].txt"]
    files.remove("files/ab.")
    files.remove("cache/uploads/1/")
    assert files.names("files/") == ["files/abc.pdf"]
    assert files.names("cache/") == ["cache/uploads/12/丙.txt"]
    assert files.path("files/ab.pdf") is None


class _Broken(BytesIO):
    """Half of a file, then the cable is pulled."""

    def read(self, size: int | None = -1, /) -> bytes:
        half = super().read(5)
        if not half:
            raise ConnectionResetError("gone")
        return half


def test_half_a_file_is_none(files: Files) -> None:
    with pytest.raises((OSError, GongbaoError)):
        files.put("files/ab.pdf", _Broken(b"0123456789"))
    assert files.names("files/") == []


def test_copies_of_a_bucket_have_a_bound(bucket_url: str, tmp_path: Path) -> None:
    bucket = Bucket(bucket_url, tmp_path / "kept", most=250)
    for name in ("files/1.pdf", "files/2.pdf", "files/3.pdf"):
        bucket.put(name, BytesIO(b"x" * 100))
        assert bucket.path(name)
    assert sorted(path.name for path in (tmp_path / "kept/files").iterdir()) == ["2.pdf", "3.pdf"]


@pytest.mark.parametrize("url", ["公报", "ftp://host/x", "file:x", "s3://"])
def test_an_address_that_cannot_be_meant(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="GONGBAO_FILES_URL"):
        open_files(Home(tmp_path), {"GONGBAO_FILES_URL": url})


def test_an_object_store_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENDPOINT_URL": f"http://127.0.0.1:{free_port()}", "ACCESS_KEY_ID": "a"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    with pytest.raises(ServiceUnavailable, match="连不上对象存储"):
        Bucket("s3://gongbao", tmp_path).put("files/ab.pdf", BytesIO(b"x"))


def test_an_object_store_that_takes_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It listens and never says a word: told after the time that it is given, not waited for."""
    monkeypatch.setattr("gongbao.corpus.files.bucket._SECONDS", {"connect_timeout": 1, "read_timeout": 0.5})
    monkeypatch.setattr("gongbao.corpus.files.bucket._TRIES", 1)
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "a")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        since = time.monotonic()
        with pytest.raises(ServiceUnavailable, match="连不上对象存储"):
            Bucket("s3://gongbao", tmp_path).has("files/ab.pdf")
        assert time.monotonic() - since < 20


def test_a_bucket_that_is_not_there(bucket_url: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有这个桶：nothing"):
        Bucket("s3://nothing", tmp_path).put("files/ab.pdf", BytesIO(b"x"))


def test_no_credentials(bucket_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    with pytest.raises(CorpusError, match="拒绝了访问"):
        Bucket(bucket_url, tmp_path).put("files/ab.pdf", BytesIO(b"x"))


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file", "utf-8")
    files = open_files(Home(tmp_path), {"GONGBAO_FILES_URL": (tmp_path / "here").as_uri()})
    with pytest.raises(CorpusError, match="检查目录权限"):
        files.put("files/ab.pdf", BytesIO(b"x"))
