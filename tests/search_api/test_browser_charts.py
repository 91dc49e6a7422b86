"""Charts in a real headless Chromium: drawn beside their tables, followed by clicks, whole without JavaScript."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.search_api.conftest import assert_accessible

pytestmark = pytest.mark.browser

BODY = "云川市财政局"
_AT = """(figure, name) => {
  const chart = echarts.getInstanceByDom(figure.querySelector('.drawing'));
  const model = chart.getModel().getSeriesByIndex(0);
  const at = model.getData().indexOfName(name);
  const box = chart.getDom().getBoundingClientRect();
  const [x, y] = model.getData().getItemGraphicEl(at).getBoundingRect
    ? model.coordinateSystem.dataToPoint(model.getData().getItemLayout(at)) : [0, 0];
  return [box.left + x, box.top + y];
}"""


@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("path", ["/overview", f"/agencies/{BODY}"])
def test_every_chart_is_drawn_within_the_screen(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    figures = page.locator("figure.chart")
    assert figures.count() >= 2
    for number in range(figures.count()):
        expect(figures.nth(number).locator("canvas")).to_be_visible()
        described = figures.nth(number).get_by_role("img")
        assert len(described.get_attribute("aria-label") or "") > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_drawing_shows_what_the_table_says(page: Page) -> None:
    page.goto("/overview")
    figure = page.locator('figure[data-chart="bars"]').first
    expect(figure.locator("canvas")).to_be_visible()
    drawn = figure.evaluate(
        """figure => {
          const {series, yAxis} = echarts.getInstanceByDom(figure.querySelector('.drawing')).getOption();
          return yAxis[0].data.map((name, at) => [name, ...series.map(({data}) => data[at])]);
        }"""
    )
    rows = figure.evaluate(
        "figure => [...figure.querySelectorAll('tbody tr')].map(row => [...row.cells].map(c => c.textContent))"
    )
    assert drawn == [[name, *(int(count or 0) for count in counts)] for name, *counts in rows]
    assert len(drawn) > 3


def test_pointing_tells_the_figure_within_the_security_policy(page: Page) -> None:
    page.goto("/overview")
    canvas = page.locator('figure[data-chart="months"] canvas').first
    expect(canvas).to_be_visible()
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    canvas.hover()
    page.wait_for_function(
        "before => document.querySelector('figure[data-chart=months] canvas').toDataURL() !== before", arg=before
    )


def test_a_body_in_the_network_leads_to_its_page(page: Page) -> None:
    page.goto(f"/agencies/{BODY}")
    figure = page.locator('figure[data-chart="network"]')
    expect(figure.locator("canvas")).to_be_visible()
    partner = figure.locator("tbody th a").first
    name = partner.inner_text()
    figure.scroll_into_view_if_needed()
    x, y = figure.evaluate(_AT, name)
    page.mouse.click(x, y)
    page.wait_for_url(lambda url: unquote(url).endswith(name))


def test_tables_wait_below_the_drawings_and_open_by_keyboard(page: Page) -> None:
    page.goto("/overview")
    months = page.locator('figure[data-chart="months"]')
    expect(months.locator("canvas")).to_be_visible()
    expect(months.get_by_role("table")).to_be_hidden()
    months.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(months.get_by_role("table")).to_be_visible()


def test_without_javascript_the_tables_stand_open(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/agencies/{BODY}")
    expect(page.locator('figure[data-chart="network"]').get_by_role("table")).to_be_visible()
    expect(page.locator("figure .drawing").first).to_be_hidden()
    context.close()


def test_a_chart_is_drawn_anew_when_the_window_changes(page: Page) -> None:
    page.goto("/overview")
    canvas = page.locator('figure[data-chart="bars"] canvas').first
    expect(canvas).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    page.wait_for_function("document.querySelector('figure[data-chart=bars] canvas').clientWidth < 340")


def test_other_pages_do_not_load_the_library(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("/tasks")
    assert not [url for url in loaded if "echarts" in url]


def test_my_body_stands_first_every_morning(page: Page) -> None:
    page.goto("/")
    page.get_by_label("本单位").fill("市财政局")
    page.get_by_role("button", name="选定").click()
    page.wait_for_url("**/")
    board = page.get_by_role("region", name=BODY)
    expect(board.get_by_role("list", name="到期情况")).to_contain_text("已逾期")
    page.get_by_role("button", name="换一个单位").click()
    expect(page.get_by_role("region", name="所有单位")).to_be_visible()


def test_ones_own_first_page_and_a_wrong_token_are_accessible(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"/agencies/{BODY}")
    page.get_by_role("button", name="设为本单位").click()
    expect(page.get_by_role("region", name=BODY)).to_be_visible()
    assert_accessible(page)
    page.goto("/login?next=/review")
    page.get_by_label("凭证").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("没有这个凭证")
    assert_accessible(page)
    context.close()


def test_a_body_that_there_is_not_leads_to_one_like_it(page: Page, unknown: list[str]) -> None:
    unknown.append("/agencies/市才政局")
    page.goto("/")
    page.get_by_label("本单位").fill("市才政局")
    page.get_by_role("button", name="选定").click()
    page.get_by_role("link", name=BODY).click()
    page.get_by_role("button", name="设为本单位").click()
    expect(page.get_by_role("region", name=BODY)).to_be_visible()
