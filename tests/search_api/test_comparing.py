"""The same notice of two years, item by item."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from fastapi.testclient import TestClient
from gongbao.corpus.document import BlockKind
from gongbao.corpus.records import Role
from gongbao.search_api.comparing import DocumentComparison, Fate, Side, WordingPart, compare_documents

from tests.search_api.sample import Draft, bike_notice, source_of

OLD, NEW = bike_notice(2023), bike_notice(2024)


def _side(draft: Draft) -> Side:
    return draft.document(source_of(draft)), draft.extraction()


def _compare(old: Draft, new: Draft) -> DocumentComparison:
    return compare_documents(_side(old), _side(new))


def _notice(year: int, *paragraphs: str) -> Draft:
    """Without bodies: only what is ordered."""
    d = Draft(f"云政办发〔{year}〕30号", f"关于做好{year}年节水工作的通知", "云川市人民政府办公室", date(year, 3, 1))
    for text in paragraphs:
        d.add(BlockKind.PARAGRAPH, text)
    return d


def test_years_and_figures_do_not_part_an_item() -> None:
    both = [pair for pair in _compare(OLD, NEW).items if pair.old and pair.new]
    stations = next(pair for pair in both if pair.new and "站点布局" in pair.new.text)
    assert stations.changes == ("时限：2023年6月底前 → 2024年6月底前",)
    monthly = next(pair for pair in both if pair.new and "乱停乱放" in pair.new.text)
    assert monthly.fate is Fate.SAME


def test_what_came_and_what_went() -> None:
    came = [pair.new.text for pair in _compare(OLD, NEW).items if pair.new and pair.fate is Fate.CAME]
    assert [text.partition("。")[0] for text in came] == ["（三）建设慢行系统平台"]
    gone = [pair.old.text for pair in _compare(NEW, OLD).items if pair.old and pair.fate is Fate.GONE]
    assert gone == came


def test_what_names_no_body_is_compared_too() -> None:
    old = _notice(2023, "6月底前完成供水管网改造20公里。", "每月通报一次用水情况。")
    new = _notice(2024, "每月通报一次用水情况。", "9月底前完成供水管网改造35公里。")
    old.deadline("6月底前", old.find("6月底前完成供水管网改造20公里。"), due=date(2023, 6, 30))
    new.deadline("9月底前", new.find("9月底前完成供水管网改造35公里。"), due=date(2024, 9, 30))
    found = _compare(old, new)
    assert (found.count(Fate.SAME, Fate.CHANGED), found.count(Fate.CAME), found.count(Fate.GONE)) == (2, 0, 0)
    changed = next(pair for pair in found.items if pair.fate is Fate.CHANGED)
    assert changed.changes == ("时限：6月底前 → 9月底前",)


@pytest.mark.parametrize(
    ("why", "old", "new", "same"),
    [
        (
            "another order of words",
            "组织开展全市防汛应急演练，完善应急预案。",
            "完善应急预案，组织开展全市防汛演练。",
            True,
        ),
        ("another matter in like words", "开展城市燃气管道安全检查。", "开展中小学校园食堂检查。", False),
        ("a clause was added", "推进老旧小区改造。", "推进老旧小区改造，同步加装电梯和充电设施。", True),
    ],
)
def test_items_are_paired_by_what_they_say(why: str, old: str, new: str, same: bool) -> None:
    found = _compare(_notice(2023, old), _notice(2024, new))
    assert bool(found.count(Fate.SAME, Fate.CHANGED)) is same, why


def test_a_line_shows_both_wordings() -> None:
    old, new = _notice(2023, "新增停车泊位500个，由各区落实。"), _notice(2024, "新增停车泊位800个，由各县区落实。")
    pair = next(iter(_compare(old, new).items))
    assert "".join(text for text, part in pair.line if part is not WordingPart.CAME) == pair.old.text  # type: ignore[union-attr]
    assert "".join(text for text, part in pair.line if part is not WordingPart.GONE) == pair.new.text  # type: ignore[union-attr]
    assert [(text, part) for text, part in pair.line if part is not WordingPart.SAME][:2] == [
        ("500", WordingPart.GONE),
        ("800", WordingPart.CAME),
    ]


def test_bodies_that_came_and_went() -> None:
    old, new = _notice(2023, "推进老旧小区改造。（市住建局牵头）"), _notice(2024, "推进老旧小区改造。（市城管局牵头）")
    old.assign("推进老旧小区改造", [("市住建局", Role.LEAD)], old.find("推进老旧小区改造。（市住建局牵头）"))
    new.assign("推进老旧小区改造", [("市城管局", Role.LEAD)], new.find("推进老旧小区改造。（市城管局牵头）"))
    (pair,) = (pair for pair in _compare(old, new).items)
    assert [change[:4] for change in pair.changes] == ["牵头增加", "牵头减少"]


def test_the_sheet_holds_what_the_page_and_the_api_show(client: TestClient) -> None:
    path = f"/documents/{NEW.id}/compare/{OLD.id}"
    api = client.get(f"/api/v1{path}").json()
    assert (api["old"]["id"], api["new"]["id"]) == (OLD.id, NEW.id)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/api/v1{path}.xlsx").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == len(api["items"])
    assert {row[1] for row in rows} <= {"相同", "有改动", "新增", "不再出现"}
    page = client.get(path).text
    assert page.count('<li class="pair ') == len(rows)
    assert client.get(path, params={"view": "text"}).text.count('<li class="pair ') > len(rows)
