"""Words of a question as concepts, synonyms, and how much of them stands in a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongbao.corpus.errors import UsageError
from gongbao.index.expand import spelt_out, weighted
from gongbao.index.match import APART, NEAR, PART, SPREAD, find, plain, share
from gongbao.index.query.concepts import PIECE, Concept, Spelling, divided, find_concepts
from gongbao.index.rank import named
from gongbao.index.synonyms import Synonym, Synonyms
from hypothesis import given
from hypothesis import strategies as st

OWN = Synonyms.of(
    [
        ("小黄车", Synonym("公共自行车", "own.tsv")),
        ("防汛物资", Synonym("物资", "own.tsv")),
        ("低保", Synonym("最低生活保障", "own.tsv")),
    ]
)


def texts(words: str) -> list[str]:
    return [concept.text for concept in find_concepts(words, OWN)]


CUT = [
    ("小黄车停放", ["小黄车", "停放"], "a known term and the word behind it"),
    ("低保标准", ["低保", "标准"], "a known term in a longer run"),
    ("河道的清淤", ["河道", "清淤"], "stop words left out"),
    ("安云险", ["安云险"], "characters that make no word stay together"),
    ("的", ["的"], "a stop word where nothing else is there"),
    ("第三十二条", ["32", "条"], "numerals folded"),
    ("防汛 防汛", ["防汛"], "each once"),
]


@pytest.mark.parametrize(("words", "expected", "why"), CUT)
def test_concepts(words: str, expected: list[str], why: str) -> None:
    assert texts(words) == expected, why


def test_synonyms_say_where_they_are_from() -> None:
    (concept,) = find_concepts("小黄车", OWN)
    assert [(form.text, form.source) for form in concept.forms] == [("小黄车", None), ("公共自行车", "own.tsv")]


NUMERALS = [
    ("三百亩", ["300亩"], "plans print digits"),
    ("20", ["二十"], "rules print 汉字"),
    ("三万元", ["30000元", "3万元"], "both"),
    ("两千个", ["2000个", "二千个"], "两 is spoken"),
    ("十分", [], "a lone 十 is mostly no number"),
    ("5", [], "a digit alone stands in too much"),
    ("千方百计", [], "no number"),
    ("1.5", [], "no whole one"),
]


@pytest.mark.parametrize(("word", "expected", "why"), NUMERALS)
def test_a_number_is_looked_for_in_digits_and_in_words(word: str, expected: list[str], why: str) -> None:
    (concept,) = find_concepts(word, OWN)
    assert [form.text for form in concept.forms[1:]] == expected, why


def test_a_synonym_that_is_a_piece_of_the_word_counts_less() -> None:
    (concept,) = find_concepts("防汛物资", OWN)
    assert concept.forms[1] == Spelling("物资", PIECE, "own.tsv")


def test_one_word_of_a_text_answers_for_one_of_the_question() -> None:
    (concept, _) = find_concepts("小黄车 公共自行车", OWN)
    assert [form.text for form in concept.forms] == ["小黄车"]


DIVIDED = [
    ("防汛物资", ["防汛", "物资"], "the words of a known term"),
    ("低保防汛物资", ["低保", "防汛物资"], "shorter terms stay whole"),
    ("小黄车", [], "a lone character is no word"),
    ("低保", [], "one word"),
]


@pytest.mark.parametrize(("term", "expected", "why"), DIVIDED)
def test_the_words_of_a_term_that_stands_nowhere(term: str, expected: list[str], why: str) -> None:
    assert [word.text for word in divided(Concept(term, (Spelling(term, 1.0),)), OWN)] == expected, why


def test_each_word_of_a_divided_term_has_its_synonyms() -> None:
    (low, _) = divided(Concept("低保防汛物资", ()), OWN)
    assert [form.text for form in low.forms] == ["低保", "最低生活保障"]


WEIGHED = [
    ({"小黄车": 3, "公共自行车": 3}, "小黄车", "雨", "a lone character stands in many words, whatever its count"),
    ({"小黄车": 3, "公共自行车": 900}, "停放", "小黄车", "a frequent synonym makes the word tell less"),
    ({"停放": 900}, "小黄车", "停放", "a rare word tells more"),
]


@pytest.mark.parametrize(("counts", "more", "less", "why"), WEIGHED)
def test_what_a_word_tells(counts: dict[str, int], more: str, less: str, why: str) -> None:
    """Of 1,000 passages; words that are not counted stand in three."""
    weights = {
        text: weighted(concept, {form.text: counts.get(form.text, 3) for form in concept.forms}, 1000).weight
        for text in (more, less)
        for concept in find_concepts(text, OWN)
    }
    assert weights[more] > weights[less], why


FOUND = [
    ("烧烤摊", "规范烧烤摊经营", 1.0, "as it stands"),
    ("洗煤厂", "对洗（选）煤厂进行整治", NEAR, "something between"),
    ("秸秆焚烧", "秸秆、落叶一律禁止焚烧", APART, "its words apart"),
    ("养护费", "养护资金由县级承担", PART * 0.5, "one of two pairs"),
    ("下大雪", "国四以下大型车辆禁止通行", 0.0, "a pair across two words tells nothing"),
    ("冰雪路面", "路面结冰时", PART * 0.5, "one of two words"),
    ("雪大路滑", "路边停车", 0.0, "nor does a lone character"),
    ("集采", "采购", 0.0, "two characters are not cut"),
    ("10", "2010年", 1.0, "numbers are strings"),
    ("夜间经济", "", 0.0, "an empty text"),
]


@pytest.mark.parametrize(("typed", "text", "value", "why"), FOUND)
def test_how_a_word_stands_in_a_text(typed: str, text: str, value: float, why: str) -> None:
    assert find(Concept(typed, (Spelling(typed, 1.0),)), plain(text)).value == pytest.approx(value), why


def test_words_count_by_what_they_tell() -> None:
    rare, common = Concept("清淤", (Spelling("清淤", 1.0),), 0.9), Concept("工作", (Spelling("工作", 1.0),), 0.1)
    assert share((rare, common), [find(one, plain("完成清淤")).value for one in (rare, common)]) == pytest.approx(0.9)
    assert share((), ()) == 0.0


OTHER_WORDS = [
    ("公交车更换为新能源汽车", 0.88 * SPREAD, "its words apart"),
    ("公交车要按时检修。" + "各单位要各负其责，密切协作，" * 5 + "推广新能源", 0.0, "its words in different matters"),
    ("推广新能源（纯电）公交车", 0.88 * NEAR, "something between"),
    ("推广新能源公交车", 0.88, "as it stands"),
    ("推广新能源汽车", 0.0, "a part of it is another thing"),
]


@pytest.mark.parametrize(("text", "value", "why"), OTHER_WORDS)
def test_how_another_word_stands_in_a_text(text: str, value: float, why: str) -> None:
    asked = Concept("电瓶巴士", (Spelling("电瓶巴士", 1.0), Spelling("新能源公交车", 0.88, "own.tsv")))
    assert find(asked, plain(text)).value == pytest.approx(value), why


SHORT = [
    ("集采", "推进药品集中带量采购工作", "集中带量采购"),
    ("安责险", "推行安全生产责任保险", "安全生产责任保险"),
    ("安责险", "责任保险", None),
    ("城管", "城市综合管理", "城市综合管理"),
]


@pytest.mark.parametrize(("short", "text", "full"), SHORT)
def test_what_an_abbreviation_stands_for(short: str, text: str, full: str | None) -> None:
    assert next(spelt_out(short, text), None) == full


TITLE = "云川市人民政府办公室关于印发云川市推进智慧城管建设工作方案的通知"
ALIKE = [
    ("智慧城管建设工作方案", 0.9, 1.0, "a part of the title"),
    ("智慧城官工作方案", 0.4, 1.0, "a slip"),
    ("农村公路养护", 0.0, 0.01, "another matter"),
    ("方案", 0.0, 0.0, "too short to name anything"),
]


@pytest.mark.parametrize(("typed", "least", "most", "why"), ALIKE)
def test_a_title_half_remembered(typed: str, least: float, most: float, why: str) -> None:
    assert least <= named(typed, TITLE) <= most, why


def test_the_shipped_files_can_be_read() -> None:
    shipped = Synonyms.load()
    assert any(s.term == "院前急救" for s in shipped.table["救护车"])
    assert any(s.term == "夜间经济" for s in shipped.table["夜市"])
    assert any(s.term == "低保" for s in shipped.table["最低生活保障"])


@pytest.mark.parametrize("line", ["一个词", "> 一个词", "\t", "词\t"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.tsv").write_text(f"# 说明\n\n{line}\n", encoding="utf-8")
    if not line.strip():
        assert Synonyms.load(tmp_path).table
        return
    with pytest.raises(UsageError, match=r"own\.tsv 第 3 行"):
        Synonyms.load(tmp_path)


def test_one_way(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text(">小黄车\t公共自行车站点\n", encoding="utf-8")
    table = Synonyms.load(tmp_path).table
    assert "小黄车" in table
    assert "公共自行车站点" not in table


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_can_be_matched(words: str, text: str) -> None:
    for concept in find_concepts(words, OWN):
        assert 0.0 <= find(concept, plain(text)).value <= 1.0
