"""Long answers: written to disk whole before the first byte is sent, so that an error is still an error answer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import BinaryIO
from urllib.parse import quote

from fastapi.responses import StreamingResponse

XLSX_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP_MEDIA = "application/zip"
_CHUNK = 1 << 16


def spooled(write: Callable[[BinaryIO], None], media_type: str, headers: Mapping[str, str]) -> StreamingResponse:
    """What `write` writes to an open file, sent from there; memory stays constant."""
    with ExitStack() as undo:
        file = undo.enter_context(tempfile.TemporaryFile())
        write(file)
        undo.pop_all()
    length = {"Content-Length": str(file.tell())}
    return StreamingResponse(_chunks(file), media_type=media_type, headers=dict(headers) | length)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def named(name: str) -> dict[str, str]:
    """A download under this name, 汉字 too."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
