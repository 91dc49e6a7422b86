"""From text to tokens: the same whatever the width, script or line breaks."""

from __future__ import annotations

import pytest
from gongbao.index.analysis import bigrams, fold, key, marks, words
from gongbao.index.pinyin import sounding, syllables, typed_syllables
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２４年１０月", "2024年10月"),  # full width
        ("二〇二四年十月", "2024年10月"),  # Chinese numerals of dates
        ("三月二十一日", "3月21日"),
        ("第一百零三条", "第103条"),
        ("十四五规划", "十四五规划"),  # no number: a plan's name
        ("一批、三大、万一", "一批、三大、万一"),  # no dates, no items: words
        ("1,000万元和10,5", "1000万元和10,5"),  # grouped digits, and what only looks so
        ("張韻負責車輛", "张韵负责车辆"),  # traditional
        ("张 韵\n副市长", "张韵副市长"),  # spaced names and hard-wrapped lines
        ("PM2.5 浓度 API", "pm2.5浓度api"),
        ("about 3 days", "about 3 days"),  # spaces between Latin words stay
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公共自行车", ("公共", "自行", "行车", "自行车", "公共自行车")),  # a long word and the words in it
        ("10月底前完成10.5%", ("10", "月底", "前", "完成", "10.5")),  # numbers whole, signs dropped
        ("!?，。 😀\x00", ()),
        ("", ()),
        ("a" * 500, ("a" * 64,)),  # no engine takes a term of any length
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自行车", ("自行", "行车")),
        ("车", ("车",)),  # a lone character stands for itself
        ("到2024年", ("到", "2024", "年")),
        ("甲，乙丙", ("甲", "乙丙")),  # not over punctuation
    ],
)
def test_bigrams(text: str, expected: tuple[str, ...]) -> None:
    assert bigrams(text) == expected


def test_key_forgets_punctuation_and_width() -> None:
    assert key("各县（市、区）人民政府") == key("各縣(市,区)人民政府") == "各县市区人民政府"
    assert len(key("长" * 1000)) == 200


@pytest.mark.parametrize(
    ("text", "tokens", "marked"),
    [
        ("公共自行车归口管理", ("自行", "行车", "自行车"), ["自行车"]),  # overlapping tokens are one mark
        ("２０10年10月", ("10",), ["10"]),  # a number is not part of a longer one
        ("张 韵负责", ("张韵",), ["张 韵"]),  # spaces printed inside a word
        ("水利與水務", ("水利", "水务"), ["水利", "水務"]),  # as printed, though traditional
        ("水利", ("", "火"), []),
    ],
)
def test_marks(text: str, tokens: tuple[str, ...], marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, tokens)] == marked


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_clean_tokens(text: str) -> None:
    for token in (*words(text), *bigrams(text)):
        assert token
        assert not any(char.isspace() for char in token)


@given(st.text(alphabet="公共自行车管理办法二〇四年10月 ，（）", max_size=60))
def test_marks_cover_every_word_of_the_text_itself(text: str) -> None:
    for start, end in marks(text, bigrams(text)):
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="公共自行车管理办法水利局牵头负责", min_size=4, max_size=40), st.data())
def test_any_substring_is_a_run_of_the_pairs_of_its_text(text: str, data: st.DataObject) -> None:
    """So that a phrase of bigrams finds every substring of two characters and more."""
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    part, whole = bigrams(text[start:end]), bigrams(text)
    assert any(whole[at : at + len(part)] == part for at in range(len(whole)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("yunchuanshi", ("yun", "chuan", "shi")),
        ("Yun Chuan shi", ("yun", "chuan", "shi")),
        ("xi'an", ("xi", "an")),  # an apostrophe cuts
        ("xian", ("xian",)),  # the fewest syllables
        ("hello", ()),  # no pinyin
        ("云川", ()),
        ("", ()),
    ],
)
def test_typed_pinyin(typed: str, expected: tuple[str, ...]) -> None:
    assert typed_syllables(typed) == expected


def test_syllables_of_a_title() -> None:
    assert syllables("云川市2024年") == ("yun", "chuan", "shi", "2024", "nian")


def test_every_character_has_the_sound_it_is_indexed_with() -> None:
    """The list of syllables is no poorer than what titles and names are spelt with."""
    block = {chr(point) for point in range(0x4E00, 0x9FA6)}
    for char in filter(lambda char: key(char) == char, block):  # as titles and names are folded
        for syllable in syllables(char):
            assert typed_syllables(syllable) == (syllable,)
            assert list(sounding((syllable,), char)) == [char]


SOUNDING = [
    ("fangxun", "云川市防汛抗旱工作", ["防汛"], "in a title"),
    ("chongxin", "重新公布", ["重新"], "a character of two readings"),
    ("fangxun", "防（汛）", ["防汛"], "signs left out"),
    ("fangxun", "云川市", [], "nothing sounds so"),
]


@pytest.mark.parametrize(("typed", "text", "runs", "why"), SOUNDING)
def test_what_sounds_so(typed: str, text: str, runs: list[str], why: str) -> None:
    assert list(sounding(typed_syllables(typed), text)) == runs, why
