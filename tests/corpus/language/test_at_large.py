"""Departments of a level are no body: each word that names the level."""

from __future__ import annotations

import re

import pytest
from gongbao.corpus.language.bodies import body_words

_LEVELS = (
    "各级 各地 全市 全省 全县 全区 全州 市级 省级 县级 区级 市直 省直 县直 区直 州直 盟直 旗直 镇直 团直 市属 省属 中央"
)


@pytest.mark.parametrize("level", _LEVELS.split())
def test_departments_of_a_level_are_at_large(level: str) -> None:
    assert re.fullmatch(body_words().vague, f"{level}部门")
