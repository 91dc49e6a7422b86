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
