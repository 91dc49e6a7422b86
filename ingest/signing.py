"""Who signs: names of bodies under a text, with what is printed around them for a seal.

A body may sign for another (云川市防汛指挥部办公室（云川市应急管理局代章）): it is the body in front that issues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongbao.ingest.patterns import HAN, begins_with_ending, is_organisation, tidy

# （盖章）, （公章）, （代章）, （云川市应急管理局代章）, （代）
_SEAL = re.compile(rf"[（(]\s*[{HAN}\s]{{0,30}}?(?:盖章|公章|印章|签章|用印|代章|代)\s*[）)]$")


def signatory(text: str) -> str:
    """The names in a line of a signature, without the note on its seal: 云川市水务局（盖章） → 云川市水务局; "" where a
    line is only that note."""
    return tidy(_SEAL.sub("", text.strip()))


def is_seal_note(text: str) -> bool:
    """（盖章） on a line of its own."""
    return bool(text.strip()) and not signatory(text)


def signs(text: str) -> bool:
    """A body's name, or several, with or without a note on its seal."""
    name = _SEAL.sub("", text.strip())
    return bool(name) and is_organisation(name)


def signatories(lines: Sequence[str]) -> list[str]:
    """The names of the lines above a day, one that takes two lines as one."""
    names, at = [], 0
    while at < len(lines):
        count = 2 if at + 1 < len(lines) and is_one_name(lines[at], lines[at + 1]) else 1
        whole = "".join(line.strip() for line in lines[at : at + count])
        if signs(whole):
            names.append(signatory(whole))
        at += count
    return names


def is_one_name(line: str, then: str) -> bool:
    """云川市推进新型城镇化工作 / 领导小组办公室: no name begins as others end; 云川市人民政府 / 办公室."""
    whole = signs(line.strip() + then.strip())
    return whole and (not signs(then) or (not signs(line) and begins_with_ending(then.strip())))
