"""Expressions that can be asked without one of their guards, and that notice where it would matter."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any, ClassVar

from bench.guards.marking import MARK, Guard, marked, without


class Guards:
    """What all watched expressions share: the guard that is out, or what is read while all are in."""

    out: int | None = None  # the guard that is taken out
    reading: str | None = None  # the example or document that is read; None: nothing is noticed
    touched: ClassVar[dict[int, set[str]]] = defaultdict(set)  # by guard: what finds something else without it


class Watched:
    """Stands for a compiled pattern."""

    def __init__(self, pattern: re.Pattern[str], variants: dict[int, re.Pattern[str]]) -> None:
        self._pattern, self._variants = pattern, variants

    def __getattr__(self, name: str) -> Any:
        return getattr(self._now(), name)

    def _now(self) -> re.Pattern[str]:
        return self._pattern if Guards.out is None else self._variants.get(Guards.out, self._pattern)

    def _compare(self, ask: Callable[[re.Pattern[str]], object]) -> None:
        reading = Guards.reading
        if reading is None:
            return
        found = ask(self._pattern)
        for number, variant in self._variants.items():
            places = Guards.touched[number]
            if reading not in places and ask(variant) != found:
                places.add(reading)

    def match(self, *where: Any) -> re.Match[str] | None:
        self._compare(lambda pattern: _place(pattern.match(*where)))
        return self._now().match(*where)

    def fullmatch(self, *where: Any) -> re.Match[str] | None:
        self._compare(lambda pattern: _place(pattern.fullmatch(*where)))
        return self._now().fullmatch(*where)

    def search(self, *where: Any) -> re.Match[str] | None:
        self._compare(lambda pattern: _place(pattern.search(*where)))
        return self._now().search(*where)

    def finditer(self, *where: Any) -> Iterator[re.Match[str]]:
        self._compare(lambda pattern: [_place(found) for found in pattern.finditer(*where)])
        return self._now().finditer(*where)

    def findall(self, *where: Any) -> list[Any]:
        self._compare(lambda pattern: pattern.findall(*where))
        return self._now().findall(*where)

    def split(self, string: str, *more: Any, **named: Any) -> list[Any]:
        self._compare(lambda pattern: pattern.split(string, *more, **named))
        return self._now().split(string, *more, **named)

    def sub(self, by: Any, string: str, *more: Any, **named: Any) -> str:
        self._compare(lambda pattern: [_place(found) for found in pattern.finditer(string)])
        return self._now().sub(by, string, *more, **named)


def _place(found: re.Match[str] | None) -> object:
    return found and (found.regs, found.lastgroup)


def watch(guards: list[Guard]) -> None:
    """From now on sources are loaded with marks, and expressions with marks are watched. Before the first import."""
    sources = {
        str(file): marked(file.read_text("utf-8"), [one for one in guards if one.file == file])
        for file in {guard.file for guard in guards}
    }
    sys.dont_write_bytecode = True
    _load(sources)
    _compile()


def _load(sources: dict[str, str]) -> None:
    load, read = SourceFileLoader.get_data, Path.read_text

    def get_data(self: SourceFileLoader, path: str) -> bytes:
        if path.endswith(".pyc") and source_from_cache(path) in sources:
            raise OSError("compiled without marks")
        return sources[path].encode() if path in sources else load(self, path)

    def read_text(self: Path, *how: Any, **named: Any) -> str:
        return sources.get(str(self)) or read(self, *how, **named)

    setattr(SourceFileLoader, "get_data", get_data)  # noqa: B010 (their types say that methods stay)
    setattr(Path, "read_text", read_text)  # noqa: B010


def _compile() -> None:
    plain: Callable[..., Any] = re._compile  # type: ignore[attr-defined]
    kept: dict[tuple[str, int], Watched] = {}

    def compiled(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, Watched):
            return pattern
        if not (isinstance(pattern, str) and MARK.search(pattern)):
            return plain(pattern, flags)
        key = (pattern, int(flags))
        if key not in kept:
            kept[key] = Watched(plain(pattern, flags), dict(_variants(pattern, flags, plain)))
        return kept[key]

    re._compile = compiled  # type: ignore[attr-defined]


def _variants(pattern: str, flags: int, plain: Callable[..., Any]) -> Iterator[tuple[int, re.Pattern[str]]]:
    for number in {int(found[1]) for found in MARK.finditer(pattern)}:
        try:
            yield number, plain(without(pattern, number), flags)
        except re.error:  # nothing is left to repeat: it cannot be taken out
            continue
