"""Processor time of commands with all that they start, also what outlives them, as servers do (Linux).

Processor time, not wall time: it is the same on a machine that is busy with other things.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

GONGBAO = str(Path(sys.executable).with_name("gongbao"))
_SUBREAPER = 36  # of prctl: orphans below become children of this process, which waits for them


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds of all processes that the work starts; they must end with it, or soon after."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    before = _of_children()
    work()
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def gongbao(home: Path, *words: str, environment: Mapping[str, str] | None = None) -> None:
    """Run one command in a home; exit code 1 (some input could not be read) is well."""
    done = subprocess.run([GONGBAO, "--home", str(home), *words], env=os.environ | (environment or {}), check=False)
    if done.returncode > 1:
        raise SystemExit(f"gongbao {' '.join(words)}: {done.returncode}")
