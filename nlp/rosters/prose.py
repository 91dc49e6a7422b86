"""Rosters told in a sentence: 组长由副市长张三担任，副组长由市教育局局长李四担任; appointments 任命/免去."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.posts import IN_A_GROUP, IN_OFFICE, Post, posts
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Member
from gongbao.nlp.rosters.lines import Listed
from gongbao.nlp.rosters.names import is_name, squeezed, without_asides

_ROLES = f"副?总?(?:{alternation(posts(*IN_A_GROUP))})"
_HELD = re.compile(rf"(?P<role>(?:办公室)?(?:{_ROLES}))由(?P<who>[^。；;：:]{{2,160}}?)(?:兼任|担任|同志任)")
_HOLDS = re.compile(
    rf"(?:由|[，,、。]|^)(?P<who>[^，,。；;：:由]{{2,60}}?)(?:担任|兼任|任|(?<!作)为)"
    rf"(?P<role>(?:常务|第一|执行|办公室)?(?:{_ROLES}))"
)
_TITLE_WORDS = alternation(posts(*IN_OFFICE, Post.RANK))
_POST_THEN_NAME = re.compile(rf"^(?P<post>.*(?:{_TITLE_WORDS}|[员师]))(?P<name>[㐀-鿿]{{2,4}})(?:同志)?$")
_POST_AT_END = re.compile(rf"(?:常务)?副?(?:{_TITLE_WORDS})$")
_APPOINTED = re.compile(
    r"(?:[^，,。；;：:]{0,14}?(?:决定|研究|同意))?(?P<verb>任命|聘任|免去|提名)?"
    r"(?P<names>[㐀-鿿 \u3000、]{2,60}?)(?:等?同志)?"
    r"(?P<as>任|为|兼任|挂任|的|不再(?:担任|兼任)|(?<=同志))(?P<post>[^（()]{3,60}?)(?:职务)?(?:[（(][^（）()]{1,20}[）)])?"
)
_HIS_POST = re.compile(r"(?:同时)?(?:免去其|不再(?:担任|兼任))(?P<post>[^（()]{3,60}?)(?:职务)?")
_PIECE = re.compile(r"[^，,；;。：:\n]+[：:]?")
_DISMISSED = re.compile(r"的[^的]*职务$|^免去|不再")
_ABOUT_POSTS = re.compile(r"任免|任职|免职|任命|聘任|职务")


def find_told(document: Document) -> Iterator[Listed]:
    for block in document.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            listed = Listed()
            told = (p.finditer(document.text, block.span.start, block.span.end) for p in (_HELD, _HOLDS))
            for found in sorted(chain(*told), key=lambda one: one.start()):
                members = [m for who in _split(found["who"]) if (m := _holder(found["role"], who))]
                if members:
                    listed.add(members, Span(found.start(), found.end()))
            if listed.members:
                yield listed


def _split(who: str) -> list[str]:
    """Names are joined by 、 and 和; a post may hold a 、 itself (市委常委、副市长张三)."""
    parts: list[str] = []
    pending = ""
    for part in re.split(r"[、，,]|和", squeezed(who)):
        whole = f"{pending}、{part}" if pending else part
        if _holder("", whole):
            parts.append(whole)
            pending = ""
        else:
            pending = whole
    return parts


def _holder(role: str, who: str) -> Member | None:
    """副市长张三, 张三副市长, 张三同志."""
    bare = who.removesuffix("同志")
    if is_name(bare) and not re.search(rf"(?:{_TITLE_WORDS})$", bare):
        return Member(role, bare, "")
    found = _POST_THEN_NAME.match(bare)
    if found and is_name(found["name"]):
        return Member(role, found["name"], found["post"])
    post = _POST_AT_END.search(who)
    before = who[: post.start()] if post else ""
    name = next((before[-length:] for length in (3, 2) if is_name(before[-length:])), None)
    return Member(role, name, before[: -len(name)] + post[0]) if post and name else None


def find_appointments(document: Document) -> Listed | None:
    """张三任市教育局局长; 免去李四的市财政局副局长职务: in documents about posts only."""
    if not _ABOUT_POSTS.search(document.title):
        return None
    listed, verb = Listed(), ""
    for block in document.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            verb = _add_appointments(document, block, listed, verb)
    return listed if listed.members else None


def _add_appointments(document: Document, block: Block, listed: Listed, verb: str) -> str:
    """任命： on a line of its own holds for the lines under it; 免去其…职务 is about the one named last."""
    name = ""
    for piece in _PIECE.findall(without_asides(block.span.of(document.text))):
        bare = piece.strip(" \u3000")
        found, his = _APPOINTED.fullmatch(bare), _HIS_POST.fullmatch(bare)
        names = found["names"].split("、") if found else []
        if found and all(is_name(one) for one in names) and (found["as"] or found["verb"]):
            name = squeezed(names[-1])
            dismissed = _DISMISSED.search(bare) or (verb == "免去" and found["as"] == "的")
            role = "免去" if dismissed else "任命"
            listed.add([Member(role, squeezed(one), squeezed(found["post"])) for one in names], block.span)
        elif his and name:
            listed.add([Member("免去", name, squeezed(his["post"]))], block.span)
        elif bare.endswith(("：", ":")) and re.search(r"任命|免去|聘任", bare):
            verb = "免去" if "免去" in bare else "任命"
    return verb
