"""Names that a document gives itself: （以下简称“重点实验室”） makes 重点实验室 a body of that document."""

from __future__ import annotations

import re

from gongbao.nlp.bodies.forms import CALLED, ends_as_body, is_vague
from gongbao.nlp.bodies.vocabulary import vocabulary

_DEFINED = re.compile(
    rf"(?P<full>[\u4e00-\u9fff]{{0,30}})[（(]?{CALLED}(?:为)?"
    r"[“\"‘]?(?P<term>[\u4e00-\u9fff]{2,12})[”\"’]?(?=[)）、，。；])"
)


def defined_terms(text: str) -> tuple[str, ...]:
    """The defined terms that can be bodies, in the order of definition."""
    found = (m["term"] for m in _DEFINED.finditer(text) if _names_body(m["term"], m["full"]))
    return tuple(dict.fromkeys(found))


def _names_body(term: str, full: str) -> bool:
    """By its own ending, or since its full name is a body: 云川河防汛指挥部（以下简称云河防总）."""
    if is_vague(term):
        return False
    return bool(vocabulary().defined.search(term)) or (ends_as_body(full) and not is_vague(full))
