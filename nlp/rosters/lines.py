"""Rosters set as lines: 组长：…, 副组长：…, 成员：…, then names alone under the last role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongbao.corpus.document import Block, BlockKind, Document
from gongbao.corpus.language.forms import spaced
from gongbao.corpus.language.numbering import without_numbering
from gongbao.corpus.language.posts import IN_A_GROUP, posts
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Member
from gongbao.nlp.rosters.names import NAME, is_name, read_members, squeezed, without_asides

_ROLES = rf"(?:副\s*)?(?:总\s*)?(?:{spaced(posts(*IN_A_GROUP))})"
_ROLE_LINE = re.compile(
    rf"(?P<role>(?:[一-鿿]{{0,10}}?)(?:{_ROLES}))[ \t\u3000]*[：:][ \t\u3000]*(?P<rest>.*)", re.DOTALL
)
# 组 长 张 韵 市长: blanks for the colon, before a name.
_BARE_ROLE = re.compile(rf"(?P<role>{_ROLES})[ \t\u3000]+(?={NAME}(?:[ \t\u3000]|$))(?P<rest>.*)", re.DOTALL)
_OFFICE = "领导小组|工作组|小组|指挥部|委员会|专班|办公室|常务|第一|执行|专职|现场"
_ROLE_INSIDE = re.compile(rf"(?P<role>(?:{_OFFICE})*(?:{_ROLES}))[ \t\u3000]*[：:]")
_OTHER_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[ \t\u3000]*[：:]")
_GROUP = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,16}(?:组|指挥部|办公室|专班|领导小组|委员会))(?:[：:（(。][^，；]*)?$")
_NAME_ALONE = re.compile(r"[㐀-鿿]{3}|[㐀-鿿][ \t\u3000]+[㐀-鿿]")  # two characters without a blank may be any word
_LIST_KINDS = {BlockKind.LIST_ITEM, BlockKind.PARAGRAPH}
_PATIENCE = 3  # blocks of other text that may stand inside a roster
_LONGEST_POST = 45  # a longer text behind a name is prose


@dataclass(slots=True)
class Listed:
    """Members in order and the span of their lines; `body`: named on the line above, where no heading names it."""

    members: list[Member] = field(default_factory=list)
    start: int = 0
    end: int = 0
    body: str = ""

    def add(self, members: list[Member], span: Span) -> None:
        self.start = self.start if self.members else span.start
        self.end = span.end
        self.members += members


def find_lists(document: Document) -> Iterator[Listed]:
    listed, role, strangers = Listed(), "", 0
    for block in document.blocks:
        group = _group_named(block, document.text)
        if group or _ends_list(block) or strangers > _PATIENCE:
            if listed.members:
                yield listed
            listed, role, strangers = Listed(body=group), "", 0
        if block.kind not in _LIST_KINDS:
            continue
        members, role = _read(block.span.of(document.text), role)
        if members:
            listed.add(members, block.span)
        strangers = 0 if members else strangers + bool(listed.members)
    if listed.members:
        yield listed


def _ends_list(block: Block) -> bool:
    return block.kind in (BlockKind.ATTACHMENT_LABEL, BlockKind.TITLE) or (
        block.kind is BlockKind.HEADING and (block.level or 0) <= 1
    )


def _group_named(block: Block, text: str) -> str:
    """2.宣传组：, 第一组：…, （二）现场指挥部（设在…）: a line that begins another group."""
    if block.kind not in (*_LIST_KINDS, BlockKind.HEADING):
        return ""
    found = _GROUP.match(without_numbering(block.span.of(text)))
    return found["name"] if found else ""


def _read(text: str, role: str) -> tuple[list[Member], str]:
    """The members of a line and the role that stands after it; names before the first role have the last one's."""
    text = without_numbering(text)
    label = _ROLE_LINE.match(text) or _BARE_ROLE.match(text)
    if label:
        return _read_labelled(label)
    inner = _ROLE_INSIDE.search(text)
    if not inner and _OTHER_LABEL.match(text):
        return [], ""  # 第一组：…: nobody of the last role
    if not inner:
        return _unlabelled(text, role), role
    label = _ROLE_LINE.match(text, inner.start("role"))
    members, after = _read_labelled(label) if label else ([], role)
    return _unlabelled(text[: inner.start("role")], role) + members, after


def _unlabelled(text: str, role: str) -> list[Member]:
    """Names alone under a role: a text that holds little else."""
    if not role:
        return []
    if _NAME_ALONE.fullmatch(text.strip()) and is_name(text):
        return [Member(role, squeezed(text), "")]
    members = [m for m in read_members(role, text) if m.post and len(m.post) <= _LONGEST_POST]
    covered = sum(len(m.name) + len(m.post) for m in members)
    printed = squeezed(without_asides(text)).replace("、", "")
    return members if covered >= 0.8 * len(printed) - 2 else []


def _read_labelled(found: re.Match[str]) -> tuple[list[Member], str]:
    """A line may hold several roles: 组长：张三 副市长 副组长：李四 局长."""
    text = found.string
    labels = [found, *_ROLE_INSIDE.finditer(text, found.start("rest"))]
    ends = [*(label.start("role") for label in labels[1:]), len(text)]
    members: list[Member] = []
    for label, end in zip(labels, ends, strict=True):
        begins = found.start("rest") if label is found else label.end()
        members += read_members(squeezed(label["role"]), text[begins:end])
    return [m for m in members if len(m.post) <= _LONGEST_POST], squeezed(labels[-1]["role"])
