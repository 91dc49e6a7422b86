"""The measures, on a small gold of our own and, where the material is present, against its scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Assignment, AssignmentKind, AssignmentSource, Extraction, Party, PartyType, Role
from gongbao.nlp.citations import find_citations
from gongbao.nlp.deadlines import find_deadlines
from gongbao.nlp.evaluate import compare, evaluate, evaluate_exports, gains, read_report, write_report
from gongbao.nlp.evaluate.compare import Turn
from gongbao.nlp.evaluate.text import key, same_place, same_span, same_task

from tests.builders import document

DOC = "云政发〔2024〕10号"
TEXT = ("市教育局要在2024年6月底前建成书房。", "市财政局每月拨付资金。", "《云川市供水办法》同时废止。")

GOLD: dict[str, list[dict[str, Any]]] = {
    "assignments": [
        {
            "doc": DOC,
            "parties": [{"name": "市教育局", "role": "responsible", "type": "agency"}],
            "what": "建成书房",
            "deadlines": [{"text": "2024年6月底前", "kind": "by", "due": "2024-06-30"}],
        },
        {
            "doc": DOC,
            "parties": [{"name": "市财政局", "role": "lead", "type": "agency"}],
            "what": "拨付资金",
            "deadlines": [],
        },
    ],
    "deadlines": [
        {
            "doc": DOC,
            "text": "2024年6月底前",
            "kind": "by",
            "due": "2024-06-30",
            "context": "市教育局要在2024年6月底前建成",
        },
        {"doc": DOC, "text": "每月", "kind": "recurring", "every": "P30D", "context": "市财政局每月拨付资金"},
    ],
    "documents": [
        {
            "doc": DOC,
            "title": "云川市人民政府关于加强城区防汛工作的通知",
            "issuer": "云川市人民政府",
            "signed": "2024-03-04",
            "genre": "通知",
            "attachments": [],
            "cites": [{"title": "云川市供水办法", "number": None}],
            "repeals": ["云川市供水办法"],
            "headings": [],
        }
    ],
    "rosters": [],
}


def write_lines(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(lines, "utf-8")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, rows in GOLD.items():
        write_lines(folder, name, rows)
    (folder / "agencies.tsv").write_text("市教育局\t云川市教育局\n", "utf-8")
    (folder / "subjects.tsv").write_text(f"{DOC}\t科技、教育\t综合政务\n", "utf-8")
    return folder


def records() -> tuple[Any, Extraction]:
    whole = document(*TEXT)
    party = Party("市教育局", "云川市教育局", Role.RESPONSIBLE, PartyType.AGENCY, Span(0, 1))
    limits = find_deadlines(whole)
    task = Assignment(
        "t", AssignmentKind.TASK, AssignmentSource.TEXT, "建成书房", (party,), limits[:1], (), "", Span(0, 1), ()
    )
    other = replace(task, id="u", what="拨付资金", parties=(replace(party, name="市财政局"),), deadlines=())
    return whole, Extraction(whole.id, "1", "通知", ("综合政务",), (task, other), limits, (), find_citations(whole))


def test_measures_of_records_in_memory(gold: Path) -> None:
    report = evaluate(gold, [records()])
    figures = {measure.name: round(measure.value, 3) for measure in report.measures}
    assert figures == {
        "responsibility_agency_f1": 0.5,  # 市财政局 has another role
        "responsibility_agency_norole_f1": 1.0,
        "responsibility_all_f1": 0.5,
        "statement_exact_f1": 0.5,
        "task_deadline_recall": 1.0,
        "agency_canonical_accuracy": 1.0,
        "deadline_normalised_f1": 0.5,  # P30D is not P1M
        "deadline_span_f1": 1.0,
        "document_title": 1.0,
        "document_issuer": 1.0,
        "document_signed": 1.0,
        "document_genre": 1.0,
        "document_cites_f1": 1.0,
        "document_attachments_f1": 1.0,
        "document_repeals_f1": 1.0,
        "document_headings_f1": 1.0,
        "document_subject_first": 1.0,
        "roster_member_f1": 1.0,
    }
    assert str(report).splitlines()[0] == "responsibility_agency_f1\t0.500 (P 0.500 R 0.500)"


def test_documents_that_gold_does_not_cover_are_not_counted(gold: Path) -> None:
    whole, extraction = records()
    stranger = replace(whole, number="云政发〔2024〕99号")
    assert evaluate(gold, [(whole, extraction), (stranger, extraction)]).figure("deadline_span_f1") == 1.0


def test_nothing_predicted_is_no_error(gold: Path) -> None:
    assert evaluate(gold, []).figure("responsibility_agency_f1") == 0.0


def test_a_folder_without_gold_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"documents\.jsonl"):
        evaluate(tmp_path, [])


def test_a_broken_line_is_named(gold: Path) -> None:
    (gold / "deadlines.jsonl").write_text("\n{", "utf-8")
    with pytest.raises(UsageError, match="第 2 行"):
        evaluate(gold, [])


def test_a_report_holds_figures_and_hashes_only(gold: Path, tmp_path: Path) -> None:
    report = evaluate(gold, [records()])
    write_report(report, tmp_path / "report.json")
    written = (tmp_path / "report.json").read_text("utf-8")
    assert {char for char in written if "一" <= char <= "鿿"} == set("通知")  # the genre, no text
    read = read_report(tmp_path / "report.json")
    assert (read.measures, read.groups, read.tallies) == (report.measures, report.groups, report.tallies)


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", "utf-8")
    with pytest.raises(UsageError, match="不是评测报告"):
        read_report(tmp_path / "x.json")


def test_gains_and_losses_are_told_statement_by_statement(gold: Path, tmp_path: Path) -> None:
    full, empty = evaluate(gold, [records()]), evaluate(gold, [])
    write_report(empty, tmp_path / "empty.json")
    write_report(full, tmp_path / "full.json")
    gained = compare(full, read_report(tmp_path / "empty.json"))
    lost = compare(empty, read_report(tmp_path / "full.json"))
    wanted = {
        f"{key(DOC)}\t市教育局\tresponsible\t建成书房",
        f"{key(DOC)}\t2024年6月底前\t市教育局要在2024年6月底前建成",
    }
    assert wanted <= {change.words for change in gained if change.turn is Turn.GAINED}
    assert wanted <= {change.words for change in lost if change.turn is Turn.LOST}
    assert not compare(full, read_report(tmp_path / "full.json"))


@pytest.mark.parametrize(
    ("why", "one", "other"),
    [
        ("weeks and days", "P3W", "P21D"),
        ("years and months", "P1Y", "P12M"),
        ("a day and hours", "P1D", "PT24H"),
        ("minutes", "PT90M", "PT1H30M"),
    ],
)
def test_spans_of_one_length_are_the_same(why: str, one: str, other: str) -> None:
    assert same_span(one) == same_span(other), why


def test_texts_are_compared_by_their_words() -> None:
    assert key("云政发［2024］10 号，") == "云政发202410号"
    assert same_task(key("建成书房12处。"), key("在城区建成书房12处，全部开放"))
    assert not same_task(key("建成书房"), key("拨付资金"))
    assert same_place(key("各区要在三月底前完成全部整治"), key("市教育局负责，各区要在三月底前完成"))
    assert not same_place(key("各区要在三月底前完成"), key("资金由市财政局拨付到位"))


# --- the same numbers as the scorer of the material


def _spoilt(
    rows: list[dict[str, Any]], name: str, chance: random.Random, by_file: dict[str, str]
) -> list[dict[str, Any]]:
    """Gold turned into exports with errors of every kind, in another order; some documents known by their file."""
    chance.shuffle(rows)
    spoilt = []
    for row in (dict(row) for row in rows if chance.random() < 0.9):
        doc = row.pop("doc")
        if name == "documents":
            row["number"], row["headings"] = (
                doc,
                [{"level": chance.choice([1, 2, 3]), "text": t} for t in row.get("headings", ["一、总体要求"])],
            )
            row["cites"] = [*row.get("cites", [])[1:], {"title": "另一份文件"}]
            row["subjects"] = ["城乡建设、环境保护"]
        else:
            row["document"] = {"number": doc, "title": doc}
        if doc in by_file:
            (row if name == "documents" else row["document"]).update(number=None, title=by_file[doc])
        for party in row.get("parties", []):
            party["role"] = chance.choice(["lead", party["role"], party["role"]])
            party["type"] = chance.choice(["collective", party["type"], party["type"]])
            party["agency"] = chance.choice([None, f"某市{party['name'][1:]}"])
        if name == "deadlines" and chance.random() < 0.2:
            row["due"] = "2024-02-29"
        spoilt += [row] * chance.choice([1, 1, 1, 2])
    return spoilt


@pytest.mark.material
@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_of_the_scorer(material: Path, tmp_path: Path, seed: int) -> None:
    (scorer,) = material.rglob("score_nlp.py")
    chance = random.Random(seed)
    folders = [path.parent for path in material.rglob("assignments.jsonl")]
    assert folders
    for folder in folders:
        papers = map(json.loads, (folder / "documents.jsonl").read_text("utf-8").splitlines())
        by_file = {row["doc"]: row["file"] for row in papers if "file" in row and chance.random() < 0.3}
        for name in ("assignments", "deadlines", "documents", "rosters"):
            lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
            rows = [json.loads(line) for line in lines if line.strip()]
            write_lines(tmp_path, "tasks" if name == "assignments" else name, _spoilt(rows, name, chance, by_file))
        command = [sys.executable, str(scorer), str(folder), str(tmp_path)]
        expected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert str(evaluate_exports(folder, tmp_path)) == expected.strip()


# --- many documents: how sure a figure is


def numbered(gold: Path, size: int) -> list[tuple[Any, Extraction]]:
    """The gold of one document as that of `size` documents, and records of as many."""
    for name, rows in GOLD.items():
        write_lines(gold, name, [row | {"doc": f"云政发〔2024〕{n}号"} for n in range(size) for row in rows])
    whole, extraction = records()
    return [(replace(whole, number=f"云政发〔2024〕{n}号"), extraction) for n in range(size)]


def test_from_ten_documents_on_a_figure_has_an_interval(gold: Path) -> None:
    few, many = numbered(gold, 9), evaluate(gold, numbered(gold, 12))
    assert str(many).splitlines()[0] == "responsibility_agency_f1\t0.500 (P 0.500 R 0.500) [0.500, 0.500]"
    assert evaluate(gold, few).measures[0].interval  # gold's documents are drawn, found or not
    numbered(gold, 9)
    assert evaluate(gold, few).measures[0].interval is None


def test_the_more_documents_differ_the_wider_is_the_interval(gold: Path) -> None:
    report = evaluate(gold, numbered(gold, 20)[:10])  # ten documents of twenty were not read at all
    interval = report.measures[0].interval
    assert interval
    assert 0.15 < interval.low < report.figure("responsibility_agency_f1") < interval.high < 0.5


def test_genres_and_forms_have_their_own_figures(gold: Path) -> None:
    rows = [row | {"kind": kind} for row, kind in zip(GOLD["assignments"], ("task", "duty"), strict=True)]
    write_lines(gold, "assignments", rows)
    found = {(g.by, g.name, g.size): round(g.measures[0].value, 2) for g in evaluate(gold, [records()]).groups}
    # The duty's body has another role in the records, where it is a task: wanted there, too many here.
    assert found == {("genre", "通知", 1): 0.5, ("form", "text task", 1): 0.67, ("form", "text duty", 1): 0.0}


def test_a_gain_that_chance_explains_is_marked(gold: Path, tmp_path: Path) -> None:
    pairs = numbered(gold, 20)
    write_report(evaluate(gold, pairs[:1]), tmp_path / "one.json")
    write_report(evaluate(gold, pairs), tmp_path / "all.json")
    clear = list(gains(evaluate(gold, pairs), read_report(tmp_path / "one.json")))
    chance = list(gains(evaluate(gold, pairs[:19]), read_report(tmp_path / "all.json")))
    assert [line.split()[0] for line in clear] == ["responsibility_agency_f1", "statement_exact_f1"]
    assert not any(line.endswith("?") for line in clear)
    assert all(line.endswith("?") for line in chance)


# --- gold that does not hold everything


def test_fields_that_gold_does_not_have_are_not_judged(gold: Path) -> None:
    """Annotators leave out what nobody asked for; an empty list says that there is none."""
    row = {name: GOLD["documents"][0][name] for name in ("doc", "title", "repeals")}
    write_lines(gold, "documents", [row | {"repeals": []}])
    report = evaluate(gold, [records()])
    assert report.figure("document_repeals_f1") == 0.0
    assert report.figure("document_cites_f1") == 1.0
    assert report.measures[13].detail == "P 1.000 R 1.000"
    assert {v.kind for v in report.verdicts if not v.wanted} >= {"repeals"}
    assert "cites" not in {v.kind for v in report.verdicts}


def test_a_document_named_by_its_file_is_found_but_has_no_title(gold: Path) -> None:
    write_lines(gold, "documents", [GOLD["documents"][0] | {"file": "007-云川市-防汛"}])
    whole, extraction = records()
    report = evaluate(gold, [(replace(whole, number=None, title="007-云川市-防汛"), extraction)])
    assert report.figure("deadline_span_f1") == 1.0
    assert report.figure("document_signed") == 1.0
    assert report.figure("document_title") == 0.0
