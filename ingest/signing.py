"""Who signs: names of bodies under a text, with what is printed around them for a seal.

A body may sign for another (云川市防汛指挥部办公室（云川市应急管理局代章）): it is the body in front that issues.
"""

from __future__ import annotations

import re

from gongbao.ingest.patterns import HAN, is_organisation, tidy

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
