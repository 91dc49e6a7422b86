"""Small files that unpack or unfold to more than any machine has, made from nothing of anyone's."""

from __future__ import annotations

import io
import zipfile
import zlib

from tests.ingest.drawn import pdf

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
PAGES = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def blown(megabytes: int, block: bytes = b"q\n" * 524_288) -> bytes:
    """A zlib stream that unpacks to so many megabytes: one block of it packed once and repeated."""
    packer = zlib.compressobj(9)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + packer.flush()


def flate_pdf(megabytes: int = 3000) -> bytes:
    content = zlib.compress(blown(megabytes), 9)
    head = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(content)
    return pdf([*PAGES, PAGE, head + content + b"\nendstream"])


def forms_pdf(depth: int = 9) -> bytes:
    """Forms that draw the next ten times each."""
    forms = [_form(b"/X Do " * 10, b"/XObject<</X %d 0 R>>" % (6 + i)) for i in range(depth)]
    last = _form(b"0 0 m 9 9 l S " * 50, b"")
    return pdf([*PAGES, PAGE, b"<</Length 5>>stream\n/X Do\nendstream", *forms, last])


def _form(content: bytes, resources: bytes) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>/Length %d>>stream\n"
    return head % (resources, len(content)) + content + b"\nendstream"


def docx(body: str, declarations: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A DOCX with just this in its body, and further parts."""
    document = f'<?xml version="1.0"?>{declarations}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return zipped({name: text.encode() for name, text in (members | (parts or {})).items()})


def zipped(members: dict[str, bytes]) -> bytes:
    """The same bytes each time, so that a mutant can be made again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def wide_cell(columns: int) -> str:
    """A table whose one cell spans so many columns."""
    inside = word_paragraph("甲")
    return f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{inside}</w:tc></w:tr></w:tbl>'


BILLION_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 '哈'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)) + "]>"
)
EXTERNAL = "<!DOCTYPE x [<!ENTITY s SYSTEM 'file:///etc/passwd'>]>"
