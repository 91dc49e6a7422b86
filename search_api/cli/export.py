"""export: what the filters show, as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from gongbao.index.models import Filters
from gongbao.search_api.cli import options
from gongbao.search_api.cli.filtering import with_filters
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.export import Format, RecordKind, write_export

Query = Annotated[str | None, typer.Option("--query", "-q", help="只导出与此相关的（仅 tasks、deadlines）")]


def add_to(app: typer.Typer) -> None:
    app.command()(with_filters(export))
    app.command()(package)


def export(
    context: typer.Context,
    filters: Filters,
    what: Annotated[RecordKind, typer.Argument(help="导出什么")],
    form: Annotated[Format, typer.Option("--format", help="文件格式")] = Format.JSONL,
    output: options.Output = None,
    query: Query = None,
    columns: Annotated[str, typer.Option(help="任务分解表的各栏，用顿号分开；写 台账 为可填写后导回的各栏")] = "",
) -> None:
    """导出任务、时限、文件、名单、引用、表格，或量化指标、联系方式与地区（entities），与同样条件下所见一致。"""
    with _opened(output) as target:
        write_export(corpus(context), what, form, target, query=query, filters=filters, columns=columns)


def package(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="ZIP 文件")],
    parquet: Annotated[bool, typer.Option("--parquet", help="Parquet，默认为 CSV")] = False,
) -> None:
    """全部数据写成一个 Frictionless 数据包：各类记录、字段说明、校验值与数据集说明。"""
    from gongbao.search_api.export.package import write_package

    with _opened(output) as target:
        write_package(corpus(context), target, parquet=parquet)


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """A file that appears only when it is whole; without a name, standard output."""
    if output is None:
        yield sys.stdout.buffer
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        if error.filename:  # the name that was given, not the one it is written under
            error.filename, error.filename2 = str(output), None
        raise
    finally:
        part.unlink(missing_ok=True)
