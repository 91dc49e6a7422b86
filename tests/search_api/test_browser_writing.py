"""Reviewing and uploading in a real headless Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gongbao.search_api.compose import Application
from gongbao.search_api.tokens import Access, Tokens
from playwright.sync_api import Browser, Page, expect

from tests.search_api.conftest import assert_accessible, make_application, serving, sign_in
from tests.search_api.sample import flood_plan, old_rules

pytestmark = pytest.mark.browser

FLOOD = flood_plan()
TASK = FLOOD.assignments[2]


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path / "home")


@pytest.fixture
def page(browser: Browser, application: Application) -> Iterator[Page]:
    """Logged in as an administrator."""
    secret = Tokens(application.settings.home).add("林知远", Access.ADMIN)
    with serving(application) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        sign_in(page, secret)
        yield page
        context.close()


_WRITTEN = [
    "/login", "/review", f"/review/{FLOOD.id}", f"/review/{old_rules().id}", "/admin", "/statistics", "/ledger",
    "/subscriptions?agency=市水利局&role=lead", f"/items/{TASK.id}",
]  # fmt: skip


@pytest.mark.parametrize("path", _WRITTEN)
def test_axe_finds_nothing_serious_where_people_write(browser: Browser, page: Page, path: str) -> None:
    context = browser.new_context(bypass_csp=True, storage_state=page.context.storage_state())
    open_page = context.new_page()
    open_page.goto(page.url.removesuffix("/review") + path)
    for details in open_page.locator("details > summary").all():
        details.click()
    assert_accessible(open_page)
    context.close()


def test_an_edit_on_the_page_survives_extraction_again(page: Page, application: Application) -> None:
    page.get_by_role("link", name=FLOOD.title).click()
    item = page.locator(f"#i-{TASK.id}")
    item.get_by_text("修改", exact=True).click()
    item.get_by_label("工作任务").fill("全面完成水库除险加固")
    item.get_by_role("button", name="保存修改").click()
    expect(page.locator(f"#i-{TASK.id}")).to_contain_text("已修改：林知远")
    page.goto("/tasks?agency=市水利局")
    expect(page.get_by_role("link", name="全面完成水库除险加固")).to_be_visible()

    own, document = application.store.own_extraction(FLOOD.id), application.store.document(FLOOD.id)
    assert own is not None
    assert document is not None
    application.store.put_extraction(replace(own, version="later"), document.source.sha256)
    application.index()
    page.goto("/tasks?agency=市水利局")
    expect(page.get_by_role("link", name="全面完成水库除险加固")).to_be_visible()


def test_the_later_of_two_open_pages_is_told(page: Page) -> None:
    page.goto(f"/review/{FLOOD.id}")
    other = page.context.new_page()
    other.goto(f"/review/{FLOOD.id}")
    page.locator(f"#i-{TASK.id}").get_by_role("button", name="确认").click()
    expect(page.locator(f"#i-{TASK.id}")).to_contain_text("已确认")
    other.locator(f"#i-{TASK.id}").get_by_role("button", name="驳回").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("与他人的修改冲突")
    expect(other.locator("main")).to_contain_text("林知远")


def test_uploads_are_followed_to_their_end(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "坏文件.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    page.goto("/admin")
    page.locator("#files").set_input_files(broken)
    page.get_by_role("button", name="上传并读入").click()
    expect(page.get_by_text("坏文件.pdf：未能读取")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-job-state]")).to_have_text("完成，有未读入的内容", timeout=30_000)
    page.goto("/admin")
    expect(page.get_by_role("region", name="未能读取")).to_contain_text("坏文件.pdf")


def test_nothing_is_offered_before_a_task_is_chosen(page: Page) -> None:
    """The lists of the form for many at once have chosen entries of their own, which are no chosen tasks."""
    page.goto("/tasks")
    expect(page.get_by_role("button", name="导出选中的任务")).to_be_hidden()
    expect(page.get_by_text("更新选中的任务").first).to_be_hidden()
    page.locator(".pick input").first.check()
    expect(page.get_by_role("button", name="导出选中的任务")).to_be_visible()


def test_a_compared_ledger_is_readable(page: Page, browser: Browser, tmp_path: Path) -> None:
    table = tmp_path / "台账.xlsx"
    table.write_bytes(page.request.get("/api/v1/export/tasks?format=xlsx&columns=台账").body())
    page.goto("/ledger")
    page.get_by_label("本单位的台账").set_input_files(table)
    page.get_by_role("button", name="上传并对照").click()
    page.wait_for_url("**/ledger/*")
    context = browser.new_context(bypass_csp=True, storage_state=page.context.storage_state())
    open_page = context.new_page()
    open_page.goto(page.url)
    assert_accessible(open_page)
    context.close()


def test_conditions_of_a_subscription_are_words(page: Page) -> None:
    page.goto("/subscriptions?agency=市水利局&role=lead")
    page.get_by_label("名称").fill("本单位牵头")
    page.get_by_role("button", name="订阅", exact=True).click()
    expect(page.get_by_role("link", name="承担单位 市水利局；角色 牵头")).to_be_visible()


def test_reviewing_by_keyboard_alone(page: Page, application: Application) -> None:
    """Through the items, confirmed without leaving the page; the rest chosen and confirmed together."""
    page.get_by_role("link", name=FLOOD.title).click()
    page.wait_for_url(f"**/review/{FLOOD.id}")  # whole: keys are heard when its scripts are there
    first, second = FLOOD.assignments[0], FLOOD.assignments[1]
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator(f"#i-{first.id} .verdict")).to_have_text("已确认")
    expect(page.locator(f"#i-{second.id}")).to_be_focused()
    expect(page.get_by_role("img", name="所选文字已框出")).to_have_attribute("src", re.compile(second.id))
    page.keyboard.press("x")
    page.get_by_role("button", name="确认勾选的任务").click()
    expect(page.locator(f"#i-{second.id}")).to_contain_text("已确认：林知远")
    reviewed = {review.record for review in application.store.reviews.of(FLOOD.id)}
    assert reviewed == {first.id, second.id}
