"""An entry of the ledger, as those make it who read files: they need no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

MOST_ATTEMPTS = 3  # at what may succeed another time, unless a person asks for more
BACKOFF = (60.0, 900.0)  # seconds that pass after the first try and after the second: memory is short for a while


class EntryState(StrEnum):
    FAILED = "failed"
    IGNORED = "ignored"
    SKIPPED = "skipped"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read; page None means the whole file. `path`: where the file was found, "" where
    it was uploaded; `sha256`: its content, "" where even that could not be read. `again`: it was stopped for
    time or memory or died, so that another try may succeed; `attempts`: tries so far, the last of them `at`
    (ISO 8601, UTC)."""

    file: str
    stage: str
    cause: str
    remedy: str
    page: int | None = None
    sha256: str = ""
    path: str = ""
    state: EntryState = EntryState.FAILED
    attempts: int = 1
    again: bool = False
    at: str = field(default="", compare=False)

    @property
    def retried(self) -> bool:
        """It is tried again without being asked for."""
        return self.again and self.attempts < MOST_ATTEMPTS

    def is_due(self) -> bool:
        """To be tried again now: long enough after the last try, or the clock was set back since."""
        if not (self.retried and self.at):
            return self.retried
        since = (datetime.now(UTC) - datetime.fromisoformat(self.at)).total_seconds()
        return since < 0 or since >= BACKOFF[min(self.attempts, len(BACKOFF)) - 1]

    @property
    def place(self) -> str:
        """What a person finds the file by."""
        return self.path or self.file
