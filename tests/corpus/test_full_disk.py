"""A disk that fills up while files are read: told in one line, and all is there once there is room.

On a file system in memory that only the process of the test sees; `python -m bench.full` tries every stage and size.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FILES = 4
WORK = """
import subprocess, sys
from pathlib import Path
from gongbao.corpus.errors import GongbaoError
from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, Settings

def read(folder, source):
    app = Application(Settings(Home(folder / "home"), workers=1))
    try:
        outcomes = list(app.ingest([source]))
        causes = {failure.cause for outcome in outcomes for failure in outcome.failures}
    except GongbaoError as error:
        causes = {str(error)}
    print(len(list(app.store.documents())), "；".join(causes), len(app.store.ledger.all()), sep="|")
    app.close()

if __name__ == "__main__":
    folder, source = Path(sys.argv[1]), Path(sys.argv[2])
    for size in ("size=600k", "remount,size=64m"):
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder], check=True)
        read(folder, source)
"""


def _may_mount() -> bool:
    try:
        return subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not _may_mount(), reason="this system lets no user mount (unshare -rm)")
def test_what_did_not_fit_is_read_when_there_is_room(tmp_path: Path) -> None:
    source, disk = tmp_path / "source", tmp_path / "disk"
    disk.mkdir()
    source.mkdir()
    for number in range(FILES):
        text = "".join(f"第{line}条 市水务局负责第{number}号河道第{line}段的巡查。\n" for line in range(1, 900))
        head = f"云川市人民政府关于第{number}号河道的通知\n云政发〔2024〕{number + 1}号\n各县（市、区）人民政府：\n"
        (source / f"{number}.txt").write_text(head + text, "utf-8")
    (tmp_path / "work.py").write_text(WORK, "utf-8")
    command = ["unshare", "-rm", sys.executable, str(tmp_path / "work.py"), str(disk), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (full, cause, _), (whole, nothing, failed) = (line.split("|") for line in done.stdout.splitlines())
    assert int(full) < FILES
    assert "磁盘" in cause or "No space left" in cause
    assert (int(whole), nothing, int(failed)) == (FILES, "", 0)
