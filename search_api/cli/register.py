"""register add: bodies and aliases of one's own place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.audit import Audit, Deed, local_user
from gongbao.corpus.register import add_file
from gongbao.search_api.cli.options import application
from gongbao.search_api.cli.screen import errors
from gongbao.search_api.cli.speaking import Commands


def add_to(app: typer.Typer) -> None:
    group = Commands(help="本地机构名录：名称、简称、上级、起止日期。")
    group.command()(add)
    app.add_typer(group, name="register")


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="TOML 或 CSV")],
) -> None:
    """加入本地机构名录；随后重新 extract、index 即生效。"""
    home = application(context).settings.home
    count = add_file(home, file)
    Audit(home).note(local_user(), Deed.REGISTER, file.name)
    errors.print(f"已加入 {count} 个机构。重新运行 gongbao extract 与 gongbao index 后生效。", highlight=False)
