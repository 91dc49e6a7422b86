"""The whole corpus as a Frictionless data package (https://datapackage.org): a table for each kind of record, CSV or
Parquet, with its schema and a dataset card. The same corpus gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from gongbao.corpus.errors import UsageError
from gongbao.corpus.reviews import Verdict
from gongbao.index.models import Filters
from gongbao.search_api import labels
from gongbao.search_api.compose import Application
from gongbao.search_api.export.flat import HEADS, csv_text, rows_of
from gongbao.search_api.export.records import RecordKind, select_records

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAMES = {
    RecordKind.TASKS: "任务与职责",
    RecordKind.DEADLINES: "时限",
    RecordKind.DOCUMENTS: "文件",
    RecordKind.ROSTERS: "机构组成人员",
    RecordKind.CITATIONS: "引用关系",
    RecordKind.TABLES: "表格",
    RecordKind.ENTITIES: "指标、联系方式与地区",
}
_LICENCE = "公报原文属于《著作权法》第五条所称的官方文件，不受著作权保护；整理后的数据由发布单位决定使用条件。"


@dataclass(frozen=True, slots=True)
class _PackagePart:
    """A file of the package. `rows`: how many records are in it."""

    kind: RecordKind
    path: str
    content: bytes
    rows: int


def write_package(app: Application, target: BinaryIO, *, parquet: bool = False) -> None:
    """UsageError where Parquet is asked for and its library is not installed."""
    parts = [_part(app, kind, parquet) for kind in RecordKind]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "datapackage.json", json.dumps(_descriptor(app, parts, parquet), ensure_ascii=False, indent=1))
        _add(archive, "README.md", _card(app, parts))
        for part in parts:
            _add(archive, part.path, part.content)


def _part(app: Application, kind: RecordKind, parquet: bool) -> _PackagePart:
    records = select_records(app, kind, None, Filters(), app.settings.today, whole=False)
    rows = list(rows_of(records))
    if parquet:
        return _PackagePart(kind, f"data/{kind.value}.parquet", _parquet(HEADS[kind], rows), len(rows))
    return _PackagePart(kind, f"data/{kind.value}.csv", csv_text((HEADS[kind], *rows)).encode(), len(rows))


def _parquet(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("没有安装 Parquet 支持", "pip install gongbao[parquet]，或导出为 CSV") from None
    columns = [[row[place] for row in rows] for place in range(len(heads))]
    table = arrow.table([arrow.array(column, arrow.string()) for column in columns], names=list(heads))
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _descriptor(app: Application, parts: Iterable[_PackagePart], parquet: bool) -> dict[str, Any]:
    form = "parquet" if parquet else "csv"
    return {
        "name": "gongbao",
        "title": "政府公报：任务、时限、文件与引用",
        "description": "从政府公报中读出的记录，每条都注明文号、页码。",
        "created": _moment(app),
        "licenses": [{"title": _LICENCE}],
        "resources": [
            {
                "name": part.kind.value,
                "title": _NAMES[part.kind],
                "path": part.path,
                "format": form,
                "encoding": "utf-8",
                "bytes": len(part.content),
                "hash": f"sha256:{hashlib.sha256(part.content).hexdigest()}",
                "schema": {"fields": [{"name": name, "type": "string"} for name in HEADS[part.kind]]},
            }
            for part in parts
        ],
    }


def _card(app: Application, parts: Iterable[_PackagePart]) -> str:
    return "\n".join(_card_lines(app, parts)) + "\n"


def _card_lines(app: Application, parts: Iterable[_PackagePart]) -> Iterator[str]:
    catalog = app.catalogs.complete()
    years = catalog.years
    issuers = Counter(row.ref.issuer for row in catalog.documents if row.ref.issuer).most_common(10)
    yield "# 政府公报数据集\n"
    yield f"截至 {labels.moment(_moment(app)) if _moment(app) else '—'}，收录文件 {catalog.counts.documents} 份。"
    if years:
        yield f"年份：{min(years)} 至 {max(years)}。"
    yield f"发文机关：{'、'.join(f'{name}（{count}）' for name, count in issuers)}。\n"
    yield "## 内容\n"
    yield "| 文件 | 内容 | 行数 |\n| --- | --- | --- |"
    yield from (f"| `{part.path}` | {_NAMES[part.kind]} | {part.rows} |" for part in parts)
    yield "\n## 准确度\n"
    yield _accuracy(app)
    yield "\n## 使用条件\n"
    yield _LICENCE


def _accuracy(app: Application) -> str:
    """What people said of statements that the program read."""
    last = {review.record: review.verdict for review in app.store.reviews.history()}
    counts = Counter(last.values())
    looked = counts[Verdict.CONFIRMED] + counts[Verdict.EDITED] + counts[Verdict.REJECTED]
    if not looked:
        return "记录由程序读出，尚未经人校核；以公报原文为准。"
    share = 100 * counts[Verdict.CONFIRMED] / looked
    return (
        f"经人校核 {looked} 条任务与职责，其中 {share:.1f}% 无须改动，改动 {counts[Verdict.EDITED]} 条，"
        f"驳回 {counts[Verdict.REJECTED]} 条，补充 {counts[Verdict.ADDED]} 条。其余由程序读出，以公报原文为准。"
    )


def _moment(app: Application) -> str:
    """Of the corpus, not of the clock: the same corpus gives the same package."""
    return max(app.store.stamps().values(), default="")


def _add(archive: zipfile.ZipFile, path: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
