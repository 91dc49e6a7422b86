"""Words of a question in the words of a corpus, on both engines."""

from __future__ import annotations

import pytest
from gongbao.index.engine import Engine
from gongbao.index.expand import in_corpus
from gongbao.index.query.concepts import Concept, divided, find_concepts
from gongbao.index.synonyms import Synonym, Synonyms

from tests import builders
from tests.index import sample
from tests.index.conftest import fill

KNOWN = Synonyms.of(
    [
        ("乡村医生", Synonym("村医", "own.tsv")),
        ("医生", Synonym("医师", "own.tsv")),
    ]
)
TEXTS = [
    ("加强乡村诊所医师培训。", ["乡村", "医生"], "neither the term nor another word for it stands anywhere"),
    ("加强村医培训。", ["乡村医生"], "another word for it does"),
    ("加强乡村医生培训。", ["乡村医生"], "the term itself does"),
]


def _filled(engine: Engine, text: str) -> Engine:
    document = builders.document(text, number="云政发〔2024〕3号", title="云川市人民政府关于印发人才培训方案的通知")
    fill(engine, [sample.Filed(document, sample.extraction(document))])
    return engine


def _in_corpus(words: str, engine: Engine) -> tuple[Concept, ...]:
    return in_corpus(find_concepts(words, KNOWN), engine, lambda term: divided(term, KNOWN))


@pytest.mark.parametrize(("text", "expected", "why"), TEXTS)
def test_a_term_that_stands_nowhere_is_its_words(engine: Engine, text: str, expected: list[str], why: str) -> None:
    assert [concept.text for concept in _in_corpus("乡村医生", _filled(engine, text))] == expected, why


def test_no_name_runs_from_the_issuer_into_the_matter(engine: Engine) -> None:
    """人培 is short for 人才培训, but not for what begins in 人民政府."""
    (concept,) = _in_corpus("人培", _filled(engine, "加强培训。"))
    assert [form.text for form in concept.forms] == ["人培", "人才培训"]
