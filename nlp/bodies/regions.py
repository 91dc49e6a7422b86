"""Names of places at the beginning of names of bodies, whatever words they look like: 和平区政府, 开封市水利局.

The divisions of the country are the register's data (GB/T 2260).
"""

from __future__ import annotations

import re
from functools import cache

from gongbao.corpus.register import Level
from gongbao.corpus.register.places import Places
from gongbao.nlp.bodies.vocabulary import Words

_AMBIGUOUS = {"会同县"}  # 会同|县财政局
_DIVISION = re.compile(r"[省市县区州旗盟]$")
_OWN = ["自治区", "自治州", "自治县", "自治旗"]
# After the short name of a city: 开封高新区管委会
_ZONE = re.compile(r"(?:国家|省)?级?(?:高新|经开|经济|新区|综合保税|保税|开发|临空|空港|城乡一体化|国际|现代)")


@cache
def _divisions() -> Words:
    return Words([*_OWN, *(name for name in Places().names() if _DIVISION.search(name) and name not in _AMBIGUOUS)])


@cache
def _cities() -> Words:
    places = Places()
    named = ((name, places.named(name)) for name in places.names() if not _DIVISION.search(name))
    return Words([name for name, place in named if place and place.level is Level.PREFECTURE])


def place_length(name: str) -> int:
    """How many characters of `name` are that of a place it begins with; 0 for none that is known."""
    known = _divisions().length_at(name, 0)
    if known:
        return known
    city = _cities().length_at(name, 0)
    return city if city and _ZONE.match(name, city) else 0
