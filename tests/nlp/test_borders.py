"""What lies just on either side of a threshold of the rules: how far a sentence, a context and a text are read."""

from __future__ import annotations

import pytest
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.bodies.likelihood import names_body
from gongbao.nlp.citations import find_citations
from gongbao.nlp.confidence.evidence import Scene, of_parties
from gongbao.nlp.deadlines import find_deadlines
from gongbao.nlp.pipeline import read_acts
from gongbao.nlp.subjects import subjects_of

from tests.builders import document


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("市水利局", True, "ends as bodies do"),
        ("接收单位", True, "told by what it does"),
        ("基层处", True, "ends in a character that offices end in: just enough"),
        ("云川晨光", False, "a few characters are not"),
        ("公共场所", False, "a common word"),
    ],
)
def test_how_likely_a_name_must_be(name: str, expected: bool, why: str) -> None:
    assert names_body(name) == expected, why


@pytest.mark.parametrize(("between", "relation"), [(396, "repeals"), (397, "cites")])
def test_a_repeal_is_looked_for_400_characters_behind_the_title(between: int, relation: str) -> None:
    text = f"《云川市停车办法》{'及' * between}同时废止。"
    assert [one.relation.value for one in find_citations(document(text))] == [relation]


@pytest.mark.parametrize(("before", "subject"), [(19_996, "工业、交通"), (20_000, "其他")])
def test_a_text_says_its_subject_in_its_first_20000_characters(before: int, subject: str) -> None:
    assert subjects_of(document("丁" * before + "农村公路", title="甲乙丙丁")) == (subject,)


def test_the_context_of_a_limit_reaches_200_characters_to_each_side() -> None:
    text = f"{'甲' * 300}2024年6月30日前{'乙' * 300}"
    [limit] = find_deadlines(document(text))
    assert (limit.context.count("甲"), limit.context.count("乙")) == (200, 200)


@pytest.mark.parametrize(("name", "long"), [("云川市东山区水务湖泊局", False), ("云川市东山区水务湖泊管理局", True)])
def test_a_name_of_more_than_twelve_characters_is_long(name: str, long: bool) -> None:
    text = document(f"完善供水管网。（{name}负责）")
    statements = find_statements(text, read_acts)
    [features] = [party for s in statements for party in of_parties(Scene.of(text, statements), s)]
    assert ("long name" in features) == long
