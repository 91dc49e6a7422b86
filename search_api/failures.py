"""Failures as people read them: what all pages of a file have in common is said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongbao.corpus.failure import Failure
from gongbao.search_api import labels


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """`file`: what it is found by; `pages`: 1–3、7, or "" where the whole file failed; `stage` in Chinese."""

    file: str
    stage: str
    pages: str
    cause: str
    remedy: str


def group_failures(failures: Iterable[Failure]) -> list[FailureGroup]:
    alike: dict[tuple[str, str, str, str], list[int]] = {}
    for failure in failures:
        pages = alike.setdefault((failure.place, failure.stage, failure.cause, failure.remedy), [])
        pages.extend([failure.page] if failure.page else [])
    return [
        FailureGroup(file, labels.STAGES.get(stage, stage), labels.page_ranges(pages), cause, remedy)
        for (file, stage, cause, remedy), pages in alike.items()
    ]
