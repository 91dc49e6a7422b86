"""Finding documents beside plain rankings, on questions in people's own words.

    GONGBAO_MATERIAL=FOLDER python -m bench.rankings [PYTHON]

PYTHON: of an environment with bm25s (`make bench` makes .cache/peers). Ranked are the documents of the folder's texts
for the questions of its queries/far.jsonl: by BM25 over words (jieba), pairs of characters and single characters, by
the meaning of their best passage alone, and as `gongbao search` ranks them. Writes docs/reports/rankings.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jieba
import numpy as np
from gongbao.corpus.document import Document
from gongbao.corpus.home import Home
from gongbao.index.meaning.near import Meaning
from gongbao.nlp.evaluate.text import key
from gongbao.search_api.compose import Application, Settings
from numpy.typing import NDArray
from sklearn.metrics import ndcg_score

from bench.measure import gongbao

ROOT = Path(__file__).parent.parent
TEXTS = ("gazettes", "elsewhere/text", "gold/more/text")
CUT = 10  # documents of a ranking that count
BM25 = """
import json, sys
import bm25s
given = json.load(sys.stdin)
ranker = bm25s.BM25()
ranker.index(given["documents"], show_progress=False)
json.dump([ranker.get_scores(tokens).tolist() for tokens in given["questions"]], sys.stdout)
"""
Scores = NDArray[np.float64]  # questions × documents


@dataclass(frozen=True, slots=True)
class JudgedRanking:
    """A question with the worth (1..3) of the documents that answer it, by their numbers or titles."""

    id: str
    text: str
    worth: Mapping[str, int]


def main() -> None:
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material:
        sys.exit(__doc__)
    python = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".cache" / "peers" / "bin" / "python")
    queries = Path(material) / "queries" / "far.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        gongbao(home, "ingest", *(f"{material}/{name}" for name in TEXTS))
        for stage in (["extract", "--fast"], ["index"], ["embed"]):
            gongbao(home, *stage)
        gongbao(home, "search", "--batch", str(queries), "--output", str(home / "run.jsonl"))
        rankings = dict(_rankings(home, read_judged(queries), python))
    found = {"date": date.today().isoformat(), "rankings": rankings}
    (ROOT / "docs" / "reports" / "rankings.json").write_text(
        json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def read_judged(path: Path) -> list[JudgedRanking]:
    """Those that have an answer."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [JudgedRanking(row["id"], row["query"], row["relevant"]) for row in rows if row["relevant"]]


def _rankings(home: Path, questions: Sequence[JudgedRanking], python: str) -> Iterator[tuple[str, dict[str, float]]]:
    app = Application(Settings(Home(home)))
    documents = list(app.store.texts())
    names = [key(document.number or document.title) for document in documents]
    for name, cut in _CUTS.items():
        yield name, _told(name, score(questions, names, _by_words(python, documents, questions, cut)))
    yield "语义", _told("语义", score(questions, names, _by_meaning(app.meaning, documents, questions)))
    ours = _as_found(home / "run.jsonl", names, questions)
    yield "gongbao", _told("gongbao", score(questions, names, ours))
    app.close()


def _told(name: str, figures: dict[str, float]) -> dict[str, float]:
    print(name, figures)
    return figures


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


_CUTS: Mapping[str, Callable[[str], list[str]]] = {"BM25 词": jieba.lcut, "BM25 二字": _pairs, "BM25 单字": list}


def _by_words(
    python: str, documents: Sequence[Document], questions: Sequence[JudgedRanking], cut: Callable[[str], list[str]]
) -> Scores:
    given = {
        "documents": [cut(f"{document.title}\n{document.text}") for document in documents],
        "questions": [cut(question.text) for question in questions],
    }
    done = subprocess.run([python, "-c", BM25], input=json.dumps(given).encode(), capture_output=True, check=True)
    return np.array(json.loads(done.stdout))


def _by_meaning(meaning: Meaning, documents: Sequence[Document], questions: Sequence[JudgedRanking]) -> Scores:
    places = {document.id: place for place, document in enumerate(documents)}
    scores = np.full((len(questions), len(documents)), -1.0)
    for row, question in zip(scores, questions, strict=True):
        for near in meaning.near(question.text):
            place = places[near.passage.document.id]
            row[place] = max(row[place], near.cosine)
    return scores


def _as_found(run: Path, names: Sequence[str], questions: Sequence[JudgedRanking]) -> Scores:
    """The places of a ranking as scores, the first the highest."""
    found = {row["id"]: [key(name) for name in row["ranking"]] for row in map(json.loads, run.open(encoding="utf-8"))}
    ranked = [{name: 1 / (1 + at) for at, name in reversed([*enumerate(found[each.id])])} for each in questions]
    return np.array([[row.get(name, 0.0) for name in names] for row in ranked])


def score(questions: Sequence[JudgedRanking], names: Sequence[str], scores: Scores) -> dict[str, float]:
    """nDCG of the first ten, and how often one of the best documents stands first."""
    worth = np.array(
        [[{key(a): b for a, b in each.worth.items()}.get(name, 0) for name in names] for each in questions]
    )
    first = worth[np.arange(len(questions)), scores.argmax(axis=1)]
    right = (first > 0) & (first == worth.max(axis=1))
    return {"ndcg@10": float(ndcg_score(2.0**worth - 1, scores, k=CUT)), "success@1": float(right.mean())}


def rows(report: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    """The table of docs/benchmarks.md, the best last."""
    yield "| 排序 | nDCG@10 | | 第一条即是 |"
    yield "| --- | --- | --- | --- |"
    for name, found in sorted(report["rankings"].items(), key=lambda item: item[1]["ndcg@10"]):
        yield f"| {name} | {found['ndcg@10']:.3f} | {bar(found['ndcg@10'])} | {found['success@1']:.3f} |"


def bar(share: float) -> str:
    """A share (0..1) as a bar of blocks: .5 is ██████████."""
    return "█" * round(20 * share)


if __name__ == "__main__":
    main()
