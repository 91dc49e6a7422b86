"""What `gongbao serve` sets of its own process, so that nobody is held up by another's work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SERVED = """
import gc, os, signal, sys
from pathlib import Path
from gongbao.corpus.home import Home
from gongbao.search_api.cli import serve
from gongbao.search_api.compose import Application, Settings

class Told:
    def print(self, *said, **how):
        print(gc.get_freeze_count(), sys.getswitchinterval(), flush=True)
        os.kill(os.getpid(), signal.SIGINT)

serve.console = Told()
serve.serve_on(Application(Settings(Home(Path(sys.argv[1])))), serve._listen("127.0.0.1", 0))
"""


def test_what_was_read_for_all_is_not_looked_through_again_and_turns_are_short(tmp_path: Path) -> None:
    """Else each search for garbage stops all for a quarter of a second, and who is turned away waits for turns of 5 ms
    of every thread that computes."""
    run = subprocess.run([sys.executable, "-c", _SERVED, tmp_path], capture_output=True, text=True, timeout=120)
    frozen, turn = run.stdout.split()
    assert (int(frozen) > 100_000, float(turn) < 0.001) == (True, True)
