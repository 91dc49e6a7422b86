"""Who changed what: a line for every change of tokens, words, files and the ledger, in HOME/audit.jsonl.

Reviews and the 台账 keep their history with each record; `gongbao.search_api.audit` shows all of it together.
The file is only ever written at its end, each line at once and down to the disk, and its owner alone reads it.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from gongbao.corpus.database import now
from gongbao.corpus.home import Home

FILE = "audit.jsonl"


class Deed(StrEnum):
    TOKEN_ADDED = "token_added"
    TOKEN_RENEWED = "token_renewed"
    TOKEN_REMOVED = "token_removed"
    SERVED = "served"  # with these settings
    REGISTER = "register"
    SYNONYMS = "synonyms"
    MODELS = "models"
    UPLOADED = "uploaded"
    READ = "read"  # on the command line
    RETRIED = "retried"
    IGNORED = "ignored"
    REMOVED = "removed"
    RESTORED = "restored"
    REVIEWED = "reviewed"
    FOLLOWED = "followed"  # in the 台账


@dataclass(frozen=True, slots=True)
class AuditedAct:
    """`at`: ISO 8601, UTC; `of`: what was changed, as people name it."""

    at: str
    by: str
    deed: Deed
    of: str


class Audit:
    """The log of one home."""

    def __init__(self, home: Home) -> None:
        self._path = home.root / FILE

    def note(self, by: str, deed: Deed, of: str) -> None:
        """OSError where it cannot be written: what is not on record is not done."""
        line = json.dumps(asdict(AuditedAct(now(), by, deed, of)), ensure_ascii=False)
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, f"{line}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)

    def all(self) -> list[AuditedAct]:
        """Oldest first; a line that cannot be read, as a full disk leaves one, is left out."""
        return list(_acts(self._path)) if self._path.exists() else []


def _acts(path: Path) -> Iterator[AuditedAct]:
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            row = json.loads(line)
            yield AuditedAct(row["at"], row["by"], Deed(row["deed"]), row["of"])
        except (ValueError, KeyError, TypeError):
            continue


def local_user() -> str:
    """Who is at the command line, as the system knows them."""
    try:
        return f"命令行 {getpass.getuser()}"
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return "命令行"
