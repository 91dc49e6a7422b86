"""jieba, with its dictionary's cache where only we write: it believes whatever lies under that name in the
system's folder of temporary files, where anyone may lay it.

Everyone takes jieba from here.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path
from shutil import rmtree

import jieba

__all__ = ["jieba", "own_folder"]


def own_folder() -> str:
    """A folder of this user's that no one else may write; one of this process alone where there is none."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongbao"
    try:
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = base.stat()
        if state.st_uid == os.getuid() and not state.st_mode & 0o022 and os.access(base, os.W_OK):
            return str(base)
    except (OSError, RuntimeError, AttributeError):  # no home, or no such ids on this system
        pass
    folder = tempfile.mkdtemp(prefix="gongbao-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


jieba.dt.tmp_dir = own_folder()
