"""Whether a department or government named by its level is one body or a class of them, in a document of some place.

市民政部门 is one body in a city's own document and each city's in its province's; 区民政部门 in the city's is each
district's (rulings of November 2026, 2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongbao.corpus.records import PartyType
from gongbao.corpus.register import Level, Place

# How a place's name ends, and how its own bodies begin; the longest first
_OWN = ("自治区", "自治州", "自治县", *"省市州盟县区旗")
_BELOW = {
    Level.PROVINCE: frozenset("市州盟县区旗"),
    Level.MUNICIPALITY: frozenset("县区"),
    Level.PREFECTURE: frozenset("市县区旗"),
}
# Behind a level these make another word of it, or name several: 市场监督管理部门, 市政公用部门, 市县水利部门, 省辖市
_NO_LEVEL = ("场", "容", "域", "郊", "和", "或", "及", "与", "级", "辖", "直", "县", "区", "政")
_LEVEL_AFTER_ALL = ("政府", "政务", "政法")
_SEVERAL = re.compile(r"各|相关|有关|授权|指定|确定|派出|所属|下属|专项|其他|承担|负有")
_INSTITUTIONS = "工作|管理|指挥|法制|监督|经办"  # of which a level has one; of 医疗机构 it has many
_DEPARTMENT = re.compile(
    rf"本?(?P<level>{'|'.join(_OWN)})(?P<rest>[\u4e00-\u9fff]{{2,20}}?(?:部门|(?:{_INSTITUTIONS})机构))"
)
_GOVERNMENT = re.compile(rf"(?P<level>{'|'.join(_OWN)})(?P<rest>(?:人民)?政府)")
# 市和区人民政府, 省、自治区、直辖市人民政府: several whatever the place; but 市和平区 is one
_JOINT = re.compile(rf"(?:{'|'.join(_OWN)}|直辖市)[、和](?:相关)?(?:{'|'.join(_OWN)}|直辖市|乡)")
_NATIONAL = re.compile(r"国务院[\u4e00-\u9fff]{2,20}部门")
_BARE = re.compile(r"[\u4e00-\u9fff]{2,14}部门")
_OF_OTHERS = re.compile(r"^[省市县区州各]|政府|其他|有关|相关")


def types_in(names: Sequence[str], told: Sequence[PartyType], place: Place | None) -> tuple[PartyType, ...]:
    """Of the members of one list, whose forms alone say `told`, in the documents of `place`; the level of the first
    holds for those behind: 市民政部门、发展改革部门."""
    found: list[PartyType] = []
    shared = False
    for name, form in zip(names, told, strict=True):
        own = _type_in(name, form, place)
        shared = _is_one_of_a_level(name, own) or (shared and _has_no_level(name))
        found.append(PartyType.AGENCY if shared else own)
    return tuple(found)


def _type_in(name: str, told: PartyType, place: Place | None) -> PartyType:
    if told is PartyType.PERSON:
        return told
    if _JOINT.match(name):
        return PartyType.COLLECTIVE
    level = _level_of(name)
    if not level or place is None or _SEVERAL.search(name):
        return told
    if level in _own_levels(place):
        return PartyType.AGENCY
    return PartyType.COLLECTIVE if level in _BELOW.get(place.level, ()) else told


def _own_levels(place: Place) -> tuple[str, ...]:
    """自治州 and 州 of 云溪自治州; of a 自治区 but itself, since 区 are its districts."""
    own = next((word for word in _OWN if place.name.endswith(word)), "")
    return (own,) if own == "自治区" else (own, own[-1:])


def _level_of(name: str) -> str:
    """市 of 市民政部门; empty for none."""
    found = _GOVERNMENT.fullmatch(name) or _DEPARTMENT.fullmatch(name)
    if not found or (found["rest"].startswith(_NO_LEVEL) and not found["rest"].startswith(_LEVEL_AFTER_ALL)):
        return ""
    return found["level"]


def _is_one_of_a_level(name: str, own: PartyType) -> bool:
    """A department that says its level, which those behind it share; but no 市政公用部门."""
    leveled = _DEPARTMENT.fullmatch(name) is not None and _level_of(name) != ""
    return own is PartyType.AGENCY and (leveled or _NATIONAL.fullmatch(name) is not None)


def _has_no_level(name: str) -> bool:
    return bool(_BARE.fullmatch(name)) and not _OF_OTHERS.search(name)
