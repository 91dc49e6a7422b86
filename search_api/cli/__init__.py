# ruff: noqa: E402 (how often garbage is looked for is said before anything is loaded)
"""`gongbao`: the command line."""

from __future__ import annotations

import atexit
import gc

gc.disable()  # what is loaded at the start is no garbage: looking for it takes a tenth of a short command

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.errors import GongbaoError
from gongbao.corpus.home import DEFAULT_HOME, Home
from gongbao.search_api.cli import usage
from gongbao.search_api.cli.options import DAY, DAY_FORMATS
from gongbao.search_api.cli.screen import errors
from gongbao.search_api.cli.speaking import Commands
from gongbao.search_api.compose import LOCAL, Application, Settings

gc.enable()

# Where each command is, in the order of the help: only the one that is called is loaded.
COMMANDS = {
    "work": ("ingest", "extract", "index", "embed", "run", "remove"),
    "ask": ("search", "ask", "tasks", "deadlines", "agency"),
    "export": ("export", "package"),
    "remind": ("remind",),
    "check": ("status", "evaluate"),
    "ledger": ("retry", "ignore", "audit"),
    "keeping": ("backup", "restore", "check"),
    "gold": ("gold",),
    "learning": ("train",),
    "serve": ("serve", "show", "highlight"),
    "assistant": ("mcp",),
    "worker": ("worker",),
    "demo": ("demo",),
    "desk": ("desk",),
    "register": ("register",),
    "token": ("token",),
}

app = Commands(
    {name: f"{__name__}.{module}" for module, names in COMMANDS.items() for name in names},
    help="公报：读政府公报，答谁必须做什么、何时完成、出处在哪里。",
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"gongbao {version('gongbao')}")
        raise typer.Exit


@app.callback()
def prepare(
    context: typer.Context,
    home: Annotated[Path, typer.Option(envvar="GONGBAO_HOME", help="语料库所在目录")] = DEFAULT_HOME,
    today: Annotated[
        datetime | None, typer.Option(formats=DAY_FORMATS, metavar=DAY, help="“今年”“逾期”按此日期计算，默认为当天")
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            envvar="GONGBAO_ENGINE",
            metavar=f"{LOCAL}|dask://主机:端口",
            help="由谁读入与提取：本机，或调度器上的工作进程",
        ),
    ] = LOCAL,
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="显示版本后结束")
    ] = False,
) -> None:
    context.obj = Application(Settings(Home(home), today.date() if today else None, engine=engine))


_NAMED_WRONGLY = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)


def main() -> None:
    """Exit codes: 0 done; 1 some input failed or a service is missing; 2 wrong usage."""
    gc.freeze()  # what was loaded is looked at no more
    atexit.register(gc.freeze)  # nor is anything once all is done
    try:
        sys.exit(app(prog_name="gongbao", standalone_mode=False))  # whatever started it
    except typer.TyperException as error:
        errors.print(usage.explain(error), highlight=False, markup=False)
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(1)
    except GongbaoError as error:
        errors.print(f"错误：{error}", style="red", highlight=False, markup=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a file to write that was named, above all
        errors.print(usage.explain_system(error), style="red", highlight=False, markup=False)
        sys.exit(2 if isinstance(error, _NAMED_WRONGLY) else 1)
