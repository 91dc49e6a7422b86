"""Classes of bodies, 各县区, 公安部门, 学校: found in a question, and all the ways in which they are printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from gongbao.corpus.offsets import Span
from gongbao.index.analysis import key

_LONGEST = 8  # characters of a department's field
# No name of a body has these, though by its shape it could: 由市财政局, 哪个部门
NO_NAME = re.compile(r"[哪由谁的要需归是把让找请被]|任务|工作|事项|哪些|什么|一下|列出|知道")
_ASKED_FOR = r"(?!(?:分别|都)?(?:是谁|是哪|是什么|有哪些))"  # 主管部门是哪个 asks for it
_SIGNS = "、，,（）()〔〕\\[\\] "


def printed_as(name: str) -> tuple[str, ...]:
    """The index keys under which this class may be printed; () where the name is of no class."""
    plain = key(name)
    return _territory(plain) or _named(plain) or _department(plain)


def is_known(name: str) -> bool:
    """Whether this class, or its field of work, is one of those that are listed; else only its shape is that of one."""
    plain = key(name)
    found = _department_pattern().fullmatch(plain)
    field = found["field"] if found else ""
    return bool(_territory(plain) or _named(plain)) or any(field in group for group in _data()["department"]["fields"])


def find_classes(text: str) -> tuple[Span, ...]:
    """Classes named in a question, left to right; a department of another field only where it begins one."""
    found = ([Span(m.start(), m.end()) for m in form.finditer(text) if printed_as(m[0])] for form in _forms())
    return tuple(next(filter(None, found), ()))


def _territory(plain: str) -> tuple[str, ...]:
    return next((ways for ways in _territories() if plain in ways), ())


@lru_cache(maxsize=1)
def _territories() -> tuple[tuple[str, ...], ...]:
    """All ways of naming the places of each level."""
    levels = _data()["territory"]
    return tuple(_joined(level["heads"], level["stems"], level["tails"]) for level in levels)


def _named(plain: str) -> tuple[str, ...]:
    return next((tuple(group) for group in _data()["named"]["groups"] if plain in group), ())


def _department(plain: str) -> tuple[str, ...]:
    found = _department_pattern().fullmatch(plain)
    data = _data()["department"]
    if not found or found["field"].endswith(tuple(data["vague"])) or NO_NAME.search(found["field"]):
        return ()
    fields = next((group for group in data["fields"] if found["field"] in group), [found["field"]])
    return _joined(data["heads"], fields, data["tails"])


def _joined(*parts: Iterable[str]) -> tuple[str, ...]:
    return tuple("".join(way) for way in product(*parts))


@lru_cache(maxsize=1)
def _department_pattern() -> re.Pattern[str]:
    data = _data()["department"]
    heads, tails = (_any(data[part]) for part in ("heads", "tails"))
    return re.compile(rf"(?:{heads})?(?P<field>[\u4e00-\u9fff]{{1,{_LONGEST}}}?)(?:{tails})")


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Classes that are known, with the signs that may stand in them, and any others; longest first."""
    levels = (
        rf"(?:{_any(level['heads'])})?(?:{_any(map(_signed, level['stems']))})(?:{_any(level['tails'])})?"
        for level in _data()["territory"]
    )
    department = _data()["department"]
    heads, tails = (_any(department[part]) for part in ("heads", "tails"))
    fields = _any(field for group in department["fields"] for field in group)
    named = _any(name for group in _data()["named"]["groups"] for name in group)
    known = "|".join((*levels, rf"(?:{heads})?(?:{fields})(?:{tails})", named))
    other = rf"(?<![\u4e00-\u9fff])(?:{heads})?[\u4e00-\u9fff]{{2,{_LONGEST}}}?(?:{tails})"
    return re.compile(rf"(?:{known}){_ASKED_FOR}"), re.compile(other + _ASKED_FOR)


def _signed(stem: str) -> str:
    """县市区 as 县（市、区） too."""
    return f"[{_SIGNS}]*".join(stem) + "[）)〕\\]]?"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(filter(None, words), key=len, reverse=True))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("classes.toml").read_text(encoding="utf-8"))
