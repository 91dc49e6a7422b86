"""The shipped synonyms are sound, and only whole words of a question are taken for their terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from gongbao.corpus.register import Register
from gongbao.index.analysis import fold
from gongbao.index.query.concepts import find_concepts
from gongbao.index.synonyms import Synonyms
from gongbao.index.synonyms.loader import SHIPPED

_LEAST = 4_000  # groups
_WIDEST = 8  # terms of a group: more would pull in everything
_BUSIEST = 20  # groups that lead to one term
_GENERAL = {"管理", "工作", "建设", "服务", "发展", "问题", "情况", "单位", "部门", "项目", "实施", "开展", "加强"}


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a file."""

    terms: tuple[str, ...]
    one_way: bool
    place: str

    @property
    def asked(self) -> tuple[str, ...]:
        return self.terms[:1] if self.one_way else self.terms

    @property
    def answers(self) -> tuple[str, ...]:
        return self.terms[1:] if self.one_way else self.terms


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    return tuple(group for file in sorted(SHIPPED.glob("*.tsv")) for group in _groups(file))


def _groups(file: Path) -> list[Group]:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return [
        Group(tuple(line.removeprefix(">").lower().split("\t")), line.startswith(">"), f"{file.name}:{number}")
        for number, line in lines
        if line and not line.startswith("#")
    ]


def test_there_are_enough() -> None:
    assert len(groups()) >= _LEAST


def test_terms_hold_no_blanks() -> None:
    assert not [f"{g.place} {t}" for g in groups() for t in g.terms if not t or t != "".join(t.split())]


def test_terms_are_kept_as_they_are_asked() -> None:
    """Signs and numerals of a question are folded before its terms are looked for, and so are those of the files."""
    table = Synonyms.load().table
    assert not [term for term in table if "".join(c for c in fold(term) if c.isalnum() or c in ".%") != term]
    assert {"第1书记", "互联网政务服务", "国iii"} <= set(table)


def test_each_word_is_asked_for_in_one_line() -> None:
    heads = Counter(group.terms[0] for group in groups() if group.one_way)
    assert not [term for term, count in heads.items() if count > 1]


def test_no_term_stands_twice_in_a_line() -> None:
    assert not [group.place for group in groups() if len(set(group.terms)) < len(group.terms)]


def test_groups_that_share_two_terms_are_one() -> None:
    pairs = Counter(
        frozenset((one, other))
        for group in groups()
        if not group.one_way
        for at, one in enumerate(group.terms)
        for other in group.terms[at + 1 :]
    )
    assert not [set(pair) for pair, count in pairs.items() if count > 1]


def test_a_lone_character_answers_for_nothing() -> None:
    """钱 may be asked for, but nothing is widened to a character that stands in every other word."""
    assert not [group.place for group in groups() if any(len(term) < 2 for term in group.answers)]
    alone = {group.place.split(":")[0] for group in groups() if len(group.terms[0]) < 2}
    assert alone <= {"general.tsv"}


def test_groups_are_narrow() -> None:
    assert not [group.place for group in groups() if len(group.terms) > _WIDEST]
    table = Synonyms.load().table
    assert not [term for term in table if len(table[term]) > _WIDEST]
    led_to = Counter(term for group in groups() for term in group.answers)
    assert not [(term, count) for term, count in led_to.items() if count > _BUSIEST]


def test_nothing_leads_to_a_word_that_is_everywhere() -> None:
    assert not [group.place for group in groups() if _GENERAL.intersection(group.answers) or group.terms[0] in _GENERAL]


def test_what_holds_a_term_is_not_listed_for_it() -> None:
    """Whoever asks for 供热 finds 集中供热 without a line."""
    idle = [
        f"{group.place} {term} {other}"
        for group in groups()
        for term in group.asked
        for other in group.answers
        if len(term) > 1 and term in other and len(other) > len(term) + 1  # 方志 and 地方志 are two names
    ]
    assert not idle


def test_no_place_is_named() -> None:
    """Places whose names are common words (城区, 矿区) aside."""
    divisions = Register.load().divisions - _COMMON_NOUNS
    named = {term for group in groups() for term in group.terms if not divisions.isdisjoint(_pieces(term))}
    assert not named


def _pieces(term: str) -> set[str]:
    return {term[start:end] for end in range(2, len(term) + 1) for start in range(end - 1)}


_COMMON_NOUNS = frozenset({"城区", "市区", "矿区", "郊区", "新区", "平房区"})


WHOLE = [
    ("护工短缺", "护工", True, "the word itself"),
    ("公路防护工程", "护工", False, "the end of one word and the beginning of the next"),
    ("谁负责协调解决", "调解", False, "likewise"),
    ("投保安责险", "安责险", True, "a term that the dictionary cuts wrong on one side"),
    ("有限公司注册", "公司", True, "the end of a longer word"),
    ("出租车涨价", "出租车", True, "the longer term that holds 租车"),
    ("IT企业", "it", True, "letters beside characters"),
    ("item", "it", False, "a piece of a run of letters"),
    ("5G基站", "5g", True, "digits and letters"),
    ("15G", "5g", False, "a piece of a run of digits"),
]


@pytest.mark.parametrize(("question", "term", "found", "why"), WHOLE)
def test_only_whole_words_are_terms(tmp_path: Path, question: str, term: str, found: bool, why: str) -> None:
    lines = (
        "护工\t护理员",
        "调解\t矛盾化解",
        "出租车\t出租汽车",
        "租车\t汽车租赁",
        "安责险\t安全生产责任保险",
        "公司\t企业",
        "IT\t信息技术",
        "5G\t第五代移动通信",
    )
    (tmp_path / "own.tsv").write_text("\n".join(lines), encoding="utf-8")
    own = Synonyms.load(tmp_path)
    text = fold(question)
    terms = {text[start:end] for start, end, _ in own.find(text)}
    assert (term in terms) is found, why


SPOKEN = [
    ("没工作的人", "失业人员"),
    ("没有工作的人", "失业人员"),
    ("没有下雨", "干旱"),
    ("没有证", "未取得许可"),
    ("没戴头盔", "安全头盔"),
    ("看病报销", "医疗保险待遇"),
    ("老房子改造", "老旧小区改造"),
    ("小饭桌", "校外托餐"),
    ("黑车", "非法营运"),
    ("盖房手续", "规划许可"),
    ("酒席", "集体聚餐"),
    ("煤气", "燃气"),
    ("暖气", "供热"),
    ("奶茶店", "餐饮服务"),
    ("罚多少", "罚款"),
    ("VOCs", "挥发性有机物"),
    ("PPP", "政府和社会资本合作"),
    ("国土", "自然资源"),
]


@pytest.mark.parametrize(("spoken", "written"), SPOKEN)
def test_how_people_speak(spoken: str, written: str) -> None:
    shipped = Synonyms.load()
    forms = {form.text: form.source for concept in find_concepts(spoken, shipped) for form in concept.forms}
    assert (forms.get(written) or "").endswith(".tsv")


def test_to_forbid_is_not_to_deny() -> None:
    """不能 forbids; 没能 only says that something did not come about."""
    table = Synonyms.load().table
    assert "不能" in table
    assert not {"没能", "没有能"} & set(table)


def test_own_lines_add_to_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("低保\t保命钱\n", encoding="utf-8")
    meanings = Synonyms.load(tmp_path).table["低保"]
    assert meanings[0].term == "最低生活保障"
    assert (meanings[-1].term, meanings[-1].source) == ("保命钱", "own.tsv")
