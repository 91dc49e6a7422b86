"""Reading a user's TOML and CSV files of bodies, with every mistake named by file and line."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from gongbao.corpus.errors import InputError
from gongbao.corpus.home import Home
from gongbao.corpus.register.extras import Extras, LocalPlace
from gongbao.corpus.register.models import Body, BodyKind, Level
from gongbao.corpus.register.tables import KINDS

T = TypeVar("T")

_LABELS = {
    "name": "名称",
    "short_names": "简称",
    "level": "级别",
    "kind": "类别",
    "region": "地区",
    "parent": "上级",
    "valid_from": "设立",
    "valid_to": "撤销",
    "successor": "承接",
}
_FIELDS = {label: name for name, label in _LABELS.items()} | {name: name for name in _LABELS}
_LEVELS = {
    "国家": Level.NATIONAL,
    "省": Level.PROVINCE,
    "直辖市": Level.MUNICIPALITY,
    "市": Level.PREFECTURE,
    "县": Level.COUNTY,
    "乡": Level.TOWNSHIP,
} | {str(level): level for level in Level}
_KINDS = KINDS | {str(kind): kind for kind in BodyKind}
_PLACE_KINDS = ("地方", "place")
_HELP = "格式见 docs/register.md"


def read_folder(folder: Path) -> Extras:
    """All .toml and .csv files of `folder`, in the order of their names; none where there is no folder."""
    files = sorted(p for p in folder.glob("*") if p.suffix.lower() in (".toml", ".csv")) if folder.is_dir() else []
    entries = [entry for file in files for entry in read_file(file)]
    return Extras(
        tuple(entry for entry in entries if isinstance(entry, Body)),
        tuple(entry for entry in entries if isinstance(entry, LocalPlace)),
    )


def add_file(home: Home, path: Path) -> int:
    """Check `path` and copy it into the home; how many bodies and places it holds. InputError where it is wrong."""
    entries = read_file(path)
    home.register.mkdir(parents=True, exist_ok=True)
    target = home.register / path.name
    if not target.exists() or not target.samefile(path):
        shutil.copyfile(path, target)
    return len(entries)


def read_file(path: Path) -> list[Body | LocalPlace]:
    """InputError names file, line, what is wrong and what to write instead."""
    if path.suffix.lower() not in (".toml", ".csv"):
        raise InputError(f"{path.name}：机构文件须为 .toml 或 .csv", _HELP)
    rows = _toml_rows if path.suffix.lower() == ".toml" else _csv_rows
    entries = [_entry(row) for row in rows(path, _text_of(path))]
    if not entries:
        raise InputError(f"{path.name}：没有任何机构", _HELP)
    return entries


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path.name}：没有这个文件", "检查路径")
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path.name}：无法读取：{error.strerror}", "检查权限") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}：不是 UTF-8 文本", "另存为 UTF-8 编码") from error


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry as written, by field; `line` counts from 1."""

    path: Path
    line: int
    values: Mapping[str, object]

    def wrong(self, what: str, remedy: str = _HELP) -> InputError:
        return InputError(f"{self.path.name} 第 {self.line} 行：{what}", remedy)

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(f"{_LABELS[key]}应为文字，而不是 {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list, or one text with semicolons."""
        value = self.values.get(key, [])
        items: Iterable[object] = re.split("[;；]", value) if isinstance(value, str) else [value]
        if isinstance(value, list):
            items = value
        found = [item.strip() for item in items if isinstance(item, str)]
        if len(found) != len(list(items)):
            raise self.wrong(f"{_LABELS[key]}应为文字，而不是 {value!r}", '写作 ["市大数据局", "大数据局"]')
        return tuple(name for name in found if name)

    def choice(self, key: str, known: Mapping[str, T]) -> T | None:
        value = self.text(key)
        if value is None or value in known:
            return known[value] if value else None
        choices = "、".join(name for name in known if not name.isascii())
        raise self.wrong(f"{_LABELS[key]}“{value}”不在可选之列", f"可为：{choices}")

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self.wrong(f"{_LABELS[key]}日期“{value}”无法识别", "写作 2024-03-31") from None


def _csv_rows(path: Path, text: str) -> Iterator[_Row]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return
    (first, header), *rest = lines
    names = _field_names(_Row(path, first, {}), next(csv.reader([header])))
    for number, line in rest:
        values = [value.strip() for value in next(csv.reader([line]))]
        row = _Row(path, number, {name: value for name, value in zip(names, values, strict=False) if value})
        if len(values) > len(names):
            raise row.wrong(f"有 {len(values)} 列，表头只有 {len(names)} 列", "几个简称之间用分号隔开")
        yield row


def _toml_rows(path: Path, text: str) -> Iterator[_Row]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name}：TOML 语法错误：{error}", _HELP) from error
    for table, entries in content.items():
        if table != "body" or not isinstance(entries, list):
            raise _Row(path, _line_of(text, table, 0), {}).wrong(f"不认识的“{table}”", "每个机构写在 [[body]] 之下")
        for number, entry in enumerate(entries):
            row = _Row(path, _line_of(text, table, number), entry)
            yield _Row(path, row.line, dict(zip(_field_names(row, entry), entry.values(), strict=True)))


def _line_of(text: str, name: str, number: int) -> int:
    """The line on which the n-th [[name]] stands, n from 0."""
    head = re.compile(rf'\s*(?:\[+\s*)?"?{re.escape(name)}"?\s*[\]=.]')
    heads = [line for line, words in enumerate(text.splitlines(), 1) if head.match(words)]
    return heads[number] if number < len(heads) else 1


def _field_names(row: _Row, names: Iterable[str]) -> list[str]:
    cleaned = [name.strip() for name in names]
    for name in cleaned:
        if name not in _FIELDS:
            raise row.wrong(
                f"不认识的列“{name}”", f"可用：{'、'.join(f'{n}（{label}）' for n, label in _LABELS.items())}"
            )
    return [_FIELDS[name] for name in cleaned]


def _entry(row: _Row) -> Body | LocalPlace:
    name = row.text("name")
    if not name or len(name) < 2:
        raise row.wrong("缺少名称", "名称写正式全称")
    if row.values.get("kind") in _PLACE_KINDS:
        return _place(row, name)
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_from and valid_to and valid_to <= valid_from:
        raise row.wrong(f"“{name}”的撤销日期不晚于设立日期", "改正两个日期")
    return Body(
        name,
        row.choice("level", _LEVELS) or Level.PREFECTURE,
        row.choice("kind", _KINDS) or BodyKind.GOVERNMENT,
        row.texts("short_names"),
        row.text("parent"),
        row.text("region"),
        valid_from,
        valid_to,
        row.text("successor"),
    )


def _place(row: _Row, name: str) -> LocalPlace:
    level = row.choice("level", _LEVELS)
    if level is None:
        raise row.wrong(f"地方“{name}”缺少级别", "级别可为：省、直辖市、市、县、乡")
    return LocalPlace(name, level, next(iter(row.texts("short_names")), None), row.text("parent"))
