"""Document numbers (文号, GB/T 9704-2012 7.2.5): issuer's code, year in 〔〕, serial number, 号."""

from __future__ import annotations

import re
import unicodedata

_YEAR = re.compile(r"〔(\d{4})〕")
_BRACKETS = str.maketrans(dict.fromkeys("[(【﹝［（", "〔") | dict.fromkeys("])】﹞］）", "〕"))


def canonical_number(printed: str) -> str:
    """One spelling for keys: half-width digits, 〔〕, no white space: 云政发〔2024〕10号."""
    folded = unicodedata.normalize("NFKC", "".join(printed.split()))
    return folded.translate(_BRACKETS)


def year_of_number(number: str | None) -> int | None:
    found = _YEAR.search(canonical_number(number)) if number else None
    return int(found[1]) if found else None
