"""Commands whose help speaks Chinese, laid out by the width of its characters.

The library that reads the command line speaks English only, and counts a Chinese character as one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

_WORDS = (
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"\.\.\.", "…"),
    (r"<str>", "<文字>"),
    (r"<(?:path|list\[Path\])>", "<路径>"),
    (r"<(?:file|dir)>", "<文件>"),
    (r"(\d+)<=x<=(\d+)", r"\1–\2"),
    (r"<int(?: range)?>", "<整数>"),
    (r"\bdefault: ", "默认："),
    (r"\benv var: ", "环境变量："),
    (r"\brequired\b", "必填"),
    (r"; (?=默认|必填|\d)", "，"),
    (r"Show this message and exit\.", "显示本说明"),
)
_WIDEST = 30  # columns of a name, beyond which its explanation begins on the next line


class Commands(typer.Typer):
    """A group whose commands explain themselves so. `elsewhere`: of each command that is not added here, the
    module whose `add_to` adds it; it is imported when the command is called."""

    def __init__(self, elsewhere: Mapping[str, str] | None = None, **settings: Any) -> None:
        group = type("_Group", (_Group,), {"elsewhere": elsewhere or {}})  # the library makes the group by its class
        super().__init__(cls=group, no_args_is_help=True, **settings)

    def command(self, *names: Any, **settings: Any) -> Any:
        return super().command(*names, **({"cls": _Command} | settings))


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return "\n".join(_help(self, ctx))


class _Group(TyperGroup):
    elsewhere: Mapping[str, str] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.elsewhere:
            self.commands = _Loaded(dict(self.commands), self.elsewhere)

    def get_help(self, ctx: Any) -> str:
        known = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.help or "") for name, command in known if command and not command.hidden]
        return "\n".join([*_help(self, ctx), *_section("命令", rows)])


class _Loaded(MutableMapping[str, Any]):
    """Commands by name; one that is elsewhere is loaded when it is asked for."""

    def __init__(self, here: dict[str, Any], elsewhere: Mapping[str, str]) -> None:
        self._here, self._elsewhere = here, elsewhere

    def __getitem__(self, name: str) -> Any:
        if name not in self._here and name in self._elsewhere:
            group = Commands()
            import_module(self._elsewhere[name]).add_to(group)
            self._here[name] = get_group(group).commands[name]
        return self._here[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._here[name] = command

    def __delitem__(self, name: str) -> None:
        del self._here[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._elsewhere, **self._here})

    def __len__(self) -> int:
        return len({**self._elsewhere, **self._here})


def in_chinese(text: str) -> str:
    for pattern, chinese in _WORDS:
        text = re.sub(pattern, chinese, text)
    return text


def _help(command: Any, context: Any) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"用法：{context.command_path} {in_chinese(pieces)}"
    yield from ("", f"  {command.help}")
    for kind, title in (("argument", "参数"), ("option", "选项")):
        parameters = [p for p in command.get_params(context) if p.param_type_name == kind]
        yield from _section(title, [row for p in parameters if (row := p.get_help_record(context))])


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    spoken = [(in_chinese(name), in_chinese(said)) for name, said in rows]
    if not spoken:
        return
    width = max((cell_len(name) for name, _ in spoken if cell_len(name) <= _WIDEST), default=_WIDEST)
    yield from ("", f"{title}：")
    for name, said in spoken:
        gap = width - cell_len(name) + 2
        yield f"  {name}{' ' * gap}{said}" if gap >= 2 else f"  {name}\n{' ' * (width + 4)}{said}"
