"""Finding the naming pattern that a mention follows, and the place it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gongbao.corpus.register.models import Body, Level, Place
from gongbao.corpus.register.patterns import NamePattern, Patterns, holds_in
from gongbao.corpus.register.places import Places

_ALONE = frozenset(("人民政府", "政府", "委", "办公室", "委员会", "政府办公室"))  # say nothing without a place
_MAX_HEAD = 24
_LEVEL_WORDS = (
    ("省", Level.PROVINCE),
    ("市", Level.PREFECTURE),
    ("市", Level.MUNICIPALITY),
    ("县", Level.COUNTY),
    ("区", Level.COUNTY),
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where, when and beside what a mention is printed: full names, and the text free of white space.

    `central`: by the State Council or its departments, which call each other by half their names.
    """

    region: Place | None
    on: date | None = None
    scope: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    central: bool = False


@dataclass(frozen=True, slots=True)
class NameHit:
    pattern: NamePattern
    place: Place
    exact: bool  # the official form itself


class Matcher:
    def __init__(self, places: Places, patterns: Patterns) -> None:
        self._places = places
        self._patterns = patterns

    def find(self, text: str, around: Circumstances) -> Body | None:
        hits = list(self._by_stem(text, around.region)) or list(self._by_template(text, around.region))
        if not hits and "与" in text:  # 住房与城乡建设局: official names have 和
            hits = list(self._by_stem(text.replace("与", "和"), around.region))
        for hit in sorted(hits, key=lambda hit: _rank(hit, around)):
            if body := self._body(hit):
                return body
        return None

    def government(self, text: str, region: Place | None) -> Body | None:
        """A place's name alone stands for its government: 桐岭县 → 桐岭县人民政府."""
        place = self._places.read(text, region)
        if not place or not text.endswith(place.name):
            return None
        kind = "行政公署" if place.name.endswith(("盟", "地区")) else "人民政府"
        return self._patterns.by_name[kind][0].body(place, None)

    def words(self) -> Iterator[str]:
        """Stems, and stems after the word for a level at which there is such a body."""
        for stem, patterns in self._patterns.by_stem.items():
            if len(stem) > 2:
                yield stem
            levels = frozenset().union(*(pattern.levels for pattern in patterns))
            yield from (word + stem for word, level in _LEVEL_WORDS if level in levels)

    def _body(self, hit: NameHit) -> Body | None:
        return hit.pattern.body(hit.place, self._patterns.successor(hit.pattern, hit.place))

    def _by_stem(self, text: str, region: Place | None) -> Iterator[NameHit]:
        """Hits for the longest stem that the mention ends with, if all before it names a place."""
        for at in range(min(len(text) - 1, _MAX_HEAD) + 1):
            head, stem = text[:at], text[at:]
            patterns = self._patterns.by_stem.get(stem) or (self._patterns.by_function.get(stem) if head else None)
            place = self._place(head, stem, patterns, region) if patterns else None
            hits = [NameHit(p, place, p.official == stem) for p in patterns or () if place and holds_in(p, place)]
            if hits:
                yield from hits
                return

    def _place(self, head: str, stem: str, patterns: list[NamePattern], region: Place | None) -> Place | None:
        if head:
            return self.place_in(head, region)
        if stem in _ALONE or region is None:
            return None
        levels = frozenset().union(*(pattern.levels for pattern in patterns))
        return next((place for place in region.chain() if place.level in levels), None)

    def place_in(self, head: str, region: Place | None) -> Place | None:
        """市, 云川市, 中共云川市, 市人民政府 → the place."""
        bare = head.removeprefix("中国共产党").removeprefix("中共")
        for government in ("人民政府", "政府"):
            if bare.endswith(government) and bare != government:
                bare = bare.removesuffix(government)
                break
        return self._places.read(bare, region) if bare else None

    def _by_template(self, text: str, region: Place | None) -> Iterator[NameHit]:
        for template in self._patterns.templates:
            found = template.regex.match(text)
            place = self.place_in(found["p"], region) if found else None
            if place and holds_in(template.pattern, place):
                yield NameHit(template.pattern, place, template.official)


def _rank(hit: NameHit, around: Circumstances) -> tuple[bool, bool, bool, bool, bool, int]:
    """What the document prints first, then the province's own usage, the official name, level, date, order."""
    pattern, on = hit.pattern, around.on
    ended = pattern.valid_to is not None and (on is None or pattern.valid_to <= on)
    not_yet = bool(on and pattern.valid_from and on < pattern.valid_from)
    return (
        hit.exact or not _printed_in_full(hit, around.text),
        not pattern.only_in,
        not hit.exact,
        hit.place.level not in pattern.levels,
        ended or not_yet,
        pattern.order,
    )


def _printed_in_full(hit: NameHit, text: str) -> bool:
    """Does the document also print the official name, as 云川市… or 市…?"""
    official, place = hit.pattern.official, hit.place
    return bool(text and official) and any(head + official in text for head in (place.name, place.name[-1]))
