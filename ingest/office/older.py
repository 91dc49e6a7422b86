"""DOC, WPS, RTF and ODT → lines and tables, by anydoc (MIT, no network): its model of a document says headings,
lists and tables with spans, and nothing of alignment or size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anydoc
from gongbao.corpus.errors import DamagedFile, EncryptedFile, TooLarge
from gongbao.ingest.archives import check_if_archive
from gongbao.ingest.office.pieces import Para, Piece, Spanned, make_table, to_flow
from gongbao.ingest.text import TextFlow

MAX_BYTES = 100 * 1024**2
_REMEDY = "用 Word、WPS 或 LibreOffice 打开，另存为 DOCX 或 PDF 后再读入"


def read_older(path: Path, name: str) -> TextFlow:
    """DamagedFile, EncryptedFile, TooLarge."""
    if path.stat().st_size > MAX_BYTES:
        raise TooLarge(f"{name} 超过 {MAX_BYTES // 1024**2} MB", "拆分后再读入")
    check_if_archive(path, name)
    try:
        document = anydoc.to_document(path.read_bytes())
    except anydoc.EncryptedError as error:
        raise EncryptedFile(f"{name} 有密码", "解除密码后再读入") from error
    except anydoc.ResourceLimitError as error:
        raise TooLarge(f"{name} 展开后过大", "确认来源可靠后，用原软件重新保存或拆分，再读入") from error
    except anydoc.ConvertError as error:
        raise DamagedFile(f"{name} 无法解析，可能已损坏或不是它的扩展名所说的格式", _REMEDY) from error
    return to_flow([*_pieces(document.blocks), *_notes(document.notes)])


def _pieces(blocks: list[Any]) -> Iterator[Piece]:
    for block in blocks:
        match block.kind:
            case "paragraph" | "heading":
                for line in _words(block.content).split("\n"):
                    yield Para(line, level=block.level or 0, bold=_is_bold(block.content))
            case "list":
                yield from _items(block.list)
            case "table":
                yield from _table(block.table)
            case "block_quote":
                yield from _pieces(block.blocks)
            case "code_block" | "math":
                yield from map(Para, (block.text or "").split("\n"))


def _notes(notes: list[Any]) -> Iterator[Piece]:
    for note in notes:
        yield from _pieces(note.blocks)


def _words(content: list[Any] | None) -> str:
    """Text of the runs; a line break is one."""
    parts = []
    for inline in content or []:
        match inline.kind:
            case "text" | "math":
                parts.append(inline.text or "")
            case "link":
                parts.append(_words(inline.content))
            case "line_break":
                parts.append("\n")
    return "".join(parts)


def _is_bold(content: list[Any] | None) -> bool:
    runs = [inline for inline in content or [] if inline.kind == "text" and (inline.text or "").strip()]
    return bool(runs) and all(run.style.bold for run in runs)


def _items(found: Any) -> Iterator[Piece]:
    """Items with the numbers that the program would have put before them."""
    for place, item in enumerate(found.items):
        label = item.marker_label or _label(found.marker, found.start + place)
        for at, piece in enumerate(_pieces(item.blocks)):
            yield (
                Para(label + piece.text, piece.align, bold=piece.bold) if at == 0 and isinstance(piece, Para) else piece
            )


def _label(marker: str, number: int) -> str:
    return f"{number}." if marker == "decimal" else ""


def _table(table: Any) -> Iterator[Piece]:
    """A table that only sets things side by side is read cell by cell."""
    origins = [(r, c, slot.cell) for r, row in enumerate(table.grid) for c, slot in enumerate(row) if slot.cell]
    if table.kind == "layout":
        for _, _, cell in origins:
            yield from _pieces(cell.blocks)
        return
    cells = [Spanned(r, c, cell.row_span, cell.col_span, _inside(cell.blocks)) for r, c, cell in origins]
    if cells:
        yield make_table(cells, table.header_rows or None)


def _inside(blocks: list[Any]) -> str:
    """The words of a cell; a table within it row by row."""
    return "\n".join(
        piece.text if isinstance(piece, Para) else "\n".join("\t".join(row) for row in piece.grid())
        for piece in _pieces(blocks)
    )
