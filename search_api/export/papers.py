"""What an office writes of its tasks as DOCX: the 任务分解表 for a leader and the 督办通知 (催办单) for a body."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from gongbao.corpus.language.numerals import TENS
from gongbao.corpus.records import MAIN
from gongbao.index.models import View
from gongbao.search_api import labels
from gongbao.search_api.export.columns import LEADER, columns_of, rows_of, text_of, values_of
from gongbao.search_api.export.official import Official
from gongbao.search_api.pressing import Notice
from gongbao.search_api.shapes import TaskShape

_ON_PAPER = tuple(name for name in LEADER if name != "页码")
# where a sheet is set in larger type than a screen: in half-width characters, so that a day stands on one line
_WIDTHS = {"序号": 8, "完成时限": 24, "进展": 12}
_NUMERALS = f"{TENS}"


def write_task_paper(
    tasks: Iterable[TaskShape], target: BinaryIO, *, title: str, columns: Sequence[str] = (), basis: str = ""
) -> None:
    """On A4 landscape; `basis` as in the spreadsheet."""
    shown = columns_of(columns or _ON_PAPER)
    names = [column.name for column in shown if not column.hidden and not (basis and column.name == "依据")]
    paper = Official(title, landscape=True)
    if basis:
        paper.note(basis)
    columns_shown = columns_of(names)
    widths = [_WIDTHS.get(column.name, column.width) for column in columns_shown]
    centred = [at for at, column in enumerate(columns_shown) if column.centred]
    paper.table(names, widths, (tuple(map(text_of, values_of(row, names))) for row in rows_of(tasks)), centred)
    paper.save(target)


def write_notice(notice: Notice, target: BinaryIO) -> None:
    """One body's open tasks: what is overdue first, each with its basis."""
    paper = Official("督办通知")
    paper.addressee(notice.agency)
    late = [view for view in notice.views if _is_late(view, notice.today)]
    coming = [view for view in notice.views if not _is_late(view, notice.today)]
    paper.paragraph(_opening(notice, len(late), len(coming)))
    parts = [part for part in (("已逾期事项", late), ("即将到期事项", coming)) if part[1]]
    for place, (title, views) in enumerate(parts):
        paper.heading(f"{_NUMERALS[place]}、{title}")
        for number, view in enumerate(views, 1):
            paper.paragraph(f"{number}．{task_sentence(view, notice.today)}")
    reply = labels.chinese_date(notice.reply) if notice.reply else "    年  月  日"
    paper.paragraph(f"请抓紧办理，并于{reply}前书面反馈办理进展；确有困难不能按期完成的，请说明原因和拟完成时间。")
    paper.signature(notice.office, labels.chinese_date(notice.today))
    paper.save(target)


def write_notices(notices: Iterable[Notice], target: BinaryIO) -> None:
    """A ZIP with a DOCX for each body."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for notice in notices:
            made = io.BytesIO()
            write_notice(notice, made)
            name = zipfile.ZipInfo(f"督办通知（{notice.agency.replace('/', '／')}）.docx", (1980, 1, 1, 0, 0, 0))
            archive.writestr(name, made.getvalue())


def _opening(notice: Notice, late: int, coming: int) -> str:
    parts = [*([f"{late} 项已逾期"] if late else []), *([f"{coming} 项将于近期到期"] if coming else [])]
    return f"截至{labels.chinese_date(notice.today)}，你单位承担的下列事项中，{'，'.join(parts)}。现予督办。"


def task_sentence(view: View, today: date, *, bodies: bool = False) -> str:
    """新建站点60个。完成时限：6月底前（2024年6月30日，逾期12天）。依据：《…》（云政发〔2024〕10号）。

    With `bodies`, 责任单位：市城市管理局 before the day, for a reader that may be any of them.
    """
    ref = view.document
    day = labels.due_of(view.deadlines, today, view.item)
    printed = labels.due_words(view.deadlines)
    due = f"{labels.chinese_date(day)}，{labels.days_left(day, today)}" if day else ""
    parts = [
        labels.flat(view.what).rstrip("。"),
        f"完成时限：{printed}（{due}）" if printed and due else f"完成时限：{printed or due}",
        f"依据：{labels.titled(ref.title)}" + (f"（{ref.number}）" if ref.number else ""),
    ]
    if view.item and view.item.feedback:
        parts.insert(2, f"上次反馈：{labels.flat(view.item.feedback).rstrip('。')}")
    if bodies:
        names = dict.fromkeys(party.name for party in view.parties if party.role in MAIN)
        parts.insert(1, f"责任单位：{'、'.join(names) or '文件未写明'}")
    return "".join(f"{part}。" for part in parts)


def _is_late(view: View, today: date) -> bool:
    day = labels.due_of(view.deadlines, today, view.item)
    return day is not None and day < today
