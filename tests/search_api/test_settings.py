"""What day it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.home import Home
from gongbao.search_api import compose
from gongbao.search_api.compose import Settings


def test_a_server_runs_past_midnight(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Clock(date):
        day = date(2024, 5, 29)

        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return cls.day

    monkeypatch.setattr(compose, "date", Clock)
    settings = Settings(Home(tmp_path))
    assert settings.today == date(2024, 5, 29)
    Clock.day = date(2024, 5, 30)
    assert settings.today == date(2024, 5, 30)
    assert Settings(Home(tmp_path), date(2024, 1, 1)).today == date(2024, 1, 1)
