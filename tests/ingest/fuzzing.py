"""Mutated files of our own through the door: no crash, no hang, and of what carries checksums no loss without a word.

`make fuzz` runs many (`python -m tests.ingest.fuzzing 500`); the suite a few.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.errors import InputError
from gongbao.ingest import read_file

from tests.ingest import drawn, hostile, ofd_files, office_files, test_web

SECONDS = 60.0
_KEPT = 0.9  # of the text; what loses more says so
Change = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def swap(data: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.randrange(len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:b] + data[a:b] * chance.choice((1, 5, 50)) + data[b:]


def blank(data: bytes, chance: random.Random) -> bytes:
    a = chance.randrange(len(data))
    b = min(len(data), a + chance.choice((4, 64, 1024)))
    return data[:a] + b"\0" * (b - a) + data[b:]


CHANGES: tuple[Change, ...] = (flip, cut, swap, repeat, blank)


def seeds(folder: Path) -> dict[str, bytes]:
    """A file of each kind."""
    word = "".join(map(hostile.word_paragraph, office_files.NOTICE)) + hostile.wide_cell(3)
    return {
        ".pdf": drawn.draw(folder / "seed.pdf", drawn.GAZETTE).read_bytes(),
        ".docx": hostile.docx(word),
        ".ofd": ofd_files.Ofd(ofd_files.notice()).made(),
        ".html": test_web.page(test_web.AROUND.format(test_web.MAIN)).encode(),
        ".xlsx": office_files.xlsx(),
        ".rtf": office_files.rtf(),
        ".odt": office_files.odt(),
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """`seed`: of the chance that made the mutant."""

    suffix: str
    seed: int
    what: str


def fuzz(folder: Path, rounds: int, first: int = 0) -> Iterator[Finding]:
    """`rounds` mutants of each kind."""
    for suffix, whole in seeds(folder).items():
        before = _text(folder / f"whole{suffix}", whole)
        for seed in range(first, first + rounds):
            chance = random.Random(f"{suffix}{seed}")
            mutant = chance.choice(CHANGES)(whole, chance)
            if mutant != whole and (what := _wrong(folder / f"mutant{suffix}", mutant, before)):
                yield Finding(suffix, seed, what)


def _text(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return "".join(document.text for document in read_file(path).issue.documents)


def _wrong(path: Path, content: bytes, before: str) -> str:
    """What should not have happened; "" where all went as it should."""
    path.write_bytes(content)
    began = time.monotonic()
    try:
        reading = read_file(path)
    except InputError as error:
        named = path.name in error.message and error.remedy
        return "" if named and time.monotonic() - began < SECONDS else f"not named, or late: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if time.monotonic() - began > SECONDS:
        return "late"
    after = sum(len(document.text) for document in reading.issue.documents)
    checked = path.suffix in (".pdf", ".docx", ".ofd", ".xlsx", ".odt")  # what carries checksums
    lost = checked and after < _KEPT * len(before) and not reading.failures
    return f"{after} of {len(before)} characters, and no word of it" if lost else ""


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        found = list(fuzz(Path(name), rounds))
    for finding in found:
        print(f"{finding.suffix} {finding.seed}: {finding.what}")
    print(f"{rounds} mutants of each kind, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
