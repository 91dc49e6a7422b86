"""What all tests share: the real material, where there is any."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, IngestStatus, Settings
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: speed is measured in `bench`, endless work stopped by the limit of each test.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def _kept_from_the_program(name: str) -> str | None:
    """A setting of the surroundings under another name, where the processes that share the suite find it."""
    kept = f"TESTS_{name}"
    if value := os.environ.pop(name, None):
        os.environ[kept] = value
    return os.environ.get(kept)


# Only tests that ask for the server get it (`elasticsearch_url`): copies of one home would share its index there.
ELASTICSEARCH = _kept_from_the_program("GONGBAO_ELASTICSEARCH_URL")
DATABASE = _kept_from_the_program("GONGBAO_DATABASE_URL")  # likewise: `database_url`
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


@pytest.fixture
def database_url() -> Iterator[str]:
    """An empty database on the real PostgreSQL that GONGBAO_DATABASE_URL names (tests/services/run starts one).

    Where there is none its tests are left out, but fail in CI or where GONGBAO_REQUIRE_ELASTICSEARCH=1.
    """
    if not DATABASE:
        missing = "GONGBAO_DATABASE_URL names no PostgreSQL: run tests/services/run COMMAND"
        if os.environ.get("CI") or os.environ.get("GONGBAO_REQUIRE_ELASTICSEARCH") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    name = f"t{uuid.uuid4().hex[:12]}"
    server = sa.create_engine(DATABASE, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield sa.make_url(DATABASE).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample gazette through the whole chain, once; tests only read it."""
    home = tmp_path_factory.mktemp("sample")
    app = Application(Settings(Home(home), today=date(2024, 6, 15), workers=1))
    statuses = [outcome.status for outcome in app.ingest([SAMPLE / "sample.pdf"])]
    assert statuses == [IngestStatus.ADDED]
    app.extract()
    app.index()
    app.close()
    return home
