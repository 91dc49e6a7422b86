"""Statements for a topic in order: who has the role asked, and identifiable bodies before classes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gongbao.corpus.records import Party, PartyType, Role
from gongbao.corpus.store import reference
from gongbao.index.models import StatementView
from gongbao.index.query.concepts import Concept, Spelling
from gongbao.index.statements import nobody_has_role, rank_statements

from tests import builders
from tests.index.sample import party, statement

DREDGING = (Concept("清淤", (Spelling("清淤", 1.0),)),)
LEAD, SUPPORT, RESPONSIBLE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE


def view(quote: str, *parties: Party) -> StatementView:
    document = builders.document(quote, number="云政发〔2024〕2号", title="云川市人民政府关于做好有关工作的通知")
    return StatementView(statement(document, quote, *parties), reference(document))


def names(views: tuple[StatementView, ...]) -> list[str]:
    return [one.assignment.parties[0].name for one in views]


CLASS = replace(party("各县区政府"), type=PartyType.COLLECTIVE)
ORDERED = [
    ((), [view("组织清淤", CLASS), view("组织清淤", party("市水利局"))], ["市水利局", "各县区政府"], "whom to go to"),
    (
        (LEAD,),
        [view("清淤要抓好", party("市住建局")), view("统筹抓好河道清淤", party("市水利局", LEAD))],
        ["市水利局", "市住建局"],
        "who leads, where leading is asked",
    ),
    (
        (LEAD,),
        [view("清淤", party("市住建局")), view("值班", party("市应急局", LEAD))],
        ["市住建局"],
        "a lead of something else is no answer",
    ),
]


@pytest.mark.parametrize(("roles", "views", "expected", "why"), ORDERED)
def test_order(roles: tuple[Role, ...], views: list[StatementView], expected: list[str], why: str) -> None:
    assert names(rank_statements(DREDGING, views, roles)) == expected, why


MISSING = [
    ((LEAD,), party("市水利局", SUPPORT), True, "nobody leads"),
    ((LEAD, SUPPORT), party("市水利局", LEAD), False, "somebody leads"),
    ((), party("市水利局", RESPONSIBLE), False, "no role is asked"),
]


@pytest.mark.parametrize(("roles", "bound", "missing", "why"), MISSING)
def test_nobody_in_the_role_asked(roles: tuple[Role, ...], bound: Party, missing: bool, why: str) -> None:
    found = rank_statements(DREDGING, [view("完成清淤", bound)], roles)
    assert nobody_has_role(found, roles) is missing, why
