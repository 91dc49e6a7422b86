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
from time import monotonic, sleep

import pytest

from bench.mutants.making import Kind, Mutant, mutants_of

_ROOT = Path(__file__).parent.parent.parent
_ROOMS = ("corpus", "nlp", "ingest", "index", "search_api")
_APART = ("trials", "migrations", "evaluate")  # training and measuring
_QUICK = "not elasticsearch and not postgresql and not browser and not material"
_HEAVY = (
    *("spacy", "numpy", "pydantic", "lxml.etree", "sqlalchemy", "jieba", "rapidfuzz", "pypdfium2", "weasyprint"),
    *("hypothesis", "_hypothesis_pytestplugin", "schemathesis.pytest", "anyio.pytest_plugin"),
)
_PASSED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)  # the latter: all of a part want a server
_FIRST = 4  # test files that are collected and run before the others are even looked at


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
        tests = tests_of(mutant.file.relative_to(_ROOT), options.nearest)
        began = monotonic()
        fate = _fate(mutant, tests, options.longest)
        counted[mutant.kind, fate] += 1
        place = mutant.describe(mutant.file.read_bytes()).removeprefix(f"{_ROOT}/")
        print(f"{fate:8} {mutant.kind:9} {place}  [{len(tests)} files, {monotonic() - began:.0f} s]", flush=True)
    for kind in Kind:
        print(f"{kind}: {', '.join(f'{counted[kind, fate]} {fate}' for fate in MutantFate)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--rooms", nargs="+", default=_ROOMS, choices=_ROOMS)
    parser.add_argument("--part", default="1/1", help="of those chosen, such as 2/3: to share them among working trees")
    parser.add_argument("--longest", type=int, default=300, help="seconds for the tests of one mutant")
    parser.add_argument("--nearest", type=int, help="test files of a mutant at most: quicker, and some more survive")
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


def tests_of(file: Path, nearest: int | None) -> list[str]:
    """Test files of a module, the `nearest` so many: those that import it, those named like it, those of modules that
    import it, those that import its package or a helper of the tests that does."""
    room, package = file.parts[0], ".".join(file.parent.parts)
    every = sorted((_ROOT / "tests" / room).rglob("*.py"))
    texts = {path: path.read_text("utf-8") for path in every}
    own = [path for path in every if f"gongbao.{package}.{file.stem} " in texts[path]]
    named = [path for path in every if file.stem.rstrip("s") in path.stem]
    users = [path for path in every if any(f"gongbao.{name} " in texts[path] for name in _users(file))]
    around = [path for path in every if f"gongbao.{package}" in texts[path] or file.parent.name == path.parent.name]
    helpers = [path.stem for path in around if not path.stem.startswith("test_")]
    helped = [path for path in every if any(f"tests.{room}.{name} " in texts[path] for name in helpers)]
    found = [*own, *named, *(_of_words(file.stem) if file.suffix == ".toml" else ()), *users, *around, *helped]
    tests = [path for path in dict.fromkeys(found or every) if path.stem.startswith("test_")]
    return [str(path.relative_to(_ROOT)) for path in tests[:nearest]]


def _users(file: Path) -> list[str]:
    """Modules of the room that import it."""
    name = f"gongbao.{'.'.join(file.with_suffix('').parts)} "
    paths = [path for path in (_ROOT / file.parts[0]).rglob("*.py") if name in path.read_text("utf-8")]
    return [".".join(path.relative_to(_ROOT).with_suffix("").parts) for path in paths]


def _of_words(name: str) -> Iterator[Path]:
    """Lists of words have their examples beside those of the language room, and are used in others."""
    yield from (_ROOT / "tests" / "corpus" / "language" / test for test in ("test_forms.py", "test_examples.py"))
    yield from sorted((_ROOT / "tests").rglob(f"test_{name}*.py"))


def _fate(mutant: Mutant, tests: list[str], longest: int) -> MutantFate:
    source = mutant.file.read_bytes()
    mutant.file.write_bytes(mutant.apply(source))
    try:
        child = os.fork()
        if not child:
            _run(tests)
        return _judged(_ended(child, longest))
    finally:
        mutant.file.write_bytes(source)


def _ended(child: int, longest: int) -> int | None:
    """The code of the process, None where it was stopped: an alarm of its own would be that of pytest-timeout."""
    until = monotonic() + longest
    while monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        sleep(0.1)
    os.killpg(child, signal.SIGKILL)  # with the processes that it started
    os.waitpid(child, 0)
    return None


def _judged(code: int | None) -> MutantFate:
    """By how the tests ended; where none ran, nothing can be said."""
    fates: dict[int | None, MutantFate] = {pytest.ExitCode.OK: MutantFate.SURVIVED, None: MutantFate.LATE}
    if code in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):  # the latter: it cannot even be imported
        return MutantFate.NOTICED
    if code not in fates:
        raise RuntimeError(f"the tests did not run: {code}")
    return fates[code]


def _run(tests: list[str]) -> None:
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    parts = [part for part in (tests[:_FIRST], tests[_FIRST:]) if part]
    codes = (
        int(pytest.main(["-qx", "--assert=plain", "-p", "no:cacheprovider", "-m", _QUICK, *part])) for part in parts
    )
    os._exit(next((code for code in codes if code not in _PASSED), pytest.ExitCode.OK))


if __name__ == "__main__":
    main()
