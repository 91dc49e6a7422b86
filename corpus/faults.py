"""Why the database could not be used, in words for people, and what to do.

By the primary result codes of SQLite (https://www.sqlite.org/rescode.html); an unknown one keeps its own words.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from gongbao.corpus.errors import CorpusError

_DAMAGED = "把 {0} 移到别处（已有的校核记录在其中，请保留），再用 gongbao run 重新读入公报；有备份则换回备份"
_FAULTS = {
    sqlite3.SQLITE_CORRUPT: ("数据库文件已损坏", _DAMAGED),
    sqlite3.SQLITE_NOTADB: ("数据库文件已损坏，或不是数据库", _DAMAGED),
    sqlite3.SQLITE_FULL: ("磁盘已满", "腾出 {0} 所在磁盘的空间后重试"),
    sqlite3.SQLITE_IOERR: ("磁盘读写出错", "检查 {0} 所在的磁盘"),
    sqlite3.SQLITE_READONLY: ("没有写入权限", "检查 {0} 及其目录的权限"),
    sqlite3.SQLITE_PERM: ("没有权限", "检查 {0} 及其目录的权限"),
    sqlite3.SQLITE_CANTOPEN: ("数据库文件打不开", "检查 {0} 及其目录的权限"),
    sqlite3.SQLITE_BUSY: ("另一个程序正在写入", "等它结束后重试"),
    sqlite3.SQLITE_LOCKED: ("另一个程序正在写入", "等它结束后重试"),
    sqlite3.SQLITE_CONSTRAINT: ("记录的编号重复", "请把这个文件交给开发者"),
    sqlite3.SQLITE_ERROR: ("数据库的结构与本版本不合", _DAMAGED),
}


def corpus_error(what: str, error: Exception, database: Path) -> CorpusError:
    """`what` could not be done; `error`: of the system, or of the database as the library wraps it."""
    if isinstance(error, OSError):
        return CorpusError(f"{what}：{error.strerror or error}", "检查目录权限与磁盘空间")
    own = getattr(error, "orig", None) or error
    code = getattr(own, "sqlite_errorcode", None)
    cause, remedy = _FAULTS.get(-1 if code is None else code & 0xFF, (str(own), "检查 {0}"))
    return CorpusError(f"{what}：{cause}", remedy.format(database))
