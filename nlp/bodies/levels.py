"""Whether a department or government named by its level is one body or a class of them, in a document of some place.

市民政部门 is one body in a city's own document and each city's in its province's; 区民政部门 in the city's is each
district's (rulings of November 2026, 2).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from gongbao.corpus.language.forms import composed, rows, words_of
from gongbao.corpus.records import PartyType
from gongbao.corpus.register import Level, Place

_DATA = tomllib.loads(files(__package__).joinpath("levels.toml").read_text("utf-8"))
_FORMS = {name: composed(rows(listed)) for name, listed in _DATA.items() if isinstance(listed, list)}
_OWN = words_of(rows(_DATA["level"]))
_BELOW = {Level(level): frozenset(words) for level, words in _DATA["below"].items()}
_NO_LEVEL = re.compile(_FORMS["no_level"])
_SEVERAL = re.compile(_FORMS["several"])
_OF_OTHERS = re.compile(_FORMS["of_others"])
_DEPARTMENT = re.compile(
    rf"本?(?P<level>{_FORMS['level']})(?P<rest>[\u4e00-\u9fff]{{2,20}}?(?:部门|{_FORMS['single']}))"
)
_GOVERNMENT = re.compile(rf"(?P<level>{_FORMS['level']})(?P<rest>(?:人民)?政府)")
# 市和区人民政府, 省、自治区、直辖市人民政府: several whatever the place; but 市和平区 is one
_JOINT = re.compile(rf"(?:{_FORMS['level']}|直辖市)[、和](?:相关)?(?:{_FORMS['level']}|直辖市|乡)")
_NATIONAL = re.compile(r"国务院[\u4e00-\u9fff]{2,20}部门")
_BARE = re.compile(r"[\u4e00-\u9fff]{2,14}部门")


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
    if _NATIONAL.fullmatch(name):
        return PartyType.AGENCY
    level = _level_of(name)
    if not level or place is None or _SEVERAL.search(name):
        return told
    many = level in _BELOW.get(place.level, ()) and level not in _own_levels(place)
    return PartyType.COLLECTIVE if many else PartyType.AGENCY


def _own_levels(place: Place) -> tuple[str, ...]:
    """自治州 and 州 of 云溪自治州; of a 自治区 but itself, since 区 are its districts."""
    own = next((word for word in _OWN if place.name.endswith(word)), "")
    return (own,) if own == "自治区" else (own, own[-1:])


def _level_of(name: str) -> str:
    """市 of 市民政部门; empty for none."""
    found = _GOVERNMENT.fullmatch(name) or _DEPARTMENT.fullmatch(name)
    return found["level"] if found and not _NO_LEVEL.match(found["rest"]) else ""


def _is_one_of_a_level(name: str, own: PartyType) -> bool:
    """A department that says its level, which those behind it share; but no 市政公用部门."""
    leveled = _DEPARTMENT.fullmatch(name) is not None and _level_of(name) != ""
    return own is PartyType.AGENCY and (leveled or _NATIONAL.fullmatch(name) is not None)


def _has_no_level(name: str) -> bool:
    return bool(_BARE.fullmatch(name)) and not _OF_OTHERS.search(name)
