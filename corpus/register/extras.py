"""A user's own bodies and places: TOML or CSV files in HOME/register/, read with every mistake named."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from corpus.errors import InputError
from corpus.home import Home
from corpus.register.abbreviate import short_forms
from corpus.register.models import Body, Kind, Level, Place
from corpus.register.tables import KINDS

T = TypeVar("T")

_FIELDS = {
    "名称": "name",
    "简称": "short_names",
    "级别": "level",
    "上级": "parent",
    "地区": "region",
    "设立": "valid_from",
    "撤销": "valid_to",
    "承接": "successor",
    "类别": "kind",
}
_LEVELS = {
    "国家": Level.NATIONAL,
    "省": Level.PROVINCE,
    "直辖市": Level.MUNICIPALITY,
    "市": Level.PREFECTURE,
    "县": Level.COUNTY,
    "乡": Level.TOWNSHIP,
} | {str(level): level for level in Level}
_KINDS = KINDS | {str(kind): kind for kind in Kind}
_PLACE = ("地方", "place")
_HELP = "格式见 docs/register.md"


@dataclass(frozen=True, slots=True)
class Extras:
    """What all files of a folder hold. `places` are bodies of which only name, level and parent count."""

    bodies: tuple[Body, ...] = ()
    places: tuple[Body, ...] = ()
    _by_form: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for body in self.bodies:
            for form in forms(body):
                self._by_form[form].append(body)

    def find(self, text: str, region: Place | None, on: date | None) -> Body | None:
        """The body called `text` in `region`; of several the one that existed on that day."""
        near = {name for place in region.chain() for name in (place.name, place.full)} if region else set()
        found = [
            body
            for body in self._by_form.get(text, [])
            if text == body.name or body.region is None or body.region in near
        ]
        return min(found, key=lambda body: not _existed(body, on), default=None)

    def words(self) -> tuple[str, ...]:
        return tuple(self._by_form)


def _existed(body: Body, on: date | None) -> bool:
    if on is None:
        return body.valid_to is None
    return (body.valid_from or date.min) <= on < (body.valid_to or date.max)


def forms(body: Body) -> tuple[str, ...]:
    """The names under which a body is known: as written, shortened by rule, and with 市, 县 … for its place."""
    found = [form for name in (body.name, *body.short_names) for form in short_forms(name)]
    if body.region:
        stems = [name.removeprefix(body.region) for name in found if name.startswith(body.region)]
        found += [body.region[-1] + stem for stem in stems if len(stem) > 1]
        found += [stem for stem in stems if len(stem) > 2]
    return tuple(dict.fromkeys(found))


def read_folder(folder: Path) -> Extras:
    """All .toml and .csv files of `folder`, in the order of their names; none where there is no folder."""
    files = sorted(p for p in folder.glob("*") if p.suffix.lower() in (".toml", ".csv")) if folder.is_dir() else []
    read = [entry for file in files for entry in read_file(file)]
    return Extras(
        tuple(body for is_place, body in read if not is_place),
        tuple(body for is_place, body in read if is_place),
    )


def add_file(home: Home, path: Path) -> int:
    """Check `path` and copy it into the home; how many bodies and places it holds. InputError where it is wrong."""
    entries = read_file(path)
    home.register.mkdir(parents=True, exist_ok=True)
    target = home.register / path.name
    if not target.exists() or not target.samefile(path):
        shutil.copyfile(path, target)
    return len(entries)


def read_file(path: Path) -> list[tuple[bool, Body]]:
    """(is it a place, entry) for each entry. InputError names file, line, field and remedy."""
    if path.suffix.lower() not in (".toml", ".csv"):
        raise InputError(f"{path.name}：机构文件须为 .toml 或 .csv", _HELP)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path.name}：无法读取：{error.strerror}", "检查路径与权限") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}：不是 UTF-8 文本", "另存为 UTF-8 编码") from error
    rows = _toml_rows(path, text) if path.suffix.lower() == ".toml" else _csv_rows(path, text)
    entries = [_entry(path, line, row) for line, row in rows]
    if not entries:
        raise InputError(f"{path.name}：没有任何机构", _HELP)
    return entries


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return
    header = next(csv.reader([lines[0][1]]))
    names = [_field_name(path, lines[0][0], name.strip()) for name in header]
    for number, line in lines[1:]:
        values = next(csv.reader([line]))
        if len(values) > len(names):
            raise _wrong(path, number, f"有 {len(values)} 列，表头只有 {len(names)} 列", "简称之间用分号隔开")
        yield number, {name: value.strip() for name, value in zip(names, values, strict=False) if value.strip()}


def _toml_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name}：TOML 语法错误：{error}", _HELP) from error
    for table, entries in content.items():
        if table not in ("body", "机构") or not isinstance(entries, list):
            raise _wrong(path, _line_of(text, table, 0), f"不认识的内容“{table}”", "每个机构写在 [[机构]] 之下")
        for number, entry in enumerate(entries):
            line = _line_of(text, table, number)
            yield line, {_field_name(path, line, name): value for name, value in entry.items()}


def _line_of(text: str, table: str, number: int) -> int:
    heads = [
        n for n, line in enumerate(text.splitlines(), 1) if re.match(rf'\s*(?:\[+\s*)?"?{re.escape(table)}"?\b', line)
    ]
    return heads[number] if number < len(heads) else 1


def _field_name(path: Path, line: int, name: str) -> str:
    field_name = _FIELDS.get(name, name)
    if field_name not in _FIELDS.values():
        raise _wrong(path, line, f"不认识的列“{name}”", f"可用的列：{'、'.join(_FIELDS)}")
    return field_name


def _entry(path: Path, line: int, row: Mapping[str, object]) -> tuple[bool, Body]:
    name = row.get("name")
    if not isinstance(name, str) or len(name) < 2:
        raise _wrong(path, line, "缺少名称", "“名称”写正式全称")
    is_place = row.get("kind") in _PLACE
    if is_place and "level" not in row:
        raise _wrong(path, line, f"地方“{name}”缺少级别", f"级别可为：{'、'.join(list(_LEVELS)[:6])}")
    level = _choice(path, line, row, "level", "级别", _LEVELS) or Level.PREFECTURE
    kind = Kind.GOVERNMENT if is_place else _choice(path, line, row, "kind", "类别", _KINDS) or Kind.GOVERNMENT
    valid_from, valid_to = _day(path, line, row, "valid_from", "设立"), _day(path, line, row, "valid_to", "撤销")
    if valid_from and valid_to and valid_to <= valid_from:
        raise _wrong(path, line, f"“{name}”的撤销日期不晚于设立日期", "对调或改正两个日期")
    texts = {key: _text(path, line, row, key) for key in ("parent", "region", "successor")}
    body = Body(name, level, kind, _names(path, line, row), valid_from=valid_from, valid_to=valid_to, **texts)
    return is_place, body


def _choice(path: Path, line: int, row: Mapping[str, object], key: str, label: str, known: Mapping[str, T]) -> T | None:
    value = row.get(key)
    if value is None:
        return None
    if value not in known:
        raise _wrong(
            path, line, f"{label}“{value}”不在可选之列", f"可为：{'、'.join(k for k in known if not k.isascii())}"
        )
    return known[str(value)]


def _day(path: Path, line: int, row: Mapping[str, object], key: str, label: str) -> date | None:
    value = row.get(key)
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(path, line, f"{label}日期“{value}”无法识别", "写作 2024-03-31") from None


def _text(path: Path, line: int, row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(path, line, f"“{key}”应为文字，而不是 {value!r}", _HELP)
    return value


def _names(path: Path, line: int, row: Mapping[str, object]) -> tuple[str, ...]:
    value = row.get("short_names", [])
    names: Iterable[object] = (
        re.split(r"[;；|]", value) if isinstance(value, str) else value if isinstance(value, list) else [value]
    )
    cleaned = [name.strip() if isinstance(name, str) else name for name in names]
    for name in cleaned:
        if not isinstance(name, str):
            raise _wrong(path, line, f"简称应为文字，而不是 {name!r}", '写作 ["市大数据局", "大数据局"]')
    return tuple(str(name) for name in cleaned if name)


def _wrong(path: Path, line: int, what: str, remedy: str) -> InputError:
    return InputError(f"{path.name} 第 {line} 行：{what}", remedy)
