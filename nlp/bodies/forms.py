"""What a name of a body looks like: its endings, its type, what is too vague to be one."""

from __future__ import annotations

import re

from gongbao.corpus.language.bearers import Bearer, bearer_of
from gongbao.corpus.records import PartyType
from gongbao.nlp.bodies.regions import place_length
from gongbao.nlp.bodies.vocabulary import vocabulary

# Whose departments: the rest of the name is their business.
SCOPE = re.compile(
    r"^(?:地方|相关|有关)?(?:县级以上(?:地方)?(?:人民)?政府|(?:县级以上(?:地方)?)?(?:各级|同级|本级|各?县（市、区）|各?县〔市、区〕|设区的市|省、自治区、直辖市|"
    r"各?[省市州县区乡镇旗](?:、?(?:沿[\u4e00-\u9fff])?(?:县（市、区）|县\(市、区\)|县（区）|区（市）|[省市州县区乡镇旗]))*(?:两级|三级|四级|级)?)"
    r"(?:(?:人民)?政府)?|国务院)"
)


# what a list prints before its first member and means of each: 各级党委、政府
SHARED_SCOPE = re.compile(
    r"^((?:县级以上)?(?:地方)?各级|市县两级|市、县两级|省、市、县三级|各县（市、区）|各?县（市、区）|(?:各?[省市县区乡村]级|地方|各?乡镇|各?镇街?|乡（镇）|各地)(?=党|政府|人民政府))"
)


LEVEL_ALONE = re.compile(r"[省市县区州乡镇]级")  # in a list before another level: 县级、市级水利部门

# 市住建局|或其委托的质量监督机构: whom a body charges is nobody in particular
CHARGED = r"(?:或者?|及)由?其(?:依法)?(?:委托|授权|指定)的[\u4e00-\u9fff]{0,12}(?:机构|单位|部门|组织|人员)$"


# 县级以上人民政府负有供水监管职责的部门: a class told by its duty
CHARGED_BY_LAW = re.compile(
    r"(?:[\u4e00-\u9fff（）、]{0,12}政府|国务院|其他|各级|[省市县区]级)?(?:依法)?(?:对[\u4e00-\u9fff]{2,12})?"
    r"负有[\u4e00-\u9fff]{2,20}(?:职责|责任)的(?:主管|监管|有关)?(?:部门|机构|单位)"
)


# 云川河防汛总指挥部（以下简称云河防总）
CALLED = r"(?:以下(?:统称|简称|均?称)|下称|简称)"


# 石油、电力等|有防汛任务的|部门: what all of them are told by
TOLD_OF_ALL = re.compile(r"等(?P<told>[^、，。；等]{2,20}的)(?:相关|有关)?部门$")


def scope_of(name: str) -> str:
    """各级 of 各级党委; empty for none."""
    found = SCOPE.match(name)
    return found[0] if found else ""


def type_of(name: str) -> PartyType:
    """agency, collective or person, by the form of the name alone."""
    words = vocabulary()
    name = _REMARK.sub("", name)
    if words.post.search(name) or words.named_post.search(name):
        return PartyType.PERSON
    if CHARGED_BY_LAW.fullmatch(name) or (_is_task_bearer(name) and not words.level.match(name)):
        return PartyType.COLLECTIVE
    if "各" in name[place_length(name) :] or name in words.collective_names:
        return PartyType.COLLECTIVE
    if words.collective_start.match(name) and not place_length(name):
        return PartyType.COLLECTIVE
    ending = words.collective_end.search(name)
    if ending and not _identifiable(name, ending):
        return PartyType.COLLECTIVE
    if _BOARD.fullmatch(name) and not words.level.match(name):
        return PartyType.COLLECTIVE
    return PartyType.AGENCY


def _is_task_bearer(name: str) -> bool:
    """登记主体: whoever has this part in a public task."""
    told = bearer_of(name)
    return told is not None and told[0] is Bearer.TASK


_REMARK = re.compile(r"[（(][^（()）、]{2,}[)）]$")
_BOARD = re.compile(r".{0,4}(?:委员会|理事会|监事会)")


def _identifiable(name: str, ending: re.Match[str]) -> bool:
    """A school or hospital with a proper name; whether 市民政部门 is one depends on the place (levels.py)."""
    match ending[0]:
        case "机关":
            return bool(re.match(r"[省市县区州]?(?:委|纪委|人大|政府|政协)", name[place_length(name) :]))
        case "街道":
            return len(name) > 3
        case "医院" | "学校" | "协会":
            return len(name) > 6 or bool(re.match(r"[省市县区州]", name))
        case _:
            return ending[0] == "院校" and len(name) > 6


def is_vague(name: str) -> bool:
    """各级各部门, 有关单位, 企业: nobody in particular."""
    if CHARGED_BY_LAW.fullmatch(name):
        return False
    name = _OR_UNITS.sub("", name)
    told = bearer_of(name)
    if told == (Bearer.TASK, name):
        return False
    if not name or vocabulary().vague.fullmatch(name):
        return True
    return told is not None and told[0] is Bearer.REGULATED and not vocabulary().level.match(name)


_OR_UNITS = re.compile(r"[（(](?:机构|单位|部门)[)）]$")  # 区政府相关部门（单位）


def is_capacity(inside: str) -> bool:
    """市水利局（节水领导小组办公室）: as whose office a body acts, no name of its own."""
    return bool(_CAPACITY.search(inside))


_CAPACITY = re.compile(r"(?:领导小组|联席会议|指挥部|委员会)办公室$")


def is_second_name(inside: str) -> bool:
    """What a bracket in a name may hold: （市、区）, （居）, （牵头）, a second name."""
    if is_capacity(inside):
        return False
    if len(inside) < 3 or "、" in inside or inside.startswith(("以下", "下称", "简称")) or ends_as_body(inside):
        return True
    return len(inside) < 6 and inside.endswith(("办", "局", "委")) and not _COMMON.search(inside)  # 港澳办


_SECOND_NAME = re.compile(
    r"(?<=[部所局委厅办会构心站组门])[（(〔][^（(〔）)〕、]{1,}[)）〕]$|[（(〔][^（(〔）)〕、]{3,}[)）〕]$"
)  # 市文化局（市文物保护局）


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


def names_a_post(name: str) -> bool:
    """主任, 主要负责人: a person by office."""
    return bool(vocabulary().post.search(name))


def is_business(stem: str) -> bool:
    """Of a department, with or without its scope in front (市场监管 is no business of a 市)."""
    words = vocabulary()
    return words.is_head(stem) or words.is_head(SCOPE.sub("", stem)) or words.is_head(_OF_GOVERNMENT.sub("", stem))


_OF_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{2,12}?(?:人民)?政府")  # 受灾地区人民政府|应急管理
