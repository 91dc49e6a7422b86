"""Records as rows of text, for spreadsheets: Chinese column heads, one record a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from gongbao.corpus.records import (
    AssignmentKind,
    Comparison,
    ContactKind,
    DeadlineKind,
    Direction,
    PlaceLevel,
    QuantityKind,
    Relation,
)
from gongbao.search_api import labels
from gongbao.search_api.document_shapes import DocumentShape, TableRecordShape
from gongbao.search_api.entity_shapes import ContactRecordShape, EntityShape, PlaceRecordShape, QuantityRecordShape
from gongbao.search_api.export.records import RecordKind
from gongbao.search_api.shapes import (
    CitationShape,
    DeadlineRecordShape,
    DeadlineShape,
    DocumentRefShape,
    RegionShape,
    RosterShape,
    Shape,
    TaskShape,
)

HEADS: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.TASKS: (
        "序号", "工作任务", "牵头单位", "责任单位", "配合单位", "完成时限", "到期日", "量化指标",
        "类别", "标题路径", "原文", "文号", "文件标题", "成文日期", "页码", "把握", "编号",
        "所指事项", "所指事项到期日", "属于",
    ),
    RecordKind.DEADLINES: (
        "序号", "时限", "到期日", "起始日", "类别", "周期", "期限", "上下文", "文号", "文件标题", "页码", "编号",
    ),
    RecordKind.DOCUMENTS: (
        "序号", "文号", "标题", "发文机关", "成文日期", "文种", "主题", "期次", "起始页", "截止页", "附件", "正文",
    ),
    RecordKind.ROSTERS: ("序号", "机构", "职务", "姓名", "现任职务", "文号", "文件标题", "页码"),
    RecordKind.CITATIONS: ("序号", "引用标题", "引用文号", "关系", "文号", "文件标题", "页码"),
    RecordKind.TABLES: ("序号", "表名", "行", "列", "内容", "表头", "文号", "文件标题", "起始页"),
    RecordKind.ENTITIES: (
        "序号", "类别", "印出的文字", "数值", "上限", "计量单位", "比较", "方向", "号码", "联系人", "机构",
        "地区全称", "级别", "次数", "上下文", "文号", "文件标题", "页码", "编号",
    ),
}  # fmt: skip

# A spreadsheet would read them as a formula (OWASP, CSV injection); a Chinese or Japanese one also the wide ones.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def rows_of(records: Iterable[Shape]) -> Iterator[tuple[str, ...]]:
    """Rows under HEADS, numbered from 1; a roster has one row per member, a table one per cell."""
    number = 0
    for record in records:
        for row in _rows(record):
            number += 1
            yield (str(number), *map(neutralise, row))


def neutralise(text: str) -> str:
    """What a spreadsheet would take for a formula becomes text."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def csv_lines(kind: RecordKind, records: Iterable[Shape]) -> Iterator[str]:
    """CSV with a byte order mark, so that Excel opens it in Chinese."""
    yield "\ufeff" + _csv_line(HEADS[kind])
    for row in rows_of(records):
        yield _csv_line(row)


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Plain rows, formulas neutralised, without a head."""
    return "".join(_csv_line(map(neutralise, row)) for row in rows)


def _csv_line(row: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(row)
    return buffer.getvalue()


def _rows(record: Shape) -> Iterator[tuple[str, ...]]:
    match record:
        case TaskShape():
            yield _task_row(record)
        case DeadlineRecordShape():
            yield _deadline_row(record)
        case DocumentShape():
            yield _document_row(record)
        case RosterShape():
            at = _where(record.document, record.source_regions)[:3]
            yield from ((record.body, m.role, m.name, m.post, *at) for m in record.members)
        case CitationShape():
            yield (
                record.title,
                record.number or "",
                labels.RELATIONS[Relation(record.relation)],
                *_where(record.document, record.source_regions),
            )
        case TableRecordShape():
            yield from _cell_rows(record)
        case QuantityRecordShape():
            yield _entity_row(
                record, labels.QUANTITY_KINDS[QuantityKind(record.kind)], _measured(record), record.context
            )
        case ContactRecordShape():
            who = (record.number, record.name or "", record.body or "")
            yield _entity_row(record, labels.CHANNELS[ContactKind(record.channel)], (*[""] * 5, *who, *[""] * 3))
        case PlaceRecordShape():
            where = (record.full, labels.PLACE_LEVELS[PlaceLevel(record.level)], str(record.mentions))
            yield _entity_row(record, "地区", (*[""] * 8, *where))


def _entity_row(record: EntityShape, kind: str, values: tuple[str, ...], context: str = "") -> tuple[str, ...]:
    return (kind, record.text, *values, context, *_where(record.document, record.source_regions), record.id)


def _measured(quantity: QuantityRecordShape) -> tuple[str, ...]:
    """The columns from 数值 to 方向, and those of contacts and places empty."""
    upper = "" if quantity.upper is None else str(quantity.upper)
    direction = labels.DIRECTIONS[Direction(quantity.direction)] if quantity.direction else ""
    comparison = labels.COMPARISONS[Comparison(quantity.comparison)]
    return (str(quantity.value), upper, quantity.unit, comparison, direction, *[""] * 6)


def _task_row(task: TaskShape) -> tuple[str, ...]:
    def named(role: str) -> str:
        return "、".join(party.name for party in task.parties if party.role == role)

    number, title, page = _where(task.document, task.source_regions)
    return (
        task.what,
        named("lead"),
        named("responsible"),
        named("support"),
        "；".join(deadline.text for deadline in task.deadlines),
        "；".join(filter(None, map(due_of, task.deadlines))),
        "；".join(labels.figure(t.text, t.value, t.unit) for t in task.targets),
        labels.KINDS[AssignmentKind(task.kind)],
        " > ".join(task.path),
        task.quote,
        number,
        title,
        str(task.document.signed or ""),
        page,
        f"{task.confidence:.2f}",
        task.id,
        "；".join(labels.flat(item.text) for item in task.covers),
        "；".join(filter(None, (due_of(limit) for item in task.covers for limit in item.deadlines))),
        task.part_of or "",
    )


def _deadline_row(deadline: DeadlineRecordShape) -> tuple[str, ...]:
    return (
        deadline.text,
        due_of(deadline),
        str(deadline.start or ""),
        labels.DEADLINE_KINDS[DeadlineKind(deadline.kind)],
        f"每{labels.duration(deadline.every)}" if deadline.every else "",
        labels.duration(deadline.within),
        deadline.context,
        *_where(deadline.document, deadline.source_regions),
        deadline.id,
    )


def _document_row(document: DocumentShape) -> tuple[str, ...]:
    return (
        document.number or "",
        document.title,
        document.issuer or "",
        str(document.signed or ""),
        document.genre or "",
        "；".join(document.subjects),
        document.issue or "",
        str(document.first_page or ""),
        str(document.last_page or ""),
        "；".join(document.attachments),
        document.body,
    )


def _cell_rows(table: TableRecordShape) -> Iterator[tuple[str, ...]]:
    for cell in table.cells:
        yield (
            table.caption,
            str(cell.row + 1),
            str(cell.col + 1),
            cell.text,
            "是" if cell.header else "",
            table.document.number or "",
            table.document.title,
            str(table.page_first or ""),
        )


def due_of(deadline: DeadlineShape) -> str:
    due = deadline.effective_due
    return due.isoformat() if due else ""


def _where(document: DocumentRefShape, regions: Iterable[RegionShape]) -> tuple[str, str, str]:
    pages = sorted({region.page for region in regions})
    return (document.number or "", document.title, "、".join(map(str, pages)))
