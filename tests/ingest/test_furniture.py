"""Page numbers in whatever ornament; and who signs beside or under the number."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongbao.ingest.files import read_file
from gongbao.ingest.furniture import PageLines, find_furniture
from gongbao.ingest.layout import Line

from tests.ingest.drawn import draw, notice


def line(page: int, text: str, top: float, size: float = 10.0) -> Line:
    xs = tuple(100 + size * k for k in range(len(text) + 1))
    return Line(page, text, xs, top, top + size, size, False, "宋体", 0, 0, 100, 500)


def pages(foot: str) -> list[PageLines]:
    """Three pages of text with this under it, `#` standing for the number."""
    body = [[line(n, "各部门要按照职责分工抓好落实", 100 + 18.0 * k) for k in range(30)] for n in (1, 2, 3)]
    feet = [line(n, foot.replace("#", str(n)), 800) for n in (1, 2, 3)]
    return [PageLines(n, 842, (*body[n - 1], feet[n - 1])) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "foot",
    [
        "#",
        "— # —",
        "· # ·",
        "◆ # ◆",
        "━━ # ━━",
        "［#］",
        "｜#｜",
        "~#~",
        "_#_",
        "第#页",
        "第 # 页　共 48 页",
        "# / 48",
        "<#>",
    ],
)
def test_page_numbers_in_any_ornament(foot: str) -> None:
    found = find_furniture(pages(foot), 10.0)
    assert [[(each.text, kind) for each, kind in found[n]] for n in (1, 2, 3)] == [
        [(foot.replace("#", str(n)), "page_number")] for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("last", ["（12）", "12、", "12。", "12%", "第12条"])
def test_the_last_line_of_a_text_is_no_page_number(last: str) -> None:
    (page,) = [PageLines(1, 842, (line(1, "各部门要抓好落实", 700), line(1, last, 790)))]
    assert find_furniture([page], 10.0) == {}


@pytest.mark.parametrize(
    ("text", "divides", "why"),
    [
        ("＊　＊　＊", True, "asterisks between two texts"),
        ("* * *", True, "the same, half width"),
        ("————————", True, "a rule of dashes"),
        ("◆◆◆", True, "diamonds"),
        ("……", False, "an omission in the text"),
        ("——", False, "a dash that a line ends with"),
        ("＊注：不含税", False, "a note"),
    ],
)
def test_what_stands_between_two_texts_is_in_neither(text: str, divides: bool, why: str) -> None:
    page = PageLines(1, 842, (line(1, "各部门要抓好落实", 300), line(1, text, 330), line(1, "各县要抓好落实", 360)))
    found = find_furniture([page], 10.0).get(1, [])
    assert [(each.text, kind) for each, kind in found] == ([(text, "divider")] if divides else [])


@pytest.mark.parametrize(
    ("last", "expected", "why"),
    [
        ("2024年3月9日", [], "the date of a document, alone on its last page"),
        ("市政府文件", [("市政府文件", "running_head")], "the head again"),
    ],
)
def test_a_date_at_the_height_of_heads_is_none(last: str, expected: list[tuple[str, str]], why: str) -> None:
    body = [line(0, "各部门要按照职责分工抓好落实", 100 + 18.0 * k) for k in range(30)]
    full = [PageLines(n, 842, (line(n, "市政府文件", 60), *body)) for n in (1, 2, 3)]
    found = find_furniture([*full, PageLines(4, 842, (line(4, last, 60),))], 10.0)
    assert [(each.text, kind) for each, kind in found.get(4, [])] == expected
    assert len(found[1]) == 1


SIGNED = [
    ("<p class=s>云政发〔2024〕9号<span style='float:right'>签发人：李某某</span></p>", "on one line"),
    ("<p class=s>云政发〔2024〕9号</p><p class=r>签发人：李某某</p>", "on the next line"),
]
RED = "<div class=t style='color:red;font-size:26pt'>云川市人民政府文件</div>"


@pytest.mark.parametrize(("number", "why"), SIGNED, ids=[row[1] for row in SIGNED])
@pytest.mark.parametrize("head", [RED, ""], ids=["red head", "number under the title"])
def test_the_number_of_a_report_with_who_signs(tmp_path: Path, number: str, why: str, head: str) -> None:
    text = notice("云政发〔2024〕9号", "关于防汛工作情况的报告", "云川市人民政府")
    plain = "<p class=c>云政发〔2024〕9号</p>"
    html = head + number + text.replace(plain, "") if head else text.replace(plain, number)
    (document,) = read_file(draw(tmp_path / "report.pdf", html)).issue.documents
    assert (document.number, document.title) == ("云政发〔2024〕9号", "云川市人民政府关于防汛工作情况的报告")
    assert "签发人" not in document.body()
