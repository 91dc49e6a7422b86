"""Web pages that were printed or copied: their box, navigation and footer are no part of the document.

A page of a government site repeats number, issuer and dates in a box over the document; navigation stands above it, and
below it what one may do with the page and who keeps the site. What the box says fills what the document does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from gongbao.corpus.language.days import is_day
from gongbao.corpus.language.facts import FACT_LABELS
from gongbao.corpus.language.forms import alternation, spaced
from gongbao.ingest.office.facts import PageFacts, say

_WORDS = tomllib.loads(files("gongbao.ingest.office").joinpath("web.toml").read_text("utf-8"))
_SPACED = spaced(FACT_LABELS.printed)
_LABEL = re.compile(rf"(?:^|(?<=[\s\u3000|;；\]】]))[\[【]?(?P<name>{_SPACED})[\]】]?\s*[：:]")
# 标题：云川市人民政府关于做好防汛工作的通知发文字号：… where the columns of a box leave no white between them
_GLUED = re.compile(rf"(?P<name>{spaced([label for label in FACT_LABELS.printed if len(label) >= 4])})\s*[：:]")
_LINE = tuple(_WORDS["lines"])
_TOOLS = tuple(word for word in _LINE if word.endswith("：") or word.startswith("【"))  # 字号：【大 中 小】 打印
_SITE = re.compile(alternation(_WORDS["site"]))
_KEEPER = re.compile(r"(?:主办|承办|协办|技术支持|技术维护)(?:单位)?\s*[：:]")
_LINKS = re.compile(r"\s*[|｜>＞]\s*|\u3000{2,}|\s{3,}")


@dataclass(frozen=True, slots=True)
class SiteTolerances:
    """`head`: lines among which a box stands; `fields`: that make one; `links`: that make a row of navigation, each no
    longer than `link` characters; `line`: characters of a line of a footer."""

    head: int = 24
    fields: int = 3
    links: int = 4
    link: int = 8
    line: int = 70


TOLERANCES = SiteTolerances()


@dataclass(frozen=True, slots=True)
class Web:
    """Which lines are no part of the document, and what the box says."""

    box: frozenset[int] = frozenset()
    navigation: frozenset[int] = frozenset()
    said: PageFacts | None = None


def find_web(lines: Sequence[str]) -> Web:
    """`lines` as printed, in their order; nothing is found where no box and no footer of a site shows a web page."""
    pairs = list(_box_lines(lines))
    box = {at for at, _ in pairs} if sum(len(found) for _, found in pairs) >= TOLERANCES.fields else set()
    footer = _footer(lines)
    if not box and not footer:
        return Web()
    above = {at for at in range(max(box, default=TOLERANCES.head)) if at < len(lines) and _is_navigation(lines[at])}
    tools = {at for at in range(max(box, default=len(lines)), len(lines[: TOLERANCES.head])) if _sets_type(lines[at])}
    said = say([pair for at, found in pairs if at in box for pair in found]) if box else None
    return Web(frozenset(box), frozenset((above | tools) - box) | footer, said)


def _box_lines(lines: Sequence[str]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Lines of labels with what they say; one that only goes on with the last value belongs to it."""
    last = -1
    for at, line in enumerate(lines[: TOLERANCES.head]):
        found = pairs_of(line)
        if found:
            last = at
            yield at, found
        elif last >= 0 and at - last > 2:
            return


def pairs_of(line: str) -> list[tuple[str, str]]:
    text = line.strip()
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() > 1:
        return []
    glued = (label for label in _GLUED.finditer(text) if all(label.end() != known.end() for known in labels))
    labels = sorted([*labels, *glued], key=lambda label: label.start())
    ends = [*(label.start() for label in labels[1:]), len(text)]
    return [
        (label["name"], text[label.end() : end].strip(" \u3000\t|;；[【"))
        for label, end in zip(labels, ends, strict=True)
    ]


def _footer(lines: Sequence[str]) -> frozenset[int]:
    """From the first line of the site below the document to the end; empty where no line names a site."""
    first, sure = len(lines), False
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if _is_of_site(line):
            first, sure = at, sure or _SITE.search(line) is not None
        elif len(line) > TOLERANCES.line or "。" in line or is_day(line):
            break
    return frozenset(range(first, len(lines))) if sure else frozenset()


def _is_of_site(line: str) -> bool:
    return line.startswith(_LINE) or any(found.search(line) for found in (_SITE, _KEEPER)) or _is_navigation(line)


def _sets_type(line: str) -> bool:
    """Below the title: how large to show the page, and what else to do with it."""
    return line.strip().startswith(_TOOLS)


def _is_navigation(line: str) -> bool:
    """Names of pages in a row, or 当前位置：首页 > 政务公开."""
    parts = [part for part in _LINKS.split(line.strip()) if part]
    short = all(len(part) <= TOLERANCES.link for part in parts)
    return (
        line.strip().startswith(_LINE) or (len(parts) >= TOLERANCES.links and short) or (len(parts) > 1 and "|" in line)
    )
