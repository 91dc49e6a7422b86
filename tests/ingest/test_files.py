"""The door to ingest: whole gazettes, and every kind of file that cannot be read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from gongbao.corpus.document import BlockKind, Document, Issue, PageState
from gongbao.corpus.errors import DamagedFile, EmptyFile, EncryptedFile, InputError, NotAPdf
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.ingest import SUFFIXES, IssueReading, read_file

from tests.ingest.drawn import GAZETTE, draw, encrypted, one_page, pdf


@pytest.fixture(scope="module")
def gazette(tmp_path_factory: pytest.TempPathFactory) -> IssueReading:
    return read_file(draw(tmp_path_factory.mktemp("drawn") / "gazette.pdf", GAZETTE), workers=2)


def test_issue_says_what_its_cover_says(gazette: IssueReading) -> None:
    issue = gazette.issue
    assert (issue.id, issue.title, issue.total) == ("2024-3", "云川市人民政府公报", 27)
    assert issue.published == date(2024, 3, 31)
    assert gazette.failures == ()


def test_documents_with_number_issuer_date_and_pages(gazette: IssueReading) -> None:
    found = [(d.number, d.title, d.issuer, d.signed, d.first_page, d.last_page) for d in gazette.issue.documents]
    office, city = "云川市人民政府办公室", "云川市人民政府"
    assert found == [
        ("云政办发〔2024〕5号", f"{office}关于印发云川市智慧城管建设工作方案的通知", office, date(2024, 3, 4), 3, 3),
        ("云政发〔2024〕6号", f"{city}关于做好防汛工作的通知", city, date(2024, 3, 9), 4, 4),
    ]


def test_outline_over_two_columns(gazette: IssueReading) -> None:
    headings = [(h.level, h.text, h.run_in) for h in gazette.issue.documents[0].headings]
    assert headings == [
        (0, "云川市智慧城管建设工作方案", False),
        (1, "一、总体要求", False),
        (1, "二、主要任务", False),
        (2, "（一）夯实基础", True),
        (2, "（二）优化服务", True),
        (1, "三、保障措施", False),
    ]


def test_attachment_with_its_table(gazette: IssueReading) -> None:
    document = gazette.issue.documents[1]
    assert document.attachments == ("云川市防汛责任人名单",)
    assert document.tables[0].grid() == [["序号", "姓名", "单位"], ["1", "李明", "市水利局"], ["2", "王强", "市气象局"]]
    kinds = [block.kind for block in document.blocks]
    assert kinds[-3:] == [BlockKind.ATTACHMENT_LABEL, BlockKind.HEADING, BlockKind.TABLE]


def test_contents_are_checked_against_what_was_found(gazette: IssueReading) -> None:
    assert gazette.issue.warnings == ("目录列有《云川市人民政府关于表彰先进的决定》（第 9 页），正文中没有找到",)


def test_heads_and_page_numbers_are_kept_apart(gazette: IssueReading) -> None:
    kinds = {piece.kind for piece in gazette.issue.furniture}
    assert kinds == {"running_head", "page_number", "cover", "contents"}
    assert all("公报 2024年第3期" not in document.text for document in gazette.issue.documents)


def test_every_offset_fits(gazette: IssueReading) -> None:
    for document in gazette.issue.documents:
        check_offsets(document)


def check_offsets(document: Document) -> None:
    """Spans in the text and in order, cells equal to their text, glyph runs in order and on the page."""
    for first, then in pairwise(document.blocks):
        assert first.span.end <= then.span.start
    assert document.blocks[-1].span.end == len(document.text)
    assert all(heading.span.of(document.text) == heading.text for heading in document.headings)
    for table in document.tables:
        assert all(cell.span.of(document.text) == cell.text for cell in table.cells)
    for run, following in pairwise(document.charmap.runs):
        assert run.end <= following.start
    for run in document.charmap.runs:
        assert run.end <= len(document.text)
        assert all(a <= b for a, b in pairwise(run.xs))
        assert run.top < run.bottom
        assert all(round(x, 1) == x for x in run.xs)


def test_every_printed_character_has_its_place(gazette: IssueReading) -> None:
    for document in gazette.issue.documents:
        placed = {at for run in document.charmap.runs for at in range(run.start, run.end)}
        lost = [char for at, char in enumerate(document.text) if at not in placed and not char.isspace()]
        assert lost == []


def test_region_of_the_number_is_where_it_is_printed(gazette: IssueReading) -> None:
    document = gazette.issue.documents[0]
    number = next(block for block in document.blocks if block.kind is BlockKind.NUMBER)
    (region,) = document.regions(number.span)
    assert region.page == 3
    assert 200 < region.bbox.x0 < region.bbox.x1 < 400  # centred on A4
    assert 140 < region.bbox.top < region.bbox.bottom < 190  # under the two lines of the title


def test_one_worker_reads_what_two_do(tmp_path: Path, gazette: IssueReading) -> None:
    alone = read_file(draw(tmp_path / "gazette.pdf", GAZETTE), workers=1)
    assert alone.issue == gazette.issue


BROKEN = [
    # name, content, error, word in the message
    ("empty.pdf", b"", EmptyFile, "空文件"),
    ("picture.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF", NotAPdf, "JPEG"),
    ("page.pdf", b"<html><body>", NotAPdf, "网页"),
    ("head.pdf", b"%PDF-1.7\n", DamagedFile, "损坏"),
    ("no-pages.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), InputError, "pdf"),
    ("half.pdf", one_page(b"BT ET")[:180], DamagedFile, "损坏"),
    ("secret.pdf", encrypted(b"secret"), EncryptedFile, "密码"),
    ("empty.txt", b"", EmptyFile, "空文件"),
    ("blank.txt", "　\n \n".encode(), EmptyFile, "没有文字"),
    ("binary.txt", b"\x00\x01\x02\x00", DamagedFile, "不是文本"),
]


@pytest.mark.parametrize(("name", "content", "error", "word"), BROKEN, ids=[row[0] for row in BROKEN])
def test_broken_files_are_named_with_their_cause(
    tmp_path: Path, name: str, content: bytes, error: type[InputError], word: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        read_file(path)
    assert word in caught.value.message
    assert name in caught.value.message
    assert caught.value.remedy


def test_an_empty_password_opens_the_file(tmp_path: Path) -> None:
    path = tmp_path / "open.pdf"
    path.write_bytes(encrypted(b""))
    assert "Hidden text" in read_file(path).issue.documents[0].text


def test_a_page_that_cannot_be_loaded_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "loop.pdf"
    broken = one_page(b"BT /F 12 Tf 100 700 Td (A page of text that is fine) Tj ET").replace(
        b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 9 0 R]/Count 2"
    )
    path.write_bytes(broken)
    reading = read_file(path)
    assert [page.state for page in reading.issue.pages] == [PageState.NATIVE, PageState.FAILED]
    assert [(failure.page, failure.file) for failure in reading.failures] == [(2, "loop.pdf")]
    assert "fine" in reading.issue.documents[0].text


def test_a_very_large_page(tmp_path: Path) -> None:
    path = tmp_path / "wall.pdf"
    path.write_bytes(one_page(b"BT /F 300 Tf 500 9000 Td (Poster) Tj ET", b"[0 0 20000 20000]"))
    assert read_file(path).issue.documents[0].text == "Poster"


def test_what_is_no_official_document_is_titled_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "会议记录.txt"
    path.write_text("上午讨论了三个议题。\n下午没有开会。\n", "utf-8")
    (document,) = read_file(path).issue.documents
    assert (document.title, document.number) == ("会议记录", None)


def test_two_documents_of_one_number_are_both_kept_and_named(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    titles = ["云川市人民政府关于做好防汛工作的通知", "云川市人民政府关于表彰先进的决定"]
    path.write_text("\n\n".join(f"{title}\n云政发〔2024〕8号\n各单位：\n请认真执行。" for title in titles), "utf-8")
    issue = read_file(path).issue
    assert [document.title for document in issue.documents] == titles
    assert len({document.id for document in issue.documents}) == 2
    assert [titles[1] in warning and "8号" in warning for warning in issue.warnings] == [True]
    store = Store.open(Home(tmp_path / "home"))
    store.put_issue(issue, "1")
    assert {document.title for document in store.documents()} == set(titles)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("云川市人民政府办公室关于开展检查的通知\n云政办发〔2024〕8号\n请认真执行。\n".encode(encoding))
    (document,) = read_file(path).issue.documents
    assert document.number == "云政办发〔2024〕8号"


def test_suffixes() -> None:
    assert {".pdf", ".txt", ".md"} <= SUFFIXES


def test_progress_counts_pages(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    read_file(draw(tmp_path / "gazette.pdf", GAZETTE), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (4, 4)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.material
def test_real_gazettes_keep_their_offsets(material: Path) -> None:
    issues: list[Issue] = [read_file(path).issue for path in sorted(material.glob("**/*.pdf"))[:2]]
    assert issues
    for issue in issues:
        for document in issue.documents:
            check_offsets(document)
