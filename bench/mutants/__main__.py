"""Change one thing at a time, run the tests of what was changed, tell what survived: `python -m bench.mutants`.

Works in place: run it in a working tree of its own. A mutant is judged by the quick test files of its module and its
package (`tests_of`), one after the other until one fails; what none notices survived.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

from bench.mutants.making import Kind, Mutant, mutants_of

_ROOT = Path(__file__).parent.parent.parent
_ROOMS = ("corpus", "nlp", "ingest", "index")
_APART = ("trials", "migrations", "evaluate")  # training and measuring
_QUICK = "not elasticsearch and not postgresql and not browser and not material"
_HEAVY = ("spacy", "numpy", "pydantic", "lxml.etree", "sqlalchemy", "jieba", "rapidfuzz", "pypdfium2")
_LONGEST = 300  # seconds for a mutant


class MutantFate(StrEnum):
    """`LATE`: the tests did not end in time, be it for the mutant or for a busy machine."""

    SURVIVED = "survived"
    NOTICED = "noticed"
    LATE = "late"


def main() -> None:
    options = _options()
    part, parts = map(int, options.part.split("/"))
    chosen = sample(options.count, options.seed, options.rooms)[part - 1 :: parts]
    for module in _HEAVY:  # each child has them
        import_module(module)
    counted = Counter[tuple[Kind, MutantFate]]()
    for mutant in chosen:
        tests = tests_of(mutant.file.relative_to(_ROOT))
        fate = _fate(mutant, tests)
        counted[mutant.kind, fate] += 1
        place = mutant.describe(mutant.file.read_bytes()).removeprefix(f"{_ROOT}/")
        print(f"{fate:8} {mutant.kind:9} {place}  [{len(tests)} files]", flush=True)
    for kind in Kind:
        print(f"{kind}: {', '.join(f'{counted[kind, fate]} {fate}' for fate in MutantFate)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--rooms", nargs="+", default=_ROOMS, choices=_ROOMS)
    parser.add_argument("--part", default="1/1", help="of those chosen, such as 2/3: to share them among working trees")
    return parser.parse_args()


def sample(count: int, seed: int, rooms: Sequence[str]) -> list[Mutant]:
    """Half of them logic, a quarter each thresholds and words; the same for the same code and seed."""
    files = sorted(path for room in rooms for path in (_ROOT / room).rglob("*") if path.suffix in (".py", ".toml"))
    every = [mutant for path in files if not set(_APART) & set(path.parts) for mutant in mutants_of(path)]
    drawn = random.Random(seed)
    by_kind = {kind: [mutant for mutant in every if mutant.kind is kind] for kind in Kind}
    parts = {Kind.LOGIC: count // 2, Kind.THRESHOLD: count // 4, Kind.WORD: count - count // 2 - count // 4}
    chosen = [mutant for kind, number in parts.items() for mutant in drawn.sample(by_kind[kind], number)]
    drawn.shuffle(chosen)
    return chosen


def tests_of(file: Path) -> list[str]:
    """Test files of a module: those that import it, those named like it, those that import its package or a helper
    of the tests that does."""
    room, package = file.parts[0], ".".join(file.parent.parts)
    every = sorted((_ROOT / "tests" / room).rglob("*.py"))
    texts = {path: path.read_text("utf-8") for path in every}
    own = [path for path in every if f"gongbao.{package}.{file.stem} " in texts[path]]
    named = [path for path in every if file.stem.rstrip("s") in path.stem]
    around = [path for path in every if f"gongbao.{package}" in texts[path] or file.parent.name == path.parent.name]
    helpers = [path.stem for path in around if not path.stem.startswith("test_")]
    helped = [path for path in every if any(f"tests.{room}.{name} " in texts[path] for name in helpers)]
    found = [*own, *named, *(_of_words() if file.suffix == ".toml" else ()), *around, *helped]
    return [str(path.relative_to(_ROOT)) for path in dict.fromkeys(found or every) if path.stem.startswith("test_")]


def _of_words() -> Iterator[Path]:
    """Lists of words have their examples beside those of the language room."""
    yield from (_ROOT / "tests" / "corpus" / "language" / name for name in ("test_forms.py", "test_examples.py"))


def _fate(mutant: Mutant, tests: list[str]) -> MutantFate:
    source = mutant.file.read_bytes()
    mutant.file.write_bytes(mutant.apply(source))
    try:
        child = os.fork()
        if not child:
            _run(tests)
        return _judged(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    finally:
        mutant.file.write_bytes(source)


def _judged(code: int) -> MutantFate:
    """By how the tests ended; where none ran, nothing can be said."""
    fates = {pytest.ExitCode.OK: MutantFate.SURVIVED, -signal.SIGALRM: MutantFate.LATE}
    if code in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):  # the latter: it cannot even be imported
        return MutantFate.NOTICED
    if code not in fates:
        raise RuntimeError(f"the tests did not run: {code}")
    return fates[code]


def _run(tests: list[str]) -> None:
    signal.alarm(_LONGEST)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    os._exit(int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-m", _QUICK, *tests])))


if __name__ == "__main__":
    main()
