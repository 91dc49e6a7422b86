"""Naming patterns of local bodies: what a body is called in full, and short, in any place of a level."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from gongbao.corpus.register.abbreviate import function_words, short_forms
from gongbao.corpus.register.models import Body, BodyKind, Level, Place
from gongbao.corpus.register.tables import KINDS, read_date, read_levels, rows

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_ANY_PLACE = ".{1,12}?"
_OTHER_SLOTS = {
    "{province}": ".{2,6}?(?:省|自治区|市)",
    "{city}": ".{2,9}?(?:市|自治州|盟|地区)",
    "{level}": ".",
}


@dataclass(frozen=True, slots=True, eq=False)
class NamePattern:
    """One row of local_bodies.csv or provinces.csv; `only_in`: short names of the places that use it."""

    order: int
    levels: frozenset[Level]
    name: str
    shorts: tuple[str, ...]
    kind: BodyKind
    valid_from: date | None
    valid_to: date | None
    successor: str
    only_in: frozenset[str] = frozenset()

    @property
    def official(self) -> str:
        """What follows the place in the full name; of a name with slots, what follows {place} there."""
        if "{" not in self.name:
            return self.name.removeprefix("=")
        head, _, tail = self.name.partition("{place}")
        return tail if head == "中共" and "{" not in tail else ""

    def stems(self) -> tuple[str, ...]:
        """All forms that follow the name of a place or 市, 县 …; the official one first."""
        plain = [self.official] if self.official else []
        plain += [short for short in self.shorts if "{" not in short and not short.endswith("部门")]
        forms = [form for name in plain for form in short_forms(name)]
        return tuple(dict.fromkeys(forms))

    def functions(self) -> tuple[str, ...]:
        """公安部门, 应急管理部门: how the body is called by what it does; after a place only."""
        if self.kind not in (BodyKind.GOVERNMENT, BodyKind.OUTPOST):
            return ()
        named = [short for short in self.shorts if short.endswith("部门")]
        derived = [f"{word}部门" for stem in self.stems() for word in function_words(stem)]
        return tuple(dict.fromkeys(named + derived))

    def infixes(self) -> tuple[str, ...]:
        """Forms with the place inside: 团{p}委."""
        return tuple(short for short in self.shorts if "{p}" in short)

    def render(self, place: Place) -> str | None:
        """The full name in `place`; None where a part of it is not known."""
        if "{" not in self.name:
            return self.name[1:] if self.name.startswith("=") else place.full + self.name
        values = _slot_values(place)
        text = _OPTIONAL.sub(lambda found: found[1] if _filled(found[1], values) else "", self.name.removeprefix("="))
        return _SLOT.sub(lambda slot: values[slot[1]], text) if _filled(text, values) else None

    def body(self, place: Place, successor: str | None) -> Body | None:
        name = self.render(place)
        if name is None:
            return None
        return Body(
            name,
            place.level,
            self.kind,
            self.stems() + self.functions() + self.infixes(),
            _parent(self, place),
            place.name,
            self.valid_from,
            self.valid_to,
            successor,
        )


def _slot_values(place: Place) -> dict[str, str]:
    province, city = place.province, place.city
    values = {
        "place": place.full,
        "short": place.short,
        "province": province.name if province else "",
        "pshort": province.short if province else "",
        "city": city.name if city else "",
        "level": place.name[-1],
    }
    return {slot: value for slot, value in values.items() if value}


def _filled(text: str, values: dict[str, str]) -> bool:
    return all(slot in values for slot in _SLOT.findall(text))


def _parent(pattern: NamePattern, place: Place) -> str | None:
    if pattern.kind in (BodyKind.GOVERNMENT, BodyKind.INSTITUTION) and pattern.name != "人民政府":
        return f"{place.full}人民政府"
    if pattern.kind is BodyKind.PARTY and "委" in pattern.name[6:]:
        return f"中国共产党{place.full}委员会"
    return None


@dataclass(frozen=True, slots=True)
class Template:
    """A form with places inside as a regular expression; group `p` is the body's place."""

    regex: re.Pattern[str]
    pattern: NamePattern
    official: bool


def _template(form: str, pattern: NamePattern, official: bool) -> Template:
    regex, named = "", False
    for piece in re.split(r"(\{\w+\}|\[|\])", form):
        if piece in ("{p}", "{place}", "{short}"):
            regex += "(?P=p)" if named else f"(?P<p>{_ANY_PLACE})"
            named = True
        elif piece.startswith("{"):
            regex += _OTHER_SLOTS.get(piece, _ANY_PLACE)
        else:
            regex += {"[": "(?:", "]": ")?"}.get(piece, re.escape(piece))
    return Template(re.compile(f"^{regex}$"), pattern, official)


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns, found by stem (市 + stem), by function word, by template."""

    by_stem: dict[str, list[NamePattern]] = field(default_factory=lambda: defaultdict(list))
    by_function: dict[str, list[NamePattern]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[NamePattern]] = field(default_factory=lambda: defaultdict(list))
    templates: list[Template] = field(default_factory=list)

    @staticmethod
    def load() -> Patterns:
        found = Patterns()
        listed = rows("provinces.csv") + rows("local_bodies.csv")
        for order, row in enumerate(listed):
            found._add(_read(order, row))
        return found

    def _add(self, pattern: NamePattern) -> None:
        self.by_name[pattern.name].append(pattern)
        for stem in pattern.stems():
            self.by_stem[stem].append(pattern)
        for word in pattern.functions():
            self.by_function[word].append(pattern)
        self.templates.extend([_template(form, pattern, False) for form in pattern.infixes()])
        if "{" in pattern.name:
            self.templates.append(_template(pattern.name.removeprefix("="), pattern, True))

    def successor(self, pattern: NamePattern, place: Place) -> str | None:
        """The full name of what took over the body's work in `place`."""
        if not pattern.successor:
            return None
        known = [p for p in self.by_name.get(pattern.successor, []) if holds_in(p, place)]
        at_level = [p for p in known if place.level in p.levels] or known
        return at_level[0].render(place) if at_level else place.full + pattern.successor


def holds_in(pattern: NamePattern, place: Place) -> bool:
    """Is the pattern one of the whole country, or of the place's own province or city?"""
    return not pattern.only_in or any(above.short in pattern.only_in for above in place.chain())


def _read(order: int, row: dict[str, str]) -> NamePattern:
    return NamePattern(
        order,
        read_levels(row["levels"]),
        row["name"],
        tuple(row["short"].split()),
        KINDS[row["kind"]],
        read_date(row["from"]),
        read_date(row["to"]),
        row["successor"],
        frozenset(row.get("place", "").split()),
    )
