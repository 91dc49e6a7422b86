"""Words above tables and at the head of columns, for expressions: 表1, 续表, 单位：万元, 序号."""

from __future__ import annotations

from gongbao.corpus.language.forms import composed, lists, words_of

_LISTS = lists("captions")
CAPTION = composed(_LISTS["caption"])  # 附表, Table: what stands before a number
CONTINUED = composed(_LISTS["continued"])
UNITS = composed(_LISTS["units"])  # how a line begins that tells the units: 计量单位：
COLUMNS = words_of(_LISTS["column"])
