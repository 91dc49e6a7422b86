"""Fields, notes and stamps are read where they stand; files inside a PDF are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongbao.ingest.files import read_file

from tests.ingest.drawn import FONT, pdf, stream


def _text(said: str) -> bytes:
    return b"<FEFF" + said.encode("utf-16-be").hex().upper().encode() + b">"


def annotated(
    *annotations: bytes, content: bytes = b"BT /F 12 Tf 60 740 Td (Notice of works in the city) Tj ET"
) -> bytes:
    places = b" ".join(b"%d 0 R" % (6 + k) for k in range(len(annotations)))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page + b"/Annots[" + places + b"]>>",
            stream(b"BT /F 12 Tf 60 740 Td (Notice of works in the city) Tj ET"),
            FONT,
            *annotations,
        ]
    )


def field(said: str, kind: bytes = b"Tx", flags: int = 4) -> bytes:
    box = b"/Rect[60 600 260 620]/DA(/F 12 Tf 0 g)"
    return b"<</Type/Annot/Subtype/Widget/FT/%s/T(a)/F %d/V %s%s>>" % (kind, flags, _text(said), box)


def note(said: str) -> bytes:
    box = b"/Rect[60 500 180 560]/DA(/F 12 Tf 0 g)"
    return b"<</Type/Annot/Subtype/FreeText/Contents %s%s>>" % (_text(said), box)


READ = [
    ((field("市水务局"),), "市水务局", "表单域 1 处", "a field"),
    (
        (note("批示：请市审计局于6月底前完成审计。"),),
        "批示：请市审计局于6月底前完成审计。",
        "批注 1 处",
        "a note, wrapped in its box",
    ),
    ((field("市水务局"), note("同意")), "同意", "表单域 1 处、批注 1 处", "both"),
]


@pytest.mark.parametrize(("annotations", "said", "told", "why"), READ, ids=[row[3] for row in READ])
def test_what_a_person_wrote_is_read(
    tmp_path: Path, annotations: tuple[bytes, ...], said: str, told: str, why: str
) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(annotated(*annotations))
    issue = read_file(path).issue
    assert said in "".join("".join(document.text for document in issue.documents).split())
    assert told in issue.pages[0].note


NOT_READ = [
    (field("市水务局", flags=2), "hidden"),
    (field("Off", kind=b"Btn"), "a button's state"),
    (field(""), "blank"),
]


@pytest.mark.parametrize(("annotation", "why"), NOT_READ, ids=[row[1] for row in NOT_READ])
def test_what_is_not_read(tmp_path: Path, annotation: bytes, why: str) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(annotated(annotation))
    issue = read_file(path).issue
    assert issue.pages[0].note == ""


def test_files_inside_are_named(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.pdf"
    names = b"/Names<</EmbeddedFiles<</Names[(a) 6 0 R(b) 7 0 R]>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % names,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 12 Tf 60 740 Td (Open this portfolio with another reader) Tj ET"),
        FONT,
        b"<</Type/Filespec/F(plan.pdf)/UF(plan.pdf)/EF<</F 8 0 R>>>>",
        b"<</Type/Filespec/F(style.css)/UF(style.css)/EF<</F 8 0 R>>>>",
        stream(b"x", b"/Type/EmbeddedFile"),
    ]
    path.write_bytes(pdf(objects))
    found = read_file(path)
    assert (found.inside, found.failures) == (("plan.pdf", "style.css"), ())
