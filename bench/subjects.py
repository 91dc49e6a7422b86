"""Is a trained model better than the word lists at naming a document's subject?

    python -m bench.subjects HOME GOLD_DIR

Leave one document out: each is judged by a model that was trained on all others of GOLD_DIR/subjects.tsv
(documents in HOME). Prints the share of right first subjects for the word lists and for each model.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

from corpus.document import Document
from corpus.home import Home
from corpus.store import Store
from nlp.evaluate.text import key
from nlp.subjects import subjects_of

_READ = 3_000  # characters of text beside title and headings
MODELS: dict[str, Callable[[], Any]] = {
    "logistic regression": lambda: LogisticRegression(C=30, max_iter=500),
    "nearest document": lambda: KNeighborsClassifier(1, metric="cosine"),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    document: Document
    words: str
    subjects: tuple[str, ...]


def labelled(home: Path, gold: Path) -> list[Labelled]:
    rows = [line.split("\t") for line in (gold / "subjects.tsv").read_text("utf-8").splitlines()]
    subjects = {key(row[0]): tuple(row[1:]) for row in rows if len(row) > 1}
    found = []
    for document in Store.open(Home(home)).documents():
        wanted = subjects.get(key(document.number or document.title))
        if wanted:
            found.append(Labelled(document, _words(document), wanted))
    return found


def _words(document: Document) -> str:
    headings = " ".join(heading.text for heading in document.headings)
    return " ".join(jieba.lcut(f"{document.title} " * 5 + headings + document.body()[:_READ]))


def left_out(documents: list[Labelled], make: Callable[[], Any]) -> float:
    right = 0
    for one in documents:
        others = [other for other in documents if other is not one]
        model = make_pipeline(TfidfVectorizer(token_pattern=r"\S\S+", sublinear_tf=True), make())
        model.fit([other.words for other in others], [other.subjects[0] for other in others])
        right += model.predict([one.words])[0] in one.subjects
    return right / len(documents)


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    documents = labelled(Path(sys.argv[1]), Path(sys.argv[2]))
    lists = sum(subjects_of(one.document)[0] in one.subjects for one in documents) / len(documents)
    print(f"{len(documents)} documents\nword lists\t{lists:.3f}")
    for name, make in MODELS.items():
        print(f"{name}\t{left_out(documents, make):.3f}")


if __name__ == "__main__":
    main()
