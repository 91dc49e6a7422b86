"""How what a parameter may hold is described for programs; an empty value is no filter, as a form sends it.

What it holds is read as text all the same, so that a wrong one is told in Chinese, with what there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from gongbao.corpus.desk import State
from gongbao.corpus.records import AssignmentKind, Role
from gongbao.index.models import Sort
from gongbao.search_api import labels
from pydantic import WithJsonSchema

_TAG = r"[^、，,;；\s]{0,30}"
_EMPTY: dict[str, Any] = {"type": "string", "maxLength": 0}


def _enum(values: Iterable[StrEnum | str], *, empty: bool = True) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [*map(str, values), *([""] if empty else [])]})


def _or_empty(**described: object) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string", **described}, _EMPTY]})


RoleText = Annotated[str, _enum(Role)]
KindText = Annotated[str, _enum(AssignmentKind)]
StateText = Annotated[str, _enum(State)]
PressingText = Annotated[str, _enum(labels.Due)]
SortText = Annotated[str, _enum(Sort)]
FlagText = Annotated[str, _enum(("true", "false", "1", "0"))]
YearText = Annotated[str, _or_empty(pattern="^[0-9]{4}$")]
MonthText = Annotated[str, _or_empty(pattern="^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
DateText = Annotated[str, _or_empty(format="date", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
TodayText = Annotated[str, _or_empty(format="date", pattern="^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
MomentText = Annotated[str, _or_empty(format="date-time")]
PercentText = Annotated[str, _or_empty(pattern="^(100|[1-9]?[0-9])$")]
TagsText = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^{_TAG}([、，,;； ]+{_TAG})*$"})]
DayOrNone = Annotated[str, WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"enum": ["", "-"]}]})]
