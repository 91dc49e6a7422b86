"""docs/architecture.md says what the imports say; `make golden` draws it anew."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from tests.test_architecture import COMPOSITION_ROOT

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
ROOMS = ("corpus", "ingest", "nlp", "index", "search_api")
BEGIN, END = "<!-- made from the imports -->\n", "<!-- end -->\n"


def _part(name: str) -> str:
    """nlp.deadlines.by → nlp.deadlines; corpus.document → corpus."""
    room, *rest = name.split(".")
    return f"{room}.{rest[0]}" if rest and (ROOT / room / rest[0]).is_dir() else room


def _imports(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    named = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {_part(name.removeprefix("gongbao.")) for name in named if name.startswith("gongbao.")}


def _edges() -> dict[str, set[str]]:
    edges: dict[str, set[str]] = defaultdict(set)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            part = _part(".".join(path.relative_to(ROOT).with_suffix("").parts))
            edges[part] |= set() if path in COMPOSITION_ROOT else _imports(path) - {part}
    return edges


def _drawn() -> str:
    """Rooms, and the language room by itself; an arrow says: imports."""
    arrows = {(_shown(part), _shown(other)) for part, others in _edges().items() for other in others}
    lines = [f"    {part} --> {other}" for part, other in sorted(arrows) if not part.startswith(other)]
    composed = [f"    search_api -. compose.py .-> {room}" for room in ("ingest", "nlp")]
    return "\n".join(["```mermaid", "flowchart BT", *lines, *composed, "```", ""])


def _shown(part: str) -> str:
    return part if part == "corpus.language" else part.split(".")[0]


def test_the_page_says_what_the_imports_say(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    expected = before + BEGIN + _drawn() + END + after
    if request.config.getoption("--regenerate"):
        PAGE.write_text(expected, "utf-8")
    assert PAGE.read_text("utf-8") == expected, "run `make golden`"
