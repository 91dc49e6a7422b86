"""What an answer says of itself where it is not just what was asked, and what is done jointly."""

from __future__ import annotations

from datetime import date

import pytest
from gongbao.corpus.records import Role
from gongbao.corpus.register import Register
from gongbao.index.engine import Engine
from gongbao.index.models import Filters
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms

TODAY = date(2024, 5, 15)

NO_SUCH_NUMBER = [
    ("云政发〔2019〕77号", "云政发〔2019〕77号", "whole"),
    ("77号文防汛", "77号", "a serial, beside words"),
    ("江政办发〔2023〕9号", "江政办发〔2023〕9号", "one that is cited"),
    ("云政发〔2024〕5号", None, "one that is here"),
    ("18号文", None, "a part of one that is here"),
]


@pytest.mark.parametrize(("query", "missing", "why"), NO_SUCH_NUMBER)
def test_a_number_that_is_not_here_is_said_to_be_missing(
    service: Service, query: str, missing: str | None, why: str
) -> None:
    note = service.ask(query, today=TODAY).reading.note
    assert note is None if missing is None else f"没有 {missing}" in (note or ""), why


LATER = [
    ("市水利局今年要做什么", True, "2030年没有市水利局的任务；最近有的是2024年", "this year has none: the latest"),
    ("今年城管局牵头什么", True, "2030年没有城管局牵头的任务；最近有的是2024年", "in a role, the year in front"),
    ("市水利局2030年要做什么", False, "2030年没有市水利局的任务；最近有的是2024年", "a year by its number stays"),
    ("市气象局今年要做什么", False, "没有找到“市气象局”这样的任务", "none in any year"),
]


@pytest.mark.parametrize(("question", "shown", "said", "why"), LATER)
def test_a_year_without_duties_is_told(service: Service, question: str, shown: bool, said: str, why: str) -> None:
    answer = service.ask(question, today=date(2030, 1, 1))
    assert (answer.reading.note or "").startswith(said), why
    assert all("〔2024〕" in view.document.label for view in answer.statements)
    assert bool(answer.statements) is shown


JOINT = [
    (
        "市水利局 城管局 共同负责什么",
        ["云政办发〔2023〕18号", "云政办发〔2024〕18号", "云政发〔2024〕5号"],
        "both, any role",
    ),
    ("市水利局和城管局一起做哪些工作", ["云政办发〔2023〕18号", "云政办发〔2024〕18号", "云政发〔2024〕5号"], "spoken"),
    ("市水利局和城管局2023年共同承担哪些任务", ["云政办发〔2023〕18号"], "within a year"),
]


@pytest.mark.parametrize(("question", "numbers", "why"), JOINT)
def test_what_bodies_do_jointly(service: Service, question: str, numbers: list[str], why: str) -> None:
    answer = service.ask(question, today=TODAY)
    assert sorted({view.document.label for view in answer.statements}) == numbers, why
    assert all(len(view.assignment.parties) > 1 for view in answer.statements)


BESIDE = [
    ("市水利局和城管局要做什么", True, "each one's own, not only what both do"),
    ("市水利局、城管局", True, "the names alone"),
    ("市水利局要做什么", False, "one"),
]


@pytest.mark.parametrize(("question", "both", "why"), BESIDE)
def test_what_each_of_two_bodies_does(service: Service, question: str, both: bool, why: str) -> None:
    answer = service.ask(question, today=TODAY)
    own = [{party.name for party in view.assignment.parties} for view in answer.statements]
    assert any("市水利局" in names for names in own), why
    assert any("市水利局" not in names for names in own) is both, why
    assert len({view.id for view in answer.statements}) == len(answer.statements)


def test_a_body_that_is_no_more_is_found_under_its_successor(filled: Engine, register: Register) -> None:
    """安监局 became 应急管理局 in 2019; people go on asking for it: questions, lists, pages of bodies."""
    service = Service(filled, register, Synonyms.load())
    answer = service.ask("市安监局要做什么", today=TODAY)
    assert {party.name for view in answer.statements for party in view.assignment.parties} == {"市应急局"}
    assert answer.reading.note == "“市安监局”的职责已由云川市应急管理局承接，承接者的任务也列出"
    assert service.count_tasks(None, Filters(agency="市安监局"), today=TODAY) == len(answer.statements)
    assert list(service.agency_statements("市安监局", Role.RESPONSIBLE))
    assert "市应急局" in service.agency("市安监局").aliases
    assert not service.ask("市应急局要做什么", today=TODAY).reading.note
