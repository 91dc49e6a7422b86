"""The house keeps its rooms apart: who may import whom, how large a file may be, what may stand in it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "ingest", "nlp", "index", "search_api")
ALLOWED = {
    "corpus": {"corpus"},
    "ingest": {"ingest", "corpus"},
    "nlp": {"nlp", "corpus"},
    "index": {"index", "corpus"},
    "search_api": {"search_api", "index", "corpus"},
}
COMPOSITION_ROOT = {ROOT / "search_api" / name for name in ("compose.py", "extracting.py")}  # and what its workers run


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def imported_packages(path: Path) -> set[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return {name.split(".")[1] for name in found if name.startswith("gongbao.")} & set(PACKAGES)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    allowed = set(PACKAGES) if path in COMPOSITION_ROOT else ALLOWED[package]
    assert imported_packages(path) <= allowed


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_about_one_thing(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


_WITHIN_THE_SERVER = {"http": {"api", "web", "cli"}, "api": {"web", "cli"}, "web": {"api", "cli"}}
_PUTS_THE_SERVER_TOGETHER = ROOT / "search_api" / "api" / "app.py"


@pytest.mark.parametrize("room", _WITHIN_THE_SERVER)
def test_the_rooms_of_the_server_look_one_way(room: str) -> None:
    """What api and web share stands in http or beside them; only `create_app` knows both."""
    barred = re.compile(rf"gongbao\.search_api(?:\.| import )({'|'.join(sorted(_WITHIN_THE_SERVER[room]))})\b")
    files = set((ROOT / "search_api" / room).rglob("*.py")) - {_PUTS_THE_SERVER_TOGETHER}
    assert [path.name for path in sorted(files) if barred.search(path.read_text("utf-8"))] == []


def test_the_rule_would_catch_a_wrong_import(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "from gongbao.nlp.extract import Extractor\nfrom gongbao import index\nimport gongbao.ingest.pdf\n", "utf-8"
    )
    assert imported_packages(wrong) == {"nlp", "index", "ingest"}


def test_only_ci_names_the_folder_of_real_material() -> None:
    named = re.compile(r"\.\./shared|/work/")
    files = [p for p in ROOT.rglob("*") if p.suffix in {".py", ".md", ".toml", ".html", ".js"} or p.name == "Makefile"]
    ours = [p for p in files if not {".venv", ".cache", "gongbao-data"} & set(p.relative_to(ROOT).parts)]
    assert [p for p in ours if p != Path(__file__) and named.search(p.read_text("utf-8", errors="ignore"))] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


# By FastAPI, Jinja, scikit-learn, the client of Elasticsearch, pdfplumber and pydantic.
_BROUGHT_ALONG = {"starlette", "markupsafe", "scipy", "elastic_transport", "pdfminer", "pydantic_core"}
_FOR_DRAWING = {"weasyprint"}  # of the sample, which comes drawn
_BY_EXTRAS = {"mcp", "rapidocr", "psycopg", "cv2", "pyarrow"}  # imported where an extra brought them, else told


def test_whatever_is_imported_is_declared() -> None:
    """A library that only a test needs is there for us and missing for everybody else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", each)[0].lower().replace("_", "-") for each in project["dependencies"]}
    known = packages_distributions()
    apart = _BROUGHT_ALONG | _BY_EXTRAS | _FOR_DRAWING | {"gongbao"} | sys.stdlib_module_names
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources()
        for name in imported_names(path) - apart
        if not {each.lower().replace("_", "-") for each in known.get(name, [name])} & declared
    }
    assert missing == set()


def imported_names(path: Path) -> set[str]:
    """The first words of what a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
