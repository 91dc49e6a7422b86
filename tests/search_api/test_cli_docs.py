"""docs/cli.md is what the commands say of themselves; `make golden` writes it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from gongbao.search_api.cli import app

REFERENCE = Path(__file__).parent.parent.parent / "docs" / "cli.md"


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below, with the words that call it."""
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


ALL = list(commands(typer.main.get_command(app)))


def reference() -> str:
    """Our own layout of names and help, so that it does not change with the library's."""
    parts = ["# Command line 命令行\n\nMade from the program's own help by `make golden`.\n"]
    for path, command in ALL:
        parts.append(f"\n## {' '.join(('gongbao', *path))}\n\n{command.help}\n\n")
        parts += [described(parameter) for parameter in command.params if parameter.name != "help"]
    return "".join(parts)


def described(parameter: Any) -> str:
    names = "`, `".join((*parameter.opts, *parameter.secondary_opts))
    name = names if parameter.param_type_name == "option" else parameter.name.upper()
    return f"- `{name}` {getattr(parameter, 'help', None) or ''}\n"


@pytest.mark.parametrize(("path", "command"), ALL, ids=["gongbao " + " ".join(path) for path, _ in ALL])
def test_every_command_and_option_explains_itself(path: tuple[str, ...], command: Any) -> None:
    assert command.help
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    assert [option.name for option in options if not option.help] == []


def test_the_reference_is_up_to_date(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        REFERENCE.write_text(reference(), "utf-8")
    assert REFERENCE.read_text("utf-8") == reference()


def test_regeneration_is_off_in_ci(request: pytest.FixtureRequest) -> None:
    """So that no run of CI can pass by writing its own expectations."""
    assert not (os.environ.get("CI") and request.config.getoption("--regenerate"))
