"""The mark that every passage of an index has its direction, and of which state of the index that was true.

With directions of some passages only, a question finds those that have one before better ones that have none yet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finished:
    """`held`: what the index held (`held_by`); `passages`: distinct ones that say something, each with a direction;
    `revision`: of the index then, so that one that was not written since need not be opened; "" where it is not known.
    """

    held: str
    passages: int
    revision: str = ""


@dataclass(frozen=True, slots=True)
class MeaningState:
    """`ready` of `passages` that say something have a direction; `missing`: why words alone answer, else None."""

    ready: int
    passages: int
    missing: str | None


def held_by(stamps: Mapping[str, str]) -> str:
    """What an index holds, in a few characters, from the stamps of its documents."""
    digest = blake2b(digest_size=16)
    for document, stamp in sorted(stamps.items()):
        digest.update(f"{document}\t{stamp}\n".encode())
    return digest.hexdigest()


def read_mark(path: Path) -> Finished | None:
    """None where there is none, or a damaged one."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Finished(str(read["held"]), int(read["passages"]), str(read.get("revision", "")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_mark(path: Path, finished: Finished) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(finished)), encoding="utf-8")
    part.replace(path)
