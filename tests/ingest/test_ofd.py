"""OFD of every make: text with places, tables, templates, watermarks, seals; and files that cannot be read."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.document import Issue, PageState
from gongbao.corpus.errors import DamagedFile, EmptyFile, EncryptedFile, InputError, TooLarge
from gongbao.ingest import IssueReading, read_file
from gongbao.ingest.ofd import draw

from tests.ingest.hostile import BILLION_LAUGHS, EXTERNAL
from tests.ingest.ofd_files import SPACE, Ofd, notice, page, text


def read(folder: Path, content: bytes, name: str = "notice.ofd") -> IssueReading:
    (folder / name).write_bytes(content)
    return read_file(folder / name)


def whole(issue: Issue) -> str:
    return "\n".join(document.text for document in issue.documents)


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    reading = read(tmp_path_factory.mktemp("ofd"), Ofd(notice()).made())
    assert reading.failures == ()
    return reading.issue


def test_a_notice_over_two_pages(issue: Issue) -> None:
    (document,) = issue.documents
    assert (document.number, document.title) == ("云政发〔2024〕6号", "云川市人民政府关于做好防汛工作的通知")
    assert (document.issuer, document.signed) == ("云川市人民政府", date(2024, 3, 9))
    assert (document.first_page, document.last_page) == (1, 2)
    assert document.attachments == ("防汛责任人名单",)
    assert document.tables[0].grid() == [["序号", "姓名", "单位"], ["1", "李明", "市水利局"], ["2", "王强", "市气象局"]]


def test_every_character_has_its_place(issue: Issue) -> None:
    (document,) = issue.documents
    number = next(block for block in document.blocks if block.kind == "number")
    (region,) = document.regions(number.span)
    assert region.page == 1
    assert region.bbox.x0 == pytest.approx(80 * 72 / 25.4, abs=1)
    assert region.bbox.top == pytest.approx(54 * 72 / 25.4, abs=3)
    placed = {at for run in document.charmap.runs for at in range(run.start, run.end)}
    assert [c for at, c in enumerate(document.text) if at not in placed and not c.isspace()] == []


TEMPLATE = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
WATERMARK = (
    f'<ofd:PageAnnot xmlns:ofd="{SPACE}"><ofd:Annot ID="5" Type="Watermark"><ofd:Appearance Boundary="50 50 60 60">'
    + text("仅供内部使用", 0, 0)
    + "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
)
ANNOTATIONS = (
    f'<ofd:Annotations xmlns:ofd="{SPACE}"><ofd:Page PageID="100"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc>'
    "</ofd:Page></ofd:Annotations>"
)
SIGNATURE = (
    f'<ofd:Signature xmlns:ofd="{SPACE}"><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="100" '
    'Boundary="120 200 40 40"/></ofd:SignedInfo></ofd:Signature>'
)
SIGNATURES = (
    f'<ofd:Signatures xmlns:ofd="{SPACE}"><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>'
)
ONE = page(text("市水利局负责防汛工作。", 30, 100))


OLDER = "http://www.ofdspec.org"
RUN = '<ofd:TextObject ID="1" Boundary="30 90 99 6" Font="7" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="5">'


def block(inside: str) -> str:
    return f'<ofd:PageBlock ID="3"><ofd:PageBlock ID="4">{inside}</ofd:PageBlock></ofd:PageBlock>'


MAKES = [
    # what is unusual, file, text that must come
    ("blocks in blocks", Ofd([page(block(text("市水利局负责防汛工作。", 30, 100)))]), "市水利局负责防汛工作。"),
    (
        "another namespace",
        Ofd([page(text("市水利局负责。", 30, 100), space=OLDER)]),
        "市水利局负责。",
    ),
    ("absolute paths", Ofd([ONE], location="/Doc_0/Pages/Page_{}/Content.xml"), "市水利局负责防汛工作。"),
    ("paths from the top without a slash", Ofd([ONE], location="Doc_0/Pages/Page_{}/Content.xml"), "市水利局负责"),
    ("backslashes and capitals", Ofd([ONE], location="pages\\PAGE_{}\\content.xml"), "市水利局负责防汛工作。"),
    (
        "a template under the page",
        Ofd(
            [page(text("市水利局。", 60, 100), '<ofd:Template TemplateID="50"/>')],
            common=TEMPLATE,
            members={"Doc_0/Tpls/Tpl_0/Content.xml": page(text("牵头单位：", 30, 100)).encode()},
        ),
        "牵头单位：市水利局。",
    ),
    (
        "turned by its matrix",
        Ofd([page(text("市水利局负责防汛工作。", 100, 50, more='CTM="0 1 -1 0 0 0"'))]),
        "市水利局负责防汛工作。",
    ),
    (
        "hidden text",
        Ofd([page(text("市水利局负责。", 30, 100) + text("草稿", 30, 120, more='Visible="false"'))]),
        "市水利局负责。",
    ),
    (
        "one distance for all, and a run that goes on",
        Ofd([page(f"{RUN}市水利局</ofd:TextCode><ofd:TextCode>负责。</ofd:TextCode></ofd:TextObject>")]),
        "市水利局负责。",
    ),
]


@pytest.mark.parametrize(("what", "file", "expected"), MAKES, ids=[row[0] for row in MAKES])
def test_makes(tmp_path: Path, what: str, file: Ofd, expected: str) -> None:
    reading = read(tmp_path, file.made())
    assert reading.failures == ()
    assert whole(reading.issue).startswith(expected)
    assert "草稿" not in whole(reading.issue)


def test_watermarks_and_seals_are_kept_apart_and_enclosed_files_named(tmp_path: Path) -> None:
    enclosed = f'<ofd:Attachments xmlns:ofd="{SPACE}"><ofd:Attachment ID="1" Name="清单.xlsx"/></ofd:Attachments>'
    file = Ofd(
        [ONE],
        after="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>Attach.xml</ofd:Attachments>",
        body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        members={
            "Doc_0/Annots/Annotations.xml": ANNOTATIONS.encode(),
            "Doc_0/Annots/Page_0/Annotation.xml": WATERMARK.encode(),
            "Doc_0/Attach.xml": enclosed.encode(),
            "Doc_0/Signs/Signatures.xml": SIGNATURES.encode(),
            "Doc_0/Signs/Sign_0/Signature.xml": SIGNATURE.encode(),
        },
    )
    issue = read(tmp_path, file.made()).issue
    assert whole(issue) == "市水利局负责防汛工作。"
    assert {(piece.kind, piece.text) for piece in issue.furniture} == {
        ("watermark", "仅供内部使用"),
        ("seal", "电子印章"),
    }
    assert "清单.xlsx" in issue.warnings[0]


def test_a_page_that_is_missing_or_broken_costs_only_itself(tmp_path: Path) -> None:
    reading = read(tmp_path, Ofd([ONE, "<ofd:Page", ONE]).made())
    assert [page.state for page in reading.issue.pages] == [PageState.NATIVE, PageState.FAILED, PageState.NATIVE]
    assert [(failure.page, bool(failure.remedy)) for failure in reading.failures] == [(2, True)]


def test_a_page_of_drawings_is_not_blank(tmp_path: Path) -> None:
    drawing = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'
    (failure,) = read(tmp_path, Ofd([page(drawing)]).made()).failures
    assert failure.page == 1


def locked(archive: bytes) -> bytes:
    """As if its members had a password: bit 0 of their flags (APPNOTE 4.4.4), 8 bytes into each entry."""
    entry = b"PK\x01\x02"
    first, *rest = archive.split(entry)
    return entry.join([first, *(part[:4] + bytes([part[4] | 1]) + part[5:] for part in rest)])


WHOLE = Ofd(notice()).made()
LAUGHS = page(text("&a9;", 30, 100)).replace("<ofd:Page", f"{BILLION_LAUGHS}<ofd:Page", 1)
OUTSIDE = page(text("&s;", 30, 100)).replace("<ofd:Page", f"{EXTERNAL}<ofd:Page", 1)
BROKEN = [
    ("empty.ofd", b"", EmptyFile, "空文件"),
    ("half.ofd", WHOLE[: len(WHOLE) // 2], DamagedFile, "half.ofd"),
    ("words.ofd", "不是压缩包".encode(), DamagedFile, "words.ofd"),
    (
        "secret.ofd",
        Ofd([ONE], body="<ofd:X/>")
        .made()
        .replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        EncryptedFile,
        "密码",
    ),
    ("none.ofd", Ofd([]).made(), DamagedFile, "没有页面"),
    ("blown.ofd", Ofd([ONE], members={"Doc_0/x.xml": b" " * 80_000_000}).made(), TooLarge, "展开"),
]


@pytest.mark.parametrize(("name", "content", "error", "word"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, error: type[InputError], word: str
) -> None:
    began = time.monotonic()
    with pytest.raises(error, match=word) as caught:
        read(tmp_path, content, name)
    assert name in caught.value.message
    assert caught.value.remedy
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE], ids=["billion laughs", "a file outside"])
def test_entities_are_refused(tmp_path: Path, content: str) -> None:
    (failure,) = read(tmp_path, Ofd([content]).made()).failures
    assert failure.page == 1


def test_a_page_is_drawn_where_its_words_stand(tmp_path: Path) -> None:
    (tmp_path / "notice.ofd").write_bytes(WHOLE)
    picture, scale = draw.render(tmp_path / "notice.ofd", 1, 72)
    x, y = 80 * 72 / 25.4 * scale, 54 * 72 / 25.4 * scale  # the number
    dark = picture.crop((int(x), int(y), int(x) + 100, int(y) + 16)).convert("L").getextrema()
    blank = picture.crop((0, 0, 50, 50)).convert("L").getextrema()
    assert dark[0] < 128
    assert blank == (255, 255)
