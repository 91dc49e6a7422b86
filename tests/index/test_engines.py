"""The contract of search: everything here holds on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.errors import Busy, IndexMissing, UsageError
from gongbao.index.analysis import bigrams, key, words
from gongbao.index.embedded.engine import EmbeddedEngine
from gongbao.index.engine import (
    AllOf,
    AnyOf,
    Ask,
    Best,
    Boost,
    Constant,
    Engine,
    Everything,
    Filtered,
    Keyword,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
    Ranked,
    Term,
)
from gongbao.index.models import Sort
from gongbao.index.payload import read_deadline, read_document, read_passage, read_statement
from gongbao.index.schema import EntryKind, Field, day

from tests.index import sample
from tests.index.conftest import fill

FLOOD_2023, FLOOD_2024, BICYCLES, NOTE = (one.document.id for one in sample.filed())


def any_word(field: Field, text: str) -> AnyOf:
    return AnyOf(tuple(Term(field, word) for word in words(text)))


def phrase(text: str) -> Phrase:
    return Phrase(Field.BIGRAMS, bigrams(text))


def documents(engine: Engine, query: Query) -> list[str]:
    return [hit.id for hit in engine.search(Ask(EntryKind.DOCUMENT, query)).items]


def tasks(engine: Engine, query: Query) -> set[str]:
    return {read_statement(hit).assignment.what[:12] for hit in engine.search(Ask(EntryKind.STATEMENT, query)).items}


CLEAN_2023, CLEAN_2024 = "2023年6月底前，完成", "2024年6月底前，完成"
WATCH_2023, WATCH_2024 = "2023年6月1日至9月", "2024年6月1日至9月"
BICYCLE_TASK = "公共自行车由市城市管理局"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Term(Field.WORDS, "自行车"), [BICYCLES]),  # a word inside a longer word
        (phrase("行车管理办"), [BICYCLES]),  # a substring that no word begins or ends
        (phrase("管理行车办"), []),  # the same characters in another order
        (Term(Field.WORDS, "2024"), [FLOOD_2024, BICYCLES]),  # numbers are words; the number of a document is text
        (Keyword(Field.NUMBER, ("〔2024〕10号",)), [FLOOD_2024]),  # year and serial without an issuer
        (Keyword(Field.NUMBER, ("云政发10号",)), [FLOOD_2024, FLOOD_2023]),  # issuer and serial without a year
        (Keyword(Field.TITLE_KEY, (key("关于禁止燃放烟花爆竹的通告"),)), [NOTE]),
        (Prefix(Field.NUMBER, "云政办发"), [BICYCLES]),
        (Range(Field.YEAR, 2023, 2023), [FLOOD_2023]),
        (Range(Field.YEAR, 2024, 2023), []),  # the wrong way round
        (Keyword(Field.REPEALS, (key("云川市公共自行车管理暂行办法"),)), [BICYCLES]),
        (Keyword(Field.REPEALS, ("云政发〔2016〕2号",)), [BICYCLES]),
        (Phrase(Field.PINYIN, ("yan", "hua", "bao", "zhu")), [NOTE]),
        (
            Filtered(Everything(), where=(Keyword(Field.GENRE, ("通知",)), Range(Field.YEAR, low=2024))),
            [FLOOD_2024, BICYCLES],
        ),
        (Filtered(Everything(), without=(Keyword(Field.GENRE, ("通知",)),)), [NOTE]),
        (AllOf((Term(Field.WORDS, "防汛"), Term(Field.WORDS, "2023"))), [FLOOD_2023]),
        (AllOf(()), [NOTE, FLOOD_2023, FLOOD_2024, BICYCLES]),  # of no parts: everything
        (AnyOf(()), []),  # of no parts: nothing
        (
            AnyOf((Term(Field.WORDS, "防汛"), Term(Field.WORDS, "值班"), Term(Field.WORDS, "爆竹")), at_least=2),
            [FLOOD_2023, FLOOD_2024],
        ),
        (AnyOf((Term(Field.WORDS, "防汛"),), at_least=2), []),
        (Best((Term(Field.WORDS, "自行车"), Term(Field.TITLE, "爆竹"))), [NOTE, BICYCLES]),
        (Nothing(), []),
        (Keyword(Field.ISSUER, ()), []),
        (Phrase(Field.BIGRAMS, ()), []),
        (Term(Field.WORDS, ""), []),
        (Term(Field.WORDS, "水" * 5000), []),
        (Keyword(Field.ISSUER, ('"*:?\\)( AND \x00 😀',)), []),
        (Prefix(Field.NUMBER, "云.*[("), []),  # no pattern, only text
    ],
)
def test_what_matches(filled: Engine, query: Query, expected: list[str]) -> None:
    assert sorted(documents(filled, query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Keyword(Field.BODY, (key("云川市水利局"),)), {CLEAN_2023, CLEAN_2024}),
        (Keyword(Field.NAME, (key("市水利局"),)), {CLEAN_2023, CLEAN_2024}),
        (Keyword(Field.ROLE_BODY, (f"lead:{key('云川市水利局')}",)), {CLEAN_2023, CLEAN_2024}),
        (Keyword(Field.ROLE_BODY, (f"support:{key('云川市水利局')}",)), set()),  # it leads, and supports nothing
        (
            Range(Field.DUE, day(date(2024, 6, 1)), day(date(2024, 6, 30))),
            {CLEAN_2024, WATCH_2024},
        ),  # due in, or overlapping
        (Range(Field.DUE, day(date(2024, 8, 1)), day(date(2024, 8, 2))), {WATCH_2024}),  # inside a period
        (Range(Field.DUE, high=day(date(2023, 6, 30))), {CLEAN_2023, WATCH_2023}),
        (Range(Field.DUE), {CLEAN_2023, CLEAN_2024, WATCH_2023, WATCH_2024}),  # whatever has a date
        (Keyword(Field.DUE_MONTH, ("2023-06", "2023-09")), {CLEAN_2023, WATCH_2023}),
        (phrase("排水管网"), {CLEAN_2023, CLEAN_2024}),
        (Term(Field.HEADINGS, "值守"), {WATCH_2023, WATCH_2024}),
        (Term(Field.TITLE, "自行车"), {BICYCLE_TASK}),
        (Term(Field.NAMES, "城市"), {BICYCLE_TASK}),
        (Phrase(Field.PINYIN, ("shui", "li", "ju")), {CLEAN_2023, CLEAN_2024}),
    ],
)
def test_which_statements(filled: Engine, query: Query, expected: set[str]) -> None:
    assert tasks(filled, query) == expected


def test_scores_add_up_as_said(filled: Engine) -> None:
    def scores(query: Query) -> dict[str, float]:
        return {hit.id: hit.score for hit in filled.search(Ask(EntryKind.DOCUMENT, query)).items}

    flood, title = Term(Field.WORDS, "防汛"), Term(Field.TITLE, "2024")
    one, other = scores(flood)[FLOOD_2024], scores(title)[FLOOD_2024]
    assert one > 0
    assert scores(AnyOf((flood, title)))[FLOOD_2024] == pytest.approx(one + other, rel=1e-4)
    assert scores(Ranked(flood, (title,))) == pytest.approx({FLOOD_2024: one + other, FLOOD_2023: one}, rel=1e-4)
    assert scores(Best((flood, title), tie=0.5))[FLOOD_2024] == pytest.approx(
        max(one, other) + 0.5 * min(one, other), rel=1e-4
    )
    assert scores(Boost(flood, 3))[FLOOD_2024] == pytest.approx(3 * one, rel=1e-4)
    assert scores(Constant(flood, 7))[FLOOD_2024] == pytest.approx(7)
    assert scores(Filtered(flood, where=(Range(Field.YEAR, 2024),))) == pytest.approx({FLOOD_2024: one}, rel=1e-4)
    assert scores(Keyword(Field.NUMBER, ("云政发10号",)))[FLOOD_2024] == pytest.approx(1)


def test_equal_scores_come_as_printed(filled: Engine) -> None:
    assert documents(filled, Everything()) == [NOTE, FLOOD_2023, FLOOD_2024, BICYCLES]


def test_pages_of_a_ranking(filled: Engine) -> None:
    first = filled.search(Ask(EntryKind.DOCUMENT, Everything(), size=3))
    rest = filled.search(Ask(EntryKind.DOCUMENT, Everything(), size=3, offset=3))
    assert (len(first.items), len(rest.items)) == (3, 1)
    assert first.total == rest.total == 4
    assert not filled.search(Ask(EntryKind.DOCUMENT, Everything(), offset=20_000)).items  # beyond what is ranked


def test_several_searches_at_once(filled: Engine) -> None:
    asks = [
        Ask(EntryKind.DOCUMENT, Term(Field.WORDS, "防汛")),
        Ask(EntryKind.STATEMENT, Everything(), size=1, counted=False),
    ]
    both = filled.search_all(asks)
    assert both == tuple(filled.search(ask) for ask in asks)
    assert both[1].total == 1
    assert filled.search_all([]) == ()


def test_hits_carry_their_views(filled: Engine) -> None:
    document = read_document(filled.search(Ask(EntryKind.DOCUMENT, Term(Field.WORDS, "爆竹"))).items[0])
    assert (document.document.id, document.document.signed, document.genre) == (NOTE, None, None)
    row = read_passage(filled.search(Ask(EntryKind.PASSAGE, Term(Field.WORDS, "东关"))).items[0])
    assert row.text == "东关站\t120"
    statement = read_statement(filled.search(Ask(EntryKind.STATEMENT, Term(Field.WORDS, "自行车"))).items[0])
    assert statement.assignment == sample.filed()[2].extraction.assignments[0]
    assert statement.score > 0
    due = read_deadline(filled.search(Ask(EntryKind.DEADLINE, Keyword(Field.DEADLINE, ("period",)))).items[0])
    assert due.deadline.start == date(2023, 6, 1)


def test_table_rows_are_found_by_their_column(filled: Engine) -> None:
    query = Filtered(any_word(Field.HEADINGS, "车辆数"), where=(Keyword(Field.BLOCK, ("row",)),))
    assert filled.search(Ask(EntryKind.PASSAGE, query)).total == 2


def test_facets_count_what_matches(filled: Engine) -> None:
    query = Filtered(Everything(), where=(Keyword(Field.GENRE, ("通知",)),))
    year, issuer, bodies = filled.facets(EntryKind.DOCUMENT, query, (Field.YEAR, Field.ISSUER, Field.BODY), size=2)
    assert [(v.value, v.count) for v in year.values] == [("2024", 2), ("2023", 1)]
    assert [(v.value, v.count) for v in issuer.values] == [("云川市人民政府", 2), ("云川市人民政府办公室", 1)]
    assert [v.count for v in bodies.values] == [2, 2]  # the two most frequent, by value among equals
    assert year.name == "year"


def test_terms_and_frequencies(filled: Engine) -> None:
    found = filled.terms(EntryKind.STATEMENT, Field.NAME, prefix="市住")
    assert [(value.value, value.count) for value in found] == [("市住建局", 2)]
    assert filled.terms(EntryKind.STATEMENT, Field.ALIAS, size=1)[0].value == "市住建局\t云川市住房和城乡建设局"
    assert filled.frequencies(EntryKind.DOCUMENT, Field.WORDS, ("防汛", "自行车", "无此词")) == (2, 1, 0)
    assert filled.frequencies(EntryKind.DOCUMENT, Field.WORDS, ()) == ()


@pytest.mark.parametrize("sort", [Sort.PRINTED, Sort.DUE, Sort.NEWEST])
def test_orders_and_cursors(filled: Engine, sort: Sort) -> None:
    whole = [hit.id for hit in filled.scan(EntryKind.STATEMENT, Everything(), sort)]
    paged, cursor = [], None
    while True:
        page = filled.page(EntryKind.STATEMENT, Everything(), sort, 2, cursor)
        assert page.total == 5
        paged += [hit.id for hit in page.items]
        if (cursor := page.cursor) is None:
            break
    assert paged == whole
    assert len(set(whole)) == 5


def test_orders_mean_what_they_say(filled: Engine) -> None:
    def whats(sort: Sort) -> list[str]:
        return [read_statement(hit).assignment.what[:5] for hit in filled.scan(EntryKind.STATEMENT, Everything(), sort)]

    assert whats(Sort.PRINTED) == ["2023年", "2023年", "2024年", "2024年", "公共自行车"]
    assert whats(Sort.DUE)[-1] == "公共自行车"  # undated last
    newest = [hit.id for hit in filled.scan(EntryKind.DOCUMENT, Everything(), Sort.NEWEST)]
    assert newest[-2:] == [FLOOD_2023, NOTE]  # undated last


@pytest.mark.parametrize("cursor", ["", "x", "12", ".", "12.", "99999999999999999999999.a", "１.a"])
def test_a_broken_cursor_is_a_usage_error(filled: Engine, cursor: str) -> None:
    with pytest.raises(UsageError):
        filled.page(EntryKind.STATEMENT, Everything(), Sort.DUE, 2, cursor)


def test_relevance_is_no_fixed_order(filled: Engine) -> None:
    with pytest.raises(UsageError):
        list(filled.scan(EntryKind.STATEMENT, Everything(), Sort.RELEVANCE))


def test_explain_says_why(filled: Engine) -> None:
    lines = filled.explain(EntryKind.DOCUMENT, Term(Field.WORDS, "防汛"), FLOOD_2024)
    hit = filled.search(Ask(EntryKind.DOCUMENT, Term(Field.WORDS, "防汛"))).items[0]
    assert lines[0].startswith(f"{hit.score:.4f}")
    assert filled.explain(EntryKind.DOCUMENT, Term(Field.WORDS, "防汛"), NOTE) == ()
    assert filled.explain(EntryKind.DOCUMENT, Term(Field.WORDS, "防汛"), "nobody") == ()


# --- keeping it up to date


def test_without_an_index_reading_says_so(engine: Engine) -> None:
    for ask in (
        lambda: engine.search(Ask(EntryKind.DOCUMENT, Everything())),
        lambda: engine.search_all([Ask(EntryKind.DOCUMENT, Everything())]),
        lambda: engine.count(EntryKind.DOCUMENT, Everything()),
        lambda: list(engine.scan(EntryKind.DOCUMENT, Everything())),
        lambda: engine.facets(EntryKind.DOCUMENT, Everything(), (Field.YEAR,)),
        lambda: engine.terms(EntryKind.DOCUMENT, Field.ISSUER),
        lambda: engine.explain(EntryKind.DOCUMENT, Everything(), "x"),
    ):
        with pytest.raises(IndexMissing):
            ask()
    assert engine.stamps() == {}
    assert engine.documents(EntryKind.PASSAGE) == set()


def test_an_empty_index_answers_with_nothing(engine: Engine) -> None:
    fill(engine, [])
    assert engine.search(Ask(EntryKind.STATEMENT, Everything())).items == ()
    assert list(engine.scan(EntryKind.STATEMENT, Everything())) == []
    assert engine.facets(EntryKind.STATEMENT, Everything(), (Field.BODY,))[0].values == ()


def test_a_correction_takes_the_place_of_all_that_was(own: Engine) -> None:
    flood = sample.filed()[1]
    shorter = sample.Filed(flood.document, sample.extraction(flood.document, flood.extraction.assignments[0]))
    with own.writer() as writer:
        writer.put(shorter.batch("2025-01-01T00:00:00+00:00"))
    assert tasks(own, Keyword(Field.DOCUMENT, (FLOOD_2024,))) == {CLEAN_2024}
    assert own.count(EntryKind.DOCUMENT, Everything()) == 4
    assert own.stamps()[FLOOD_2024] == "2025-01-01T00:00:00+00:00"


def test_a_document_that_is_gone_is_gone_from_every_kind(own: Engine) -> None:
    with own.writer() as writer:
        writer.remove(FLOOD_2024)
    for kind in EntryKind:
        assert own.count(kind, Keyword(Field.DOCUMENT, (FLOOD_2024,))) == 0
        assert FLOOD_2024 not in own.documents(kind)
    assert FLOOD_2024 not in own.stamps()
    assert own.facets(EntryKind.DOCUMENT, Everything(), (Field.YEAR,))[0].values[0].count == 1
    assert own.terms(EntryKind.DOCUMENT, Field.NUMBER, "云政发〔2024〕") == ()


@pytest.mark.parametrize("monster", ["长" * 100_000, "a" * 100_000, "\x00\ud7ff😀" * 100, '{"}\\\n\t"' * 100, " \n "])
def test_a_monstrous_document_is_taken(engine: Engine, monster: str) -> None:
    document = replace(
        sample.filed()[2].document, title=monster, number=f"云政发〔2024〕{monster}号", issuer=monster, issue=monster
    )
    found = replace(sample.filed()[2].extraction, genre=monster, subjects=(monster,))
    fill(engine, [sample.Filed(document, found)])
    assert read_document(engine.search(Ask(EntryKind.DOCUMENT, Everything())).items[0]).document.title == monster
    assert engine.facets(EntryKind.DOCUMENT, Everything(), (Field.ISSUER,))[0].values[0].value == monster[:1000]
    assert len(engine.stamps()) == 1


def test_put_twice_in_one_session(engine: Engine) -> None:
    flood = sample.filed()[1]
    bare = sample.Filed(flood.document, sample.extraction(flood.document))
    with engine.writer() as writer:
        writer.put(flood.batch())
        writer.put(bare.batch())
    assert engine.count(EntryKind.STATEMENT, Everything()) == 0
    assert engine.count(EntryKind.DOCUMENT, Everything()) == 1


def test_a_fresh_index_replaces_the_old_one_whole(own: Engine) -> None:
    with own.writer(fresh=True) as writer:
        writer.put(sample.filed()[0].batch())
        writer.commit()
        assert own.count(EntryKind.DOCUMENT, Everything()) == 4  # the old one answers meanwhile
    assert documents(own, Everything()) == [FLOOD_2023]


def test_a_failed_rebuild_leaves_the_old_index(own: Engine) -> None:
    with pytest.raises(RuntimeError), own.writer(fresh=True):
        raise RuntimeError
    assert own.count(EntryKind.DOCUMENT, Everything()) == 4
    assert own.interrupted()
    fill(own, [])
    assert not own.interrupted()
    assert own.count(EntryKind.DOCUMENT, Everything()) == 4


def test_one_writer_at_a_time(own: Engine) -> None:
    with own.writer(), pytest.raises(Busy), own.writer():
        pass


def test_a_scan_holds_what_stood_at_its_beginning(own: Engine) -> None:
    scan = own.scan(EntryKind.DOCUMENT, Everything())
    first = next(scan)
    with own.writer() as writer:
        writer.remove(FLOOD_2024)
    assert first.id in {NOTE, FLOOD_2023}
    assert len(list(scan)) == 3


# --- both engines side by side


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str):  # type: ignore[no-untyped-def]
    from tests.index.conftest import elastic_engine

    corpus = sample.many(150)
    embedded = EmbeddedEngine(tmp_path_factory.mktemp("embedded"))
    opened = elastic_engine(Path(tmp_path_factory.mktemp("elastic")), elasticsearch_url)
    elastic = next(opened)
    for engine in (embedded, elastic):
        fill(engine, corpus)
    yield embedded, elastic
    next(opened, None)


QUESTIONS = [
    "公共自行车",
    "排水管网 落实",
    "老旧小区改造 2023",
    "散煤清零督促检查",
    "河道采砂",
    "校园食品安全",
    "道路交通安全隐患",
    "专项债券项目申报验收",
    "农村人居环境整治 问责",
    "养老服务",
]


@pytest.mark.elasticsearch
@pytest.mark.parametrize("kind", [EntryKind.DOCUMENT, EntryKind.PASSAGE, EntryKind.STATEMENT])
@pytest.mark.parametrize("question", QUESTIONS)
def test_both_engines_rank_alike(both, kind: EntryKind, question: str) -> None:  # type: ignore[no-untyped-def]
    """The same first hit, at least 8 of the first 10, and equal totals and scores."""
    query = Ranked(
        any_word(Field.WORDS, question),
        (
            Boost(any_word(Field.TITLE, question), 2.0),
            any_word(Field.HEADINGS, question),
            Phrase(Field.BIGRAMS, bigrams(question.split()[0])),
        ),
    )
    embedded, elastic = (engine.search(Ask(kind, query)) for engine in both)
    ours, theirs = ([hit.id for hit in found.items] for found in (embedded, elastic))
    assert embedded.total == elastic.total > 0
    assert ours[0] == theirs[0]
    assert len(set(ours) & set(theirs)) >= 8 * len(ours) // 10
    assert [hit.score for hit in embedded.items] == pytest.approx([hit.score for hit in elastic.items], rel=1e-3)


@pytest.mark.elasticsearch
def test_both_engines_count_and_list_alike(both) -> None:  # type: ignore[no-untyped-def]
    query = Filtered(
        Everything(),
        where=(
            Keyword(Field.ROLE_BODY, (f"lead:{key('云川市水利局')}", f"support:{key('云川市财政局')}")),
            Range(Field.DUE, day(date(2022, 1, 1)), day(date(2023, 12, 31))),
        ),
    )
    fields = (Field.YEAR, Field.BODY, Field.ROLE, Field.DUE_MONTH, Field.ISSUE)
    embedded, elastic = (engine.facets(EntryKind.STATEMENT, query, fields, size=5) for engine in both)
    assert embedded == elastic
    for sort in (Sort.PRINTED, Sort.DUE, Sort.NEWEST):
        ours, theirs = ([hit.id for hit in engine.scan(EntryKind.STATEMENT, query, sort)] for engine in both)
        assert ours == theirs
        assert ours
