"""Where a list of bodies may end: after an ending of names, before a predicate."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from functools import cache

from gongbao.corpus.language.forms import alternation
from gongbao.nlp.bodies.forms import ends_as_body
from gongbao.nlp.bodies.vocabulary import Vocabulary, vocabulary

_SUCH = (
    r"(?:等(?:相关|有关|各有关|各相关)?(?:部门|单位|部门和单位|成员单位|机构|地方|企业|群团组织|群众团体|人民团体)?)?"
)
_SECOND = (
    r"(?:[（(][^（()）]{1,20}[)）]|[（(]以下(?:[^（()）]|[（(][^（()）]{1,12}[)）]){2,40}[)）])?”?(?:及其(?:工作人员|有关人员|(?:所属|下属)[\u4e00-\u9fff]{2,6})|"
    r"(?:全体|工作|例行)?会议(?=每))?"
)
_BEFORE = r"(?![、，。；：和与]|及(?!时)|$)"
_NO_MODAL = r"(?!应急|应用|应对|要[求素点闻害]|须知)"
_NAMED_SO = re.compile("应急(?!响应)|派出机[关构]")
_SURELY = ("作为", "配合", "协助", "督促", "在编", "正在")  # what begins no name
_DATE = re.compile(r"(?:20\d\d年|\d{1,2}月)")
_OFFICE_AT_ONCE = re.compile(r"(?:和[\u4e00-\u9fff]{2,4})?(?:局|委员会|部)")
_SETS_UP = re.compile(r"成立|组建|组成|设立|派出|建立")  # 市水利局|组建抢险|队
# 县政府|设立的指挥部, 县政府|负有监管职责的部门
_SET_UP_BY = re.compile(
    r"(?:成立|设立|组建|指定|确定|授权|委托|所属|下属|直属)的|(?:管理[\u4e00-\u9fff]{2,8}工作|负责[\u4e00-\u9fff]{2,8})的(?=(?:主管)?部门|单位|机构)|(?:根据|按照|依法)[^，。；、]{0,14}?(?:设立|成立|组建)的|(?:依法)?负有[^，。；、]{2,20}(?:职责|责任)的(?:主管|监管|有关)?(?:部门|机构|单位)"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff、]{0,8}?(?:局|委员会|委|部门|厅|办公室|机构)|"
    r"、[\u4e00-\u9fff、]{2,80}?等(?:有关|相关|行政|主管)*(?:部门|机构)"  # 发展改革、商务等有关部门
)


class Ends:
    """The places of one text where a list of bodies may end, looked for once."""

    def __init__(self, text: str, defined: tuple[str, ...] = ()) -> None:
        self.text = text
        self.defined = defined
        found = {m.end("all"): m["place"] is not None for m in _pattern(defined).finditer(text)}
        self._at = sorted(found)
        self._places = found
        self._predicates: dict[int, bool] = {}

    def keep_whole_words(self, words: Container[int]) -> bool:
        """Drop weak endings (局, 处) that are not the end of a word; True where any was in use."""
        dropped = {
            at for at, holds in self._predicates.items() if holds and at not in words and not self._is_strong(at)
        }
        self._predicates |= dict.fromkeys(dropped, False)
        return bool(dropped)

    def _is_strong(self, at: int) -> bool:
        words, before = vocabulary(), self.text[max(at - 12, 0) : at]
        return bool(words.strong_ending.search(before) or words.office.search(before))

    def between(self, start: int, end: int, passive: bool) -> Iterator[int]:
        """The ends in text[start:end] of what may begin at `start`, nearest first."""
        for index in range(bisect_left(self._at, start + 1), len(self._at)):
            at = self._at[index]
            if at > end:
                return
            if self._places[at] or self._has_predicate(start, at, passive):
                yield at

    def _has_predicate(self, start: int, at: int, passive: bool) -> bool:
        """Does a predicate begin here? After a term that only the document defines not every verb will do."""
        name = self.text[start:at]
        if not passive and name in self.defined and not ends_as_body(name):
            return bool(re.compile(vocabulary().after_defined).match(self.text, at))
        if at not in self._predicates:
            self._predicates[at] = _predicate_at(self.text, at)
        return self._predicates[at]


@cache
def _pattern(defined: tuple[str, ...]) -> re.Pattern[str]:
    """Looked for at every place, since endings overlap: 宣传部, 部门."""
    words = vocabulary()
    person = rf"(?:{words.held_posts}){words.given}(?:同志)?(?=牵头|负责|担任|主持|为第|任组长)|"
    own = f"|(?:{alternation(list(defined))}){_BEFORE}(?!{words.goes_on})" if defined else ""
    first = "".join(sorted({word[0] for word in f"{words.ending}|{words.place_ending}|{words.held_posts}".split("|")}))
    first += "".join(term[0] for term in defined)
    return re.compile(
        rf"(?=[{re.escape(first)}])(?=(?P<all>{person}(?:{words.ending}){_SECOND}{_SUCH}{_BEFORE}(?!{words.goes_on})"
        rf"|(?P<place>{words.place_ending}){_SUCH}(?=(?:{words.after_place})){_NO_MODAL}{own}))"
    )


def _predicate_at(text: str, at: int) -> bool:
    """Does a verb, a modal or their adverb begin here, and not the rest of the name?"""
    words = vocabulary()
    if _NAMED_SO.match(text, at) or text.startswith("等组织", at - 1):
        return False  # 市人民政府|应急管理部门
    first = words.predicate.length_at(text, at) or _date_length(text, at)
    if (
        not first
        or _SET_UP_BY.match(text, at)
        or (first > 1 and words.short_ending.match(text, at + first))
        or _office_follows(words, text, at)
    ):
        return False
    if words.modals.length_at(text, at) == first or text.startswith(_SURELY, at):
        return True
    second = words.predicate.length_at(text, at + first)
    return (
        text[at - 1] in "）)府级县区镇乡"
        or bool(_SETS_UP.match(text, at))
        or not (second and words.short_ending.match(text, at + first + second))
    )


def _date_length(text: str, at: int) -> int:
    """各部门2024年底前要…: a date before the predicate."""
    found = _DATE.match(text, at)
    return len(found[0]) if found else 0


def _office_follows(words: Vocabulary, text: str, at: int) -> bool:
    """各县（市、区）|发展和改革委员会: the business of an office goes on with the name."""
    head = words.head_words.length_at(text, at)
    if head < 2:
        return False
    acts = words.verbs.length_at(text, at) == head  # 组织有关部门 is an act, 组织部门 an office
    return bool((_OFFICE_AT_ONCE if acts else _OFFICE).match(text, at + head))
