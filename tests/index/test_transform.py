"""From documents and records to entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gongbao.corpus.records import DeadlineKind, Resolved, Role
from gongbao.index.engine import IndexEntry
from gongbao.index.passages import cut_passages
from gongbao.index.schema import FIELDS, TEXTS_OF, EntryKind, Field, day, number_keys
from gongbao.index.transform import transform
from gongbao.index.values import due_days, due_order, microseconds, newest_order, printed_order
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.index import sample


def of_kind(filed: sample.Filed, kind: EntryKind) -> list[IndexEntry]:
    return [entry for entry in filed.batch().entries if entry.kind is kind]


def test_every_entry_keeps_to_its_schema() -> None:
    for filed in [*sample.filed(), *sample.many(5)]:
        for entry in filed.batch().entries:
            used = {field for field, _ in (*entry.texts, *entry.keys, *entry.numbers)}
            assert used <= FIELDS[entry.kind]
            assert set(TEXTS_OF[entry.kind]) | {Field.PRINTED_ORDER} <= used
            assert all(text for _, text in entry.texts)  # engines differ over what is empty


def test_ids_are_distinct_also_for_equal_quotes() -> None:
    document = builders.document("各单位要报送。", "各单位要报送。")
    twice = sample.statement(document, "各单位要报送。", sample.party("市水利局"))
    batch = transform(document, sample.extraction(document, twice, twice), sample.STAMP)
    assert len({(entry.kind, entry.id) for entry in batch.entries}) == len(batch.entries)


def test_a_document_not_extracted_yet_has_no_statements() -> None:
    document = sample.filed()[0].document
    kinds = {entry.kind for entry in transform(document, None, sample.STAMP).entries}
    assert kinds == {EntryKind.DOCUMENT, EntryKind.PASSAGE}


def test_a_document_is_filtered_by_the_bodies_and_dates_of_its_statements() -> None:
    keys = dict(of_kind(sample.filed()[1], EntryKind.DOCUMENT)[0].keys)
    assert "lead:云川市水利局" in keys[Field.ROLE_BODY]
    assert keys[Field.DUE_MONTH] == ("2024-06", "2024-09")


def test_a_deadline_is_filtered_by_the_bodies_it_binds() -> None:
    first = of_kind(sample.filed()[1], EntryKind.DEADLINE)[0]
    assert dict(first.keys)[Field.BODY] == ("云川市水利局", "云川市住房和城乡建设局")


def test_a_body_without_a_canonical_name_is_known_as_printed() -> None:
    document = builders.document("各县（市、区）人民政府负责落实。")
    found = sample.statement(
        document, "各县（市、区）人民政府负责落实。", sample.party("各县（市、区）人民政府", Role.LEAD)
    )
    filed = sample.Filed(document, sample.extraction(document, found))
    keys = dict(of_kind(filed, EntryKind.STATEMENT)[0].keys)
    assert keys[Field.BODY] == ("各县市区人民政府",)
    assert keys[Field.ALIAS] == ()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("云政发[2024] 10 号", ("云政发〔2024〕10号", "〔2024〕10号", "云政发10号", "云政发〔2024〕")),
        ("云川市人民政府令第5号", ("云川市人民政府令第5号",)),  # no year
        (None, ()),
    ],
)
def test_number_keys(number: str | None, expected: tuple[str, ...]) -> None:
    assert number_keys(number) == expected


# --- passages


def test_passages_know_their_headings() -> None:
    document = builders.document("一、总则", "甲。", "二、分则", "乙。", headings={"一、总则": 1, "二、分则": 1})
    assert [(p.text, p.path) for p in cut_passages(document)] == [
        ("一、总则", ()),
        ("甲。", ("一、总则",)),
        ("二、分则", ()),
        ("乙。", ("二、分则",)),
    ]


def test_rows_show_merged_text_and_know_their_columns() -> None:
    document = builders.document(
        rows=[["类别", "任务", "单位"], ["甲类", "清淤", "市水利局"], ["甲类", "巡查", "市应急局"]]
    )
    table = document.tables[0]
    merged = tuple(
        replace(c, row_span=2) if (c.row, c.col) == (1, 0) else c for c in table.cells if (c.row, c.col) != (2, 0)
    )
    document = replace(document, tables=(replace(table, cells=merged, caption="任务表"),))
    rows = [piece for piece in cut_passages(document) if piece.block == "row"]
    assert [row.text for row in rows] == ["甲类\t清淤\t市水利局", "甲类\t巡查\t市应急局"]
    assert rows[1].span.of(document.text) == "巡查\t市应急局"  # its own cells
    assert rows[1].path == ("任务表",)
    assert rows[1].columns == ("类别", "任务", "单位")


@given(st.text(alphabet="各单位要做好准备。；，", min_size=1, max_size=4000))
def test_a_long_paragraph_is_cut_without_loss(paragraph: str) -> None:
    pieces = [p.text for p in cut_passages(builders.document(paragraph))]
    assert "".join(pieces) == paragraph
    assert max(map(len, pieces)) <= 1200


# --- dates and orders


def test_a_period_is_due_on_each_of_its_days_and_other_limits_on_one() -> None:
    document = builders.document("2024年6月1日至6月3日值班。")
    period = sample.deadline(document, "2024年6月1日至6月3日", date(2024, 6, 3), date(2024, 6, 1))
    first = day(date(2024, 6, 1))
    assert due_days([period]) == (first, first + 1, first + 2)
    assert due_days([replace(period, kind=DeadlineKind.BY)]) == (first + 2,)
    assert due_days([replace(period, start=date(1024, 6, 1))]) == (first + 2,)  # a slip of the pen
    assert due_days([replace(period, due=None)]) == ()
    computed = replace(period, due=None, start=None, resolved=Resolved("印发之日", due=date(2024, 6, 3)))
    assert due_days([computed]) == (first + 2,)


def test_orders() -> None:
    document = builders.document("甲。")
    later = replace(document, issue="2024-2")
    place = printed_order(document, 10)
    assert place < printed_order(document, 12) < printed_order(replace(document, position=1), 0)
    assert printed_order(replace(document, position=4000), 2_000_000) < printed_order(later, 0)
    assert due_order(date(2024, 1, 1), printed_order(later, 0)) < due_order(date(2024, 1, 2), place)
    assert due_order(date(9999, 1, 1), place) < due_order(None, place) < 1 << 63
    assert newest_order(date(2024, 1, 2), place) < newest_order(date(2024, 1, 1), place) < newest_order(None, place)
    assert printed_order(replace(document, issue=None), 0) != printed_order(replace(document, issue=None, id="x"), 0)


def test_moments_count_in_utc() -> None:
    assert microseconds("1970-01-01T08:00:00+08:00") == 0
    assert microseconds("1970-01-01T00:00:01") == 1_000_000


LISTS = [
    (
        ("申请时提交：", "（一）申请表；", "（二）证明。", "第二条 其他。"),
        ["（一）申请表；", "（二）证明。"],
        "up to another way of numbering",
    ),
    (
        ("申请时提交：", "1.申请表；", "2.证明。", "受理后公示。"),
        ["1.申请表；", "2.证明。"],
        "up to a paragraph without a number",
    ),
    (("申请时提交材料。", "（一）申请表；"), [], "no list is announced"),
    (("说明如下：", "受理后公示。"), [], "nothing is numbered"),
]


@pytest.mark.parametrize(("lines", "items", "why"), LISTS)
def test_what_ends_in_a_colon_brings_its_list(lines: tuple[str, ...], items: list[str], why: str) -> None:
    first = next(piece for piece in cut_passages(builders.document(*lines)) if piece.text == lines[0])
    assert list(first.items) == items, why
