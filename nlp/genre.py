"""The kind of a document, by the word its title ends with (文种; 党政机关公文处理工作条例 第八条, and plans)."""

from __future__ import annotations

import re

# 文种 and the kinds of texts that governments issue; a longer word goes before its ending.
_GENRES = (
    "通知 通告 通报 公告 公报 决定 决议 命令 令 意见 议案 请示 批复 报告 函 纪要 "
    "办法 规定 细则 条例 规则 规程 规范 方案 计划 规划 纲要 要点 预案 措施 政策 制度 "
    "指南 导则 标准 目录 名录 名单 清单 章程 公约 倡议书 承诺书 责任书 解读 说明 汇编"
).split()
_ENDING = re.compile(rf"(?P<genre>{'|'.join(sorted(_GENRES, key=len, reverse=True))})$")
_TAIL = re.compile(r"(?:[（(【\[〔][^（()）】\]〕]{1,20}[）)】\]〕]|[》”\"'。\s])+$")
_COUNTED = re.compile(r"(?P<genre>措施|政策|规定|意见|办法)[\d一二三四五六七八九十]+条$")


def genre_of(title: str) -> str | None:
    """通知 of …的通知, 意见 of …《…若干意见》, 办法 of …办法（试行）; None where the ending is no genre."""
    bare = _TAIL.sub("", "".join(title.split()))
    found = _ENDING.search(bare) or _COUNTED.search(bare)
    return found["genre"] if found else None
