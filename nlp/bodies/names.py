"""From a stretch of text that lists bodies to its members: split, heads supplied, vague ones left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.offsets import Span
from corpus.records import PartyType
from nlp.bodies.regions import place_length
from nlp.bodies.vocabulary import vocabulary

_OPEN, _CLOSE = "（(〔［[【﹝", "）)〕］]】﹞"
# Whose departments: the rest of the name is their business.
SCOPE = re.compile(
    r"^(?:地方|相关|有关)?(?:各级|同级|本级|各?县（市、区）|各?县〔市、区〕|各?[省市州县区乡镇旗](?:、?[省市州县区乡镇旗])*(?:两级|三级|四级|级)?)"
)
_CONJUNCTION = re.compile(r"(?:以及|或者|和|及|与|或|并)(?!其)")
_STAFF = re.compile(
    r"(?:(?:以?及|和|、)?(?:有关|相关)(?:部门|单位)?)?(?:(?:部门|单位)?(?:等)?(?:相关|有关)?人员|负责人|负责同志|专家)?(?:共同)?(?:组成|参加|参与)$"
)
_TAIL = re.compile(
    r"(?:等(?:(?:多个|各|相关|有关|各有关|各相关|主要)?"
    r"(?:部门|单位|部门单位|部门和单位|部门和机构|部门、机构|部门、单位|成员单位|机构|企业|方面|人员|职能部门|负责人|群团组织|群众团体|人民团体|群团|"
    r"(?:执法|监管|主管|业务|行业主管|责任|牵头|配合|市直|县直|区直|省直|州直)(?:部门|单位))?)?)"
    r"(?:组成|参加|参与|共同)?$"
)
_LONGEST = 60  # no body's name is longer


@dataclass(frozen=True, slots=True)
class Mention:
    """A body as it is named: `name` without white space, heads of lists supplied; `span` of what is printed."""

    name: str
    type: PartyType
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One member of a list as it is read; `joined`: by 和 to the one before it."""

    text: str
    span: Span
    joined: bool = False
    supplied: bool = False  # its head is printed with a later member


def type_of(name: str) -> PartyType:
    """agency, collective or person, by the form of the name alone."""
    words = vocabulary()
    name = re.sub(r"[（(][^（()）、]{2,}[)）]$", "", name)
    if words.post.search(name) or words.named_post.search(name):
        return PartyType.PERSON
    if "各" in name[place_length(name) :] or name in words.collective_names:
        return PartyType.COLLECTIVE
    if words.collective_start.match(name) and not place_length(name):
        return PartyType.COLLECTIVE
    ending = words.collective_end.search(name)
    if ending and not _identifiable(name, ending):
        return PartyType.COLLECTIVE
    if re.fullmatch(r".{0,4}(?:委员会|理事会|监事会)", name) and not words.level.match(name):
        return PartyType.COLLECTIVE
    return PartyType.AGENCY


def _identifiable(name: str, ending: re.Match[str]) -> bool:
    """市公安交警部门 is one body of one city; so is a school or hospital with a proper name."""
    match ending[0]:
        case "部门":
            own = re.match(r"(?:市|省|县|区)(?!级|、|场|县|区)", name) and "主管" not in name
            return bool(own) or name.startswith("国务院")
        case "机关":
            return bool(re.match(r"[省市县区州]?(?:委|纪委|人大|政府|政协)", name[place_length(name) :]))
        case "街道":
            return len(name) > 3
        case "医院" | "学校":
            return len(name) > 6 or bool(re.match(r"[省市县区州](?!级|属)", name))
        case _:
            return ending[0] in ("协会", "院校") and len(name) > 6


_DEFINITION = re.compile(r"^(?:省级|市级|县级|区级|市县)[：:]|[（(](?:以下(?:简称|统称)|设[在于])[^（()）]*[)）]")


def is_vague(name: str) -> bool:
    """各级各部门, 有关单位, 企业: nobody in particular."""
    return not name or bool(vocabulary().vague.fullmatch(name))


def read_names(text: str, span: Span) -> tuple[Mention, ...]:
    """The bodies listed in `text[span]` (brackets, cells, subjects), in order; vague ones left out."""
    pieces = _supply([replace(p, text=_without_remark(_DEFINITION.sub("", p.text))) for p in divide(text, span)])
    return tuple(
        Mention(piece.text, PartyType.COLLECTIVE if piece.supplied else type_of(piece.text), piece.span)
        for piece in pieces
        if len(piece.text) <= _LONGEST and not is_vague(piece.text)
    )


_BRACKET_AT_END = re.compile(r"(?<=[\u4e00-\u9fff])[（(〔](?P<inside>[^（(〔）)〕]+)[)）〕]$")


def _without_remark(name: str) -> str:
    """市民政局（适老化改造）: the bracket holds no second name."""
    found = _BRACKET_AT_END.search(name)
    if not found or not ends_as_body(name[: found.start()]) or is_second_name(found["inside"]):
        return name
    return name[: found.start()]


def is_second_name(inside: str) -> bool:
    """What a bracket in a name may hold: （市、区）, （居）, （牵头）, a second name."""
    return len(inside) < 3 or "、" in inside or inside.startswith("以下") or ends_as_body(inside)


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


# 市、县两级 and 省、市、县（市、区） name one class
_LEVELS = re.compile(
    r"市、区、县级市|市、自治州(?=人民政府|政府)|(?:常委|党组成员|党组书记|[市县区州省]委书记)、(?=[^、，]{0,6}(?:长|主任|主席))|省、自治区、直辖市|[省市]、[市县区](?=[\u4e00-\u9fff、]{2,40}(?:部门|机构))|[省市州县区乡镇村](?:、[省市州县区乡镇村])+(?=[两三四五]级|[（(〔]|级|人民政府|政府)"
)


def _kept_commas(text: str, span: Span) -> set[int]:
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
    while start < end and (text[end - 1].isspace() or text[end - 1] in "。.：:"):
        end -= 1
    whole = _WHOLE_AREA.match(text, start, end)
    start = whole.end() if whole else start
    if start < end:
        yield Piece("".join(text[start:end].split()), Span(start, end))


_WHOLE_AREA = re.compile(r"(?:全|我|本)(?:市|省|县|区|州)(?=各)")


def divide(text: str, span: Span) -> Iterator[Piece]:
    """The members of a list as printed, cut also at 和, 及 between complete names."""
    for piece in split_pieces(text, span):
        if len(piece.span) > 4 * _LONGEST:
            continue
        yield from _by_spaces(text, piece)


def _by_spaces(text: str, piece: Piece) -> Iterator[Piece]:
    """Names set apart by spaces only, as in cells: A公司 B公司; but 应 县 is one."""
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
    if _is_business(re.sub(r"(?:等|有关|相关|主管|监管|行政)*(?:部门|机构|单位)$", "", text)):
        yield piece  # 文化和旅游部门
        return
    exact = len(text) == len(piece.span)
    for found in _CONJUNCTION.finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        bare = _TAIL.sub("", _STAFF.sub("", right))
        if not left and place_length(text):
            continue  # 和平区政府
        named = ends_as_body(_TAIL.sub("", left)) or is_vague(left) or _OF_DEPARTMENTS.search(left)
        if (
            (named or _OF_DEPARTMENTS.search(bare))
            and _stands_alone(_TAIL.sub("", left))
            and right
            and (ends_as_body(bare) or is_vague(right) or (SCOPE.match(right) and _is_business(right)))
        ):
            middle = piece.span.start + found.start() if exact else piece.span.end
            after = piece.span.start + found.end() if exact else piece.span.start
            yield Piece(left, Span(piece.span.start, middle), piece.joined)
            yield from _by_conjunction(Piece(right, Span(after, piece.span.end), joined=True))
            return
    yield piece


_AND_SUCH = re.compile(r"(等[^等]{0,4}(?:部门|单位|机构))[和及与、](?:单位|机构|部门|企业)$")  # 公安、财政等部门和单位
_OF_DEPARTMENTS = re.compile(r"(?:部门|机构|单位|机关)$")  # what business alone may share: 财政和审计部门


def _stands_alone(name: str) -> bool:
    words = vocabulary()
    bare = SCOPE.sub("", name)
    return ends_as_body(name) or words.is_head(bare) or is_vague(name)


_SECOND_NAME = re.compile(r"[（(〔][^（(〔）)〕、]{3,}[)）〕]$")  # 市文化局（市文物保护局）
_METAPHOR = re.compile(r"(?:数字|法治|电子|阳光|廉洁|效能|透明|责任|服务型|智慧)政府$")
# Common words that end like names with a weak ending.
_COMMON = re.compile(
    r"(?:[全内外局干大]部|[举承主协督交开创联经代帮兴查]办|[社机商开集议约聚盛年]会|[进执运实推发施履试先通出]行|"
    r"[场处厕]所|[好到各用坏何]处|[各几数]科|[各教]室|[两双]院|[部小分重机改]组|车站|[舞平后前]台|[人干]委)$"
)


def ends_as_body(name: str) -> bool:
    """Does the name end as names of bodies do? Weak endings (局, 委, 办…) need a level or a longer name."""
    words = vocabulary()
    name = _SECOND_NAME.sub("", name) or name
    if _METAPHOR.search(name) or name in words.never_alone:
        return False
    if words.strong_ending.search(name) or words.post.search(name) or words.named_post.search(name):
        return True
    if words.office.search(name):
        return True  # 民政局, with or without whose
    if words.weak_ending.search(name) and not _COMMON.search(name):
        starts = (words.level, words.place, words.of_office)
        return len(name) > 2 and any(start.match(name) for start in starts)
    return False


_SHARED = re.compile(
    r"(?:等(?:相关|有关|各相关|各有关|行业|执法|业务|职能|相关职能|有关职能)?)?((?<=等)行政(?:主管|管理)?部门|主管部门|监管部门|部门|机构|(?<=等)单位)$"
)
_SUCH_AS = re.compile(r"^(.+?)等(?:.*?)((?:相关|有关|各).+)$")
_SCOPE = re.compile(r"^(各级|市县两级|市、县两级|省、市、县三级|各县（市、区）|各?县（市、区）)")
_PARTY_ROOTS = {"党委": ("政府", "人民政府"), "政府": ("管委会",)}


def _supply(pieces: list[Piece]) -> list[Piece]:
    """Heads and tails that a list prints once: 公安、交通运输等部门; 各级党委、政府."""
    if pieces and _NO_HEAD.search(pieces[-1].text):  # 电力、通信等企业: nobody in particular
        pieces = [piece for piece in pieces if ends_as_body(_NO_HEAD.sub("", piece.text))]
    pieces = [part for piece in pieces for part in _such_as(_without_staff(piece))]
    pieces = _shared_head(pieces)
    pieces = _shared_branch(_shared_scope(pieces))
    pieces = _shared_post(pieces)
    return [Piece(_TAIL.sub("", p.text) or p.text, p.span) if "等" in p.text else p for p in pieces]


_NO_HEAD = re.compile(r"等(?:相关|有关|重点|各|主要|各类|其他)*(?:企业|公司|行业|领域|方面|人员|地方)$")


def _without_staff(piece: Piece) -> Piece:
    """各级测绘机构及其工作人员 binds the body."""
    return replace(
        piece,
        text=re.sub(r"(?:及其|和所属|及所属).*$|(?<!联席)(?:全体|工作|例行)?会议$", "", _STAFF.sub("", piece.text))
        or piece.text,
    )


def _such_as(piece: Piece) -> Iterator[Piece]:
    """云川新区等相关区政府: the one named, with the head, and the class."""
    found = _SUCH_AS.match(piece.text)
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
    short = re.search(r"(部门|机构)$", text)
    if short and _is_business(text[: short.start()]):
        return short
    return found


def _is_business(stem: str) -> bool:
    """Of a department, with or without its scope in front (市场监管 is no business of a 市)."""
    words = vocabulary()
    return words.is_head(stem) or words.is_head(SCOPE.sub("", stem))


def _shared_head(pieces: list[Piece]) -> list[Piece]:
    """Members without a head of their own take that of the next member that has one."""
    head, out = "", []
    for piece in reversed(pieces):
        text = piece.text
        found = _shared(text)
        if found and ("等" in found[0] or not is_vague(text)) and text != found[0]:
            stem = text[: found.start()]
            head = "部门" if found[1] == "单位" else found[1]  # 公安、民政等单位: business of departments
            own = ends_as_body(stem)
            out.append(piece if own else Piece(stem + head, piece.span, piece.joined))
        elif head and _lacks_head(text) and not (head == "机构" and out[-1].joined):
            out.append(Piece(text + head, piece.span, piece.joined, supplied=True))
        else:
            head = head if is_vague(text) else ""
            out.append(piece)
    return out[::-1]


def _shared_branch(pieces: list[Piece]) -> list[Piece]:
    """移动、联通、电信云川分公司: each has its own branch."""
    branch, out = "", []
    companies = vocabulary().companies
    for piece in reversed(pieces):
        found = re.match(rf"(?:{'|'.join(sorted(companies, key=len, reverse=True))})(.*(?:公司|局))$", piece.text)
        if found:
            branch = found[1]
        elif branch and piece.text in companies:
            piece = replace(piece, text=piece.text + branch)
        else:
            branch = ""
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
        found = re.search(r".((?:主要|分管)(?:负责人|负责同志|领导)|负责人|负责同志)$", piece.text)
        if found:
            post = found[1]
        elif post and ends_as_body(piece.text) and not names_a_post(piece.text):
            piece = Piece(piece.text + post, piece.span)
        else:
            post = ""
        out.append(piece)
    return out[::-1]


def _lacks_head(text: str) -> bool:
    scope = _SCOPE.match(text)
    stem = text[scope.end() :] if scope else re.sub(r"^(?:市级?|县级?|省级?|区级?)", "", SCOPE.sub("", text))
    return vocabulary().is_head(stem) or (not ends_as_body(text) and len(stem) <= 8)


def _shared_scope(pieces: list[Piece]) -> list[Piece]:
    """各级党委、政府 and 市县两级公安、财政部门: the scope goes to every member."""
    scope, out = "", []
    for piece in pieces:
        found = _SCOPE.match(piece.text)
        if found:
            scope = found[1]
        elif scope and _takes_scope(piece, scope):
            piece = Piece(scope + piece.text, piece.span)
        else:
            scope = ""
        out.append(piece)
    return out


def names_a_post(name: str) -> bool:
    """主任, 主要负责人: a person by office."""
    return bool(vocabulary().post.search(name))
