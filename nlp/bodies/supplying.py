"""Heads, tails and scopes that a list of bodies prints once: 公安、交通运输等部门; 各级党委、政府."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongbao.nlp.bodies.dividing import STAFF, TAIL, Piece
from gongbao.nlp.bodies.forms import (
    CHARGED,
    LEVEL_ALONE,
    SCOPE,
    SHARED_SCOPE,
    TOLD_OF_ALL,
    ends_as_body,
    is_business,
    is_vague,
    names_a_post,
)
from gongbao.nlp.bodies.vocabulary import vocabulary

_SHARED = re.compile(
    r"(?:等(?:其[他它])?(?:相关|有关|各相关|各有关|行业|执法|业务|职能|相关职能|有关职能)?)?((?<=等)(?:行政)?(?:主管|管理)?部门|主管部门|监管部门|部门|机构|(?<=等)(?:成员)?单位|(?<=等)媒体)$"
)


_AND_ITS = re.compile(rf"(?:(?<!班子)及其|和所属|及所属).*$|{CHARGED}|(?<!联席)(?:全体|工作|例行)?会议$")
_CONCERNED = re.compile(r"^(?:有关|相关|所在)(?=[\u4e00-\u9fff（）]{2,}(?:监测|监督|检测|救援|评估)机构$|(?:乡|镇))")
_LOOSE = re.compile(r"(?:有关|相关)部门")
_HEAD = re.compile(r"(部门|机构)$")
_OFFICER = re.compile(r".((?:主要|分管)(?:负责人|负责同志|领导)|负责人|负责同志)$")
_LEVEL = re.compile(r"^(?:市级?|县级?|省级?|区级?)")
_OF_A_KIND = re.compile(r"(.+)等[\u4e00-\u9fff]{2,8}(?:部门|单位|机构|机关)$")  # 民航云川监管局等交通运输部门
_SUCH_AS = re.compile(r"^(.+?)等(?:.*?)((?:相关|有关|各).+)$")


def supply(pieces: list[Piece]) -> list[Piece]:
    """Heads and tails that a list prints once: 公安、交通运输等部门; 各级党委、政府."""
    pieces = _without_told(pieces) if len(pieces) > 1 else pieces
    if pieces and _NO_HEAD.search(pieces[-1].text):  # 电力、通信等企业: nobody in particular
        pieces = [piece for piece in pieces if ends_as_body(_NO_HEAD.sub("", piece.text))]
    pieces = [part for piece in pieces for part in _such_as(_without_staff(piece))]
    pieces = _shared_head(_shared_office(pieces))
    pieces = _shared_branch(_shared_scope(pieces))
    pieces = _shared_government(_shared_post(pieces))
    return [Piece(TAIL.sub("", p.text) or p.text, p.span) if "等" in p.text else p for p in pieces]


_NO_HEAD = re.compile(
    r"等(?:相关|有关|重点|各|主要|各类|其他|专业|经营|运营|管线|产权|建设|施工|生产|使用)*(?:企业|公司|行业|领域|方面|人员|地方|(?<=[营线权设工产用])单位)$"
)


def _without_told(pieces: list[Piece]) -> list[Piece]:
    """石油、电力等有防汛任务的部门 as 石油、电力等部门."""
    *others, last = pieces
    found = TOLD_OF_ALL.search(last.text)
    return [*others, replace(last, text=last.text.replace(found["told"], ""))] if found else pieces


def _without_staff(piece: Piece) -> Piece:
    """各级测绘机构及其工作人员 binds the body; 有关专业监测机构 is the class, whichever are concerned."""
    text = _AND_ITS.sub("", STAFF.sub("", piece.text)) or piece.text
    return replace(piece, text=_CONCERNED.sub("", text))


def _such_as(piece: Piece) -> Iterator[Piece]:
    """云川新区等相关区政府: the one named, with the head, and the class."""
    found = _SUCH_AS.match(piece.text)
    kind = _OF_A_KIND.match(piece.text)
    if kind and not found and ends_as_body(kind[1]):
        yield replace(piece, text=kind[1])
        return
    if not found:
        yield piece
        return
    named, others = found[1], found[2]
    if vocabulary().place.fullmatch(named) and (head := re.search(r"(人民政府|政府|管委会)$", others)):
        yield Piece(named + head[0], piece.span)
        yield Piece(others, piece.span)
    elif is_vague(others) and _SHARED.search(piece.text) and not ends_as_body(named):
        yield piece
    else:
        yield Piece(named, piece.span)
        if not is_vague(others):
            yield Piece(others, piece.span)


def _shared(text: str) -> re.Match[str] | None:
    """The head that others may share; 市场监管部门 shares 部门, 行业主管部门 shares 主管部门."""
    found = _SHARED.search(text)
    short = _HEAD.search(text)
    if short and is_business(text[: short.start()]):
        return short
    return found


def _shared_head(pieces: list[Piece]) -> list[Piece]:
    """Members without a head of their own take that of the next member that has one."""
    head, out = "", []
    for piece in reversed(pieces):
        text = piece.text
        found = _shared(text)
        if found and piece.joined and is_vague(text) and _LOOSE.fullmatch(text):
            head = found[1]  # 民政、市场监管和相关部门
            out.append(piece)
        elif found and ("等" in found[0] or not is_vague(text)) and text != found[0]:
            stem = text[: found.start()]
            head = "部门" if found[1].endswith("单位") else found[1]  # 公安、民政等单位: business of departments
            own = ends_as_body(stem)
            out.append(piece if own else Piece(stem + head, piece.span, piece.joined))
        elif head and not is_vague(text) and _lacks_head(text) and not (head == "机构" and out[-1].joined):
            out.append(Piece(text + head, piece.span, piece.joined, supplied=True))
        else:
            head = head if is_vague(text) else ""
            out.append(piece)
    return out[::-1]


def _shared_office(pieces: list[Piece]) -> list[Piece]:
    """县级、市级水利部门: each level has its own."""
    out: list[Piece] = []
    for piece in reversed(pieces):
        office = LEVEL_ALONE.match(out[-1].text) if out else None
        own = LEVEL_ALONE.fullmatch(piece.text)
        out.append(replace(piece, text=piece.text + out[-1].text[office.end() :]) if office and own else piece)
    return out[::-1]


def _shared_branch(pieces: list[Piece]) -> list[Piece]:
    """移动、联通、电信云川分公司: each has its own branch."""
    branch, out = "", []
    companies = vocabulary().companies
    for piece in reversed(pieces):
        found = vocabulary().branch.match(piece.text)
        if found:
            branch = found[1]
        elif branch and piece.text in companies:
            piece = replace(piece, text=piece.text + branch)
        else:
            branch = ""
        out.append(piece)
    return out[::-1]


_GOVERNMENT = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,6}?[县区市旗镇乡])等?(?P<tail>(?:人民)?政府)")
_GOVERNED = re.compile(r"[\u4e00-\u9fff]{1,5}[县区市旗镇乡]")


def _shared_government(pieces: list[Piece]) -> list[Piece]:
    """云东区、云西区、右川旗人民政府: each place has its own."""
    tail, out = "", []
    words = vocabulary()
    for piece in reversed(pieces):
        found = _GOVERNMENT.fullmatch(piece.text)
        own = _GOVERNED.fullmatch(piece.text) and not words.collective_start.match(piece.text)
        if found and not words.collective_start.match(piece.text):
            tail = found["tail"]
            piece = replace(piece, text=found["place"] + tail)
        elif tail and own and piece.text not in words.zones:
            piece = replace(piece, text=piece.text + tail)
        else:
            tail = ""
        out.append(piece)
    return out[::-1]


def _takes_scope(piece: Piece, scope: str) -> bool:
    if re.match(r"(?:人民)?政府", piece.text):
        return True
    department = vocabulary().is_head(re.sub("(?:主管)?部门$", "", piece.text))
    return department and ("两级" in scope or "三级" in scope or piece.joined)


def _shared_post(pieces: list[Piece]) -> list[Piece]:
    """党委、政府主要负责人, 市应急局、市水利局负责人: the post belongs to all."""
    post, out = "", []
    for piece in reversed(pieces):
        found = _OFFICER.search(piece.text)
        if found:
            post = found[1]
        elif post and ends_as_body(piece.text) and not names_a_post(piece.text):
            piece = Piece(piece.text + post, piece.span)
        else:
            post = ""
        out.append(piece)
    return out[::-1]


def _lacks_head(text: str) -> bool:
    scope = SHARED_SCOPE.match(text)
    stem = text[scope.end() :] if scope else _LEVEL.sub("", SCOPE.sub("", text))
    return vocabulary().is_head(stem) or is_business(text) or (not ends_as_body(text) and len(stem) <= 8)


def _shared_scope(pieces: list[Piece]) -> list[Piece]:
    """各级党委、政府 and 市县两级公安、财政部门: the scope goes to every member."""
    scope, out = "", []
    for piece in pieces:
        found = SHARED_SCOPE.match(piece.text)
        if found:
            scope = found[1]
        elif scope and _takes_scope(piece, scope):
            piece = Piece(scope + piece.text, piece.span)
        else:
            scope = ""
        out.append(piece)
    return out
