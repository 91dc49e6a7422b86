"""Cutting a stretch of text that lists bodies into its members as they are printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from gongbao.corpus.language.forms import alternation, composed, rows
from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.offsets import Span
from gongbao.nlp.bodies.forms import SCOPE, SHARED_SCOPE, ends_as_body, is_business, is_vague
from gongbao.nlp.bodies.regions import place_length
from gongbao.nlp.bodies.vocabulary import vocabulary

_OPEN, _CLOSE = "（(〔［[【﹝", "）)〕］]】﹞"


_CONJUNCTION = re.compile(
    r"(?:以及|或者|(?<!民共)和|及(?!时)|与|或(?!者)|并)(?:其(?![他它])(?=[\u4e00-\u9fff]{2,16}(?:部门|机构|办公室|指挥部)$)(?!(?:有关|相关|所属|下属|派出|授权|委托|指定|工作|职能)))?(?!其(?![他它]))"
)


STAFF = re.compile(
    r"(?:(?:以?及|和|、)?(?:有关|相关)(?:部门|单位)?)?(?:(?:部门|单位)?(?:等)?(?:相关|有关)?人员|负责人|负责同志|专家)?(?:共同)?(?:组成|参加|参与)$"
)


def _tail() -> str:
    """A、B|等有关部门, A、B|等3个县（区）, A、B|等领导小组成员单位."""
    words = {name: alternation(listed) for name, listed in _LISTS["tail"].items()}
    members = rf"[\u4e00-\u9fff]{{2,16}}(?:{words['members_of']})成员单位"
    counted = rf"[{TENS}\d]{{1,3}}个?(?:{words['counted']})"
    large = rf"(?:{words['scopes']})?(?:{words['kinds']}|(?:{words['businesses']})(?:部门|单位))?"
    return rf"等(?:{members}|{counted}|{large})(?:组成|参加|参与|共同)?$"


_LISTS: dict[str, Any] = tomllib.loads((files("gongbao.nlp.bodies") / "lists.toml").read_text("utf8"))
TAIL = re.compile(_tail())


LONGEST = 60  # no body's name is longer


@dataclass(frozen=True, slots=True)
class Piece:
    """One member of a list as it is read; `joined`: by 和 to the one before it."""

    text: str
    span: Span
    joined: bool = False
    supplied: bool = False  # its head is printed with a later member


def split_pieces(text: str, span: Span) -> Iterator[Piece]:
    """Cut at list separators outside brackets; 和, 及, 与 cut only between two complete names."""
    depth, start = 0, span.start
    kept = _kept_commas(text, span)
    for at in range(span.start, span.end):
        char = text[at]
        if at in kept:
            continue
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(depth - 1, 0)
        elif char == "\n" and not _ends_line(text, start, at, span.end):
            continue
        elif char in "、，,；;/\n\t" and not depth:
            yield from _piece(text, start, at)
            start = at + 1
    yield from _piece(text, start, span.end)


_LEVELS = re.compile(composed(rows(_LISTS["one_class"])))  # 市、县两级 and 省、市、县（市、区） name one class


def _kept_commas(text: str, span: Span) -> set[int]:
    if text.find("、", span.start, span.end) < 0:
        return set()
    found = _LEVELS.finditer(text, span.start, span.end)
    return {at for m in found for at in range(m.start(), m.end()) if text[at] == "、"}


def _ends_line(text: str, start: int, at: int, end: int) -> bool:
    """Does a line of a cell end with a name (and not wrap within one)?"""
    before, after = "".join(text[start:at].split()), text[at + 1 : min(at + 13, end)].lstrip()
    words = vocabulary()
    fresh = words.level.match(after) or words.place.match(after) or words.collective_start.match(after)
    return ends_as_body(before) and (bool(fresh) or not after)


def _piece(text: str, start: int, end: int) -> Iterator[Piece]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "。.：:*＊"):
        end -= 1
    whole = _WHOLE_AREA.match(text, start, end)
    start = whole.end() if whole else start
    if start < end:
        yield Piece("".join(text[start:end].split()), Span(start, end))


_WHOLE_AREA = re.compile(r"(?:[我本](?:市|省|县|区|州)|全(?:市|省|县|区|州)(?!各级))(?=各)")  # 全市各级 is said as one


def divide(text: str, span: Span) -> Iterator[Piece]:
    """The members of a list as printed, cut also at 和, 及 between complete names."""
    for piece in split_pieces(text, span):
        if len(piece.span) > 4 * LONGEST:
            continue
        yield from _by_spaces(text, piece)


def _by_spaces(text: str, piece: Piece) -> Iterator[Piece]:
    """Names set apart by spaces only, as in cells: A公司 B公司; but 应 县 is one."""
    if len(piece.text) == len(piece.span):  # no spaces
        yield from _by_conjunction(piece)
        return
    parts = [
        Span(m.start() + piece.span.start, m.end() + piece.span.start) for m in re.finditer(r"\S+", piece.span.of(text))
    ]
    if len(parts) > 1 and all(len(p) > 2 and ends_as_body(p.of(text)) for p in parts):
        for part in parts:
            yield from _by_conjunction(Piece(part.of(text), part))
    else:
        yield from _by_conjunction(piece)


def _by_conjunction(piece: Piece) -> Iterator[Piece]:
    text = _AND_SUCH.sub(r"\1", piece.text)
    if text != piece.text:
        piece = replace(piece, text=text)
    if not _CONJUNCTION.search(text) or is_business(_DEPARTMENTS.sub("", text)):
        yield piece  # 文化和旅游部门
        return
    exact = len(text) == len(piece.span)
    for found in _CONJUNCTION.finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        bare = TAIL.sub("", STAFF.sub("", right))
        if (not left and place_length(text)) or _is_of_one_place(text) or _is_joint_head(left, right):
            continue  # 和平区政府
        named = ends_as_body(TAIL.sub("", left)) or is_vague(left) or _OF_DEPARTMENTS.search(left) or _is_place(left)
        if _LOOSE.fullmatch(right) or (
            (named or _OF_DEPARTMENTS.search(bare) or (_OF_DEPARTMENTS.search(right) and is_business(bare)))
            and _stands_alone(TAIL.sub("", left))
            and right
            and (ends_as_body(bare) or is_vague(right) or _is_business_beside(left, right, bare))
        ):
            middle = piece.span.start + found.start() if exact else piece.span.end
            after = piece.span.start + found.end() if exact else piece.span.start
            yield Piece(left, Span(piece.span.start, middle), piece.joined)
            yield from _by_conjunction(Piece(right, Span(after, piece.span.end), joined=True))
            return
    yield piece


_LOOSE = re.compile("(?:有关|相关)部门")  # 民政、节水管理|和相关部门


_HEAD = r"(?:部门|机构|机关|单位|组织)"
_HEADED = re.compile(rf"(?P<business>.+?){_HEAD}$")


def _is_joint_head(left: str, right: str) -> bool:
    """国资监管机构|或|部门: one class, whichever it is called; but no 有关部门和单位."""
    headed = _HEADED.match(left)
    return bool(headed and re.fullmatch(_HEAD, right) and not is_vague(left))


_PARTY_AND_GOVERNMENT = re.compile(r"党委和(?:人民)?政府")


def _is_of_one_place(text: str) -> bool:
    """相关地方党委|和|政府: apart, the government would be of nowhere; but 各级党委和政府 are 各级党委 and 各级政府."""
    found, shared = _PARTY_AND_GOVERNMENT.search(text), SHARED_SCOPE.match(text)
    return found is not None and found.start() != (shared.end() if shared else 0)


_DEPARTMENTS = re.compile(r"(?:等|有关|相关|主管|监管|行政)*(?:部门|机构|单位)$")
_AND_SUCH = re.compile(
    r"(等[^等、]{0,24}(?:部门|单位|机构))[和及与、](?:单位|机构|部门|企业)$"
)  # 公安、财政等部门和单位


_OF_DEPARTMENTS = re.compile(r"(?:部门|机构|单位|机关)$")  # what business alone may share: 财政和审计部门


def _is_business_beside(left: str, right: str, bare: str) -> bool:
    """财政局和县级公安, 卫生和畜牧兽医等部门, 有关部门和公安、消防等部门: the right one is a business alone."""
    if not is_business(bare):
        return False
    return bool(SCOPE.match(right)) or is_vague(left) or (bare != right and is_business(left))


def _is_place(name: str) -> bool:
    """浦东新区|和临港地区管委会"""
    return len(name) > 2 and place_length(name) == len(name)


def _stands_alone(name: str) -> bool:
    words = vocabulary()
    if _is_place(name):
        return True
    bare = SCOPE.sub("", name)
    return ends_as_body(name) or words.is_head(bare) or words.is_head(name) or is_vague(name)
