"""What may be changed in a file: operators of its logic, numbers of its thresholds, words of its lists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_WORD = re.compile(r'(?<=[\[,\s])"(?P<word>[^"\n]+)"(?=\s*[,\]]),?')
_SMALL = (0, 1, -1)  # numbers that count rather than bound


class Kind(StrEnum):
    """What was changed: an operator, a number that bounds, a word of a list."""

    LOGIC = "logic"
    THRESHOLD = "threshold"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Mutant:
    """The bytes of `file` from `start` to `end` are to be `text` instead."""

    kind: Kind
    file: Path
    start: int
    end: int
    text: str

    def apply(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]

    def describe(self, source: bytes) -> str:
        line = source[: self.start].count(b"\n") + 1
        return f"{self.file}:{line} {source[self.start : self.end].decode()[:60]} → {self.text[:60]}"


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Every change that may be made in a file."""
    source = file.read_bytes()
    if file.suffix == ".toml":
        yield from _of_words(file, source)
        return
    tree = ast.parse(source)
    inside = {id(node) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for node in ast.walk(each)}
    places = _FileBytes(source)
    for node in ast.walk(tree):
        if id(node) not in inside and isinstance(node, ast.expr) and (changed := _changed(node)):
            yield Mutant(Kind.LOGIC, file, *places.of(node), ast.unparse(changed))
    for number in _bounds(tree):
        yield Mutant(Kind.THRESHOLD, file, *places.of(number), _moved(number.value))


class _FileBytes:
    """From lines and columns to places in the file."""

    def __init__(self, source: bytes) -> None:
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def of(self, node: ast.expr) -> tuple[int, int]:
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self._starts[node.lineno - 1] + node.col_offset, self._starts[end_line - 1] + end


def _changed(node: ast.expr) -> ast.expr | None:
    """`a < b` as `a >= b`, `a and b` as `a or b`, `not a` as `a`, `a + 1` as `a - 1`."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return ast.Compare(node.left, [_COMPARED[type(node.ops[0])]()], node.comparators)
    if isinstance(node, ast.BoolOp):
        return ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return node.operand
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and _counts(node.right):
        return ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right)
    return None


def _counts(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def _bounds(tree: ast.Module) -> Iterator[ast.Constant]:
    """Numbers of constants and of the fields of settings: `_LONGEST = 48`, `share: float = 0.8`."""
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
        if isinstance(value, ast.Constant) and type(value.value) in (int, float) and value.value not in _SMALL:
            yield value


def _moved(value: object) -> str:
    """Half as much again."""
    assert isinstance(value, (int, float))
    return repr(value + max(value // 2, 1)) if isinstance(value, int) else repr(round(value * 1.5, 4))


def _of_words(file: Path, source: bytes) -> Iterator[Mutant]:
    text = source.decode()
    for found in re.finditer(r"(?m)^(?:words|forms|not_before|not_after) = \[(?P<list>[^\]]*)\]", text):
        for word in _WORD.finditer(text, *found.span("list")):
            start = len(text[: word.start()].encode())
            yield Mutant(Kind.WORD, file, start, start + len(word[0].encode()), "")
