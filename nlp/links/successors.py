"""The same document of another year: 2024年植树造林方案 → 2025年植树造林方案 of one issuer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from gongbao.corpus.records import DocumentRef
from gongbao.nlp.citations.own import title_key

_YEAR = re.compile(r"(?:19|20)\d\d(?:[-~–—至](?:19|20)\d\d)?年度?")


def successors(documents: Iterable[DocumentRef]) -> dict[str, str]:
    """Id → id of the next one of its series; titles without a year are in no series."""
    series: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for document in documents:
        title = "".join(document.title.split())
        named = _YEAR.search(title)
        year = int(named[0][:4]) if named else None
        if year is not None:
            bare = title_key(_YEAR.sub("", title))
            series[document.issuer or "", bare].append((year, document.id))
    return {
        before[1]: after[1]
        for found in series.values()
        for before, after in zip(sorted(found), sorted(found)[1:], strict=False)
        if before[0] < after[0]
    }
