"""Names of persons and the posts beside them, as rosters print them."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.surnames import surnames
from gongbao.corpus.records import Member

_HERE = files(__package__)
WORDS: dict[str, str] = tomllib.loads(_HERE.joinpath("words.toml").read_text("utf-8"))

_BLANK = r"[ \t\u3000\u00a0]"
_SURNAME = f"(?:{alternation(surnames())})"
_HAN = r"[㐀-鿿]"
# What these end or tie together is a body or a post, no name.
_GIVEN = r"(?![委局厅部办院长任记员县市区处科室组级党省副股所队站的了是由])[㐀-鿿]"
_POST_END = f"[{''.join(WORDS['post_ends'].split())}]"
_POST_BEGIN = f"[{''.join(WORDS['post_begins'].split())}]"
# 张三 丰, 张  韬 (two characters spaced out to the width of three), 欧阳 明; minority names with a dot.
NAME = rf"(?:{_SURNAME}{_HAN}?{_GIVEN}|{_SURNAME}{_BLANK}+{_GIVEN}|{_HAN}{{2,6}}[·•]{_HAN}{{2,8}})"
# A name begins a line, follows a mark, or follows a post without any blank (…副部长黄三 市委…).
_AT = rf"(?:^|(?<=[、，,；;。：:\n）)])|(?<={_BLANK})|(?<={_POST_END}))"
_BESIDE = re.compile(
    rf"{_AT}{_BLANK}*(?P<name>{NAME})(?P<gap>{_BLANK}*[（(]|{_BLANK}+|{_BLANK}*$|{_BLANK}*[、，,；;。\n])"
)
_GLUED = re.compile(rf"^{_BLANK}*(?P<name>{_SURNAME}(?:{_GIVEN}){{1,2}}?)(?={_POST_BEGIN}{_HAN})")
# A line of a list, set apart by a blank: what stands first is a name, whatever its surname.
_ENTRY = re.compile(
    rf"{_BLANK}*(?P<name>{_HAN}{_BLANK}+{_HAN}|{_HAN}{{1,3}}{_GIVEN}){_BLANK}+(?P<post>{_HAN}[^，,。；;：:]*{_POST_END})"
)
# Beside a name or post, but no part of it: （女，回族）, （兼）, （试用期一年）, （正县级）.
_ASIDE = re.compile(
    r"[（(](?:兼任?|挂职|女|男|[一-鿿]{1,6}族|(?:试用|任职|任期|聘期)[^（）()]*|正?[正副][厅处县科局]级)(?:[，,、；;][^（）()]{1,12})*[）)]"
)
_EDGES = " \t\u3000\u00a0、，,；;。.：:\n"


def is_name(text: str) -> bool:
    """Could be a person's name: a known surname and one or two characters, or a name with a dot."""
    return bool(re.fullmatch(NAME, text.strip(_EDGES)))


def without_asides(text: str) -> str:
    return _ASIDE.sub("", text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def read_members(role: str, text: str) -> list[Member]:
    """Names with posts in the text behind a role: 林 远 市委常委、常务副市长李 四 市教育局局长."""
    text = without_asides(text)
    found = list(_BESIDE.finditer(text))
    if not found and (entry := _ENTRY.fullmatch(text)):
        return [_member(role, entry["name"], entry["post"])]
    if not found:
        glued = _GLUED.match(text)
        return [_member(role, glued["name"], text[glued.end() :])] if glued else []
    if squeezed(text[: found[0].start("name")]).strip(_EDGES):  # 市教育局局长张三、市财政局局长李四
        starts = [0, *(m.end("name") for m in found[:-1])]
        return [_member(role, m["name"], text[at : m.start("name")]) for m, at in zip(found, starts, strict=True)]
    ends = [*(m.start("name") for m in found[1:]), len(text)]
    return [_member(role, m["name"], text[m.end("name") : end]) for m, end in zip(found, ends, strict=True)]


def _member(role: str, name: str, post: str) -> Member:
    post = post.strip(_EDGES)
    if post.startswith(("（", "(")) and post.endswith(("）", ")")):
        post = post[1:-1]
    return Member(role, squeezed(name), squeezed(post))
