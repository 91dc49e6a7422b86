"""Who the bodies are: places, bodies, and what a mention was resolved to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"  # 省、自治区、特别行政区
    MUNICIPALITY = "municipality"  # 直辖市
    PREFECTURE = "prefecture"  # 设区的市、自治州、盟、地区
    COUNTY = "county"  # 县、区、旗、县级市
    TOWNSHIP = "township"


class BodyKind(StrEnum):
    GOVERNMENT = "government"  # 政府及其部门
    PARTY = "party"  # 党委及其部门
    CONGRESS = "congress"  # 人大
    CONSULTATIVE = "consultative"  # 政协
    JUDICIAL = "judicial"  # 法院、检察院
    MASS = "mass"  # 群团
    INSTITUTION = "institution"  # 事业单位
    ENTERPRISE = "enterprise"
    MILITARY = "military"
    COORDINATING = "coordinating"  # 领导小组、指挥部、委员会
    OUTPOST = "outpost"  # 中央、省垂直管理或派驻


class Basis(StrEnum):
    """What a resolution rests on, surest first."""

    LOCAL = "local"  # a file that the user added
    NATIONAL = "national"  # the list of national bodies
    KNOWN = "known"  # a naming pattern that holds throughout the country
    SCOPE = "scope"  # a longer name printed in the same document
    SHAPE = "shape"  # only the shape of the name: a new body, to be confirmed


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division; `parent` is None where it is unknown, `code` (GB/T 2260) likewise."""

    name: str  # 云川市
    level: Level
    short: str  # 云川
    parent: Place | None = None
    code: str | None = None

    def chain(self) -> Iterator[Place]:
        """This place, then what it lies in, outwards."""
        here: Place | None = self
        while here:
            yield here
            here = here.parent

    def at(self, *levels: Level) -> Place | None:
        return next((place for place in self.chain() if place.level in levels), None)

    @property
    def province(self) -> Place | None:
        return self.at(Level.PROVINCE, Level.MUNICIPALITY)

    @property
    def city(self) -> Place | None:
        return self.at(Level.PREFECTURE, Level.MUNICIPALITY)

    @property
    def full(self) -> str:
        """How its own bodies begin: a district is named with its city (云川市桐岭区), a county without."""
        if self.level is Level.COUNTY and self.name.endswith("区") and self.parent and self.parent.level in _CITIES:
            return self.parent.name + self.name
        return self.name


_CITIES = (Level.PREFECTURE, Level.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Body:
    """A body by its official full name; `valid_to` is the first day on which it no longer existed."""

    name: str
    level: Level
    kind: BodyKind
    short_names: tuple[str, ...] = ()
    parent: str | None = None
    region: str | None = None  # name of its place, None for national bodies
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """`canonical`: the official full name, on the date asked; `body` is what the mention itself names.

    The two differ where the body had been succeeded by another one on that date.
    """

    mention: str
    canonical: str
    body: Body
    basis: Basis

    @property
    def sure(self) -> bool:
        """Known, or told by the printed name itself: its place or level and more than an abbreviation.

        市应急联动中心 of 云川市 is, 经发局 and 专业分中心 are proposals for a person to confirm.
        """
        if self.basis is not Basis.SHAPE:
            return True
        zone = self.mention.removesuffix("管委会").removesuffix("管理委员会")  # 云川湖国际旅游区, of whichever city
        names_zone = zone != self.mention and len(zone) > _ABBREVIATION + 1
        says_place = self.mention[0] in _LEVEL_MARKS or self.canonical.startswith(self.mention[:2])
        return names_zone or (says_place and len(self.mention.lstrip(_LEVEL_MARKS)) > _ABBREVIATION)


_LEVEL_MARKS = "省市州盟县区旗"
_ABBREVIATION = 3  # characters of a name that may be short for another: 经发局
