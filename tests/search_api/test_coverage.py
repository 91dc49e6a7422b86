"""What of a gazette is there: gaps, and what the reader's warnings are about."""

from __future__ import annotations

import pytest
from gongbao.ingest.build import _shares
from gongbao.ingest.contents import Contents, ContentsLine, differences
from gongbao.search_api.web.coverage import Coverage, by_year, causes_of

from tests import builders


def _row(issue: str | None) -> Coverage:
    return Coverage(issue, "公报.pdf", 20, 5, "", ())


def test_two_files_of_one_issue_are_one_issue() -> None:
    assert [year.issues for year in by_year([_row("2024-1"), _row("2024-1")])] == [1]


def test_each_warning_of_the_reader_has_its_cause() -> None:
    """In the reader's own words: a message that it words otherwise fails here."""
    listed = Contents((1,), (ContentsLine("云川市人民政府关于防汛工作的通知", None, 3, None),))
    numbered = builders.document("市水利局负责防汛。")
    unnumbered = builders.document("市水利局负责防汛。", number=None)
    warnings = [
        *differences(listed, [("云川市人民政府关于植树的通知", None, 5)]),
        _shares(numbered, numbered),
        _shares(unnumbered, unnumbered),
        "第 3 页的页码与前后不连续",
    ]
    assert causes_of(warnings) == dict.fromkeys(
        ["目录所列、正文未找到的", "目录未列的", "文号重复的", "疑似重复刊登的", "其他需核对的"], 1
    )


@pytest.mark.parametrize(
    ("issues", "years"),
    [
        (["2024-3", "2024-1", "2023-2"], [(2024, 2, 1), (2023, 1, 1)]),  # a gap in each
        (["2024-1", None], [(2024, 1, 0), (0, 1, 0)]),  # a file without an issue stands last
        ([], []),
    ],
)
def test_years_with_their_gaps(issues: list[str | None], years: list[tuple[int, int, int]]) -> None:
    found = by_year(map(_row, issues))
    assert [(year.year, len(year.rows), year.missing) for year in found] == years
    assert all(year.issues == len(year.rows) for year in found)
    assert all((year.pages, year.documents) == (20 * len(year.rows), 5 * len(year.rows)) for year in found)
