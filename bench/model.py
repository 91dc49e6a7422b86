"""The general model of sentences that comes with the program: trained and judged on annotated gazettes.

usage: python -m bench.model        (make model; GONGBAO_MATERIAL names the folder of gazettes and gold)

Writes nlp/learning/candidates.json and prints the figures of docs/models.md: each document judged by a model
of the others, and the same with one form of statement hidden from the model at a time, as if the rules did
not read it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gongbao.corpus.home import Home
from gongbao.nlp import Extractor
from gongbao.nlp.learning.models import to_json
from gongbao.nlp.learning.trials import sentences
from gongbao.nlp.learning.trials.cases import Case, Cases, read_cases
from gongbao.nlp.learning.trials.ranking import average_precision, keyword_score
from gongbao.nlp.learning.trials.sentences import JudgedCase
from gongbao.search_api.compose import Application, Settings

MODEL = Path(__file__).parent.parent / "nlp" / "learning" / "candidates.json"
MOST_BYTES = 300_000
FORMS = {
    "括号、标签（责任单位：…）": (
        r"[（(〔\[【][^）)〕\]】]*(?:责任|牵头|负责|配合|落实|[局委厅]|政府)[^）)〕\]】]*[）)〕\]】]|"
        r"^(?:责任|牵头|配合)"
    ),
    "由…负责": r"由[^，。]{2,40}(?:负责|牵头|承担|组织|协调|制定|主持)",
    "…：职责": r"^[^，。]{2,30}[：:]",
    "…要、应、须…": r"(?<![重主])(?:要|应|须|应当|必须|不得)(?![求素急用对点])",
    "…负责…": r"负责",
    "其他": r"",
}


def main() -> None:
    material = os.environ.get("GONGBAO_MATERIAL")
    if not material:
        sys.exit(__doc__)
    cases = read(Path(material))
    weights = sentences.learn([*cases.annotated, *cases.others])
    text = to_json(weights)
    size = len(text.encode())
    if size > MOST_BYTES:
        sys.exit(f"{size} bytes: too large to ship")
    MODEL.write_text(text, "utf-8")
    print(f"{len(cases.annotated)} + {len(cases.others)} documents, {len(weights.features)} features, {size} bytes")
    print("\n".join(figures(cases)))


def read(folder: Path) -> Cases:
    """The annotated documents of all cities together, and the others of their gazettes."""
    truths = sorted((folder / "gazettes/truth").glob("*.json"))
    native = [truth.stem for truth in truths if json.loads(truth.read_text("utf-8"))["pdf"]["text_layer"]]
    parts = [
        cases_of([folder / f"gazettes/{name}.pdf" for name in native], folder / "gold/dev"),
        cases_of([folder / "elsewhere/text"], folder / "elsewhere/gold"),
    ]
    annotated = sorted((case for part in parts for case in part.annotated), key=lambda case: case.document.id)
    return Cases(tuple(annotated), tuple(case for part in parts for case in part.others), ())


def cases_of(inputs: list[Path], gold: Path) -> Cases:
    with tempfile.TemporaryDirectory() as folder:
        app = Application(Settings(Home(Path(folder)), today=date.today()))
        for _ in app.ingest(inputs):
            pass
        found = read_cases(gold, app.store.texts(), Extractor(app.register).extract)
        app.close()
    return found


def figures(cases: Cases) -> Iterator[str]:
    trial = sentences.try_sentences(sentences.judge(cases))
    yield f"\n{trial.question} F1（{trial.size}）"
    yield from (f"{figure.method}\t{figure.value:.3f}\t{figure.gain or ''}" for figure in trial.figures)
    yield "\n隐去一种写法\t句数\t模型 AP\t关键词 AP\t随机"
    for name in FORMS:
        judged = sentences.judge(
            replace(cases, annotated=hidden(cases.annotated, name), others=hidden(cases.others, name))
        )
        yield "\t".join([name, *ranked(judged, {case.document.id: case for case in cases.annotated}, name)])


def form(text: str) -> str:
    """The first form that fits."""
    flat = "".join(text.split())
    return next(name for name, pattern in FORMS.items() if re.search(pattern, flat))


def hidden(cases: Sequence[Case], name: str) -> tuple[Case, ...]:
    """Nothing is said of the sentences of one form, so that nothing is learnt of them."""
    return tuple(replace(case, states=tuple(_unsaid(case, name))) for case in cases)


def _unsaid(case: Case, name: str) -> Iterator[bool | None]:
    for unit, state in zip(case.units, case.states, strict=True):
        yield None if state and form(unit.text) == name else state


def ranked(judged: Sequence[JudgedCase], known: dict[str, Case], name: str) -> list[str]:
    """Sentences of the hidden form among those that state nothing."""
    scores: list[tuple[float, float, bool]] = []
    for one in judged:
        case = known[one.case.document.id]
        for unit, state, score in zip(case.units, case.states, one.scores, strict=True):
            if state is False or (state and form(unit.text) == name):
                scores.append((score, keyword_score(unit.text), bool(state)))
    wanted = sum(state for *_, state in scores)

    def reached(pick: Callable[[tuple[float, float, bool]], float]) -> str:
        return f"{average_precision([(pick(row), row[2]) for row in scores]):.2f}"

    return [
        f"{wanted}/{len(scores)}",
        reached(lambda row: row[0]),
        reached(lambda row: row[1]),
        f"{wanted / len(scores):.2f}",
    ]


if __name__ == "__main__":
    main()
