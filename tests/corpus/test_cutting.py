"""A dictionary that someone laid into the folder of temporary files is not believed."""

from __future__ import annotations

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

from gongbao.corpus.language.cutting import initialize, jieba

ROOT = Path(__file__).parent.parent.parent
CUT = "from gongbao.corpus.language.cutting import jieba; print('/'.join(jieba.cut('云川市人民政府', HMM=False)))"


def test_a_dictionary_laid_into_the_temporary_folder_is_not_read(tmp_path: Path) -> None:
    laid = tmp_path / "tmp"
    laid.mkdir()
    (laid / "jieba.cache").write_bytes(marshal.dumps(({"云川市人民政府": 10**6}, 10**6)))
    said = {"TMPDIR": str(laid), "HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": ""}
    cut = [
        subprocess.run([sys.executable, "-c", CUT], env=os.environ | said, capture_output=True, text=True, check=True)
        for _ in range(2)  # the second time from our own cache
    ]
    assert all("人民政府" in done.stdout.strip().split("/") for done in cut)
    assert (tmp_path / "home" / ".cache" / "gongbao" / "jieba.cache").stat().st_mode & 0o077 == 0


def test_the_dictionary_is_the_same_in_parts_and_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    """A server reads it beside its first readers."""
    whole = jieba.Tokenizer()
    whole.initialize()
    for number in range(3):  # made, read, made anew
        parted = jieba.Tokenizer()
        parted.tmp_dir = str(tmp_path)
        initialize(parted)
        assert (parted.FREQ, parted.total) == (whole.FREQ, whole.total)
        path = tmp_path / "parts.cache"
        kept = path.read_bytes()
        assert len(kept) > 1_000_000
        if number:
            path.write_bytes(kept[:-1000])


def test_everyone_takes_jieba_from_there() -> None:
    direct = re.compile(r"^import jieba", re.MULTILINE)
    files = [file for room in ("index", "nlp", "search_api", "ingest") for file in (ROOT / room).rglob("*.py")]
    assert [file for file in files if direct.search(file.read_text("utf-8"))] == []
