"""Where a corpus lives on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = Path("gongbao-data")


@dataclass(frozen=True, slots=True)
class Home:
    """HOME/corpus.sqlite, HOME/files/SHA256.pdf, and the folders index, register, synonyms, models and cache."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "corpus.sqlite"

    @property
    def files(self) -> Path:
        return self.root / "files"

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

    @property
    def pictures(self) -> Path:
        return self.cache / "pages"

    def knowledge(self) -> frozenset[tuple[Path, int, int]]:
        """The files of one's own register and synonyms with their times and sizes: changes when one is written."""
        files = [file for folder in (self.register, self.synonyms) if folder.is_dir() for file in folder.iterdir()]
        states = [(file, file.stat()) for file in files]
        return frozenset((file, state.st_mtime_ns, state.st_size) for file, state in states)
