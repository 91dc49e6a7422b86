"""Take every lookaround out in turn and read the examples again: `python -m bench.guards nlp corpus/language`.

One run with all guards in notices, for each expression, which examples it would find something else in without one
of its guards; only those are read again without it. With `--documents FILE` (a pickle of pairs of a name and a
document) the records of real documents are compared as well. What nothing needs may go.
"""

from __future__ import annotations

import argparse
import json
import pickle
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest

from bench.guards.marking import Guard, find_guards
from bench.guards.trying import Examples, GuardVerdict, Reading, verdict_of
from bench.guards.watching import Guards, watch

_ROOT = Path(__file__).parent.parent.parent


def main() -> None:
    options = _options()
    guards = find_guards([path for room in options.rooms for path in _sources(_ROOT / room)])
    watch(guards)
    examples = Examples()
    pytest.main(["-q", "-p", "no:cacheprovider", "--durations=0", "-m", "not material", *options.tests], [examples])
    documents = _documents(options.documents)
    verdicts = []
    for guard in guards:
        verdicts.append((guard, verdict_of(guard.number, examples.again, documents)))
        print(_line(*verdicts[-1]), flush=True)
    if options.out:
        options.out.write_text("\n".join(json.dumps(_row(*one), ensure_ascii=False) for one in verdicts) + "\n")
    _count([verdict for _, verdict in verdicts])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="+", help="folders or files whose expressions are looked at")
    parser.add_argument("--tests", nargs="+", default=["tests/nlp", "tests/corpus/language"])
    parser.add_argument("--documents", nargs="*", default=[], type=Path)
    parser.add_argument("--out", type=Path, help="a file for the verdicts, a line of JSON a guard")
    return parser.parse_args()


def _sources(room: Path) -> list[Path]:
    found = [room] if room.is_file() else room.rglob("*")
    return sorted(path for path in found if path.suffix in {".py", ".toml"})


def _documents(files: list[Path]) -> dict[str, Reading]:
    """Documents by name, each read once with all guards in."""
    if not files:
        return {}
    from gongbao.corpus.register import Register
    from gongbao.nlp.extract import Extractor

    extractor = Extractor(Register())
    readings: dict[str, Reading] = {}
    for file in files:
        for place, (name, document) in enumerate(pickle.loads(file.read_bytes())):
            Guards.reading = f"{file.stem}/{place} {name}"
            told = repr(extractor.extract(document))
            readings[Guards.reading] = partial(lambda d, was: repr(extractor.extract(d)) == was, document, told)
    Guards.reading = None
    return readings


def _line(guard: Guard, verdict: GuardVerdict) -> str:
    kind = "example" if verdict.failing else "document" if verdict.differing else "nothing"
    where = guard.file.relative_to(_ROOT)
    return f"{kind:8} {where}  …{guard.before[-8:]}{guard.text[:60]}  {verdict.failing or verdict.differing or ''}"


def _row(guard: Guard, verdict: GuardVerdict) -> dict[str, object]:
    return {**asdict(guard), "file": str(guard.file.relative_to(_ROOT)), **asdict(verdict)}


def _count(verdicts: list[GuardVerdict]) -> None:
    held = sum(bool(verdict.failing) for verdict in verdicts)
    needed = sum(bool(verdict.differing and not verdict.failing) for verdict in verdicts)
    idle = len(verdicts) - held - needed
    print(f"{len(verdicts)} guards: an example needs {held}, only a document {needed}, nothing {idle}")


if __name__ == "__main__":
    main()
