"""Places: the divisions of the country as data, and the pattern of place names for all others.

Levels and codes after GB/T 2260. A place that is not in the data (a new county, a fictional
city) is known by its suffix: 省 市 州 盟 县 区 旗.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from gongbao.corpus.register.models import Level, Place
from gongbao.corpus.register.tables import rows, words

_LONGEST = 15  # characters of a place's name
_MUNICIPALITIES = ("11", "12", "31", "50")
_SUFFIXES = (
    *("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县", "自治旗"),
    *("地区", "林区", "特区", "省", "市", "州", "盟", "县", "区", "旗"),
)

# 我市 本省: the document's own
_OWN = re.compile(r"^[我本]?(省|自治区|市|州|盟|地区|县|区|旗)$")
_LEVELS_OF = {
    "省": (Level.PROVINCE,),
    "自治区": (Level.PROVINCE,),
    "市": (Level.PREFECTURE, Level.MUNICIPALITY),
    "州": (Level.PREFECTURE,),
    "盟": (Level.PREFECTURE,),
    "地区": (Level.PREFECTURE,),
    "县": (Level.COUNTY,),
    "区": (Level.COUNTY,),
    "旗": (Level.COUNTY,),
}

_HAN = r"[\u3400-\u9fff]"
_NESTED = re.compile(
    rf"^(?P<province>{_HAN}{{2,6}}?(?:省|自治区))?"
    rf"(?P<city>{_HAN}{{2,9}}?(?:市|自治州|盟|地区))?"
    rf"(?P<county>{_HAN}{{1,12}}?(?:县|区|旗|市))?$"
)
_ISSUER = r"(?=人民|政府|委|人大|政协|团委|行政公署|[\u3400-\u9fff]{1,24}(?:局|厅|委员会|办公室|中心|法院|检察院)$)"
_TITLE = r"(?![场政容民级区域])"  # a title goes on; 市场, 市政, 市容 … are no ends of a place
_IN_FRONT = re.compile(
    rf"^(?P<province>{_HAN}{{2,6}}?(?:省|自治区))?"
    rf"(?P<city>{_HAN}{{2,8}}?(?:市|自治州|盟|地区))?"
    rf"(?P<county>{_HAN}{{1,9}}?(?:自治县|县|新区|区|旗|市))?{_ISSUER}"
)
_IN_TITLE = re.compile(rf"^(?P<province>{_HAN}{{2,3}}省)?(?P<city>{_HAN}{{2,3}}(?:市|自治州)){_TITLE}(?P<county>)")
_ABOVE = re.compile(r"^(?:中国共产党|中共|共青团|国家税务总局|中国人民银行|中国人民政治协商会议|政协)")
_NEVER = re.compile(
    r"^[各全本我该两有团国委共每]|^.[市区]$|[党局厅院部处]|[和与及或、的]|人民|政府|委员|关于|贫困|试点|示范|所在|超载|重点|大县|强县|[事案]发|部门|有限|管理|[省市县]."
    r"|(?:开发|园|社|景|片|保护|示范|合作|试验|功能|辖|校|库|灌|街|工业|商务|经开|高新|综保|保税|名胜|城|山|牧|小)区$"
    r"|..[城上夜股楼门集超菜]市$|^(?:加强|规范|做好|推进|促进|推动|开展|加快|落实|完善|提升|优化|实施|建设|支持|保障)"
)


class Places:
    """The gazetteer; `add` takes a place that the shipped data does not know."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for place in _shipped():
            self._index(place)

    def add(self, name: str, level: Level, parent: str | None, short: str | None = None) -> Place:
        above = self.named(parent) if parent else None
        if parent and not above:
            above = Place(parent, _level_by_suffix(parent), short_of(parent))
        place = Place(name, level, short or short_of(name), above)
        self._index(place, first=True)
        return place

    def _index(self, place: Place, first: bool = False) -> None:
        for name in dict.fromkeys((place.name, place.short)):
            found = self._by_name[name]
            found.insert(0 if first else len(found), place)

    def names(self) -> Iterable[str]:
        return self._by_name.keys()

    def full_names(self) -> frozenset[str]:
        return frozenset(place.name for places in self._by_name.values() for place in places)

    def named(self, name: str, near: Place | None = None) -> Place | None:
        """The place of that name or short name: near the document's own, else the only or highest one."""
        for place in near.chain() if near else ():
            if name in (place.name, place.short):
                return self._known(place)
        found = [place for place in self._by_name.get(name, []) if name == place.name or _goes_by_short_name(place)]
        if near:
            related = [place for place in found if set(place.chain()) & set(near.chain())]
            own = [place for place in related if place.city == near.city]
            if own or len(related) == 1:
                return (own or related)[0]
        return _unambiguous(found, near)

    def named_in(self, text: str) -> Iterator[Place]:
        """Places that a text names anywhere, the longest name first where several begin."""
        at = 0
        while at < len(text):
            sizes = range(min(_LONGEST, len(text) - at), 1, -1)
            known = (n for n in sizes if text[at : at + n] in self._by_name and self.named(text[at : at + n]))
            size = next(known, 0)
            if size and (found := self.named(text[at : at + size])):
                yield found
            at += size or 1

    def _known(self, place: Place) -> Place:
        """The same place as the data has it, where a caller gave a bare one."""
        if place.parent:
            return place
        same = [known for known in self._by_name.get(place.name, []) if known.level is place.level]
        return same[0] if len(same) == 1 else place

    def read(self, text: str, near: Place | None = None) -> Place | None:
        """The place that all of `text` names: 市, 我省, 云川, 云川市, 云岭省云川市桐岭区."""
        own = _OWN.match(text)
        if own:
            return _own_place(own[1], near)
        return self.named(text, near) or self._nested(text, near)

    def _nested(self, text: str, near: Place | None) -> Place | None:
        parts = _NESTED.match(text)
        if not parts:
            return None
        here: Place | None = None
        for name in filter(None, parts.group("province", "city", "county")):
            here = self._under(name, here, near)
            if here is None:
                return None
        return here

    def _under(self, name: str, above: Place | None, near: Place | None) -> Place | None:
        known = self.named(name, above or near)
        if known and (above is None or above in known.chain()):
            return known
        if _NEVER.search(name) or (near and near.short in name and above is None):
            return None
        level = Level.COUNTY if above and above.level in _CITY else _level_by_suffix(name)
        if near and above is None and level is Level.PREFECTURE and name.endswith("市") and near.city:
            level = Level.COUNTY  # another 市 in a city's document: one of its county-level cities
        if level is Level.COUNTY and above is None and near:
            above = near.city
        return Place(name, level, short_of(name), above)

    def in_front(self, text: str) -> Place | None:
        """The place with which an issuer's name or a title begins: 云川市人民政府办公室 → 云川市."""
        text = _ABOVE.sub("", text)
        known = self._longest_known(text)
        if known and known.level is Level.COUNTY:
            return known
        parts = _IN_FRONT.match(text) or _IN_TITLE.match(text)
        return _deeper(self._deepest(parts), known) if parts else known

    def _deepest(self, parts: re.Match[str]) -> Place | None:
        """The place as far down as the names read are names of places."""
        names = [name for name in parts.groups() if name]
        tries = (self._nested("".join(names[:size]), None) for size in range(len(names), 0, -1))
        return next((place for place in tries if place), None)

    def _longest_known(self, text: str) -> Place | None:
        here: Place | None = None
        at = 0
        while at < len(text):
            size = next(
                (n for n in range(min(_LONGEST, len(text) - at), 1, -1) if text[at : at + n] in self._by_name), 0
            )
            found = self.named(text[at : at + size], here) if size else None
            if not found or (here and here not in found.chain()):
                return here
            here, at = found, at + size
        return here


_CITY = (Level.PREFECTURE, Level.MUNICIPALITY)


def _deeper(pattern: Place | None, known: Place | None) -> Place | None:
    """What the pattern read, unless it only read past the place that is known."""
    if pattern is None or (known and known not in pattern.chain() and pattern.name.startswith(known.short)):
        return known
    return pattern


def _own_place(word: str, near: Place | None) -> Place | None:
    """市 is the document's city, for a county-level city that city itself; 县 and 区 only where it is one."""
    if near is None:
        return None
    if near.level is Level.COUNTY and near.name.endswith(word):
        return near
    found = near.at(*_LEVELS_OF[word])
    return found if found and (word in ("省", "自治区") or found.name.endswith(word)) else None


def _goes_by_short_name(place: Place) -> bool:
    """Short names of counties are common words too often (公安, 平安): only those of their own documents count."""
    return place.level is not Level.COUNTY


def _unambiguous(found: list[Place], near: Place | None) -> Place | None:
    if not found:
        return None
    here = found[0]
    if here.level is not Level.COUNTY or (len(found) == 1 and not _is_district_elsewhere(here, near)):
        return here
    above = near.city if near and near.city and near.city.code is None else None
    return Place(here.name, Level.COUNTY, here.short, above)


def _is_district_elsewhere(place: Place, near: Place | None) -> bool:
    """东湖区 in a document of 云川市 is not 南昌's: without its city a district is the document's own; 新区 are known
    by their names alone."""
    district = place.name.endswith("区") and not place.name.endswith("新区")
    return district and near is not None and near.city is not None and place.city != near.city


def _level_by_suffix(name: str) -> Level:
    if name.endswith(("省", "自治区")):
        return Level.PROVINCE
    return Level.PREFECTURE if name.endswith(("市", "州", "盟", "地区")) else Level.COUNTY


def short_of(name: str) -> str:
    """云川市 → 云川, 某某壮族自治区 → 某某; a name that would keep one character stays whole."""
    short = next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s) and len(name) - len(s) >= 2), name)
    if "自治" not in name:
        return short
    while bare := next(
        (short.removesuffix(n) for n in _nationalities() if short.endswith(n) and len(short) > len(n) + 1), ""
    ):
        short = bare
    return short


@cache
def _nationalities() -> tuple[str, ...]:
    return words("nationalities.txt")


@cache
def _shipped() -> tuple[Place, ...]:
    """Provinces first, then prefectures, counties, and last all that no longer exist."""
    listed = sorted(rows("divisions.csv"), key=lambda row: (bool(row["until"]), _depth(row["code"]), row["code"]))
    known: dict[str, Place] = {}
    return tuple(_shipped_place(row["code"], row["name"], known) for row in listed)


def _depth(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _shipped_place(code: str, name: str, known: dict[str, Place]) -> Place:
    above = None if _depth(code) == 0 else known.get(code[:4] + "00") or known.get(code[:2] + "0000")
    if above and above.code == code:
        above = known.get(code[:2] + "0000")
    place = Place(name, _level_by_code(code), short_of(name), above, code)
    known.setdefault(code, place)
    return place


def _level_by_code(code: str) -> Level:
    if _depth(code) == 0:
        return Level.MUNICIPALITY if code[:2] in _MUNICIPALITIES else Level.PROVINCE
    return Level.PREFECTURE if _depth(code) == 1 else Level.COUNTY
