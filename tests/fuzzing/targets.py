"""What is fuzzed: every parser that takes what strangers write, as a function of bytes, with inputs to begin with.

A target may refuse what it gets by an error of ours that names what is wrong; anything else it raises is a finding.
Grammars read the bytes as text; formats in an archive get one member changed at a time, since bytes changed at random
never come past its checksums.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from shutil import rmtree

from gongbao.corpus.document import Source, SourceKind
from gongbao.corpus.errors import GongbaoError
from gongbao.corpus.language import dates, days, document_numbers, lexicon, numbering, numerals
from gongbao.corpus.offsets import normalise
from gongbao.corpus.register import Register
from gongbao.index.query.concepts import find_concepts
from gongbao.index.query.read import read
from gongbao.index.synonyms import Synonyms
from gongbao.ingest.kinds import FileKind
from gongbao.ingest.ofd.read import read_ofd
from gongbao.ingest.unpack import unpack_here
from gongbao.ingest.whole import read_whole
from gongbao.nlp import Extractor
from gongbao.search_api.ledgers.reading import parse_ledger, read_state

from tests.ingest import fuzzing, hostile, office_files

TODAY = date(2024, 5, 15)
_SHORT = 400  # characters of a grammar's text; a question is shorter still
_LONG = 20_000


@dataclass(frozen=True, slots=True)
class Target:
    """`longest`: bytes of an input."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int


# --- grammars


def _text(data: bytes, longest: int = _SHORT) -> str:
    return data.decode("utf-8", "ignore")[:longest]


def _numerals(text: str) -> None:
    for understand in (numerals.amount, numerals.count, numerals.year, numerals.is_by_digits):
        understand(text)


def _dates(printed: str) -> None:
    text = normalise(printed)[0]
    days.find_day(text)
    for moment in (*dates.find_moments(text), *dates.find_asked_moments(text)):
        assert 0 <= moment.start < moment.end <= len(text)
        if told := dates.from_day(moment, TODAY):
            told.days(TODAY.year)
            told.last_day_before(TODAY.year)


def _numbering(text: str) -> None:
    numbering.numbering_at(text)
    numbering.decimal_at(text)
    assert len(numbering.without_numbering(text)) <= len(text)


def _document_numbers(text: str) -> None:
    for understand in (document_numbers.parse_number, document_numbers.parse_asked, document_numbers.canonical_number):
        understand(text)
    for span, _ in document_numbers.find_asked(text):
        assert 0 <= span.start < span.end <= len(text)


def _grammar(data: bytes) -> None:
    for understand in (_numerals, _dates, _numbering, _document_numbers, read_state):
        understand(_text(data))


def _question(data: bytes) -> None:
    with suppress(GongbaoError):
        reading = read(_text(data), TODAY, lambda text: ())
        find_concepts(reading.words, _synonyms())


@cache
def _synonyms() -> Synonyms:
    return Synonyms.load()


def _examples(*names: str) -> Iterable[bytes]:
    """What the language room's own examples say is read, and is not."""
    for name in names:
        for row in lexicon.load(name):
            for example in (*row.get("yes", ()), *row.get("no", ())):
                yield example.partition(" → ")[0].encode()


# --- texts and files


def _document(data: bytes) -> None:
    """A text is read, its documents are, and each record's words stand where it says."""
    with suppress(GongbaoError), _file(".txt", data[: 4 * _LONG]) as path:
        for document in read_whole(path, FileKind.TEXT, _source(path)).issue.documents:
            found = _extractor().extract(document)
            for assignment in found.assignments:
                assert 0 <= assignment.span.start < assignment.span.end <= len(document.text)


@cache
def _extractor() -> Extractor:
    return Extractor(Register.load())


def _whole(suffix: str, kind: FileKind, data: bytes) -> None:
    with suppress(GongbaoError), _file(suffix, data) as path:
        read_whole(path, kind, _source(path))


def _ofd(data: bytes) -> None:
    with suppress(GongbaoError), _file(".ofd", data) as path:
        read_ofd(path, _source(path))


def _archive(data: bytes) -> None:
    with suppress(GongbaoError), _file(".zip", data) as path:
        folder = path.with_suffix("")
        try:
            unpack_here(path, folder)
            inside = [found.resolve() for found in folder.rglob("*")]
            assert all(found.is_relative_to(folder.resolve()) for found in inside)
        finally:
            rmtree(folder, ignore_errors=True)


def _names(data: bytes) -> None:
    """A member of this name, as it stands in the archive byte by byte."""
    name = data[:600] or b"a"
    stand_in = "x" * len(name)
    _archive(hostile.zipped({stand_in: b"1"}).replace(stand_in.encode(), name))


def _ledger(data: bytes) -> None:
    with suppress(GongbaoError), _file(".xlsx", data) as path:
        parse_ledger(path)


def _source(path: Path) -> Source:
    return Source(path.name, "0" * 64, SourceKind.TEXT)


@contextmanager
def _file(suffix: str, data: bytes) -> Iterator[Path]:
    """A file of these bytes, in memory where the system has such a folder."""
    here = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=here) as folder:
        path = Path(folder) / f"公报{suffix}"
        path.write_bytes(data)
        yield path


class Members:
    """Archives with one member changed: the first byte of an input says which, the rest what it holds. `kinds`: what
    reads each kind, by suffix."""

    def __init__(self, **kinds: Callable[[bytes], None]) -> None:
        self._kinds = kinds

    def __call__(self, data: bytes) -> None:
        suffix, name = self._places()[data[0] % len(self._places())] if data else self._places()[0]
        self._kinds[suffix](hostile.zipped(_members(suffix) | {name: data[1:]}))

    def seeds(self) -> Iterable[bytes]:
        for place, (suffix, name) in enumerate(self._places()):
            yield bytes([place]) + _members(suffix)[name]

    def _places(self) -> list[tuple[str, str]]:
        return [(suffix, name) for suffix in self._kinds for name in _members(suffix)]


@cache
def _members(suffix: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_whole_files()[f".{suffix}"])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _whole_files() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return fuzzing.seeds(Path(folder))


def _like(suffix: str) -> Iterable[bytes]:
    return [_whole_files()[suffix]]


def _packed(**kinds: Callable[[bytes], None]) -> Target:
    made = Members(**kinds)
    return Target(made, made.seeds, _LONG)


_NOTICE = "\n".join(office_files.NOTICE).encode()
_QUESTIONS = ("市教育局上半年牵头什么", "云政发〔2024〕6号 -防汛 部门:市水利局", "“河道 巡查” OR 清淤 今年6月底前")
_NAMES = ("通知.txt", "../../通知.txt", "C:\\通知.txt", "通知/云政发〔2024〕6号.docx")
_GRAMMARS = ("numerals", "dates", "numbering", "document_numbers")

TARGETS = {
    "grammar": Target(_grammar, partial(_examples, *_GRAMMARS), 3 * _SHORT),
    "question": Target(_question, lambda: [each.encode() for each in _QUESTIONS], 3 * _SHORT),
    "document": Target(_document, lambda: [_NOTICE], _LONG),
    "html": Target(partial(_whole, ".html", FileKind.WEB), partial(_like, ".html"), _LONG),
    "rtf": Target(partial(_whole, ".rtf", FileKind.RTF), partial(_like, ".rtf"), _LONG),
    "docx": _packed(docx=partial(_whole, ".docx", FileKind.DOCX)),
    "xlsx": _packed(xlsx=partial(_whole, ".xlsx", FileKind.SHEET)),
    "odf": _packed(odt=partial(_whole, ".odt", FileKind.ODT), ods=partial(_whole, ".ods", FileKind.SHEET)),
    "ofd": _packed(ofd=_ofd),
    "ledger": _packed(xlsx=_ledger),
    "zip": Target(_archive, partial(_like, ".zip"), _LONG),
    "zip_names": Target(_names, lambda: [each.encode("gbk") for each in _NAMES], 600),
}
