"""Mutated files of our own through the doors: no crash, no hang, and of what carries checksums no loss without a word.

`make fuzz` runs many (`python -m tests.ingest.fuzzing 300`); the suite a few. Files that are read, and ledgers of
offices.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.errors import InputError
from gongbao.ingest import read_file, unpack
from gongbao.search_api.ledgers import LedgerField, read_ledger

from tests.ingest import drawn, hostile, ofd_files, office_files, test_web

SECONDS = 60.0
_KEPT = 0.9  # of the text; what loses more says so
LEDGER = ".ledger.xlsx"  # read as an office's own 台账
CHECKED = (".pdf", ".docx", ".ofd", ".xlsx", ".odt", ".ods")  # what carries checksums
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
        ".ods": office_files.ods(),
        ".txt": ("\n".join(office_files.NOTICE) + "\n").encode("gb18030"),
        ".zip": hostile.zipped({"通知.txt": "\n".join(office_files.NOTICE).encode()}),
        LEDGER: office_files.xlsx(),
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """`seed`: of the chance that made the mutant."""

    suffix: str
    seed: int
    what: str


def fuzz(folder: Path, rounds: int, first: int = 0, only: Sequence[str] = ()) -> Iterator[Finding]:
    """`rounds` mutants of each kind, or of `only` these."""
    for suffix, whole in seeds(folder).items():
        if only and suffix not in only:
            continue
        before = _text(folder / f"whole{suffix}", whole)
        for seed in range(first, first + rounds):
            chance = random.Random(f"{suffix}{seed}")
            mutant = chance.choice(CHANGES)(whole, chance)
            if mutant != whole and (what := _wrong(folder / f"mutant{suffix}", mutant, before)):
                yield Finding(suffix, seed, what)


def _text(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return "".join(_read(path)[0])


def _read(path: Path) -> tuple[list[str], bool]:
    """Its texts, and whether something was told as lost."""
    if path.name.endswith(LEDGER):
        return [row.get(field) for row in read_ledger(path).rows for field in LedgerField], False
    if path.suffix == ".zip":
        folder = path.with_suffix(".unpacked")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        left = unpack(path, folder).left_out
        return [text for file in sorted(folder.rglob("*.txt")) for text in _read(file)[0]], bool(left)
    reading = read_file(path)
    return [document.text for document in reading.issue.documents], bool(reading.failures)


def _wrong(path: Path, content: bytes, before: str) -> str:
    """What should not have happened; "" where all went as it should."""
    path.write_bytes(content)
    began = time.monotonic()
    try:
        texts, told = _read(path)
    except InputError as error:
        named = error.message and (error.remedy or path.name.endswith(LEDGER))
        return "" if named and time.monotonic() - began < SECONDS else f"not named, or late: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if time.monotonic() - began > SECONDS:
        return "late"
    after = sum(map(len, texts))
    lost = path.name.removeprefix("mutant") in CHECKED and after < _KEPT * len(before) and not told
    return f"{after} of {len(before)} characters, and no word of it" if lost else ""


def main(rounds: int, only: Sequence[str] = ()) -> int:
    with tempfile.TemporaryDirectory() as name:
        found = list(fuzz(Path(name), rounds, only=only))
    for finding in found:
        print(f"{finding.suffix} {finding.seed}: {finding.what}")
    print(f"{rounds} mutants of each kind, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, sys.argv[2:]))
