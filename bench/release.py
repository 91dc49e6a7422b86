"""All reports of this version as one JSON, and the page made from it.

    python -m bench.release

Writes docs/reports/releases/VERSION.json (one a release: the history) and docs/benchmarks.md. Reports that were not
made are left out; `make bench` makes them first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import peers, rankings

REPORTS = Path(__file__).parent.parent / "docs" / "reports"
EVALUATED = ("sample", "gazettes", "elsewhere-pdf", "elsewhere-text", "more")
NAMES = (*EVALUATED, "costs", "engines", "cluster", "peers", "rankings")
Report = dict[str, Any]


def main() -> None:
    found = {name: json.loads(file.read_text("utf-8")) for name in NAMES if (file := REPORTS / f"{name}.json").exists()}
    release = {"version": version("gongbao"), **{name: _figures(report) for name, report in found.items()}}
    folder = REPORTS / "releases"
    folder.mkdir(exist_ok=True)
    (folder / f"{release['version']}.json").write_text(
        json.dumps(release, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    (REPORTS.parent / "benchmarks.md").write_text(page(release), "utf-8")


def _figures(report: Report) -> Report:
    """Of an evaluation, its measures; other reports whole."""
    return {each["name"]: each["value"] for each in report["measures"]} if "measures" in report else report


def page(release: Report) -> str:
    """docs/benchmarks.md of these figures."""
    return "\n".join(_lines(release)) + "\n"


def _lines(release: Report) -> Iterator[str]:
    yield "# 测量"
    yield ""
    yield f"gongbao {release['version']}，由 `make bench` 写成；每个版本一份 JSON 在 docs/reports/releases。"
    yield "计的是处理器时间。"
    if "peers" in release:
        yield from ("", "## 与其他读者比（自带的样本公报）", "", *peers.rows(release["peers"]))
        yield from ("", f"测于 {release['peers']['date']}。样本是虚构的，格式都在我们见过之列；在别处的准确率见下。")
    if "rankings" in release:
        yield from ("", "## 与其他排序比（百姓说法的提问）", "", *rankings.rows(release["rankings"]))
        yield from ("", f"测于 {release['rankings']['date']}。最好的文件排第一的次数与前十名的 nDCG。")
    evaluated = [name for name in EVALUATED if name in release]
    if evaluated:
        yield from ("", "## 提取的准确率", "", *_evaluated(release, evaluated))
    if "engines" in release:
        yield from ("", "## 换用 PostgreSQL 与 Dask", "", *_engines(release["engines"]))
    if "cluster" in release:
        yield from ("", "## Elasticsearch 三个节点，各一份副本", "", *_cluster(release["cluster"]))
    if "costs" in release:
        yield from ("", "单位成本与推算见 [scale.md](scale.md)。")


def _evaluated(release: Report, names: list[str]) -> Iterator[str]:
    yield "| 指标 | " + " | ".join(names) + " |"
    yield "| --- |" + " --- |" * len(names)
    for measure in dict.fromkeys(measure for name in names for measure in release[name]):
        values = (release[name].get(measure) for name in names)
        yield f"| {measure} | " + " | ".join("" if value is None else f"{value:.3f}" for value in values) + " |"


def _engines(found: Report) -> Iterator[str]:
    yield "| | 默认 | PostgreSQL + Dask | 比 |"
    yield "| --- | --- | --- | --- |"
    spread, local = found["PostgreSQL and Dask seconds"], found["local seconds"]
    yield f"| 读入与提取 | {local:.1f} s | {spread:.1f} s | {found['ratio']:.2f} |"
    yield f"| 同上，启动（含服务器）除外 | | | {found['ratio, start apart']:.2f} |"
    here, there = found["page ms"], found["page on PostgreSQL ms"]
    yield f"| 一份文件的网页 | {here:.1f} ms | {there:.1f} ms | {found['page ratio']:.2f} |"
    yield ""
    yield f"每个单位的开销（发起者、调度器、工作进程合计）{found['ms per unit']:.1f} ms。"
    yield f"只等待、不计算的单位，两个工作进程是一个的 {found['two workers to one']:.2f} 倍。测于 {found['date']}。"


def _cluster(found: Report) -> Iterator[str]:
    yield "| | 应答 | 出错 | 少答 | 最久 |"
    yield "| --- | --- | --- | --- | --- |"
    names = {
        "node killed during search": "检索中杀一个节点",
        "node killed during bulk": "写入中杀一个节点",
        "rebuilt while serving": "重建索引",
    }
    for name, told in names.items():
        seen = found[name]
        yield f"| {told} | {seen['answers']} | {seen['errors']} | {seen['wrong']} | {seen['longest']:.1f} s |"
    yield ""
    yield (
        f"写入被打断后再运行一次：应有 {found['statements']:,} 条，实有 {found['statements after it']:,} 条，"
        f"编号各不相同的 {found['distinct ids']:,} 条。测于 {found['date']}。"
    )


if __name__ == "__main__":
    main()
