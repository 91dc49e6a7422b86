"""The whole chain in a real headless Chromium: search, document, boxed page, export; keyboard; axe."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.search_api.conftest import assert_accessible
from tests.search_api.sample import bike_notice

pytestmark = pytest.mark.browser

BIKE = bike_notice()
_PAGES = {
    "home": "/",
    "search": "/?q=公共自行车归哪个部门管",
    "nothing": "/?q=天上的月亮",
    "document": f"/documents/{BIKE.id}?record={BIKE.assignments[0].id}",
    "compare": f"/documents/{BIKE.id}/compare/{bike_notice(2023).id}",
    "agencies": "/agencies",
    "agency": "/agencies/云川市财政局",
    "tasks": "/tasks",
    "documents": "/documents",
    "calendar": "/calendar?month=2024-06",
    "overview": "/overview",
    "statistics": "/statistics",
    "data": "/data",
    "item": f"/items/{BIKE.assignments[0].id}",
    "review": f"/review/{BIKE.id}",
    "error": "/documents/none",
}


def test_from_question_to_boxed_page_to_spreadsheet(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="问题或关键词").fill("公共自行车站点由谁牵头")
    page.get_by_role("button", name="检索").click()
    answer = page.get_by_role("region", name="谁来承担")
    expect(answer.get_by_role("link", name="市城市管理局").first).to_be_visible()
    task = BIKE.assignments[0]
    answer.get_by_role("link", name=task.what).locator(f'xpath=self::*[contains(@href, "{task.id}")]').click()

    expect(page.get_by_role("heading", level=1)).to_have_text(BIKE.title)
    picture = page.get_by_role("img", name="所选文字已框出")
    expect(picture).to_be_visible()
    assert task.id in (picture.get_attribute("src") or "")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500

    page.locator(f'.doc-text a[data-record="{BIKE.deadlines[1].id}"]').click()  # boxes move without a reload
    expect(picture).to_have_attribute("src", f"/api/v1/documents/{BIKE.id}/pages/1.png?record={BIKE.deadlines[1].id}")

    with page.expect_download() as download:
        page.get_by_role("link", name="任务表 XLSX").click()
    saved = tmp_path / "tasks.xlsx"
    download.value.save_as(saved)
    sheet = openpyxl.load_workbook(saved).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)] == [t.what for t in BIKE.assignments]


def test_suggestions_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="问题或关键词")
    box.press_sequentially("市水利")
    expect(page.get_by_role("option", name="市水利局").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/?q=*")
    assert "水利局" in unquote(urlsplit(page.url).query)


def test_keyboard_alone_reaches_a_document(page: Page) -> None:
    page.goto("/documents")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")


def test_few_stops_lead_to_the_page_picture_and_the_tasks(page: Page) -> None:
    page.goto(f"/documents/{BIKE.id}")
    for stops, name, place in ((2, "跳到原页", "#picture-head"), (3, "跳到任务与职责", "#list-head")):
        page.reload()
        for _ in range(stops):
            page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=name)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(place)).to_be_focused()


@pytest.mark.parametrize("width", [375, 1024, 1440])
def test_a_document_stands_on_the_first_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"/documents/{BIKE.id}")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    if width > 900:
        expect(page.locator(".doc-text p").first).to_be_in_viewport()
        expect(page.get_by_role("heading", name="原页")).to_be_in_viewport()


def test_the_description_of_the_api_is_chinese_and_leads_back(page: Page) -> None:
    page.goto("/docs")
    page.locator("#operations-tag-answers").click()
    page.locator("#operations-answers-ask .opblock-summary").click()
    expect(page.get_by_role("button", name="发送")).to_be_visible()
    page.get_by_role("link", name="返回公报检索").click()
    expect(page.get_by_role("heading", level=1, name="谁来做，做什么，何时完成")).to_be_visible()


def test_choosing_rows_exports_those(page: Page) -> None:
    page.goto("/tasks?document=" + BIKE.id)
    export = page.get_by_role("button", name="导出选中的任务")
    assert not export.is_visible()  # with nothing chosen it would export everything
    page.get_by_role("checkbox").nth(1).check()
    with page.expect_download() as download:
        export.click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    assert sheet.max_row == 4  # title, basis, header and the one chosen


def test_everything_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/tasks")
    page.get_by_label("承担单位").fill("市水利局")
    page.get_by_role("button", name="筛选", exact=True).click()
    page.locator("td.what a").first.click()
    expect(page.get_by_role("img", name="所选文字已框出")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", _PAGES.values(), ids=_PAGES.keys())
def test_axe_finds_nothing_serious_and_nothing_overflows(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(path)
    assert_accessible(page)
    context.close()
