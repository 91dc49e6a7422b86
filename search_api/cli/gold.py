"""gold: what people have reviewed, as annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.cli.screen import errors
from gongbao.search_api.export.gold import gold_files


def add_to(app: typer.Typer) -> None:
    app.command()(gold)


def gold(context: typer.Context, folder: Annotated[Path, typer.Argument(file_okay=False, help="写入的目录")]) -> None:
    """把已全部校核的文件写成标注，供 evaluate 使用。"""
    files = gold_files(corpus(context))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    errors.print(f"已写出 {files['documents.jsonl'].count(chr(10))} 份校核完毕的文件。", highlight=False)
