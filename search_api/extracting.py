"""One document's records: what a process that extracts needs, and what it makes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gongbao.corpus.failure import Failure
from gongbao.corpus.home import Home
from gongbao.corpus.processes import must_be_same
from gongbao.corpus.store import Store
from gongbao.search_api.ingesting import REPORT, digest, said

if TYPE_CHECKING:
    from gongbao.corpus.records import Extraction
    from gongbao.nlp import Extractor
    from gongbao.nlp.reader.second import SecondReader


@dataclass(frozen=True, slots=True)
class Extracted:
    title: str
    extraction: Extraction
    sha256: str  # of the document's source


def extracting(home: Home, version: str, fast: bool) -> Callable[[str], Extracted | Failure | None]:
    """`extract_one` in a process of its own."""
    from gongbao.corpus.register import Register
    from gongbao.nlp import Extractor
    from gongbao.nlp.learning import load_models

    second = None if fast else second_reader()
    must_be_same(version, extracts_as(home, second))
    extractor = Extractor(Register.of(home), load_models(home.models), second)
    return partial(extract_one, Store.open(home), extractor, version)


def extracts_as(home: Home, second: SecondReader | None) -> str:
    """What of program and home decides how a document is extracted."""
    from gongbao.nlp import VERSION
    from gongbao.nlp.learning import model_files
    from gongbao.nlp.reader.shipped import FILES

    learnt = [*model_files(home.models), *(FILES if second else ())]
    return f"{VERSION}+{_fingerprint(_files_in(home.register))}" + (f"+{_fingerprint(learnt)}" if learnt else "")


def second_reader() -> SecondReader | None:
    """None where it cannot be used; `status` says why."""
    from gongbao.nlp.reader.second import SecondReader
    from gongbao.nlp.reader.shipped import NoReader

    try:
        return SecondReader()
    except NoReader:
        return None


def extract_one(store: Store, extractor: Extractor, version: str, document_id: str) -> Extracted | Failure | None:
    """A document's records, or why there are none; None where it was removed meanwhile."""
    document = store.document(document_id)
    if document is None:
        return None
    try:
        found = replace(extractor.extract(document), version=version)
        return Extracted(document.title, found, document.source.sha256)
    except Exception as error:  # a fault of ours in one document must not keep out the others
        cause = f"{document.title}：提取时程序出错：{said(error)}"
        source = document.source
        return Failure(source.file, "extract", cause, REPORT, document.first_page, source.sha256)


def _fingerprint(files: Iterable[Path]) -> str:
    """Changes with what the user added or a model learnt, so that documents are read again with it."""
    return hashlib.sha256(b"".join(digest(file).encode() for file in files)).hexdigest()[:8]


def _files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []
