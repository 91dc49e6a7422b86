"""What kind of file it is: by its content where that tells, else by its suffix.

Offices name files by habit: a .doc is often RTF, a web page or DOCX, a .xls often a web page.
"""

from __future__ import annotations

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

_MIME = 80  # bytes, longer than any of those known
_HEAD = 4096  # bytes within which a file says what it is
_PDF_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<div")


class FileKind(StrEnum):
    PDF = "pdf"
    TEXT = "text"
    MARKDOWN = "markdown"
    DOCX = "docx"
    ODT = "odt"
    OLE_TEXT = "doc"  # .doc and .wps: a compound file
    RTF = "rtf"
    WEB = "html"
    WEB_ARCHIVE = "mhtml"
    SHEET = "sheet"  # .xlsx, .xls, .et, .ods
    OFD = "ofd"
    ZIP = "zip"


BY_SUFFIX = {
    ".pdf": FileKind.PDF,
    ".txt": FileKind.TEXT,
    ".md": FileKind.MARKDOWN,
    ".docx": FileKind.DOCX,
    ".odt": FileKind.ODT,
    ".doc": FileKind.OLE_TEXT,
    ".wps": FileKind.OLE_TEXT,
    ".rtf": FileKind.RTF,
    ".html": FileKind.WEB,
    ".htm": FileKind.WEB,
    ".mhtml": FileKind.WEB_ARCHIVE,
    ".mht": FileKind.WEB_ARCHIVE,
    ".xlsx": FileKind.SHEET,
    ".xls": FileKind.SHEET,
    ".et": FileKind.SHEET,
    ".ods": FileKind.SHEET,
    ".ofd": FileKind.OFD,
    ".zip": FileKind.ZIP,
}
_MEMBERS = {"OFD.xml": FileKind.OFD, "word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.SHEET}
_MIMES = {b"application/vnd.oasis.opendocument.text": FileKind.ODT}
_MIMES |= {b"application/vnd.oasis.opendocument.spreadsheet": FileKind.SHEET}
_EXACT = frozenset(
    {FileKind.PDF, FileKind.TEXT, FileKind.MARKDOWN, FileKind.ZIP}
)  # are what they are named, or an error


def kind_of(path: Path) -> FileKind:
    """`path` has one of the known suffixes."""
    named = BY_SUFFIX[path.suffix.lower()]
    if named in _EXACT:
        return named
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return _by_content(path, head, named) or named


def _by_content(path: Path, head: bytes, named: FileKind) -> FileKind | None:
    if head.startswith(_ZIP):
        return _in_archive(path)
    if head.startswith(_OLE):
        return named if named in (FileKind.OLE_TEXT, FileKind.SHEET) else FileKind.OLE_TEXT
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"{\\rtf"):
        return FileKind.RTF
    if b"%pdf-" in text[:_PDF_WITHIN]:
        return FileKind.PDF
    if text.startswith(b"mime-version:") or b"\ncontent-type: multipart/related" in text:
        return FileKind.WEB_ARCHIVE
    return FileKind.WEB if text.startswith(_WEB) else None


def _in_archive(path: Path) -> FileKind | None:
    """By the members that only one kind has. An archive that cannot be opened is left to its reader."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mime = _mime(archive) if "mimetype" in names[:1] else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    found = (_MEMBERS[name] for name in names if name in _MEMBERS)
    return next(found, _MIMES.get(mime))


def _mime(archive: zipfile.ZipFile) -> bytes:
    """No more of it than is needed, whatever it unpacks to."""
    with archive.open("mimetype") as member:
        return member.read(_MIME).strip()
