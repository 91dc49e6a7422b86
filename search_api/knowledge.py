"""What a place knows of itself, edited over HTTP: its register of bodies and its synonyms."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gongbao.corpus.audit import Audit, Deed
from gongbao.corpus.errors import UsageError
from gongbao.corpus.home import Home
from gongbao.corpus.register import add_file
from gongbao.index.synonyms import Synonyms
from gongbao.search_api.compose import Application

SYNONYMS = "local.tsv"
_NAME = re.compile(r"[\w-]{1,60}\.(?:toml|csv)")
_BETWEEN = re.compile(r"[\t、，, ]+")


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    name: str
    text: str


def register_files(home: Home) -> list[KnowledgeFile]:
    """The place's own register, by name."""
    found = sorted(p for p in home.register.glob("*") if p.suffix.lower() in (".toml", ".csv"))
    return [KnowledgeFile(path.name, path.read_text("utf-8-sig")) for path in found]


def synonyms_text(home: Home) -> str:
    path = home.synonyms / SYNONYMS
    return path.read_text("utf-8-sig").replace("\t", "、") if path.exists() else ""


def save_register(app: Application, name: str, text: str, by: str) -> int:
    """Check and keep one file; how many entries it holds. UsageError for its name, InputError for its lines."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"文件名不合要求：{name}", "用字母、数字或汉字，以 .toml 或 .csv 结尾")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(_plain(text), "utf-8")
        count = add_file(app.settings.home, path)
    Audit(app.settings.home).note(by, Deed.REGISTER, name)
    app.reload()
    return count


def save_synonyms(app: Application, text: str, by: str) -> None:
    """Check and keep the place's own groups, one a line, terms parted by 、 or blanks. UsageError for a bad line."""
    lines = [line if line.startswith("#") else _BETWEEN.sub("\t", line.strip()) for line in _plain(text).splitlines()]
    written = "".join(f"{line}\n" for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / SYNONYMS).write_text(written, "utf-8")
        Synonyms.load(Path(folder))
    app.settings.home.synonyms.mkdir(parents=True, exist_ok=True)
    (app.settings.home.synonyms / SYNONYMS).write_text(written, "utf-8")
    Audit(app.settings.home).note(by, Deed.SYNONYMS, SYNONYMS)
    app.reload()


def _plain(text: str) -> str:
    """A form sends CR LF."""
    return text.replace("\r\n", "\n")
