"""What all tests share: the real material, where there is any."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, Settings, Status

# Only tests that ask for the server get it (`elasticsearch_url`): copies of one home would share its index there.
ELASTICSEARCH = os.environ.pop("GONGBAO_ELASTICSEARCH_URL", None)
SAMPLE = Path(__file__).parent.parent / "search_api" / "sample"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write golden files anew instead of comparing")


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of real gazettes with their truth; its tests are skipped where there is none."""
    named = os.environ.get("GONGBAO_MATERIAL")
    if not named or not Path(named).is_dir():
        pytest.skip("GONGBAO_MATERIAL names no folder: tests on real gazettes are left out")
    return Path(named)


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The real server that GONGBAO_ELASTICSEARCH_URL names (tests/services/run starts one).

    Where there is none its tests are left out, but fail in CI or where GONGBAO_REQUIRE_ELASTICSEARCH=1.
    """
    if ELASTICSEARCH:
        return ELASTICSEARCH
    missing = "GONGBAO_ELASTICSEARCH_URL names no server: run tests/services/run COMMAND"
    if os.environ.get("CI") or os.environ.get("GONGBAO_REQUIRE_ELASTICSEARCH") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample gazette through the whole chain, once; tests only read it."""
    home = tmp_path_factory.mktemp("sample")
    app = Application(Settings(Home(home), today=date(2024, 6, 15), workers=1))
    statuses = [outcome.status for outcome in app.ingest([SAMPLE / "sample.pdf"])]
    assert statuses == [Status.ADDED]
    app.extract()
    app.index()
    app.close()
    return home
