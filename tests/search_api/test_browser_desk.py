"""The 台账 as its people use it, in a real headless Chromium at the widths of a phone, a small and a large screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from gongbao.search_api.compose import Application
from gongbao.search_api.tokens import Access, Tokens
from playwright.sync_api import Browser, Page, expect

from tests.search_api.conftest import make_application, serving, sign_in
from tests.search_api.sample import bike_notice, flood_plan

pytestmark = pytest.mark.browser

FLOOD, BIKE = flood_plan(), bike_notice()
TASK = FLOOD.assignments[2]
WIDTHS = [375, 1024, 1440]


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return make_application(tmp_path_factory.mktemp("people") / "home")


@pytest.fixture(scope="module")
def office(application: Application) -> Iterator[str]:
    with serving(application) as address:
        yield address


@pytest.fixture(scope="module")
def secret(application: Application) -> str:
    return Tokens(application.settings.home).add("林知远", Access.MANAGER)


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, secret: str, office: str) -> Iterator[Page]:
    """Somebody who keeps the 台账, signed in."""
    context = browser.new_context(base_url=office, locale="zh-CN", viewport={"width": request.param, "height": 768})
    page = context.new_page()
    sign_in(page, secret)
    yield page
    context.close()


def test_progress_is_written_with_its_evidence_and_the_second_of_two_is_told(page: Page, tmp_path: Path) -> None:
    """反馈 with marks of HTML stays words; whoever had the page open before is told, and loses nothing unsaid."""
    photo = tmp_path / "现场照片.txt"
    photo.write_text("已完工", "utf-8")
    page.goto(f"/items/{TASK.id}")
    other = page.context.new_page()
    other.goto(f"/items/{TASK.id}")
    form = page.get_by_role("form", name="更新进展")
    form.get_by_label("进展").select_option(label="进行中")
    form.get_by_label("进度（%）").fill("60")
    form.get_by_label("单位反馈").fill("<b>大坝</b>已加固")
    form.get_by_label("佐证材料").set_input_files(photo)
    form.get_by_role("button", name="保存").click()
    said = page.get_by_role("region", name="办理记录").get_by_role("listitem").first
    expect(said).to_contain_text("<b>大坝</b>已加固")
    expect(said).to_contain_text("林知远")
    expect(said.get_by_role("link", name="现场照片.txt")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.get_by_role("form", name="更新进展").get_by_label("备注").fill("另一人的备注")
    other.get_by_role("button", name="保存").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("与他人的修改冲突")


def test_a_leaders_table_has_the_columns_that_the_office_chose(page: Page) -> None:
    page.goto(f"/tasks?document={FLOOD.id}")
    page.get_by_text("选择各栏导出").click()
    for name in ("配合单位", "量化指标", "依据", "页码"):
        page.get_by_role("checkbox", name=name, exact=True).uncheck()
    for name in ("责任人", "备注"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    wanted = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限", "进展", "责任人", "备注"]
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == wanted
    assert sheet.max_row == 3 + len(FLOOD.assignments)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 DOCX").click()
    table = docx.Document(io.BytesIO(download.value.path().read_bytes())).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == wanted


def test_a_citation_is_copied_with_one_click(page: Page, office: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=office)
    page.goto(f"/items/{TASK.id}")
    page.get_by_role("button", name="复制引文").click()
    expect(page.get_by_role("status").filter(has_text="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert TASK.quote in copied
    assert FLOOD.title in copied
    page.goto(copied.rsplit("，", 1)[1])
    expect(page.locator("blockquote").first).to_contain_text(TASK.quote)


def test_a_number_of_the_statistics_leads_to_its_list(page: Page) -> None:
    page.goto("/statistics?today=2026-01-15")
    page.get_by_label("红灯：逾期率（%）").fill("100")
    page.get_by_role("button", name="统计").click()
    tile = page.get_by_role("list", name="合计").get_by_role("link", name="逾期未完成")
    number = (tile.inner_text()).split()[0]
    assert int(number) > 1
    tile.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"任务与职责 {number}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_values_of_a_facet_and_back_again(page: Page) -> None:
    page.goto("/documents")
    side = page.get_by_role("complementary", name="筛选")
    if not side.get_by_role("link", name="通知").first.is_visible():
        side.locator("summary").click()
    everything = page.get_by_role("heading", level=1).inner_text()
    page.goto("/documents?genre=通知&genre=意见")
    for name in ("通知", "意见"):
        page.get_by_role("link", name=f"去掉条件：{name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(everything)


def test_years_are_compared_and_taken_away(page: Page) -> None:
    page.goto(f"/documents/{BIKE.id}/compare/{bike_notice(2023).id}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").first.click()
    assert openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active is not None
