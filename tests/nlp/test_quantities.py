"""Numbers with units: their value, how they are compared, and whether they tell the change itself."""

from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Extraction, Quantity
from gongbao.corpus.register import Register
from gongbao.nlp import Extractor
from gongbao.nlp.ground import Ground
from gongbao.nlp.quantities import find_quantities
from gongbao.nlp.quantities.numbers import read_number
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.builders import document
from tests.nlp.writing import Rows, write


def found(*paragraphs: str | Rows) -> list[Quantity]:
    return list(find_quantities(Ground(write(*paragraphs))))


def line(one: Quantity) -> str:
    """`达到80%以上|80 % at_least increase`; a range as `100000..150000`, money with 元."""
    value = f"{one.value}" if one.upper is None else f"{one.value}..{one.upper}"
    return " ".join(filter(None, (f"{one.text}|{value}", one.unit, one.comparison.value, one.direction)))


# (why, text, quantities)
CASES: list[tuple[str, str, list[str]]] = [
    ("a share that is reached", "覆盖率达到80%以上。", ["达到80%以上|80 % at_least"]),
    ("a change, not a level", "能耗下降5%。", ["下降5%|5 % exactly decrease"]),
    ("a level, not a change", "能耗降至5%以下。", ["降至5%以下|5 % at_most"]),
    ("what is raised to", "覆盖率由55%提高到70.4%。", ["55%|55 % exactly", "提高到70.4%|70.4 % exactly"]),
    ("no fewer than", "建设站点不少于30处。", ["不少于30处|30 处 at_least"]),
    ("a change about so large", "产值增长8%左右。", ["增长8%左右|8 % about increase"]),
    ("kept within", "漏损率控制在9%以内。", ["控制在9%以内|9 % at_most"]),
    ("kept at is kept within", "失业率控制在5.5%。", ["控制在5.5%|5.5 % at_most"]),
    ("but about stays about", "失业率控制在5.5%左右。", ["控制在5.5%左右|5.5 % about"]),
    ("万 is multiplied out", "培训2万人次。", ["2万人次|20000 人次 exactly"]),
    ("points of a share", "提高3个百分点。", ["提高3个百分点|3 百分点 exactly increase"]),
    ("money", "每户补助20万元。", ["20万元|200000 元 exactly"]),
    ("a share of something named", "补助不超过投资额的30%。", ["不超过投资额的30%|30 % at_most"]),
    ("亿 with decimals", "总投资1.5亿元。", ["1.5亿元|150000000 元 exactly"]),
    ("the currency in front", "最高人民币20万元。", ["最高人民币20万元|200000 元 at_most"]),
    ("the currency behind", "注册资本5000万元人民币。", ["5000万元人民币|50000000 元 exactly"]),
    ("a range with one unit", "补助10—15万元。", ["10—15万元|100000..150000 元 between"]),
    ("a range with two units", "比例为30%至50%。", ["30%至50%|30..50 % between"]),
    ("magnitudes", "震级5.0—6.0级的地震启动2级响应。", ["5.0—6.0级|5..6 级 between"]),
    ("a fine", "处1万元以上3万元以下罚款。", ["1万元以上3万元以下|10000..30000 元 between"]),
    ("a fine in 汉字", "处五千元以上五万元以下罚款。", ["五千元以上五万元以下|5000..50000 元 between"]),
    ("with and without the bound", "产值1亿元（含）以上。", ["1亿元（含）以上|100000000 元 at_least"]),
    ("full width", "覆盖率达到８０％以上。", ["达到８０％以上|80 % at_least"]),
    ("汉字", "管网不少于三十公里。", ["不少于三十公里|30 公里 at_least"]),
    ("a share in 汉字", "漏损率控制在百分之九以内。", ["控制在百分之九以内|9 % at_most"]),
    ("more than, with 余", "植树20余万株。", ["20余万株|200000 株 more_than"]),
    ("fewer than excludes the number", "人数不足50人。", ["不足50人|50 人 less_than"]),
    ("nearly", "投入近100亿元。", ["近100亿元|10000000000 元 about"]),
    ("a sign", "气温≥40℃。", ["≥40℃|40 ℃ at_least"]),
    ("one unit by another", "每亩补助，标准为200元/亩。", ["200元/亩|200 元/亩 exactly"]),
    ("千 of the unit", "新建10千伏线路。", ["10千伏|10 千伏 exactly"]),
    ("names of one unit are one", "建设步道12千米。", ["12千米|12 公里 exactly"]),
    ("people without their unit", "近1亿农村人口受益。", ["近1亿|100000000 人 about"]),
    (
        "a list goes on as it began",
        "排放量分别下降10%、12%和15%。",
        [
            "下降10%|10 % exactly decrease",
            "12%|12 % exactly decrease",
            "15%|15 % exactly decrease",
        ],
    ),
    ("few in 汉字 only where compared", "配备不少于两名网格员，建立一个平台。", ["不少于两名|2 名 at_least"]),
    ("spans of time are left to the time limits", "在5个工作日内办结，存放3个月、24小时。", []),
    ("dates", "2024年6月30日前，2024—2026年。", []),
    ("articles and ordinals", "依据第三条、第十二条和第4、9条，第3批，第56次会议。", []),
    ("numbers of documents", "见（云政发〔2024〕10号）。", []),
    ("inside a title", "落实《云川市10个重点项目实施办法》。", []),
    ("telephones", "电话：0359-1234567，热线12345。", []),
    ("codes", "执行GB18918标准，经G309线，达到A5级。", []),
    ("the number of a heading", "3.2组织体系", []),
    ("a word that goes on", "明确3人员转移办法，2条件。", []),
    ("a number that is none", "第1,2项，十百个。", []),
]


@pytest.mark.parametrize(("why", "text", "expected"), CASES, ids=[row[0] for row in CASES])
def test_a_quantity_is_read(why: str, text: str, expected: list[str]) -> None:
    assert [line(one) for one in found(text)] == expected, why


@pytest.mark.parametrize(
    ("printed", "value", "why"),
    [
        ("1,200", 1200, "thousands apart"),
        ("1.37万亿", 1_370_000_000_000, "two large units"),
        ("一万五千", 15_000, "sections"),
        ("一亿二千万", 120_000_000, "sections of sections"),
        ("二点五", 2.5, "decimals in 汉字"),
        ("十", 10, "ten alone"),
        ("2千", 2000, "mixed"),
        ("1,2", None, "two numbers"),
        ("二〇二四", None, "a year digit by digit"),
        ("万", None, "a unit alone"),
    ],
)
def test_numbers(printed: str, value: float | None, why: str) -> None:
    read = read_number(printed)
    assert (read and float(read.value)) == value, why


def test_the_number_of_a_heading_is_no_quantity_in_front_of_its_word() -> None:
    assert not found("2 户厕改造")
    assert [one.text for one in found("改造2 户")] == ["2 户"]


def test_cells_stay_apart_and_their_row_is_the_context() -> None:
    rows = [["任务", "目标"], ["新建步道", "12公里"], ["步道3", "个数"]]
    one, *others = found(rows)
    assert (one.text, one.context, others) == ("12公里", "新建步道\t12公里", [])


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        (
            [["项目", "投资（万元）", "完成年份"], ["建水库", "1,200", "2025"], ["建泵站", "—", "2026"]],
            ["1,200|12000000 元 exactly"],
            "in the head of the column, and no other column",
        ),
        (
            [["序号", "指标", "单位", "2025年"], ["1", "造林面积", "万亩", "≥3.5"], ["2", "森林覆盖率", "%", "46以上"]],
            ["≥3.5|35000 亩 at_least", "46以上|46 % at_least"],
            "in a column of units",
        ),
        (
            [["指标", "2020年", "2025年"], ["森林覆盖率（%）", "45.3", "46—47"]],
            ["45.3|45.3 % exactly", "46—47|46..47 % between"],
            "in the head of the row",
        ),
        ([["项目", "投资（万元）"], ["建水库", "20万元"]], ["20万元|200000 元 exactly"], "a cell that has its own"),
        ([["项目", "单位"], ["建水库12", "市水利局"]], [], "a column of bodies"),
    ],
)
def test_units_that_stand_apart_in_a_table(rows: Rows, expected: list[str], why: str) -> None:
    assert [line(one) for one in found(rows)] == expected, why


def test_titles_measure_nothing() -> None:
    titled = document("各单位照办。", title="云川市2024年10件民生实事实施方案")
    assert not find_quantities(Ground(titled))


def test_what_a_time_limit_claims_is_left_to_it() -> None:
    text = write("每月检查1次，设备不少于2台。")
    claimed = [Span(0, 6)]
    assert [one.text for one in find_quantities(Ground(text, claimed))] == ["不少于2台"]


_PIECES = st.sampled_from(
    [
        *(
            "达到",
            "不超过",
            "增长",
            "控制在",
            "20",
            "３",
            "三十",
            "1.5",
            "万",
            "亿",
            "%",
            "元",
            "个",
            "公里",
            "—",
            "至",
        ),
        *("以上", "以下", "左右", "、", "，", "。", "第", "人", "百分之", "（含）", "《", "》", "年", "\n", " "),
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_what_is_printed_is_what_the_span_holds(text: str) -> None:
    if not text.strip("\n"):
        return
    lines = write(*text.split("\n"))
    quantities = find_quantities(Ground(lines))
    assert all(one.text == one.span.of(lines.text) and "\n" not in one.text for one in quantities)
    assert all(a.span.end <= b.span.start for a, b in pairwise(quantities))
    assert all(one.upper is None or one.upper > one.value for one in quantities)
    assert len({one.id for one in quantities}) == len(quantities)


@given(st.integers(1, 10**6), st.sampled_from(["个", "公里", "万元", "亿元", "%", "万人次"]))
def test_a_number_keeps_its_value(value: int, unit: str) -> None:
    factor = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    (one,) = found(f"完成{value}{unit}。")
    assert one.value == value * factor


@pytest.mark.parametrize("piece", ["1 ", "一 ", "1,", "10%至", "第1、", "不超过", "1万元以上", "《1"])
def test_endless_text_takes_bounded_time(piece: str) -> None:
    endless = Ground(write(piece * 10_000))
    began = time.process_time()
    find_quantities(endless)
    assert time.process_time() - began < 3


# --- with the tasks


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Register.load())


@pytest.mark.parametrize(
    ("paragraphs", "expected", "why"),
    [
        (
            ["1.改造管网。改造管网120公里，漏损率控制在9%以内。（市水利局牵头，市财政局配合）"],
            [["120公里", "控制在9%以内"]],
            "those of the item",
        ),
        (
            ["市水利局要新建泵站3座，市财政局要拨付资金20万元。"],
            [["3座"], ["20万元"]],
            "those of its own clause",
        ),
        (
            [[["任务", "责任单位", "目标"], ["培训", "市教育局", "2万人次以上"], ["建站", "市水利局", "5座"]]],
            [["2万人次以上"], ["5座"]],
            "those of the row",
        ),
        (["全市现有水库12座。", "市水利局要加强巡查。"], [[]], "not those of another sentence"),
    ],
)
def test_a_task_is_measured_by_what_stands_in_it(
    extractor: Extractor, paragraphs: list[str | Rows], expected: list[list[str]], why: str
) -> None:
    tasks = extractor.extract(write(*paragraphs)).assignments
    assert [[target.text for target in task.targets] for task in tasks] == expected, why


def test_an_extraction_kept_before_there_were_any_still_loads(extractor: Extractor) -> None:
    kept = TypeAdapter(Extraction)
    made = json.loads(kept.dump_json(extractor.extract(write("由市水利局新建泵站3座。"))))
    for name in ("quantities", "contacts", "places"):
        del made[name]
    for task in made["assignments"]:
        del task["targets"]
    old = kept.validate_json(json.dumps(made))
    assert (old.quantities, old.contacts, old.places, old.assignments[0].targets) == ((), (), (), ())


def test_whole_numbers_stay_whole_in_the_store(extractor: Extractor) -> None:
    kept = TypeAdapter(Extraction)
    made = extractor.extract(write("由市水利局新建泵站3座，增长6.5%。"))
    again = kept.validate_json(kept.dump_json(made))
    assert again == made
    assert [str(one.value) for one in again.quantities] == ["3", "6.5"]
