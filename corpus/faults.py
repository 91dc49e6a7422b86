"""Why the database could not be used, in words for people, and what to do.

By the primary result codes of SQLite (https://www.sqlite.org/rescode.html) and the SQLSTATE codes of
PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html); an unknown one keeps its own words.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from gongbao.corpus.errors import CorpusError, GongbaoError, ServiceUnavailable

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
_SERVER = "检查 GONGBAO_DATABASE_URL 与数据库服务器"
_STATES = {  # the first that a code begins with
    "28": ("数据库不接受这个用户或密码", "检查 GONGBAO_DATABASE_URL 中的用户与密码"),
    "3D000": ("数据库服务器上没有这个库", "先建库（createdb），或改正 GONGBAO_DATABASE_URL"),
    "25006": ("数据库只能读，不能写", _SERVER),
    "42501": ("数据库用户没有权限", "请数据库管理员给这个用户建表与读写的权限"),
    "53100": ("数据库服务器的磁盘已满", "腾出空间后重试"),
    "53300": ("数据库服务器的连接已满", "稍后重试，或调高 max_connections"),
    "23": ("记录的编号重复", "请把这个文件交给开发者"),
    "42": ("数据库的结构与本版本不合", "换回备份，或另用一个空库重新读入"),
    "57": ("数据库服务器正在停止或启动", "稍后重试"),
}


def corpus_error(what: str, error: Exception, database: Path) -> GongbaoError:
    """`what` could not be done; `error`: of the system, or of the database as the library wraps it.

    ServiceUnavailable where a database server does not answer, else CorpusError.
    """
    if isinstance(error, OSError):
        return CorpusError(f"{what}：{error.strerror or error}", "检查目录权限与磁盘空间")
    own = getattr(error, "orig", None) or error
    if type(own).__module__.startswith("psycopg"):
        return _server_error(what, own)
    code = getattr(own, "sqlite_errorcode", None)
    cause, remedy = _FAULTS.get(-1 if code is None else code & 0xFF, (str(own), "检查 {0}"))
    return CorpusError(f"{what}：{cause}", remedy.format(database))


def _server_error(what: str, own: BaseException) -> GongbaoError:
    """A connection that was never made has no code; its reason stands in the server's words only."""
    state = getattr(own, "sqlstate", None) or _state_in(str(own))
    if not state or state.startswith(("08", "57")):
        return ServiceUnavailable(f"{what}：连不上数据库服务器", _SERVER)
    cause, remedy = next((told for code, told in _STATES.items() if state.startswith(code)), (str(own), _SERVER))
    return CorpusError(f"{what}：{cause}", remedy)


def _state_in(words: str) -> str:
    known = {"password authentication failed": "28", "no password supplied": "28", "role": "28", "too many": "53300"}
    if "does not exist" in words and "database" in words:
        return "3D000"
    return next((state for told, state in known.items() if told in words), "")
