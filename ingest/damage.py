"""What a damaged PDF would hide: pdfium shows what it can and says nothing of the rest.

Streams packed by Flate carry a checksum (RFC 1950), which pdfium does not look at. Where one is wrong,
the pages that use the stream are named. A page that shows nothing though its content prints text is no blank page.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+obj\b")
_HEAD = 4096  # bytes before a stream in which its object begins
_FLATE = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_PRINTS = re.compile(rb"(?:[)>\]]\s*(?:Tj|TJ)|[)>]\s*['\"])(?![A-Za-z])")
_PROGRAMS = ("FontFile", "FontFile2", "FontFile3")
_CHUNK = 1 << 16
_END = re.compile(rb"\s*endstream")


@dataclass(frozen=True, slots=True)
class DamageBounds:
    """`file`, `unpacked`: bytes that are looked at; what is larger is left to the reader."""

    file: int = 300 * 1024**2
    unpacked: int = 500 * 1024**2


BOUNDS = DamageBounds()


def damaged_pages(path: Path) -> dict[int, str]:
    """Pages (from 0) that use damaged streams, and what is damaged; -1: which pages, cannot be told."""
    if path.stat().st_size > BOUNDS.file:
        return {}
    data = path.read_bytes()
    if b"/Encrypt" in data:  # what is locked cannot be unpacked from outside
        return {}
    damaged = frozenset(_damaged_streams(data))
    if not damaged:
        return {}
    try:
        found = {number: why for number, page in enumerate(_pages(path)) if (why := _what(page, damaged))}
    except Exception:  # the file is damaged, and here so much that nobody finds through it
        found = {}
    return found or {-1: f"文件中有 {len(damaged)} 处数据损坏，文字可能不全"}


def hidden_content(path: Path, index: int) -> str:
    """Why a page that shows nothing is not blank; "" where it is."""
    try:
        page = next(page for number, page in enumerate(_pages(path)) if number == index)
        contents = _contents(page)
        packed = [_unpacked(each) for each in contents]
    except Exception:
        return "页面的内容已损坏，读不出来"
    if page.attrs.get("Contents") is not None and not contents:
        return "页面所指的内容不存在"
    return "页面有文字内容，但读不出来" if any(_PRINTS.search(each) for each in packed) else ""


# --- streams


def _damaged_streams(data: bytes) -> Iterator[int]:
    """Numbers of the objects; pictures are left out, for no text comes of them."""
    left = BOUNDS.unpacked
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _HEAD) : found.start()]
        begins = head.rfind(b" obj")
        named = _OBJECT.search(head, max(0, begins - 20)) if begins >= 0 else None
        if left <= 0 or named is None or not _FLATE.search(head, begins) or _PICTURE.search(head, begins):
            continue
        good, size = _unpacks(data, found.end())
        left -= size
        if not good:
            yield int(named[1])


def _unpacks(data: bytes, start: int) -> tuple[bool, int]:
    """Whether the stream at `start` ends as it should with the right checksum, which some makers leave out."""
    inflate = zlib.decompressobj(-15)
    check, size, at = 1, 0, start + 2
    while not inflate.eof and at < len(data):
        try:
            out = inflate.decompress(data[at : at + _CHUNK], 1 << 22)
            while inflate.unconsumed_tail:
                check, size = zlib.adler32(out, check), size + len(out)
                if size > BOUNDS.unpacked:
                    return True, size
                out = inflate.decompress(inflate.unconsumed_tail, 1 << 22)
        except zlib.error:
            return False, size
        check, size, at = zlib.adler32(out, check), size + len(out), at + _CHUNK
    if not inflate.eof:
        return False, size
    end = min(at, len(data)) - len(inflate.unused_data)
    return data[end : end + 4] == check.to_bytes(4, "big") or _END.match(data, end) is not None, size


# --- pages, through pdfminer, which finds through files that have lost their index


def _pages(path: Path) -> Iterator[Any]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with path.open("rb") as stream:
        yield from PDFPage.create_pages(PDFDocument(PDFParser(stream)))


def _contents(page: Any) -> list[Any]:
    from pdfminer.pdftypes import PDFStream, resolve1

    found = resolve1(page.attrs.get("Contents"))
    each = found if isinstance(found, list) else [found]
    return [stream for part in each if isinstance(stream := resolve1(part), PDFStream)]


def _unpacked(stream: Any) -> bytes:
    data = stream.get_data()
    assert isinstance(data, bytes)
    return data


def _what(page: Any, damaged: frozenset[int]) -> str:
    if damaged & set(_numbers(page.attrs.get("Contents"))):
        return "页面内容的数据已损坏，只读出一部分"
    if damaged & set(_parts(page)):
        return "字体或图形的数据已损坏，文字可能不全"
    return ""


def _numbers(value: Any) -> Iterator[int]:
    """Of the objects that are named, also in a list that is an object itself."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    if isinstance(value, PDFObjRef):
        yield value.objid
        value = resolve1(value)
    if isinstance(value, list):
        yield from (each.objid for each in value if isinstance(each, PDFObjRef))


def _parts(page: Any) -> Iterator[int]:
    """Fonts with the maps of their characters, and forms."""
    from pdfminer.pdftypes import dict_value, resolve1

    resources = resolve1(page.resources) or {}
    for font in dict_value(resources.get("Font") or {}).values():
        own = resolve1(font) or {}
        inner = [resolve1(each) or {} for each in resolve1(own.get("DescendantFonts")) or ()]
        yield from _numbers(own.get("ToUnicode"))
        for descriptor in (resolve1(each.get("FontDescriptor")) or {} for each in (own, *inner)):
            yield from (number for key in _PROGRAMS for number in _numbers(descriptor.get(key)))
    for form in dict_value(resources.get("XObject") or {}).values():
        if getattr(getattr(resolve1(form), "attrs", {}).get("Subtype"), "name", "") == "Form":
            yield from _numbers(form)
