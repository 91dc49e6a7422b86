"""The API is what its description says: every operation called as the description allows, and as it does not.

Schemathesis with all of its checks, by a person who may do everything; GONGBAO_EXAMPLES of each operation (5).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import schemathesis
from gongbao.search_api.api import create_app
from gongbao.search_api.settings import ServerSettings
from gongbao.search_api.tokens import Access, Tokens
from hypothesis import HealthCheck, Phase, given, settings

from tests.search_api.conftest import make_application

_EXAMPLES = int(os.environ.get("GONGBAO_EXAMPLES", "5"))
_SECONDS = 120  # for one answer: a busy machine is no fault of the code
_quiet = settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_every_operation_is_as_described(tmp_path: Path) -> None:
    application = make_application(tmp_path)
    secret = Tokens(application.settings.home).add("管理员", Access.ADMIN)
    app = create_app(application, ServerSettings(per_minute=1_000_000))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 40
    faults = {each.label: told for each in operations if (told := _faults(each, {"Authorization": f"Bearer {secret}"}))}
    assert faults == {}


def _faults(operation: Any, headers: dict[str, str]) -> list[str]:
    """What is not as described, the first example of each kind."""

    @_quiet
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        case.call_and_validate(headers=headers, timeout=_SECONDS)

    try:
        call()
    except BaseExceptionGroup as group:
        return [str(each) for each in group.exceptions]
    return []
