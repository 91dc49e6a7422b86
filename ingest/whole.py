"""Files that are read in one piece, in a process with limits: every kind but PDF.

What this module names is imported by that process and by nothing else before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gongbao.corpus.document import Furniture, Issue, Source
from gongbao.corpus.errors import DamagedFile, EmptyFile, TooLarge
from gongbao.corpus.geometry import NOWHERE
from gongbao.ingest.build import build_text
from gongbao.ingest.complete import lost_of_text
from gongbao.ingest.kinds import FileKind
from gongbao.ingest.office.docx import read_docx
from gongbao.ingest.office.facts import PageFacts
from gongbao.ingest.office.older import read_older
from gongbao.ingest.office.sheets import read_sheets
from gongbao.ingest.office.web import read_web, read_web_archive
from gongbao.ingest.reading import IssueReading
from gongbao.ingest.text import TextFlow, read_text
from gongbao.ingest.webprint import fill

MAX_TEXT = 30 * 1024**2  # bytes: ten million characters, a hundred times a year of a gazette

Reader = Callable[[Path, str], TextFlow]  # of a file and the name it is known by


def read_whole(path: Path, kind: FileKind, source: Source) -> IssueReading:
    """The issue of a file without pages; InputErrors name the file."""
    flow = READERS[kind](path, source.file)
    issue = build_text(flow, source, Path(source.file).stem)
    return IssueReading(
        _with_beside(issue, flow), tuple(piece.failure(source.file) for piece in lost_of_text(flow, issue))
    )


def _with_beside(issue: Issue, flow: TextFlow) -> Issue:
    """A web page's navigation and box are kept; the box fills what its one document does not say."""
    said = flow.said or PageFacts()
    furniture = [Furniture(0, NOWHERE, line, "navigation") for line in flow.beside]
    furniture += [Furniture(0, NOWHERE, line, "metadata") for line in said.lines]
    documents = issue.documents
    if flow.said and len(documents) == 1:
        documents = (fill(documents[0], said),)
    return replace(issue, documents=documents, furniture=(*issue.furniture, *furniture))


def read_plain(path: Path, name: str) -> TextFlow:
    return read_text(decode(_bytes(path, name), name))


def read_markdown(path: Path, name: str) -> TextFlow:
    return read_text(decode(_bytes(path, name), name), markdown=True)


def _bytes(path: Path, name: str) -> bytes:
    if path.stat().st_size > MAX_TEXT:
        raise TooLarge(f"{name} 的文字超过 {MAX_TEXT // 1024**2} MB", "按期或按文件拆分后再读入")
    return path.read_bytes()


def decode(data: bytes, name: str) -> str:
    """UTF-8 or, by their marks, UTF-16; else GB 18030, as older Chinese files are. DamagedFile for no text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if not text.strip():
            raise EmptyFile(f"{name} 没有文字", "重新取得这个文件")
        return text
    raise DamagedFile(f"{name} 不是文本文件", "确认文件类型")


READERS: dict[FileKind, Reader] = {
    FileKind.TEXT: read_plain,
    FileKind.MARKDOWN: read_markdown,
    FileKind.DOCX: read_docx,
    FileKind.ODT: read_older,
    FileKind.OLE_TEXT: read_older,
    FileKind.RTF: read_older,
    FileKind.WEB: read_web,
    FileKind.WEB_ARCHIVE: read_web_archive,
    FileKind.SHEET: read_sheets,
}
