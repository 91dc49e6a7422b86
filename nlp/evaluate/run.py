"""evaluate: gold on one side, records or exports on the other, all measures between them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gongbao.corpus.document import Document
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import Extraction
from gongbao.nlp.evaluate.documents import measure_documents, measure_seats
from gongbao.nlp.evaluate.groups import groups, tallies
from gongbao.nlp.evaluate.items import Items, covered, items_of, read_items
from gongbao.nlp.evaluate.limits import measure_limits
from gongbao.nlp.evaluate.report import Report
from gongbao.nlp.evaluate.statements import judge, measure_names, measure_statements

_GOLD_TASKS, _EXPORTED_TASKS = "assignments.jsonl", "tasks.jsonl"


def evaluate(gold_dir: Path, records: Iterable[tuple[Document, Extraction]]) -> Report:
    """Records in memory against the gold annotations of a folder; UsageError where it has none."""
    return _evaluate(gold_dir, items_of(records))


def evaluate_exports(gold_dir: Path, folder: Path) -> Report:
    """The same from exported tasks.jsonl, deadlines.jsonl, documents.jsonl and rosters.jsonl."""
    return _evaluate(gold_dir, read_items(folder, _EXPORTED_TASKS))


def _evaluate(gold_dir: Path, predicted: Items) -> Report:
    if not (gold_dir / "documents.jsonl").is_file():
        raise UsageError(f"{gold_dir} 中没有 documents.jsonl", "指定存放金标准的文件夹")
    gold = read_items(gold_dir, _GOLD_TASKS)
    made = covered(predicted, gold.papers)
    judged = judge(gold.statements, made.statements)
    parts = (
        measure_statements(gold.statements, made.statements, {paper.doc for paper in gold.papers}),
        measure_names(gold_dir / "agencies.tsv", made.statements),
        measure_limits(gold.limits, made.limits),
        measure_documents(gold.papers, made.papers, gold_dir / "subjects.tsv"),
        measure_seats(gold.seats, made.seats),
    )
    return Report(
        tuple(m for part in parts for m in part.measures),
        tuple(v for part in parts for v in part.verdicts),
        tuple(groups(judged, gold.papers)),
        tuple(tallies(judged, gold.papers)),
    )
