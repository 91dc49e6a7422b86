"""How official names are shortened: the general rules of abbreviation, none of them about one body."""

from __future__ import annotations

from collections.abc import Iterator

_SUBSTITUTIONS = (
    ("委员会办公室", "委办公室"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("监督管理", "监管"),
    ("人民政府", "政府"),
    ("管理委员会", "管委会"),
    ("联合会", "联"),
    ("合作社", "社"),
)
_TAILS = ("管理局", "事务局", "委员会", "办公室", "局", "厅", "委", "办", "部", "支队", "总队", "大队")


def short_forms(name: str) -> tuple[str, ...]:
    """`name` and all that the rules make of it: 发展和改革委员会 → 发展改革委员会, 发展和改革委, 发展改革委."""
    found = {name: None}
    queue = [name]
    while queue:
        for shorter in _one_step(queue.pop()):
            if shorter not in found:
                found[shorter] = None
                queue.append(shorter)
    return tuple(found)


def _one_step(name: str) -> Iterator[str]:
    at = name.replace("共和国", "共＿国").find("和", 1)
    if 0 < at < len(name) - 2:
        yield name[:at] + name[at + 1 :]
    for long, short in _SUBSTITUTIONS:
        if long in name and len(name) - len(long) + len(short) >= 2:
            yield name.replace(long, short)


def function_words(name: str) -> tuple[str, ...]:
    """What a body does, as in 应急管理部门: its name without the kind of office."""
    return tuple(name.removesuffix(tail) for tail in _TAILS if name.endswith(tail) and len(name) - len(tail) >= 2)


def is_shortened(short: str, full: str) -> bool:
    """Are the characters of `short` found in `full` in their order, beginning with the same one?"""
    if not short or not full or short[0] != full[0]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)
