"""What a unit of each kind of work costs, and from that what a province and the nation would take.

    [GONGBAO_MATERIAL=FOLDER] python -m bench.costs [--copies 20]   measure, write docs/reports/costs.json and the page
    python -m bench.costs --page                                  write the tables of docs/scale.md from costs.json

Measured are processor seconds (`bench.measure`) of the command line on the gazettes of GONGBAO_MATERIAL, or the
bundled sample, without start-up.
The step takes the same documents and records `copies` times, renumbered and renamed, into a store and an index, and
compares what that takes with what the unit costs foretell.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pypdfium2 as pdfium
from gongbao.corpus.document import Document, Issue
from gongbao.corpus.home import Home
from gongbao.corpus.records import Extraction
from gongbao.corpus.shapes import KeptShape
from gongbao.corpus.store import Store
from gongbao.index.engine import Everything
from gongbao.index.schema import EntryKind
from gongbao.search_api.compose import Application, Settings

from bench.measure import cpu_of, gongbao

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "search_api" / "sample"
REPORT, PAGE = ROOT / "docs" / "reports" / "costs.json", ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- made by bench.costs -->\n", "<!-- end -->"
MEANING = "index/embedded/meaning"  # the directions of passages
QUESTIONS = ("市水利局要做什么", "今年底前要完成哪些任务", "防汛工作由谁牵头", "财政局配合哪些工作", "10号文说了什么")
_DAY, _GB = 86_400, 1e9


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor seconds and bytes of one unit each."""

    native_page: float
    ocr_page: float
    thousand_characters: float
    statement_indexed: float
    passage_embedded: float
    question: float
    source_bytes_per_page: float
    store_bytes_per_thousand_characters: float
    index_bytes_per_statement: float
    vector_bytes_per_passage: float
    passages_per_thousand_characters: float


@dataclass(frozen=True, slots=True)
class CostStep:
    """`copies` of the corpus: processor seconds and bytes foretold from the unit costs, and found."""

    copies: int
    statements: int
    index_seconds: tuple[float, float]
    index_bytes: tuple[float, float]
    store_bytes: tuple[float, float]
    question_seconds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """A corpus to come. `scanned`: share of its pages that are pictures. A page of three real gazettes of one city
    has 1,150 characters; 30 million statements of 4 million pages are 7.5 a page."""

    name: str
    pages: float
    scanned: float
    characters: float = 1_150
    statements: float = 7.5


# Monthly gazettes of about 80 pages, as the measured ones are; every fifth page a scan.
SIZES = (
    Size("一省（11 市，20 年）", 11 * 20 * 12 * 80, 0.2),
    Size("全国（400 万页，3000 万条）", 4e6, 0.2),
)


@dataclass(frozen=True, slots=True)
class Need:
    """Core days of each stage, and gigabytes."""

    name: str
    pages: float
    statements: float
    reading: float
    extracting: float
    indexing: float
    embedding: float
    files: float
    store: float
    index: float
    vectors: float

    @property
    def core_days(self) -> float:
        return self.reading + self.extracting + self.indexing + self.embedding


def need_of(size: Size, costs: Costs) -> Need:
    """The arithmetic of the projection: units times what one costs."""
    thousands = size.pages * size.characters / 1000
    statements = size.pages * size.statements
    passages = thousands * costs.passages_per_thousand_characters
    page = size.scanned * costs.ocr_page + (1 - size.scanned) * costs.native_page
    return Need(
        size.name,
        size.pages,
        statements,
        reading=size.pages * page / _DAY,
        extracting=thousands * costs.thousand_characters / _DAY,
        indexing=statements * costs.statement_indexed / _DAY,
        embedding=passages * costs.passage_embedded / _DAY,
        files=size.pages * costs.source_bytes_per_page / _GB,
        store=thousands * costs.store_bytes_per_thousand_characters / _GB,
        index=statements * costs.index_bytes_per_statement / _GB,
        vectors=passages * costs.vector_bytes_per_passage / _GB,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--page", action="store_true")
    options = parser.parse_args()
    if not options.page:
        named = os.environ.get("GONGBAO_MATERIAL")
        material = Path(named) / "gazettes" if named else SAMPLE
        with tempfile.TemporaryDirectory() as folder:
            costs = measure(material, Path(folder))
            step = take_step(Path(folder), options.copies, costs)
        found = {"date": date.today().isoformat(), "costs": asdict(costs), "step": asdict(step)}
        REPORT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")


def measure(material: Path, folder: Path) -> Costs:
    """Every stage once on the native gazettes, recognition on the scans."""
    scans = sorted(material.glob("scan*.pdf")) or [_scan(folder / "scan.pdf")]
    native = [file for file in sorted(material.glob("*.pdf")) if not file.name.startswith("scan")]
    (folder / "start.txt").write_text("关于防汛的通知\n云政发〔2024〕1号\n各县：\n市水务局负责。\n", "utf-8")
    home, empty = folder / "home", folder / "empty"
    start = {stage: _cpu(empty, *words) for stage, words in _stages([folder / "start.txt"])}
    took = {stage: _cpu(home, *words) - start[stage] for stage, words in _stages(native)}
    seen = _cpu(folder / "scans", "ingest", *map(str, scans)) - start["ingest"]
    app = Application(Settings(Home(home)))
    pages, characters = _count(app)
    statements, passages = (app.engine.count(kind, Everything()) for kind in (EntryKind.STATEMENT, EntryKind.PASSAGE))
    scanned = sum(len(issue.pages) for issue in Store.open(Home(folder / "scans")).issues())
    print(f"{pages} pages, {characters} characters, {statements} statements, {passages} passages, {scanned} scanned")
    costs = Costs(
        native_page=took["ingest"] / pages,
        ocr_page=seen / scanned,
        thousand_characters=took["extract"] / characters * 1000,
        statement_indexed=took["index"] / statements,
        passage_embedded=took["embed"] / passages,
        question=_question(app),
        source_bytes_per_page=_bytes(home / "files") / pages,
        store_bytes_per_thousand_characters=_grown(home, empty, "corpus.sqlite") / characters * 1000,
        index_bytes_per_statement=(_grown(home, empty, "index") - _grown(home, empty, MEANING)) / statements,
        vector_bytes_per_passage=_grown(home, empty, MEANING) / passages,
        passages_per_thousand_characters=passages / characters * 1000,
    )
    app.close()
    return costs


def _scan(path: Path) -> Path:
    """One page of the sample as a picture."""
    with pdfium.PdfDocument(SAMPLE / "sample.pdf") as pdf:
        pdf[2].render(scale=150 / 72).to_pil().convert("L").save(path, resolution=150)
    return path


def _stages(files: list[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "ingest", ("ingest", *map(str, files))
    yield from ((stage, (stage,)) for stage in ("extract", "index", "embed"))


def _cpu(home: Path, *words: str) -> float:
    return cpu_of(lambda: gongbao(home, *words))


def _count(app: Application) -> tuple[int, int]:
    pages = sum(len(issue.pages) for issue in app.store.issues())
    return pages, sum(len(document.text) for document in app.store.texts())


def _question(app: Application) -> float:
    """Processor seconds of one, the first of each left out: it loads what the others use."""
    for question in QUESTIONS:
        app.service.ask(question, today=date(2024, 6, 15))
    before = time.process_time()
    for question in QUESTIONS * 4:
        app.service.ask(question, today=date(2024, 6, 15))
    return (time.process_time() - before) / (4 * len(QUESTIONS))


def _grown(home: Path, empty: Path, place: str) -> int:
    """Bytes over those of a home with one small file."""
    return _bytes(home / place) - _bytes(empty / place)


def _bytes(*places: Path) -> int:
    files = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
    return sum(file.stat().st_size for file in files if file.is_file())


_NAME = re.compile(r'"([0-9a-f]{12,64})"')  # ids and digests, as they stand in what is kept
_DOCUMENT, _RECORDS, _ISSUE = KeptShape(Document, 1), KeptShape(Extraction, 1), KeptShape(Issue, 1)


def take_step(folder: Path, copies: int, costs: Costs) -> CostStep:
    """The same documents and records so many times under other names; foretold from what one copy takes."""
    source, home = Store.open(Home(folder / "home")), Home(folder / "step")
    target, characters = Store.open(home), 0
    for issue in source.issues():
        chosen = [document for document in source.documents() if document.source.sha256 == issue.source.sha256]
        characters += copies * sum(len(document.text) for document in chosen)
        records = [source.own_extraction(document.id) for document in chosen]
        for copy in range(copies):
            renamed = [_renamed(_DOCUMENT, document, copy) for document in chosen]
            target.put_issue(replace(_renamed(_ISSUE, issue, copy), documents=tuple(renamed)), "step")
            for document, found in zip(renamed, records, strict=True):
                if found:
                    target.put_extraction(_renamed(_RECORDS, found, copy), document.source.sha256)
    target.close()
    source.close()
    empty = folder / "nothing"
    gongbao(empty, "ingest", str(folder / "start.txt"))
    gongbao(empty, "extract")
    return _step(home, _cpu(home.root, "index") - _cpu(empty, "index"), copies, characters, costs, empty)


def _step(home: Home, seconds: float, copies: int, characters: int, costs: Costs, empty: Path) -> CostStep:
    app = Application(Settings(home))
    statements = app.engine.count(EntryKind.STATEMENT, Everything())
    step = CostStep(
        copies,
        statements,
        (statements * costs.statement_indexed, seconds),
        (statements * costs.index_bytes_per_statement, float(_grown(home.root, empty, "index"))),
        (
            characters / 1000 * costs.store_bytes_per_thousand_characters,
            float(_grown(home.root, empty, "corpus.sqlite")),
        ),
        (costs.question, _question(app)),
    )
    app.close()
    return step


def _renamed(shape: KeptShape[T], value: T, copy: int) -> T:
    """With other ids and digests throughout."""
    return shape.read(_NAME.sub(rf'"\g<1>-{copy}"', shape.dump(value)))


def with_tables(page: str) -> str:
    """The page of docs/scale.md with its tables made anew from the report."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    found = json.loads(REPORT.read_text("utf-8"))
    costs, step = Costs(**found["costs"]), CostStep(**found["step"])
    made = (*_costs_table(costs), "", *_needs_table(costs), "", *_step_table(step))
    return f"{before}{BEGIN}\n" + "\n".join(made) + f"\n\n测于 {found['date']}。\n{END}{after}"


def _costs_table(costs: Costs) -> Iterator[str]:
    yield "| 一个单位 | 处理器时间 | 占用 |"
    yield "| --- | --- | --- |"
    yield f"| 原生 PDF 一页，读入 | {costs.native_page * 1000:.0f} ms | 源文件 {_size(costs.source_bytes_per_page)} |"
    yield f"| 扫描一页，文字识别 | {costs.ocr_page:.1f} s | |"
    yield f"| 一千字，提取（规则与第二读者） | {costs.thousand_characters * 1000:.0f} ms | |"
    yield f"| 一千字在库中（文本、记录、位置） | | {_size(costs.store_bytes_per_thousand_characters)} |"
    yield f"| 一条任务，写入索引 | {costs.statement_indexed * 1000:.1f} ms | {_size(costs.index_bytes_per_statement)} |"
    yield f"| 一段，语义向量 | {costs.passage_embedded * 1000:.0f} ms | {_size(costs.vector_bytes_per_passage)} |"
    yield f"| 一问，一个核每秒 {1 / costs.question:.0f} 问 | {costs.question * 1000:.0f} ms | |"


def _needs_table(costs: Costs) -> Iterator[str]:
    yield "| | " + " | ".join(size.name for size in SIZES) + " |"
    yield "| --- |" + " --- |" * len(SIZES)
    needs = [need_of(size, costs) for size in SIZES]
    rows: tuple[tuple[str, Callable[[Need], str]], ...] = (
        ("页", lambda n: f"{n.pages / 1e4:,.1f} 万（两成扫描）"),
        ("任务与职责", lambda n: f"{n.statements / 1e4:,.0f} 万条"),
        ("读入与识别", lambda n: f"{n.reading:,.1f} 核·天"),
        ("提取", lambda n: f"{n.extracting:,.1f} 核·天"),
        ("索引", lambda n: f"{n.indexing:,.1f} 核·天"),
        ("语义向量", lambda n: f"{n.embedding:,.1f} 核·天"),
        ("一台 32 核机器", lambda n: f"{n.core_days / 32 * 24:,.0f} 小时"),
        ("十台 32 核机器", lambda n: f"{n.core_days / 320 * 24:,.0f} 小时"),
        ("源文件", lambda n: f"{n.files:,.0f} GB"),
        ("库", lambda n: f"{n.store:,.0f} GB"),
        ("索引（一份）", lambda n: f"{n.index:,.0f} GB"),
        ("向量", lambda n: f"{n.vectors:,.0f} GB"),
    )
    for name, told in rows:
        yield f"| {name} | " + " | ".join(map(told, needs)) + " |"


def _step_table(step: CostStep) -> Iterator[str]:
    yield f"放大 {step.copies} 倍（同样的文件换编号与名称，{step.statements:,} 条任务）实测，与按单位成本推算的比较："
    yield ""
    yield "| | 推算 | 实测 | 误差 |"
    yield "| --- | --- | --- | --- |"
    rows: tuple[tuple[str, tuple[float, float], Callable[[float], str]], ...] = (
        ("索引，处理器时间", step.index_seconds, lambda x: f"{x:.1f} s"),
        ("索引，占用", step.index_bytes, _size),
        ("库，占用", step.store_bytes, _size),
        ("一问", step.question_seconds, lambda x: f"{x * 1000:.1f} ms"),
    )
    for name, (foretold, found), told in rows:
        yield f"| {name} | {told(foretold)} | {told(found)} | {foretold / found - 1:+.0%} |"


def _size(count: float) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} KB"


if __name__ == "__main__":
    main()
