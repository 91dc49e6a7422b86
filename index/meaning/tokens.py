"""Text → numbers of the encoder's vocabulary, as BERT's models for Chinese cut it.

Text is normalised as for matching (NFKC, simplified, lower case), each Han character and each sign stands alone,
and a Latin word or a number is cut greedily into the longest pieces that the vocabulary knows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from gongbao.index.query.fold import simplified

_PIECES = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_LONGEST = 100  # characters of a word; a longer one is no word
_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class TokenVocabulary:
    """A token a line, its number the line's; raises OSError where the file cannot be read, KeyError where it is
    no such vocabulary."""

    def __init__(self, path: Path) -> None:
        tokens = path.read_text(encoding="utf-8").split("\n")
        self._numbers = {token: number for number, token in enumerate(tokens)}
        self._start, self._end, self._unknown = (self._numbers[token] for token in (_START, _END, _UNKNOWN))

    def numbers(self, text: str, most: int) -> list[int]:
        """At most so many, the marks of beginning and end included: 节水2024 → 101, 5688, 3717, 9960, 102."""
        found = [self._start]
        for piece in _PIECES.findall(_normal(text[: 2 * most])):
            found.extend(self._of(piece))
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _of(self, piece: str) -> tuple[int, ...]:
        number = self._numbers.get(piece)
        return (number,) if number is not None else self._cut(piece)

    @lru_cache(maxsize=1 << 14)  # noqa: B019 - one vocabulary a process
    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest known piece, then the longest of what is left …; unknown as a whole where that fails."""
        found: list[int] = []
        at = 0
        while at < len(word) <= _LONGEST:
            ends = range(len(word), at, -1)
            sign = "##" if at else ""
            end = next((end for end in ends if sign + word[at:end] in self._numbers), None)
            if end is None:
                break
            found.append(self._numbers[sign + word[at:end]])
            at = end
        return tuple(found) if at == len(word) else (self._unknown,)


def _normal(text: str) -> str:
    """As questions are folded; signs of control are left out, accents as well."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(
        char for char in simplified(plain) if unicodedata.category(char) not in {"Mn", "Cc", "Cf"} or char.isspace()
    )
