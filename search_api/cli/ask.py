"""search, ask, tasks, agency: questions and what answers them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from gongbao.corpus.errors import InputError, UsageError
from gongbao.index.agency import ROLES
from gongbao.index.models import Answer, DocumentHit, Filters, Intent, Reading, SearchResult
from gongbao.search_api import labels
from gongbao.search_api.answer_shapes import AnswerShape, SearchShape
from gongbao.search_api.cli import options
from gongbao.search_api.cli.filtering import with_filters
from gongbao.search_api.cli.options import corpus
from gongbao.search_api.cli.screen import console, deadlines_table, errors, progress, statements_table
from gongbao.search_api.compose import Application
from gongbao.search_api.shapes import DeadlineRecordShape, TaskShape
from rich.text import Text

Explain = Annotated[bool, typer.Option(help="说明排序理由")]
Query = Annotated[str | None, typer.Argument(help="查询词或问题")]


_MOST, _PASSAGES = 50, 5  # that an answer shows on the screen
_ANSWER_PARTS = ("ranking", "documents", "statements", "deadlines", "passages", "figures", "reasons")


@dataclass(frozen=True, slots=True)
class Question:
    """`today`: for this question alone, where the line says so."""

    id: str
    query: str
    today: date | None = None


def add_to(app: typer.Typer) -> None:
    for command in (with_filters(search), ask, with_filters(tasks), with_filters(deadlines), agency):
        app.command()(command)


def search(
    context: typer.Context,
    filters: Filters,
    query: Query = None,
    batch: options.Batch = None,
    output: options.Output = None,
    as_json: options.AsJson = False,
    size: Annotated[int, typer.Option(min=1, max=1000, help="最多列出几件")] = 10,
    explain: Explain = False,
) -> None:
    """检索文件，最相关的在前。"""
    app = corpus(context)
    today = app.settings.today
    if batch:
        _run_batch(
            batch,
            output,
            lambda q: _ranking(q.id, app.service.search(q.query, filters, today=q.today or today, size=size)),
        )
        return
    result = app.service.search(_needed(query), filters, today=today, size=size, explain=explain)
    if as_json:
        typer.echo(SearchShape.of(result).line())
    else:
        _print_search(result)


def ask(
    context: typer.Context,
    question: Query = None,
    batch: options.Batch = None,
    output: options.Output = None,
    as_json: options.AsJson = False,
    explain: Explain = False,
) -> None:
    """用平常话提问：谁牵头、要做什么、何时完成。"""
    app = corpus(context)
    today = app.settings.today
    if batch:
        _run_batch(
            batch, output, lambda q: AnswerShape.of(app.service.ask(q.query, today=q.today or today), q.id).line()
        )
        return
    answer = app.service.ask(_needed(question), today=today, explain=explain)
    if as_json:
        typer.echo(AnswerShape.of(answer).line())
    else:
        _print_answer(answer)


def tasks(
    context: typer.Context,
    filters: Filters,
    query: Query = None,
    as_json: options.AsJson = False,
) -> None:
    """谁做什么：任务与职责清单。"""
    app = corpus(context)
    views = app.service.iter_tasks(query, filters, today=app.settings.today)
    found = list(views)
    if as_json:
        for view in found:
            typer.echo(TaskShape.of_view(view).line())
    else:
        console.print(statements_table(found) if found else Text("没有符合条件的任务。"))
    if not found and (filters.agency or filters.issue):
        _print_unknown(app, filters)


def deadlines(
    context: typer.Context,
    filters: Filters,
    query: Query = None,
    as_json: options.AsJson = False,
) -> None:
    """何时到期：全部时限，没有写明承担者的也在内，早的在前。"""
    app = corpus(context)
    found = list(app.service.iter_deadlines(query, filters, today=app.settings.today))
    if as_json:
        for view in found:
            typer.echo(DeadlineRecordShape.of_record(view.deadline, view.document).line())
    else:
        console.print(deadlines_table(found) if found else Text("没有符合条件的时限。"))


def _print_unknown(app: Application, filters: Filters) -> None:
    from gongbao.search_api.near import unknown_names

    for line in unknown_names(filters, app.service, app.catalogs.current(), app.settings.today):
        errors.print(line, highlight=False, markup=False)


def agency(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="单位，任一名称均可")],
    as_json: options.AsJson = False,
) -> None:
    """一个单位的全部职责：牵头在前，按完成时限排列。"""
    app = corpus(context)
    if not as_json:
        _print_agency(app, name)
        return
    for role in ROLES:
        for statement in app.service.agency_statements(name, role):
            typer.echo(TaskShape.of_view(statement).line())


def _needed(query: str | None) -> str:
    if not query or not query.strip():
        raise UsageError("没有写查询内容", "例：gongbao ask 节水灌溉谁牵头")
    return query


def _run_batch(batch: Path, output: Path | None, answer: Callable[[Question], str]) -> None:
    if output is None:
        raise UsageError("成批查询须写明输出文件", "加上 --output 文件名")
    questions = list(read_questions(batch))
    failed = False
    with output.open("w", encoding="utf-8") as file, progress("查询") as step:
        for done, question in enumerate(questions, 1):
            try:
                line = answer(question)
            except UsageError as error:  # one that asks nothing must not keep the others from their answers
                errors.print(f"{question.id}：{error}", highlight=False, markup=False)
                failed, line = True, _unanswered(question.id, error)
            file.write(line + "\n")
            step(done, len(questions), question.id)
    if failed:
        raise typer.Exit(1)


def _unanswered(question_id: str, error: UsageError) -> str:
    nothing: dict[str, list[str]] = {part: [] for part in _ANSWER_PARTS}
    return json.dumps({"id": question_id, "error": str(error), **nothing}, ensure_ascii=False)


def read_questions(batch: Path) -> Iterator[Question]:
    """A question a line, as JSON; InputError names a line that is none."""
    for at, line in enumerate(batch.read_bytes().splitlines(), 1):  # of text it would part at U+2028, too
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            day = asked.get("today")
            yield Question(str(asked["id"]), str(asked["query"]), date.fromisoformat(day) if day else None)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            remedy = '每行一个 JSON：{"id": …, "query": …}，可加 "today": "2024-05-20"'
            raise InputError(f"{batch} 第{at}行不是查询", remedy) from error


def _ranking(question_id: str, result: SearchResult) -> str:
    ranking = list(dict.fromkeys(hit.document.label for hit in result.hits))
    return json.dumps({"id": question_id, "ranking": ranking}, ensure_ascii=False)


def _print_reading(reading: Reading) -> None:
    chips = (chip.typed if chip.typed == chip.meaning else f"{chip.typed} → {chip.meaning}" for chip in reading.chips)
    parts = "  ".join(f"[{chip}]" for chip in chips)
    if parts:
        console.print(Text(f"理解为：{parts}", style="cyan"))
    if reading.note:
        errors.print(f"提示：{reading.note}", highlight=False, markup=False)


def _print_search(result: SearchResult) -> None:
    _print_reading(result.reading)
    if not result.hits:
        console.print("没有找到。换个说法，或去掉一些条件。")
    for place, hit in enumerate(result.hits, 1):
        ref = hit.document
        console.print(
            Text(f"{place}. {ref.title}", style="bold"),
            Text(f"{ref.number or ''} {ref.signed or ''}{_nearness(hit)}", style="dim"),
        )
        for passage in hit.passages:
            console.print(Text("   " + labels.headline(passage.text, 160)))
        _print_reasons(hit)


def _nearness(hit: DocumentHit) -> str:
    """Found by what it means, not by its words."""
    return "（语义相近）" if hit.by_meaning else ""


def _print_reasons(hit: DocumentHit) -> None:
    for reason in hit.why:
        console.print(Text("   · " + reason, style="dim"))


def _print_answer(answer: Answer) -> None:
    """What was asked for comes first."""
    _print_reading(answer.reading)
    _print_figures(answer)
    parts = {Intent.WHO: _print_statements, Intent.DEADLINES: _print_deadlines, Intent.FACTS: _print_passages}
    asked = answer.reading.intent
    for intent in sorted(parts, key=lambda part: part is not asked):
        parts[intent](answer)
    for place, hit in enumerate(answer.documents, 1):
        console.print(Text(f"{place}. {hit.document.title} {hit.document.number or ''}{_nearness(hit)}", style="dim"))
        _print_reasons(hit)
    if not answer.documents:
        console.print("没有找到。换个说法，或去掉一些条件。")


def _print_statements(answer: Answer) -> None:
    if answer.statements:
        console.print(statements_table(answer.statements[:_MOST], "谁做什么"))
        _print_rest(len(answer.statements), _MOST)


def _print_deadlines(answer: Answer) -> None:
    if answer.deadlines:
        console.print(deadlines_table(answer.deadlines[:_MOST], "时限"))
        _print_rest(len(answer.deadlines), _MOST)


def _print_rest(found: int, shown: int) -> None:
    if found > shown:
        console.print(Text(f"另有 {found - shown} 条未列出：加 --json 全部列出", style="dim"))


def _print_figures(answer: Answer) -> None:
    for view in answer.figures:
        told = "、".join(figure.text for figure in view.figures)
        console.print(Text(told, style="bold"), Text(f"【{view.document.label}】{labels.headline(view.sentence, 160)}"))


def _print_passages(answer: Answer) -> None:
    for passage in answer.passages[:_PASSAGES]:
        console.print(Text(f"【{passage.document.label}】{labels.headline(passage.text, 200)}"))
        if passage.columns:
            console.print(Text(f"   {labels.table_header(passage.columns)}", style="dim"))
        for item in passage.items:
            console.print(Text(f"   {labels.headline(item, 120)}"))
    _print_rest(len(answer.passages), _PASSAGES)


def _print_agency(app: Application, name: str) -> None:
    from gongbao.search_api.near import near_names

    service = app.service
    view = service.agency(name)
    full = view.canonical or view.name
    others = [name for name in view.aliases if name != full]
    console.print(Text(full, style="bold"), Text(f"又称 {'、'.join(others)}" if others else "", style="dim"))
    found = {role: list(service.agency_statements(name, role)) for role in ROLES}
    for role, statements in found.items():
        if statements:
            console.print(statements_table(statements, f"{labels.ROLES[role]}（{len(statements)}）"))
    if not any(found.values()):
        console.print(f"语料库中没有“{name}”的任务或职责。检查名称，或用 gongbao ask {name} 检索。", highlight=False)
        near = near_names(name, app.catalogs.current())
        if near:
            console.print(f"名称相近的有：{'、'.join(near)}", highlight=False)
