"""Names that a document gives itself: （以下简称“重点实验室”） makes 重点实验室 a body of that document."""

from __future__ import annotations

import re

from gongbao.nlp.bodies.forms import is_vague
from gongbao.nlp.bodies.vocabulary import vocabulary

_DEFINED = re.compile(r"以下(?:统称|简称|均?称)(?:为)?[“\"‘]?([\u4e00-\u9fff]{2,12})[”\"’]?(?=[)）、，。；])")


def defined_terms(text: str) -> tuple[str, ...]:
    """The defined terms that can be bodies, in the order of definition."""
    found = (m[1] for m in _DEFINED.finditer(text))
    return tuple(dict.fromkeys(term for term in found if vocabulary().defined.search(term) and not is_vague(term)))
