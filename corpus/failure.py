"""An entry of the ledger, as those make it who read files: they need no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_ATTEMPTS = 3  # at what may succeed another time, unless a person asks for more


class EntryState(StrEnum):
    FAILED = "failed"
    IGNORED = "ignored"
    SKIPPED = "skipped"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read; page None means the whole file. `path`: where the file was found, "" where
    it was uploaded; `sha256`: its content, "" where even that could not be read. `again`: it was stopped for
    time or memory or died, so that another try may succeed; `attempts`: tries so far."""

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

    @property
    def retried(self) -> bool:
        """The next run tries it again by itself."""
        return self.again and self.attempts < MOST_ATTEMPTS

    @property
    def place(self) -> str:
        """What a person finds the file by."""
        return self.path or self.file
