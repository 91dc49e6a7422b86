"""Characters in one width: how texts are compared."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Half width and without white space: 云政发〔２０２４〕　１０号 becomes 云政发〔2024〕10号."""
    return "".join(unicodedata.normalize("NFKC", text).split())
