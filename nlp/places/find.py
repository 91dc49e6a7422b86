"""find_places: every place that a document names, once, with the divisions above it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gongbao.corpus.ids import fresh_record_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import NamedPlace, PlaceLevel
from gongbao.corpus.register import Register
from gongbao.corpus.register.models import Level, Place
from gongbao.nlp.bodies import ends_as_body
from gongbao.nlp.bodies.vocabulary import vocabulary
from gongbao.nlp.ground import CoveredSpans, Ground
from gongbao.nlp.places.names import Names
from gongbao.nlp.places.words import END, LEVELS

_DIVISION_ENDS = "省市州盟县区旗"
_DEPTH = {level: depth for depth, level in enumerate(PlaceLevel)}
_LONGEST_BODY = 16  # characters behind a place that may make it the name of a body
_NO_BODY = "区镇乡道县市村场库站厂业"  # what ends so behind a place may be another place or a thing


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place with the divisions that are printed before it: 云川市|东山区|石桥镇."""

    span: Span
    names: tuple[str, ...]
    level: PlaceLevel


def find_places(ground: Ground, register: Register, bodies: Iterable[Span] = ()) -> tuple[NamedPlace, ...]:
    """In order of first mention. What stands inside the name of a body (`bodies`, and by its ending) is none."""
    near = register.place_of(ground.document)
    own = frozenset(place.name for place in near.chain()) if near else frozenset[str]()
    parties = CoveredSpans(bodies)
    found: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions_in(ground.text, Names(ground.text, register.divisions, own)):
        if _is_place(ground, parties, mention):
            found["".join(mention.names)].append(mention)
    taken: Counter[str] = Counter()
    places: dict[str, NamedPlace] = {}
    for mentions in found.values():
        place = _record(ground, register, mentions, near, taken)
        known = places.get(place.full)
        places[place.full] = replace(known, mentions=known.mentions + place.mentions) if known else place
    return tuple(places.values())


def mentions_in(text: str, names_of: Names) -> Iterator[_Mention]:
    """Names as they stand, those at once behind each other joined from the larger to the smaller."""
    last: _Mention | None = None
    for found in END.finditer(text):
        if not "\u3400" <= text[max(found.start() - 1, 0)] <= "\u9fff":
            continue
        level, above = LEVELS[found[0]], last.level if last else None
        start = names_of.start(found.start(), found[0], last.span.end if last else -1, above)
        if start is None:
            continue
        names = (text[start : found.end()],)
        if last and start == last.span.end and _DEPTH[level] > _DEPTH[last.level]:
            last = _Mention(Span(last.span.start, found.end()), last.names + names, level)
            continue
        if last:
            yield last
        last = _Mention(Span(start, found.end()), names, level)
    if last:
        yield last


def _is_place(ground: Ground, parties: CoveredSpans, mention: _Mention) -> bool:
    if not ground.says_at(mention.span.start):
        return False
    return not (ground.is_claimed(mention.span) or parties.touches(mention.span) or _heads_body(ground, mention))


def _heads_body(ground: Ground, mention: _Mention) -> bool:
    """云川市|水利局: with what follows it names a body."""
    end = mention.span.end
    following = ground.text[end : end + _LONGEST_BODY]
    stop = vocabulary().bad_inside.search(following)
    following = following[: stop.start()] if stop else following
    for size, char in enumerate(following, 1):
        if not "\u3400" <= char <= "\u9fff":
            return False
        if char not in _NO_BODY and ends_as_body(mention.names[-1] + following[:size]):
            return True
    return False


_LEVELS = {
    Level.PROVINCE: PlaceLevel.PROVINCE,
    Level.MUNICIPALITY: PlaceLevel.PROVINCE,
    Level.PREFECTURE: PlaceLevel.PREFECTURE,
    Level.COUNTY: PlaceLevel.COUNTY,
}


def _record(
    ground: Ground, register: Register, mentions: list[_Mention], near: Place | None, taken: Counter[str]
) -> NamedPlace:
    document, first = ground.document, mentions[0]
    head, *rest = first.names
    place = register.place(head, near) if head[-1] in _DIVISION_ENDS else None
    above = place or (near if near and near.level is Level.COUNTY else None)
    chain = [one.name for one in reversed(tuple(above.chain()))] if above else []
    return NamedPlace(
        id=fresh_record_id("place", document.id, document.text, first.span, taken),
        name=first.span.of(document.text),
        full="".join([*chain, *(rest if place else first.names)]),
        level=_LEVELS.get(place.level, first.level) if place and not rest else first.level,
        mentions=len(mentions),
        span=first.span,
        regions=document.regions(first.span),
    )
