"""Reads issue.txt: the sample gazette's content together with what a careful clerk would write down.

The notation is explained at the head of issue.txt. Stages: lines → documents of blocks, each block
with its gold; nothing here knows about pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PLAIN_BLOCKS = ("to", "h0", "h1", "h2", "h3", "p", "li", "attlist", "attlabel", "caption", "sig", "date", "note")
_CELL_LIMIT = re.compile(r"\{(\w+) ([^}]*)\}$")
_ROLES = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True)
class MarkedDeadline:
    text: str
    kind: str
    fields: dict[str, str | int]
    binding: bool = True


@dataclass(frozen=True, slots=True)
class SampleParty:
    name: str
    role: str
    type: str


@dataclass(slots=True)
class MarkedStatement:
    kind: str
    source: str
    what: str
    parties: tuple[SampleParty, ...]
    limits: list[MarkedDeadline] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SampleCell:
    text: str
    row_span: int
    col_span: int


@dataclass(slots=True)
class SampleBlock:
    """One block; `rows` (and `header_rows`) for tables, `members` for rosters."""

    tag: str
    text: str = ""
    columns: int = 1
    landscape: bool = False
    header_rows: int = 0
    rows: list[list[str]] = field(default_factory=list)
    members: list[tuple[str, str, str]] = field(default_factory=list)
    run_in: str = ""
    statements: list[MarkedStatement] = field(default_factory=list)
    limits: list[MarkedDeadline] = field(default_factory=list)


@dataclass(slots=True)
class SampleDocument:
    section: str
    title_lines: list[str] = field(default_factory=list)
    number: str = ""
    issuer: str = ""
    signed: str = ""
    blocks: list[SampleBlock] = field(default_factory=list)
    cites: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return "".join(self.title_lines)


@dataclass(slots=True)
class SampleIssue:
    title: str
    year: int
    number: int
    total: int
    published: str
    documents: list[SampleDocument] = field(default_factory=list)


class _Reader:
    """Holds what the lines so far have said: the document, block, columns and section in force."""

    def __init__(self) -> None:
        self.issue = SampleIssue("", 0, 0, 0, "")
        self.section, self.columns, self.landscape = "", 1, False

    @property
    def document(self) -> SampleDocument:
        return self.issue.documents[-1]

    @property
    def block(self) -> SampleBlock:
        return self.document.blocks[-1]

    def take(self, tag: str, rest: str) -> None:
        if tag in PLAIN_BLOCKS or tag in ("table", "roster"):
            self.document.blocks.append(SampleBlock(tag, rest, self.columns, self.landscape))
            if tag == "table":
                self.block.header_rows, self.block.text = int(rest.split()[0]), rest.split()[1]
        elif tag == "title":
            self._title(rest)
        else:
            self._setting(tag, rest)

    def row(self, line: str) -> None:
        cells = [cell.strip() for cell in line.split("|")]
        if self.block.tag == "table":
            self.block.rows.append(cells)
        else:
            self.block.members.append((cells[0], cells[1], cells[2]))

    def _title(self, rest: str) -> None:
        if not self.issue.documents or self.document.blocks or self.document.number:
            self.issue.documents.append(SampleDocument(self.section))
        self.document.title_lines.append(rest)

    def _setting(self, tag: str, rest: str) -> None:
        match tag:
            case "issue":
                title, year, number, total, published = map(str.strip, rest.split("|"))
                self.issue = SampleIssue(title, int(year), int(number), int(total), published)
            case "section":
                self.section = rest
            case "cols":
                self.columns = int(rest)
            case "landscape":
                self.landscape = rest == "on"
            case "heads":
                self.block.run_in = rest
            case "seat":
                role, name, post = map(str.strip, rest.split("|"))
                self.block.members.append((role, name, post))
            case "cite":
                title, number, relation = ([*map(str.strip, rest.split("|")), "", ""])[:3]
                self.document.cites.append((title, number, relation or "cites"))
            case "number" | "issuer" | "signed":
                setattr(self.document, tag, rest)
            case _:
                raise ValueError(f"issue.txt: unknown line {tag}: {rest}")


def read_issue(path: Path) -> SampleIssue:
    """ValueError for a line that is not in the notation."""
    reader = _Reader()
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@rows "):
            reader.block.statements = list(_row_statements(reader.block, line.removeprefix("@rows ")))
        elif line.startswith("@ "):
            reader.block.statements.append(_statement(line.removeprefix("@ ")))
        elif line.startswith("!"):
            _add_limit(reader.block, line)
        elif found := re.match(r"(\w+): ?(.*)$", line):
            reader.take(found[1], found[2].strip())
        else:
            reader.row(line)
    return reader.issue


def printed(cell: str) -> str:
    """A cell or name without the marks of the gold."""
    return _CELL_LIMIT.sub("", cell).replace("*", "")


def merged_cells(rows: list[list[str]]) -> list[list[SampleCell]]:
    """Rows as in HTML: a cell only at its top left corner."""
    return [
        [
            SampleCell(printed(cell), _run(rows, r, c, down=True), _run(rows, r, c, down=False))
            for c, cell in enumerate(row)
            if cell not in ("^", "<")
        ]
        for r, row in enumerate(rows)
    ]


def expanded_grid(rows: list[list[str]]) -> list[list[str]]:
    """The full matrix: a merged cell's text in every place that it covers."""
    grid: list[list[str]] = []
    for r, row in enumerate(rows):
        line: list[str] = []
        for c, cell in enumerate(row):
            line.append(grid[r - 1][c] if cell == "^" else line[c - 1] if cell == "<" else printed(cell))
        grid.append(line)
    return grid


def _run(rows: list[list[str]], r: int, c: int, *, down: bool) -> int:
    following = (row[c] for row in rows[r + 1 :]) if down else iter(rows[r][c + 1 :])
    count = 1
    for cell in following:
        if cell != ("^" if down else "<"):
            break
        count += 1
    return count


def _statement(line: str) -> MarkedStatement:
    head, *roles = (part.strip() for part in line.split(" ; "))
    kind, what = head.split(" ", 1)
    parties = tuple(party for role in roles for party in _parties(*role.split(":", 1)))
    source = "table" if kind == "table" else "text"
    return MarkedStatement("duty" if kind == "duty" else "task", source, what, parties)


def _parties(role: str, names: str) -> Iterator[SampleParty]:
    if role not in _ROLES:
        raise ValueError(f"issue.txt: unknown role {role}")
    for name in re.split(r"、(?![^（〔]*[）〕])", names):  # not within 县（市、区）
        kind = "collective" if name.endswith("*") else "person" if name.endswith("^") else "agency"
        yield SampleParty(name.rstrip("*^"), role, kind)


def _row_statements(block: SampleBlock, columns: str) -> Iterator[MarkedStatement]:
    at = {name: int(column) for name, column in (pair.split("=") for pair in columns.split())}
    for row in block.rows[block.header_rows :]:
        parties = [party for role in _ROLES if role in at for party in _parties(role, row[at[role]])]
        statement = MarkedStatement("task", "table", printed(row[at["what"]]), tuple(parties))
        if found := _CELL_LIMIT.search(row[at["due"]]):
            limit = MarkedDeadline(printed(row[at["due"]]), found[1], _fields(found[2]))
            statement.limits.append(limit)
            block.limits.append(limit)
        yield statement


def _add_limit(block: SampleBlock, line: str) -> None:
    binding = not line.startswith("!-")
    text, kind, fields = ([*map(str.strip, line.lstrip("!- ").split(";")), ""])[:3]
    limit = MarkedDeadline(text, kind, _fields(fields), binding)
    block.limits.append(limit)
    if binding and block.statements:
        block.statements[-1].limits.append(limit)


def _fields(pairs: str) -> dict[str, str | int]:
    found = (pair.split("=", 1) for pair in pairs.split())
    return {name: int(value) if name == "day" else value for name, value in found}
