"""Where the name begins that ends at a place: known divisions first, else by how names are made.

Nearly every division is known, so that another word with their endings (禁燃区, 文化强市) is taken for one only
where the document shows it: right after a larger division, or as having a 人民政府 of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from gongbao.corpus.records import PlaceLevel
from gongbao.nlp.bodies.vocabulary import vocabulary
from gongbao.nlp.places.words import AMBIGUOUS, BEFORE, COMMON_ENDS, GENERIC, HAN, LEVELS, PURPOSE, STOP, STOP_END

_LONGEST_KNOWN = 15  # characters of a division's name
_LONGEST_RUN = 12  # characters before an ending that are looked at
_DIVISIONS = (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY)
_STEM = range(2, 5)  # characters of a name without its ending
_CITY_ENDS = ("市", "县", "区")
_GOVERNMENT = re.compile("人民政府")
_GOVERNED = re.compile(r"(?:^|[^\u3400-\u9fff])([\u3400-\u9fff]{2,3}[市县区旗])$")
_RUN_ON = re.compile('[\u3400-\u9fff“‘《「『"]$')


class Names:
    """The names in one text, in order: what was found once is known from then on."""

    def __init__(self, text: str, known: frozenset[str], own: frozenset[str]) -> None:
        """`known`: all divisions of the country; `own`: those that the document speaks for."""
        self._text = text
        self._known = known
        self._known_tails = _tails(known)
        self._here = {*own, *_governed(text)}
        self._here_tails = {name[-3:] for name in self._here}

    def start(self, at: int, end: str, last: int, above: PlaceLevel | None) -> int | None:
        """Where the name begins that has its ending `end` at `at`.

        `last`: where the place before it ends, which is of the level `above`; -1 and None where there is none.
        """
        stop, level = at + len(end), LEVELS[end]
        start = self._seen_start(stop, last)
        if start is None:
            start = self._known_start(stop, last)
        if start is None and level is PlaceLevel.COUNTY and above is PlaceLevel.PREFECTURE:
            start = last if at - last in (2, 3) and not _is_common(self._text[last:at], end) else None
        if start is None and level not in _DIVISIONS:
            start = self._local_start(self._left(at, last), at, end, level, last)
        if start is not None and start != last:
            self._here.add(self._text[start:stop])
            self._here_tails.add(self._text[max(start, stop - 3) : stop])
        return start

    def _ends_in(self, tails: Set[str], stop: int) -> bool:
        """Spares the longer look: most endings end no name."""
        return self._text[stop - 3 : stop] in tails or self._text[stop - 2 : stop] in tails

    def _left(self, at: int, last: int) -> str:
        found = HAN.search(self._text, max(last, at - _LONGEST_RUN, 0), at)
        return found[0] if found else ""

    def _seen_start(self, stop: int, last: int) -> int | None:
        """The longest of the names that the document showed before."""
        if not self._ends_in(self._here_tails, stop):
            return None
        starts = range(max(stop - _LONGEST_RUN, last, 0), stop - 1)
        return next((start for start in starts if self._text[start:stop] in self._here), None)

    def _known_start(self, stop: int, last: int) -> int | None:
        """The longest known division; a short name only where it stands apart, a common word only after its city."""
        if not self._ends_in(self._known_tails, stop):
            return None
        for start in range(max(stop - _LONGEST_KNOWN, last, 0), stop - 1):
            name = self._text[start:stop]
            if name in self._known and (start == last or name not in AMBIGUOUS):
                return start if stop - start > 2 or self._stands_apart(start, last) else None
        return None

    def _local_start(self, left: str, at: int, end: str, level: PlaceLevel, last: int) -> int | None:
        if level is not PlaceLevel.ZONE:
            return self._apart_start(left, at, end, last)
        purpose = PURPOSE.search(left)
        stem = left[: purpose.start()] if purpose else left
        begins = at - len(left) + len(stem)
        if not stem:  # 云川市|经济开发区
            return last if left and begins == last else None
        for size in (4, 3, 2):
            if len(stem) >= size and self._is_city(stem[-size:]):
                return begins - size
        named = bool(purpose) or (end == "新区" and len(stem) == 2)
        return self._apart_start(stem, begins, end, last) if named else None

    def _is_city(self, short: str) -> bool:
        return any(short + end in self._known or short + end in self._here for end in _CITY_ENDS)

    def _apart_start(self, left: str, at: int, end: str, last: int) -> int | None:
        """Two to four characters that stand apart and are no common word."""
        cuts = [found.end() for found in STOP.finditer(left) if len(left) - found.end() in _STEM]
        stem = left[cuts[-1] :] if cuts else left
        if len(stem) == 4 and vocabulary().verbs.length_at(stem, 0) == 2:  # 建设石桥|镇
            return None if _is_common(stem[2:], end) else at - 2
        if len(stem) not in _STEM or _is_common(stem, end) or f"{stem}{end}市" in self._known:
            return None
        return at - len(stem) if self._stands_apart(at - len(stem), last) else None

    def _stands_apart(self, start: int, last: int) -> bool:
        """Nothing stands before it that could belong to the name, and no quotation mark, which sets off a term."""
        if start in (0, last):
            return True
        before = self._text[max(start - 2, 0) : start]
        return not _RUN_ON.search(before) or bool(STOP_END.search(before))


def _governed(text: str) -> Iterator[str]:
    """东山区人民政府: a division, known or not."""
    for government in _GOVERNMENT.finditer(text):
        found = _GOVERNED.search(text, max(government.start() - 5, 0), government.start())
        if found:
            yield found[1]


@lru_cache(maxsize=2)
def _tails(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name[-3:] for name in names)


def _is_common(stem: str, end: str) -> bool:
    """农|村, 重点|镇, 整治|村."""
    if stem[-1] in BEFORE.get(end, "") or stem in GENERIC or stem.endswith(COMMON_ENDS):
        return True
    return len(stem) == 2 and vocabulary().verbs.length_at(stem, 0) == 2
