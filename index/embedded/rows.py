"""Where the directions of passages lie, and how many: told from the sizes of files, without loading what reads them.

HOME/index/embedded/meaning/MODEL/0001/ holds keys (8 bytes each), signs (64: one bit a number) and values (512), a row
each; the highest number is the folder in use.
"""

from __future__ import annotations

import os
from pathlib import Path

from gongbao.corpus.home import Home
from gongbao.index.lock import revision
from gongbao.index.meaning.encoder import SIZE, Encoder, NoEncoder
from gongbao.index.meaning.finished import MeaningState, read_mark
from gongbao.index.settings import PREFIX

MARK = "finished.json"
MEANING = "meaning"  # the folder of directions, which belong to no generation
SIGNS = SIZE // 8  # bytes
WIDTHS = {"keys": 8, "signs": SIGNS, "values": SIZE}


def in_use(root: Path) -> Path:
    """The folder in use, or the first, which need not be there yet."""
    found = [folder for folder in root.glob("*") if folder.is_dir() and folder.name.isdecimal()]
    return max(found, default=root / "0001", key=lambda folder: int(folder.name))


def whole_rows(folder: Path) -> int:
    """How many rows stand in all three files."""
    try:
        return min((folder / name).stat().st_size // width for name, width in WIDTHS.items())
    except OSError:
        return 0


def standing(home: Home, encoder: Encoder) -> MeaningState | None:
    """All is ready, where the index was not written since all passages had their direction; None where that takes
    looking into it, or it is on a server."""
    if os.environ.get(f"{PREFIX}URL"):
        return None
    try:
        encoder.check()
    except NoEncoder:
        return None
    root = home.index / "embedded"
    folder = root / MEANING / encoder.version
    mark, now = read_mark(folder / MARK), revision(root)
    if not mark or not now or mark.revision != now or whole_rows(in_use(folder)) < mark.passages:
        return None
    return MeaningState(mark.passages, mark.passages, None)
