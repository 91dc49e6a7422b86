"""Rosters set as tables: a column of names (姓名) beside one of roles in the body or of posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongbao.corpus.document import Document, Table
from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.posts import IN_A_GROUP, posts
from gongbao.corpus.records import Member
from gongbao.nlp.rosters.lines import Listed
from gongbao.nlp.rosters.names import WORDS, is_name, squeezed

_NAME_COLUMN = re.compile(r"^(?:姓名|名单|人员|成员姓名|负责人|姓名及职务)$")
_ROLE_COLUMN = re.compile(r"组内职务|小组职务|指挥部职务|担任职务|角色|任职|分工|身份|组成")
_POST_COLUMN = re.compile(r"职务|单位|职位")
_IS_ROLE = re.compile(rf"^(?:[一-鿿]{{0,8}}?)(?:{alternation(posts(*IN_A_GROUP))})$")
_ENOUGH = 2  # rows that make a list
_BODY = re.compile("|".join(WORDS["bodies"].split()))


def find_tabled(document: Document) -> Iterator[Listed]:
    """Only lists of a body's members: a table of award winners sits on nothing."""
    for table in document.tables:
        members = list(_members(table)) or list(_headed_by_roles(table)) or _by_rows(table)
        if members and (_names_a_body(document, table) or all(m.role for m in members)):
            yield Listed(members, table.span.start, table.span.end)


def _names_a_body(document: Document, table: Table) -> bool:
    above = [table.caption, *document.path_at(table.span.start)[-2:]]
    return any(_BODY.search(text) for text in above)


def _members(table: Table) -> Iterator[Member]:
    headers = _headers(table)
    name_col = next((col for col, text in headers.items() if _NAME_COLUMN.match(text)), None)
    if name_col is None:
        return
    role_col = _role_column(table, headers, name_col)
    post_cols = [col for col, text in headers.items() if _POST_COLUMN.search(text) and col != role_col]
    for row in table.grid()[max(table.header_rows, 1) :]:
        name = squeezed(row[name_col])
        role = squeezed(row[role_col]) if role_col is not None else ""
        if is_name(name) and role:
            yield Member(role, name, "".join(squeezed(row[col]) for col in post_cols))


def _headed_by_roles(table: Table) -> Iterator[Member]:
    """Columns headed by roles that hold names, each with its post beside: 市级河长, 职务, 县级河长, 职务."""
    headers = _headers(table)
    rows = [[squeezed(cell) for cell in row] for row in table.grid()[max(table.header_rows, 1) :]]
    roles = [col for col, text in headers.items() if _IS_ROLE.match(text) and any(is_name(row[col]) for row in rows)]
    for row in rows:
        for col in roles:
            beside = col + 1 in headers and bool(_POST_COLUMN.search(headers[col + 1]))
            if is_name(row[col]):
                yield Member(headers[col], row[col], row[col + 1] if beside else "")


def _by_rows(table: Table) -> list[Member]:
    """A table without heads: a role, a name, a post in each row; the role may span several rows."""
    found = [member for row in table.grid() if (member := _row([squeezed(cell) for cell in row]))]
    return found if len(found) >= _ENOUGH else []


def _row(cells: list[str]) -> Member | None:
    for place, cell in enumerate(cells[:-1]):
        role, name = cell.rstrip("：:"), cells[place + 1]
        if _IS_ROLE.match(role) and is_name(name) and not _IS_ROLE.match(name):
            return Member(role, name, "".join(dict.fromkeys(cells[place + 2 :])))
    return None


def _headers(table: Table) -> dict[int, str]:
    rows = table.grid()[: max(table.header_rows, 1)]
    return {col: squeezed("".join(dict.fromkeys(row[col] for row in rows))) for col in range(table.n_cols)}


def _role_column(table: Table, headers: dict[int, str], name_col: int) -> int | None:
    """The column headed so, else the one whose cells are roles."""
    named = [col for col, text in headers.items() if col != name_col and _ROLE_COLUMN.search(text)]
    if named:
        return named[0]
    rows = table.grid()[max(table.header_rows, 1) :]
    for col in range(table.n_cols):
        if col != name_col and rows and all(_IS_ROLE.match(squeezed(row[col])) for row in rows):
            return col
    return None
