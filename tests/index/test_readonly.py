"""An index where nothing may be written is read through links in a folder of the process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from gongbao.index.embedded.files import lockable
from tantivy import Index, SchemaBuilder


def test_a_folder_that_may_not_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(SchemaBuilder().add_text_field("text", stored=True).build(), path=str(tmp_path))
    index.writer(15_000_000, 1).commit()
    assert lockable(tmp_path) == tmp_path
    monkeypatch.setattr(os, "access", lambda *_: False)
    beside = lockable(tmp_path)
    assert beside != tmp_path
    assert Index.open(str(beside)).searcher().num_docs == 0
    assert {file.name for file in beside.iterdir()} >= {"meta.json"}
