"""Where a corpus lives on disk."""

from __future__ import annotations

from dataclasses import dataclass
from os import stat_result
from pathlib import Path

DEFAULT_HOME = Path("gongbao-data")


@dataclass(frozen=True, slots=True)
class Home:
    """HOME/corpus.sqlite and the folders index, register, synonyms, models and cache; for `files` and `evidence`
    see `gongbao.corpus.files`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "corpus.sqlite"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def register(self) -> Path:
        return self.root / "register"

    @property
    def synonyms(self) -> Path:
        return self.root / "synonyms"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def knowledge(self) -> frozenset[tuple[Path, int, int]]:
        """The files of one's own register and synonyms with their times and sizes: changes when one is written."""
        folders = (folder for folder in (self.register, self.synonyms) if folder.is_dir())
        states = [(file, state) for folder in folders for file in folder.iterdir() if (state := _state(file))]
        return frozenset((file, state.st_mtime_ns, state.st_size) for file, state in states)


def _state(file: Path) -> stat_result | None:
    """None where it has gone since it was listed, as what an editor writes beside a file does."""
    try:
        return file.stat()
    except FileNotFoundError:
        return None
