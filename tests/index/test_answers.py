"""Questions asked of a small fictional city, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.errors import UsageError
from gongbao.corpus.records import Role
from gongbao.corpus.register import Register
from gongbao.index.agency import ROLES
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.models import Answer, Filters, Intent, Sort
from gongbao.index.query.fold import LONGEST
from gongbao.index.service import Service
from gongbao.index.synonyms import Synonyms

from tests.index import asked
from tests.index.conftest import fill

TODAY = date(2024, 5, 15)


def first(service: Service, query: str) -> str:
    return service.search(query, today=TODAY).hits[0].document.label


def parties(answer: Answer, at: int = 0) -> set[tuple[str, Role]]:
    return {(party.name, party.role) for party in answer.statements[at].assignment.parties}


FIRST = [
    ("公共自行车", "云政办发〔2024〕3号", "the notice on the matter before the plan that touches everything"),
    ("云政发[2024]5号", "云政发〔2024〕5号", "a number in other brackets"),
    ("3号文", "云政办发〔2024〕3号", "a serial alone"),
    ("3号文讲的什么", "云政办发〔2024〕3号", "a serial alone in a question"),
    ("云政办发2023年18号", "云政办发〔2023〕18号", "a number without brackets"),
    ("江政办发〔2023〕9号", "云政办发〔2024〕9号", "a number not in the corpus: what carries it out"),
    ("集采", "云政办发〔2024〕9号", "an abbreviation that stands nowhere"),
    ("烧秸秆", "云政发〔2024〕5号", "a synonym, its words apart"),
    ("路边摆摊", "云政发〔2024〕5号", "a colloquial word"),
    ("防汛工作通知", "云政办发〔2024〕18号", "of twins the newer"),
    ("2023年防汛工作", "云政办发〔2023〕18号", "of twins the one of the year"),
    ("适老化该造补助", "云政办发〔2024〕7号", "a slip in a title"),
    ("药品集中采购方案", "云政办发〔2024〕9号", "a title half remembered"),
    ("標題:公共自行車", "云政办发〔2024〕3号", "traditional characters and a field"),
    ("fangxun", "云政办发〔2024〕18号", "pinyin"),
    ("秸秆 NOT 规划", "云政发〔2024〕5号", "NOT"),
    ("“一律禁止焚烧”", "云政发〔2024〕5号", "a quoted phrase"),
    ("独居老人加装扶手补多少钱", "云政办发〔2024〕7号", "a sentence"),
]


@pytest.mark.parametrize(("query", "number", "why"), FIRST)
def test_the_first_document(service: Service, query: str, number: str, why: str) -> None:
    assert first(service, query) == number, why


def test_who_does_it(service: Service) -> None:
    answer = service.ask("秸秆焚烧归谁管", today=TODAY)
    assert answer.reading.intent is Intent.WHO
    assert parties(answer) == {("市城管局", Role.LEAD), ("市水利局", Role.SUPPORT)}


def test_what_a_numbered_document_lays_down(service: Service) -> None:
    answer = service.ask("云政发[2024]5号", today=TODAY)
    assert [view.assignment.what[:4] for view in answer.statements] == ["秸秆、落", "2024"]


def test_which_person(service: Service) -> None:
    answer = service.ask("哪位副市长分管教育", today=TODAY)
    assert parties(answer) == {("李明远副市长", Role.RESPONSIBLE)}
    assert answer.documents[0].document.number == "云政办发〔2024〕1号"


def test_a_persons_field(service: Service) -> None:
    answer = service.ask("李明远副市长分管什么", today=TODAY)
    assert [parties(answer, at) for at in range(len(answer.statements))] == [{("李明远副市长", Role.RESPONSIBLE)}]


DUTIES = [
    (
        "城管局要做什么",
        ["云政办发〔2023〕18号", "云政办发〔2024〕18号", "云政办发〔2024〕3号", "云政发〔2024〕5号"],
        "any alias",
    ),
    (
        "市城市管理局的职责",
        ["云政办发〔2023〕18号", "云政办发〔2024〕18号", "云政办发〔2024〕3号", "云政发〔2024〕5号"],
        "the full name",
    ),
    ("城管局2024年牵头哪些工作", ["云政发〔2024〕5号"], "year and role"),
    ("水利局 2023", ["云政办发〔2023〕18号"], "body and year"),
    ("市水利局今年要做什么", ["云政办发〔2024〕18号", "云政发〔2024〕5号"], "this year"),
]


@pytest.mark.parametrize(("question", "numbers", "why"), DUTIES)
def test_all_of_a_bodys_duties_and_no_others(service: Service, question: str, numbers: list[str], why: str) -> None:
    answer = service.ask(question, today=TODAY)
    assert sorted({view.document.label for view in answer.statements}) == numbers, why
    assert {hit.document.label for hit in answer.documents[: len(numbers)]} == set(numbers)


@pytest.fixture(scope="module")
def two_cities(tmp_path_factory: pytest.TempPathFactory, register: Register) -> Iterator[Service]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("cities") / "index")
    fill(engine, asked.two_cities())
    yield Service(engine, register, Synonyms.load())
    engine.close()


CLASSES = [
    ("各县区要做什么", ["各县（市、区）人民政府要建立台账", "县〔市、区〕政府要公示结果"], "all ways of printing it"),
    ("县级政府2024年的任务", ["各县（市、区）人民政府要建立台账"], "within the year"),
    ("公安部门职责", ["公安部门要维护秩序"], "a department of a field"),
]


@pytest.mark.parametrize(("question", "tasks", "why"), CLASSES)
def test_all_of_a_class_of_bodies(two_cities: Service, question: str, tasks: list[str], why: str) -> None:
    answer = two_cities.ask(question, today=TODAY)
    assert sorted(view.assignment.quote for view in answer.statements) == sorted(tasks), why
    assert "统称" in (answer.reading.note or "")


def test_one_name_of_two_cities_is_told_apart(two_cities: Service) -> None:
    both = two_cities.ask("市科技局要做什么", today=TODAY)
    assert [view.document.issuer for view in both.statements] == ["云川市人民政府", "青湖市人民政府"]  # home first
    assert "云川市科学技术局、青湖市科学技术局" in (both.reading.note or "")
    (_, other) = both.reading.choices
    assert (other.meaning, other.query) == ("青湖市科学技术局", "青湖市科学技术局要做什么")
    alone = two_cities.ask(other.query, today=TODAY)
    assert [view.document.issuer for view in alone.statements] == ["青湖市人民政府"]
    assert not alone.reading.choices


def test_a_name_that_one_city_has_needs_no_choice(two_cities: Service) -> None:
    assert two_cities.ask("市水利局要做什么", today=TODAY).reading.choices == ()


def test_a_body_that_has_no_duties_is_searched_for_as_words(service: Service) -> None:
    answer = service.ask("市气象局要做什么", today=TODAY)
    assert not answer.statements
    assert "气象局" in (answer.reading.note or "")


DUE = [
    ("2024年10月底前必须完成哪些", ["2024-10-31"], "a month"),
    ("上半年要完成哪些", ["2024-06-30"], "no year: today's"),
    ("截至2024年10月底要完成哪些", ["2023-06-30", "2024-06-30", "2024-10-31"], "everything up to it"),
    ("排水管网清淤什么时候完成", ["2023-06-30", "2024-06-30"], "by topic, in date order"),
    ("2023年底前要完成什么", ["2023-06-30"], "due in that year"),
    ("逾期的任务有哪些", ["2023-06-30"], "due before today"),
    ("60天内到期", ["2024-06-30"], "from today"),
    ("明天到期的", [], "none that day"),
    ("年底前必须干完的活有哪些", ["2024-06-30", "2024-10-31"], "spoken"),
]


@pytest.mark.parametrize(("question", "due", "why"), DUE)
def test_deadlines_asked_for(service: Service, question: str, due: list[str], why: str) -> None:
    found = service.ask(question, today=TODAY).deadlines
    assert [view.deadline.due.isoformat() for view in found if view.deadline.due] == due, why


def test_the_latest_year_that_has_such_deadlines(service: Service) -> None:
    found = service.ask("下半年要完成哪些", today=date(2030, 1, 1)).deadlines
    assert [view.deadline.due for view in found] == [date(2024, 10, 31)]


def test_the_year_meant_is_the_year_shown(service: Service) -> None:
    reading = service.ask("下半年要完成哪些", today=date(2030, 1, 1)).reading
    assert (reading.filters.due_from, reading.filters.due_to) == (date(2024, 7, 1), date(2024, 12, 31))
    assert "2024-12-31" in reading.chips[0].meaning
    kept = service.ask("2030年下半年要完成哪些", today=date(2030, 1, 1))
    assert (kept.reading.filters.due_to, kept.deadlines) == (date(2030, 12, 31), ())


WHEN = [
    ("排水管网清淤什么时候完成", None, "the notice says when"),
    ("公共自行车什么时候投放", "云政办发〔2024〕3号", "the notice on bicycles has no date"),
]


@pytest.mark.parametrize(("question", "named", "why"), WHEN)
def test_a_date_that_is_not_printed_is_said_to_be_missing(
    service: Service, question: str, named: str | None, why: str
) -> None:
    note = service.ask(question, today=TODAY).reading.note
    assert (note is None) if named is None else (named in (note or "")), why


def test_a_table_row_is_a_passage(service: Service) -> None:
    passages = service.ask("加装扶手补多少钱", today=TODAY).passages
    assert passages[0].text == "加装扶手\t800"
    assert passages[0].columns == ("项目", "补助标准（元）")


def test_reasons(service: Service) -> None:
    hit = service.search("公共自行车", today=TODAY, explain=True).hits[0]
    assert any(reason.startswith("标题") for reason in hit.why)
    assert not service.search("公共自行车", today=TODAY).hits[0].why


def test_reasons_name_the_other_words_and_their_source(service: Service) -> None:
    mined = service.search("集采", today=TODAY, explain=True).hits[0].why
    assert any(reason.startswith("集采 → ") for reason in mined)
    known = service.search("烧秸秆", today=TODAY, explain=True).hits[0].why
    assert "烧秸秆 → 秸秆（environment.tsv）" in known or any(".tsv）" in reason for reason in known)


def test_filters_hold_beside_a_question(service: Service) -> None:
    hits = service.search("防汛", Filters(year=2023), today=TODAY).hits
    assert [hit.document.number for hit in hits] == ["云政办发〔2023〕18号"]


def test_filters_alone_list_documents(service: Service) -> None:
    assert service.search("", Filters(year=2024), today=TODAY).total == 7
    assert service.search("2024年", today=TODAY).total == 7
    assert service.search("年份:2023", today=TODAY).total == 1
    assert len(service.ask("2024年", today=TODAY).documents) == 7
    assert [len(service.search("", Filters(year=2024), today=TODAY, offset=at, size=4).hits) for at in (0, 4, 8)] == [
        4,
        3,
        0,
    ]


def test_tasks_pages_and_stream_show_the_same(service: Service) -> None:
    filters = Filters(agency="城管局")
    shown, cursor = [], None
    while True:
        page = service.tasks(None, filters, today=TODAY, size=2, cursor=cursor)
        shown += [view.assignment.id for view in page.items]
        if (cursor := page.cursor) is None:
            break
    assert len(shown) == page.total == 5
    assert shown == [view.assignment.id for view in service.iter_tasks(None, filters, today=TODAY)]


def test_tasks_with_a_query_read_it(service: Service) -> None:
    page = service.tasks("市城管局 牵头 占道", today=TODAY)
    assert [view.assignment.what[:12] for view in page.items] == ["2024年10月底前，取"]
    assert {v.assignment.id for v in service.iter_tasks("市城管局 牵头 占道", today=TODAY)} == {
        page.items[0].assignment.id
    }


def test_deadlines_by_date(service: Service) -> None:
    page = service.deadlines(None, Filters(due_from=date(2024, 1, 1)), today=TODAY, sort=Sort.DUE)
    assert [view.deadline.due for view in page.items] == [date(2024, 6, 30), date(2024, 10, 31)]


@pytest.mark.parametrize(
    "question", ["公共自行车归哪个部门管", "城管局2024年牵头哪些工作", "10月底前必须完成哪些", "年份:2024"]
)
def test_both_at_once_say_what_each_says(service: Service, question: str) -> None:
    result, answer = service.search_and_ask(question, today=TODAY)
    assert result == service.search(question, today=TODAY)
    assert answer == service.ask(question, today=TODAY)


def test_one_bodys_page(service: Service) -> None:
    view = service.agency("城管局")
    assert view.canonical == "云川市城市管理局"
    assert set(view.aliases) == {"市城管局", "市城市管理局"}
    found = [list(service.agency_statements("城管局", role)) for role in ROLES]
    assert [len(part) for part in found] == [2, 1, 2]
    ids = [statement.assignment.id for part in found for statement in part]
    assert len(ids) == len(set(ids))  # what it both leads and supports counts once


def test_other_years_and_related(service: Service) -> None:
    here = service.search("云政办发〔2024〕18号", today=TODAY).hits[0].document.id
    assert [hit.document.number for hit in service.other_years(here)] == ["云政办发〔2023〕18号"]
    assert service.related(here)[0].document.number == "云政办发〔2023〕18号"
    with pytest.raises(UsageError):
        service.related("nowhere")


SUGGESTED = [
    ("市城", "市城管局", "agency"),
    ("云政办发〔2024〕1", "云政办发〔2024〕18号", "number"),
    ("公共自行", "云川市人民政府办公室关于加强公共自行车管理的通知", "title"),
]


@pytest.mark.parametrize(("prefix", "text", "kind"), SUGGESTED)
def test_suggestions(service: Service, prefix: str, text: str, kind: str) -> None:
    assert (text, kind) in {(found.text, found.kind) for found in service.suggest(prefix)}


STRANGE = [
    *("？！。", "🎉", "\x00", "“没有收尾的引号", "title:(foo~2 AND [a TO b])^3", "((((", "a\\b/c", "AND OR NOT", "*"),
    *("防汛 -", "'; DROP TABLE", "防" * LONGEST, "的", "〔〕号", "2024年13月45日前", "牵头单位:", "标题:“", "-防汛"),
]


@pytest.mark.parametrize("query", STRANGE)
def test_strange_input_is_answered_or_refused(service: Service, query: str) -> None:
    for ask in (service.search, service.ask, service.tasks):
        with suppress(UsageError):
            assert ask(query, today=TODAY) is not None
    assert isinstance(service.suggest(query), tuple)


@pytest.mark.parametrize("query", ["", " ", "防" * (LONGEST + 1), "防" * 10_000])
def test_nothing_or_too_much_is_refused(service: Service, query: str) -> None:
    with pytest.raises(UsageError):
        service.ask(query, today=TODAY)


@pytest.mark.parametrize("filters", [Filters(document="没有这份"), Filters(updated_since="昨天")])
def test_filters_that_cannot_be(service: Service, filters: Filters) -> None:
    with pytest.raises(UsageError):
        service.search("防汛", filters, today=TODAY)


def test_in_force_before_repealed_among_equals(service: Service) -> None:
    first_two = service.search("停车泊位编号", today=TODAY).hits[:2]
    assert [(hit.document.number, hit.status) for hit in first_two] == [
        ("云政办发〔2022〕4号", None),
        ("云政办发〔2022〕6号", "已废止"),
    ]


def test_an_answer_that_ends_says_so(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongbao.index.answers._ALL", 2)
    answer = service.ask("城管局要做什么", today=TODAY)
    assert len(answer.statements) == 2
    assert "超过 2 条" in (answer.reading.note or "")


def test_own_synonyms(service: Service, register: Register, tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("小黄车\t公共自行车\n", encoding="utf-8")
    own = Service(service._engine, register, Synonyms.load(tmp_path))
    assert first(own, "小黄车") == "云政办发〔2024〕3号"


def test_another_hazards_plan_is_not_another_year(service: Service) -> None:
    """Plans share most of their titles; only what they are about tells them apart."""
    here = service.search("云政办发〔2024〕7号", today=TODAY).hits[0].document.id
    assert service.other_years(here) == ()


@pytest.mark.parametrize(("query", "said"), [("高铁票价优惠", "没有找到"), ("公共自行车", None)])
def test_a_poor_find_is_called_one(service: Service, query: str, said: str | None) -> None:
    note = service.search(query, today=TODAY).reading.note
    assert (said in (note or "")) if said else note is None
