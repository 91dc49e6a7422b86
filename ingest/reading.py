"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass

from gongbao.corpus.document import Issue
from gongbao.corpus.failure import Failure

STAGE = "ingest"


@dataclass(frozen=True, slots=True)
class IssueReading:
    """An issue, and for each page that could not be read in full the reason. `inside`: files that the file carries,
    as a portfolio does: `unpack` lays them into a folder."""

    issue: Issue
    failures: tuple[Failure, ...] = ()
    inside: tuple[str, ...] = ()
