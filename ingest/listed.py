"""Lines of a list of people: each stands for itself, however wide it is (组长：林远　副市长 / 李明　市水利局局长)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gongbao.corpus.language.forms import spaced
from gongbao.corpus.language.posts import IN_A_GROUP, posts
from gongbao.ingest.markup import TextLine

_LONGEST = 45  # characters of a line that names one person
_FAR = 150  # lines of one list that are looked back over
_ROLE = re.compile(rf"[\u4e00-\u9fff\s]{{0,10}}(?:{spaced(posts(*IN_A_GROUP))})\s*[：:]")
_PERSON = re.compile(
    r"(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff][ \u3000]{1,4}[\u4e00-\u9fff])[ \u3000]{1,8}[\u4e00-\u9fff]"
)
_POST_ENDS = tuple("长任记员师理席监官授干部人士委事")
# 林 远, 林远（市水利局）, 组长：林远: nothing is to come
_NAMED = re.compile(
    rf"(?:{_ROLE.pattern}\s*)?(?:[\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff])"
    r"(?:\s*[（(][\u4e00-\u9fff]{2,20}[)）])?"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]")


def stands_alone(lines: Sequence[TextLine], place: int) -> bool:
    """Does lines[place] begin anew because it, or the line above it, is one of a list of people?"""
    text, above = lines[place].text, lines[place - 1].text
    if _ROLE.match(text):
        return True
    if _ROLE.match(above) and _LABEL.match(text):
        return True
    return (_PERSON.match(text) is not None and _in_list(lines, place - 1, _is_entry)) or _in_list(
        lines, place - 1, _is_whole
    )


def _in_list(lines: Sequence[TextLine], place: int, belongs: Callable[[str], bool]) -> bool:
    """Do the lines from one that names a role down to lines[place] all belong to its list?"""
    for at in range(place, max(place - _FAR, -1), -1):
        if not belongs(lines[at].text):
            return False
        if _ROLE.match(lines[at].text):
            return True
    return False


def _is_entry(text: str) -> bool:
    return _ROLE.match(text) is not None or _PERSON.match(text) is not None or _is_whole(text)


def _is_whole(text: str) -> bool:
    """A line with nothing to come: a name with its office, or it ends in a post and has no stop."""
    if _NAMED.fullmatch(text.strip()):
        return True
    return len(text) <= _LONGEST and text.endswith(_POST_ENDS) and not re.search("[，。；]", text)
