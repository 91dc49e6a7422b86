"""Every page over the real Elasticsearch: whole, and the same as over the embedded engine."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from playwright.sync_api import Browser, expect

from tests.search_api.conftest import make_application, serving
from tests.search_api.test_pages import PAGES, expected_status

_PATH = re.compile(r'(?:href|src|value)="[^"]*"')


@pytest.fixture(scope="module")
def elastic(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str) -> Iterator[Application]:
    """The sample in a home of its own, with its own index on the server, taken down afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGBAO_ELASTICSEARCH_URL", elasticsearch_url)
        application = make_application(tmp_path_factory.mktemp("elastic"))
        application.index()
        yield application
        application.close()


@pytest.fixture(scope="module")
def there(elastic: Application) -> Iterator[TestClient]:
    with TestClient(create_app(elastic), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_says_over_the_embedded_engine(
    there: TestClient, client: TestClient, path: str
) -> None:
    found, expected = there.get(path), client.get(path)
    assert found.status_code == expected_status(path), found.text
    assert _said(found.text) == _said(expected.text)


@pytest.mark.browser
def test_from_question_to_boxed_page(browser: Browser, elastic: Application) -> None:
    with serving(elastic) as address:
        page = browser.new_page(base_url=address)
        page.goto("/?q=公共自行车站点由谁牵头")
        page.get_by_role("region", name="谁来承担").locator("td.what a").first.click()
        expect(page.get_by_role("img", name="所选文字已框出")).to_be_visible()
        page.goto("/agencies/云川市财政局")
        expect(page.locator('figure[data-chart="network"] canvas')).to_be_visible()
        page.close()


def _said(html: str) -> list[str]:
    """The words of a page, without addresses: those of further pages are each engine's own."""
    words = re.sub(r"<[^>]*>", " ", _PATH.sub("", html))
    return words.split()
