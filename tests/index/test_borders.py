"""What lies just on either side of a threshold of the ranking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gongbao.corpus.store import reference
from gongbao.index.due import on_topic
from gongbao.index.match import SPREAD, find
from gongbao.index.models import DeadlineView, StatementView
from gongbao.index.query.concepts import Concept, Spelling
from gongbao.index.search import FoundDocuments
from gongbao.index.statements import score_statement

from tests import builders
from tests.index.sample import deadline, party, statement


def _concepts(*words: str) -> tuple[Concept, ...]:
    return tuple(Concept(word, (Spelling(word, 1.0),)) for word in words)


def _score(length: int) -> float:
    quote = "清淤" + "甲" * (length - 2)
    document = builders.document(quote)
    view = StatementView(statement(document, quote, party("市水利局")), reference(document))
    return score_statement(_concepts("清淤"), view)


def test_a_task_of_more_than_sixty_characters_says_more_besides() -> None:
    assert _score(20) == _score(60) > _score(64)


@pytest.mark.parametrize(
    ("synonym", "text", "expected", "why"),
    [
        ("公共单车", "公共场所的共享单车", 0.9 * SPREAD, "four characters: its words may stand apart"),
        ("公交站", "公交车的终点站", 0.0, "three say too little"),
    ],
)
def test_how_long_another_word_must_be_to_be_found_in_pieces(
    synonym: str, text: str, expected: float, why: str
) -> None:
    concept = Concept("小黄车", (Spelling("小黄车", 1.0), Spelling(synonym, 0.9, "own.tsv")))
    assert find(concept, text).value == pytest.approx(expected), why


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        (
            ("总结", "禁火", "封山"),
            "总结",
            "a third of the question in the sentence: more than all of it in the heading",
        ),
        (("总结", "禁火", "封山", "时间"), "禁火", "a fourth: less"),
    ],
)
def test_what_a_heading_above_a_limit_is_worth(words: tuple[str, ...], first: str, why: str) -> None:
    heading = "禁火封山时间总结"
    document = builders.document(heading, "每年5月31日止。", "2023年1月1日前报送总结。", headings={heading: 1})
    ref = reference(document)
    said = DeadlineView(
        replace(deadline(document, "2023年1月1日前", date(2023, 1, 1)), context="报送总结"), ref, path=()
    )
    headed = replace(deadline(document, "5月31日", date(2023, 5, 31)), context="每年")
    found = on_topic(FoundDocuments((), (), _concepts(*words)), [said, DeadlineView(headed, ref, path=(heading,))])
    assert ("总结" if found[0].deadline.context == "报送总结" else "禁火") == first, why
