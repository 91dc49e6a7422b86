"""Posts that people hold: 副市长, 市水利局局长, 副组长, 总河长; the same for documents and questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.lexicon import Rows, load


class Post(StrEnum):
    """Where a post is held."""

    PLACE = "place"  # 市长
    OFFICE = "office"  # 局长
    COMMITTEE = "committee"  # 主任: of a body, or of what people sit on
    RANK = "rank"  # 调研员
    GROUP = "group"  # 组长: heads a work group
    MEMBER = "member"  # 成员: sits in it
    DUTY = "duty"  # 河长


@dataclass(frozen=True, slots=True)
class Posts:
    words: Mapping[str, Post]
    ending: re.Pattern[str]

    @classmethod
    def of(cls, rows: Rows) -> Posts:
        words = {word: Post(row["name"]) for row in rows for word in row["words"]}
        return cls(words, re.compile(f"(?:{alternation(words)})$"))

    def explain(self, text: str) -> str:
        found = self.ending.search(text)
        return f"{self.words[found[0]]} {found[0]}" if found else ""


_POSTS = Posts.of(load("posts"))
IN_OFFICE = (Post.PLACE, Post.OFFICE, Post.COMMITTEE)
IN_A_GROUP = (Post.GROUP, Post.MEMBER, Post.DUTY, Post.COMMITTEE)


def posts(*kinds: Post) -> tuple[str, ...]:
    """The words of some kinds."""
    return tuple(word for word, kind in _POSTS.words.items() if kind in kinds)
