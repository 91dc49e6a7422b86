"""What all tests share: the real material, where there is any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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
    url = os.environ.get("GONGBAO_ELASTICSEARCH_URL")
    if url:
        return url
    missing = "GONGBAO_ELASTICSEARCH_URL names no server: run tests/services/run COMMAND"
    if os.environ.get("CI") or os.environ.get("GONGBAO_REQUIRE_ELASTICSEARCH") == "1":
        pytest.fail(missing)
    pytest.skip(missing)
