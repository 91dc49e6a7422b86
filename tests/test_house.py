"""What is language is read in one place: no room has a grammar of numbers, dates or outlines of its own."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "ingest", "nlp", "index", "search_api")
LANGUAGE = ROOT / "corpus" / "language"


def _sources(*suffixes: str) -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in sorted((ROOT / room).rglob("*")) if path.suffix in suffixes)


_NO_NAMES = {"nlp/places/words.toml": "characters that no name of a place ends in: 三|区"}
_CITED = {"nlp/citations/relation.py": "an article of another document: 第六条第二款"}
_WRITTEN = {"search_api/labels.py": "writes a date"}
# What a second grammar would look like, who has the first, and where else it may stand with why.
GRAMMARS: dict[str, tuple[str, set[str], dict[str, str]]] = {
    "numerals": (r"一二两?三四五六七八九", {"numerals.py", "numerals.toml"}, _NO_NAMES),
    "whole dates": (
        r"d[^年\n]{0,12}年.{0,24}d[^月\n]{0,12}月.{0,24}d[^日\n]{0,12}日",
        {"days.py", "dates.py", "date_forms.py"},
        _WRITTEN,
    ),
    "years in brackets": (r"[〔﹝].{0,16}d\{{1,2}4\}{1,2}.{0,6}[〕﹞]", {"document_numbers.py"}, {}),
    "parts of an outline": (r"第(?:\[|\\d|\{|\.).{0,24}[章节编篇]", {"numbering.py", "numbering.toml"}, _CITED),
    "labels of facts": (r"发文字号|制发机关", {"facts.toml"}, {}),
    "heads of places": (r"(?:[省市县区州旗镇乡]长?\|){3,}[省市县区州旗镇乡]?\)?长", {"posts.py", "posts.toml"}, {}),
}


@pytest.mark.parametrize("kind", GRAMMARS)
def test_there_is_one_grammar(kind: str) -> None:
    form, first, apart = GRAMMARS[kind]
    allowed = {LANGUAGE / name for name in first} | {ROOT / name for name in apart}
    second = [path for path in _sources(".py", ".toml") if path not in allowed and _has(path, form)]
    assert [str(path.relative_to(ROOT)) for path in second] == []


def _has(path: Path, form: str) -> bool:
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))
    return any(re.search(form, line) for line in lines)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("numerals", r'_CN = "一二三四五六七八九十"'),
        ("labels of facts", "number = ['文号', '发文字号']"),
        ("numerals", r'"[一二两三四五六七八九]"'),
        ("whole dates", r'r"\d{4}年\d{1,2}月\d{1,2}日"'),
        ("whole dates", r'rf"\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"'),
        ("years in brackets", r'r"[〔\[]\d{4}[〕\]]\d+号"'),
        ("parts of an outline", r'r"第[一二三四五]+[章节]"'),
        ("parts of an outline", r'r"第\d{1,3}章"'),
        ("heads of places", r'"副?(?:市|县|区|省)长"'),
    ],
)
def test_a_second_one_would_be_seen(kind: str, line: str) -> None:
    assert re.search(GRAMMARS[kind][0], line)


def test_only_the_language_room_opens_its_files() -> None:
    opening = re.compile(r"""files\(["']gongbao\.corpus\.language["']\)|corpus/language/""")
    outside = [path for path in _sources(".py") if path.parent != LANGUAGE and opening.search(path.read_text("utf-8"))]
    assert outside == []


def test_a_class_is_named_once() -> None:
    """`Tolerances` of nine files say nothing; `FrameTolerances` does."""
    named: dict[str, list[str]] = defaultdict(list)
    for path in (*_sources(".py"), *sorted((ROOT / "bench").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                named[node.name].append(str(path.relative_to(ROOT)))
    assert {name: files for name, files in named.items() if len(files) > 1} == {}


def test_told_has_no_meanings_left() -> None:
    """A function says what it makes: `_told` was said of eight things."""
    defined = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in _sources(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.strip("_") == "told"
    ]
    assert len(defined) <= 1, defined


_LONGEST = 300  # characters of one expression as it is written; what is made of such pieces is longer
_EXPRESSION = re.compile(r"\(\?|\\[dsw]|\[\^|\|.*\|")


def _written(path: Path) -> Iterator[str]:
    """Texts of a file that are no docstrings; of one with values in it what stands between them."""
    if path.suffix == ".toml":
        yield from _leaves(tomllib.loads(path.read_text("utf-8")))
        return
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)


def test_no_expression_is_longer_than_can_be_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {text[:40]}"
        for path in _sources(".py", ".toml")
        for text in _written(path)
        if len(text) > _LONGEST and _EXPRESSION.search(text)
    ]
    assert long == []
