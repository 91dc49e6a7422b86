"""What lies just on either side of a threshold of what all rooms share."""

from __future__ import annotations

import pytest
from gongbao.corpus.failure import Failure


@pytest.mark.parametrize(("attempts", "retried"), [(1, True), (2, True), (3, False)])
def test_what_was_stopped_is_tried_three_times(attempts: int, retried: bool) -> None:
    assert Failure("a.pdf", "ingest", "超过 25 秒", "", again=True, attempts=attempts).retried == retried
