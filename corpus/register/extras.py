"""A user's own bodies and places beside the shipped ones, and under which names they are found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from gongbao.corpus.register.abbreviate import short_forms
from gongbao.corpus.register.models import Body, Level, Place


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A place that the shipped divisions do not have, or not so."""

    name: str
    level: Level
    short: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Extras:
    """What all files of a folder hold."""

    bodies: tuple[Body, ...] = ()
    places: tuple[LocalPlace, ...] = ()
    _by_form: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for body in self.bodies:
            for form in _forms(body):
                self._by_form[form].append(body)

    def find(self, text: str, region: Place | None, on: date | None) -> Body | None:
        """The body called `text` in `region`; of several the one that existed on that day."""
        near = {name for place in region.chain() for name in (place.name, place.full)} if region else set()
        named = self._by_form.get(text, [])
        found = [body for body in named if text == body.name or body.region is None or body.region in near]
        return min(found, key=lambda body: not _existed(body, on), default=None)

    def words(self) -> tuple[str, ...]:
        return tuple(self._by_form)


def _existed(body: Body, on: date | None) -> bool:
    if on is None:
        return body.valid_to is None
    return (body.valid_from or date.min) <= on < (body.valid_to or date.max)


def _forms(body: Body) -> tuple[str, ...]:
    """As written, shortened by rule, with 市, 县 … for its place, and without."""
    found = [form for name in (body.name, *body.short_names) for form in short_forms(name)]
    if body.region:
        stems = [name.removeprefix(body.region) for name in found if name.startswith(body.region)]
        found += [body.region[-1] + stem for stem in stems if len(stem) > 1]
        found += [stem for stem in stems if len(stem) > 2]
    return tuple(dict.fromkeys(found))
