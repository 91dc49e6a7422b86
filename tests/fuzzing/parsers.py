"""Parsers under inputs that atheris makes of what they have done so far, each target in a process of its own.

    python -m tests.fuzzing.parsers [--seconds 600] [TARGET …]

Prints Markdown: how often each was run and what was found. An input that is refused with an error of ours is no
finding; a crash, another error, more than 20 s or 1.5 GB is. Its bytes stay in .cache/fuzz; what was mended becomes a
case of `cases.py`. Needs the extra `fuzz` (`make fuzz` installs it).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

KEPT = Path(__file__).parents[2] / ".cache" / "fuzz"
_SECONDS, _MEGABYTES = 20, 1500  # of one input
_DONE = re.compile(r"^stat::number_of_executed_units: (\d+)", re.M)
_RAISED = re.compile(r"^ === Uncaught Python exception: ===\n(.+)|^SUMMARY: libFuzzer: (.+)", re.M)


def main(names: list[str], seconds: int) -> int:
    print("| 目标 | 秒 | 次 | 发现 |\n| --- | ---: | ---: | --- |", flush=True)
    found = [fuzz(name, seconds) for name in names]
    return 1 if any(found) else 0


def fuzz(name: str, seconds: int) -> str:
    """What was found; "" for nothing."""
    command = [sys.executable, "-m", "tests.fuzzing.parsers", "--child", name, str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds + 300)
    said = done.stdout + done.stderr
    times = _DONE.search(said)
    raised = _RAISED.search(said)
    told = (raised[1] or raised[2]) if raised else ("" if done.returncode == 0 else said[-300:])
    print(f"| {name} | {seconds} | {times[1] if times else '–'} | {told or '无'} |", flush=True)
    return told


def child(name: str, seconds: int) -> None:
    """In the process that fuzzes; it ends in `Fuzz`."""
    import atheris

    with atheris.instrument_imports(include=["gongbao"]):
        from tests.fuzzing.targets import TARGETS
    target = TARGETS[name]
    corpus = _seeded(name, target.seeds())
    bounds = {"max_total_time": seconds, "timeout": _SECONDS, "rss_limit_mb": _MEGABYTES, "max_len": target.longest}
    options = [f"-{key}={value}" for key, value in bounds.items()]
    arguments = ["parsers", str(corpus), *options, f"-artifact_prefix={KEPT}/{name}-", "-print_final_stats=1"]
    atheris.Setup(arguments, target.run)
    atheris.Fuzz()


def _seeded(name: str, seeds: Iterable[bytes]) -> Path:
    """A folder with the inputs to begin with, beside what earlier runs found of use."""
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(seed)
    return folder


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]))
    else:
        parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        parser.add_argument("--seconds", type=int, default=600)
        parser.add_argument("names", nargs="*")
        given = parser.parse_args()
        from tests.fuzzing.targets import TARGETS

        sys.exit(main(given.names or list(TARGETS), given.seconds))
