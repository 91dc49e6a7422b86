"""The tasks of two documents side by side: what stayed, what changed, what came and what went."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongbao.corpus.offsets import normalise
from gongbao.corpus.records import Assignment, Role
from gongbao.search_api import labels
from rapidfuzz import fuzz, process

_ALIKE = 68.0  # of 100: below this two tasks are different ones
_FIGURES = re.compile(r"\d+|[一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """One task in both documents, or only in one; `changes`: what differs, in words."""

    old: Assignment | None
    new: Assignment | None
    changes: tuple[str, ...] = ()


def compare_tasks(old: Sequence[Assignment], new: Sequence[Assignment]) -> tuple[Pair, ...]:
    """Paired by likeness of wording, figures and years left aside, best pairs first.

    In the order of the new document; what is gone comes last.
    """
    partner = _pair_up(old, new)
    pairs = [Pair(old[partner[i]], task, _changes(old[partner[i]], task)) for i, task in enumerate(new) if i in partner]
    by_new = {id(pair.new): pair for pair in pairs}
    stayed_or_came = [by_new.get(id(task), Pair(None, task)) for task in new]
    gone = [Pair(task, None) for place, task in enumerate(old) if place not in set(partner.values())]
    return (*stayed_or_came, *gone)


def _pair_up(old: Sequence[Assignment], new: Sequence[Assignment]) -> dict[int, int]:
    """Place in `new` → place in `old`, greedily from the most alike."""
    if not old or not new:
        return {}
    scores = process.cdist([_plain(t) for t in new], [_plain(t) for t in old], scorer=fuzz.ratio, score_cutoff=_ALIKE)
    ranked = sorted(((float(scores[i][j]), i, j) for i in range(len(new)) for j in range(len(old))), reverse=True)
    partner: dict[int, int] = {}
    for score, i, j in ranked:
        if score >= _ALIKE and i not in partner and j not in partner.values():
            partner[i] = j
    return partner


def _plain(task: Assignment) -> str:
    return _FIGURES.sub("", normalise(task.what)[0])


def _changes(old: Assignment, new: Assignment) -> tuple[str, ...]:
    found = []
    for role, label in labels.ROLES.items():
        found += _party_changes(label, _names(old, role), _names(new, role))
    before, after = labels.due_words(old), labels.due_words(new)
    if before != after:
        found.append(f"时限：{before or '未定'} → {after or '未定'}")
    if normalise(old.what)[0] != normalise(new.what)[0]:
        found.append("任务表述有改动")
    return tuple(found)


def _party_changes(label: str, old: list[str], new: list[str]) -> list[str]:
    added = [name for name in new if name not in old]
    removed = [name for name in old if name not in new]
    return [f"{label}增加：{'、'.join(added)}"] * bool(added) + [f"{label}减少：{'、'.join(removed)}"] * bool(removed)


def _names(task: Assignment, role: Role) -> list[str]:
    return list(dict.fromkeys(p.agency or p.name for p in task.parties if p.role is role))
