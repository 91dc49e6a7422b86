"""Names printed in full in a document, and the short names that stand for them there.

A 领导小组 or 指挥部 is known to its own document only: 市领导小组办公室 is whatever that document
called by its full name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from gongbao.corpus.register.abbreviate import is_shortened
from gongbao.corpus.register.models import Place
from gongbao.corpus.register.shape import is_generic

_KINDS = "领导小组|领导组|协调小组|工作小组|指挥部|工作专班|联席会议|委员会"
_TAIL = re.compile(rf"({_KINDS}|专班|工作组)(办公室|办)?$")
_LEVEL = re.compile(r"^[省市州盟县区旗]")
_END = re.compile(_KINDS)
_LONGEST = 48  # characters before 指挥部 and the like
_CLASS = re.compile(rf"[的等各要]|以及|[员长任记](?:领导|指挥|工作|协调)|两级|县级|市级|(?:{_KINDS}).*(?:{_KINDS})")
_BREAK = re.compile(r"[^\u3400-\u9fff“”]")
_DEFINED = re.compile(r"[（(]以下(?:统一)?简称")
_LEVEL_HEAD = re.compile(r"(?<![市县省城])[省市县区](?![场政级直区域内县市省、两])")


def names_in(text: str, place: Place | None) -> tuple[str, ...]:
    """Full names of coordinating bodies that `text` prints, place in front; paragraphs are lines, cells end in tabs.

    Those that the text gives a short name (以下简称) come first, then the ones printed most.
    """
    count: Counter[str] = Counter()
    text = re.sub("[ \u3000]+", "", text)
    for found in _END.finditer(text):
        run = text[max(found.start() - _LONGEST, 0) : found.end()]
        name = _headed(_BREAK.split(run)[-1], place)
        if name and not _CLASS.search(name) and not is_generic(_placeless(name, place)):
            count[name] += 1 + 1000 * bool(_DEFINED.match(text, found.end()))
    return tuple(name for name, _ in count.most_common())


def _headed(run: str, place: Place | None) -> str | None:
    """The name from its last place on: 及时报市防汛抗旱指挥部 → 云川市防汛抗旱指挥部."""
    own = max((run.rfind(name) for name in (place.full, place.name)), default=-1) if place else -1
    if place and own >= 0:
        return place.full + run[own:].removeprefix(place.full).removeprefix(place.name)
    levels = [found.start() for found in _LEVEL_HEAD.finditer(run)]
    if not levels or not place or run[levels[-1]] != place.name[-1]:
        return None
    return place.full + run[levels[-1] + 1 :]


def meant_by(mention: str, scope: Iterable[str], place: Place | None) -> str | None:
    """The full name of `scope` that `mention` shortens; where several could be meant, the first."""
    office = mention.endswith(("办公室", "办"))
    bodies = dict.fromkeys(name.removesuffix("办公室") for name in scope if says_kind(name))
    meant = next((name for name in bodies if _shortens(mention, name, place)), None)
    return f"{meant}办公室" if meant and office else meant


def says_kind(mention: str) -> bool:
    """Does the mention say what it is (领导小组, 指挥部), not only 办?"""
    return bool(_TAIL.search(mention))


def _shortens(mention: str, full: str, place: Place | None) -> bool:
    short, name = _placeless(mention, place), _placeless(full, place)
    short_tail, tail = _TAIL.search(short), _TAIL.search(name)
    if not tail:
        return False
    core = name[: tail.start()]
    if not short_tail:  # 双创办: the office by a word for its subject
        return len(short) > 2 and short.endswith("办") and is_shortened(short[:-1], core)
    if short_tail[1] != tail[1]:
        return False
    short_core = short[: short_tail.start()]
    return not short_core or is_shortened(short_core, core) or core.endswith(short_core)


def _placeless(name: str, place: Place | None) -> str:
    for head in (place.full, place.name, place.short) if place else ():
        if name.startswith(head):
            return name.removeprefix(head)
    return _LEVEL.sub("", name)
