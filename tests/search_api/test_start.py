"""How a command begins and ends: what is loaded is no garbage, and nobody looks for any there."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import gc, sys
from gongbao.search_api.cli import main
print(gc.isenabled(), gc.get_freeze_count())
sys.argv = ["gongbao", "--version"]
try:
    main()
except SystemExit:
    print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""


def test_what_is_loaded_is_set_aside_from_the_search_for_garbage() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    first, version, last = done.stdout.splitlines()
    assert (first, last) == ("True 0", "True True"), "whoever only imports it keeps the search as it was"
    assert version.startswith("gongbao ")
