"""A small corpus of a fictional city with its records, and as many seeded variations of it as a test wants."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from gongbao.corpus.document import Document
from gongbao.corpus.ids import record_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    AssignmentSource,
    Citation,
    Deadline,
    DeadlineKind,
    Extraction,
    Party,
    PartyType,
    Relation,
    Role,
)
from gongbao.index.engine import Batch
from gongbao.index.transform import transform

from tests import builders

STAMP = "2024-05-01T08:00:00.000000+00:00"


@dataclass(frozen=True, slots=True)
class Filed:
    """A document with what was extracted from it."""

    document: Document
    extraction: Extraction

    def batch(self, stamp: str = STAMP) -> Batch:
        return transform(self.document, self.extraction, stamp)


def party(name: str, role: Role = Role.RESPONSIBLE, agency: str | None = None) -> Party:
    return Party(name, agency, role, PartyType.AGENCY, Span(0, 0))


def deadline(document: Document, text: str, due: date | None, start: date | None = None) -> Deadline:
    at = document.text.find(text)
    span = Span(at, at + len(text))
    kind = DeadlineKind.PERIOD if start else DeadlineKind.BY
    found = record_id("deadline", document.id, document.text, span)
    return Deadline(found, text, kind, document.text[at : at + 40], span, (), due=due, start=start)


def statement(document: Document, quote: str, *parties: Party, deadlines: tuple[Deadline, ...] = ()) -> Assignment:
    at = document.text.find(quote)
    assert at >= 0, quote
    span = Span(at, at + len(quote))
    found = record_id("assignment", document.id, document.text, span)
    what = quote.partition("（")[0]
    kind, source = AssignmentKind.TASK, AssignmentSource.TEXT
    return Assignment(found, kind, source, what, parties, deadlines, document.path_at(at), quote, span, ())


def extraction(document: Document, *statements: Assignment, citations: tuple[Citation, ...] = ()) -> Extraction:
    limits = tuple(limit for one in statements for limit in one.deadlines)
    return Extraction(document.id, "1", "通知", ("农业、林业、水利",), statements, limits, (), citations)


def filed() -> list[Filed]:
    """Four documents: flood control, its next year's twin, bicycles with a table, and a note without records."""
    return [_flood(2023), _flood(2024), _bicycles(), _note()]


def many(count: int, seed: int = 7) -> list[Filed]:
    """Seeded variations: documents of 2 to 12 tasks with bodies and dates."""
    chance = random.Random(seed)
    return [_varied(chance, number) for number in range(1, count + 1)]


def _flood(year: int) -> Filed:
    task = f"{year}年6月底前，完成城区排水管网清淤。（牵头单位：市水利局；配合单位：市住建局）"
    watch = f"{year}年6月1日至9月30日，实行24小时值班。（责任单位：市应急局）"
    document = builders.document(
        "一、排查隐患",
        task,
        "二、值班值守",
        watch,
        number=f"云政发〔{year}〕10号",
        title=f"云川市人民政府关于做好{year}年防汛抗旱工作的通知",
        signed=date(year, 3, 4),
        issue=f"{year}-1",
        headings={"一、排查隐患": 1, "二、值班值守": 1},
    )
    cleaned = statement(
        document,
        task,
        party("市水利局", Role.LEAD, "云川市水利局"),
        party("市住建局", Role.SUPPORT, "云川市住房和城乡建设局"),
        deadlines=(deadline(document, f"{year}年6月底前", date(year, 6, 30)),),
    )
    watched = statement(
        document,
        watch,
        party("市应急局", Role.RESPONSIBLE, "云川市应急管理局"),
        deadlines=(deadline(document, f"{year}年6月1日至9月30日", date(year, 9, 30), date(year, 6, 1)),),
    )
    return Filed(document, extraction(document, cleaned, watched))


def _bicycles() -> Filed:
    sentence = "公共自行车由市城市管理局负责管理。"
    document = builders.document(
        sentence,
        number="云政办发〔2024〕3号",
        title="云川市人民政府办公室关于印发公共自行车管理办法的通知",
        issuer="云川市人民政府办公室",
        issue="2024-2",
        position=4,
        rows=[["站点", "车辆数"], ["东关站", "120"], ["西关站", "85"]],
    )
    managed = statement(document, sentence, party("市城市管理局", Role.RESPONSIBLE, "云川市城市管理局"))
    repealed = Citation("c1", "云川市公共自行车管理暂行办法", "云政发〔2016〕2号", Relation.REPEALS, Span(0, 1), ())
    return Filed(document, extraction(document, managed, citations=(repealed,)))


def _note() -> Filed:
    document = builders.document(
        "春节期间全市禁止燃放烟花爆竹。",
        number=None,
        title="关于禁止燃放烟花爆竹的通告",
        issuer=None,
        signed=None,
        issue=None,
    )
    return Filed(document, Extraction(document.id, "1", None, (), (), (), (), ()))


_ACTS = ["推进", "完成", "加强", "组织开展", "制定", "落实"]
_MATTERS = [
    "城区排水管网清淤",
    "养老服务设施建设",
    "公共自行车站点布局",
    "散煤清零",
    "老旧小区改造",
    "河道采砂整治",
    "校园食品安全检查",
    "道路交通安全隐患排查",
    "专项债券项目申报",
    "农村人居环境整治",
]
_BODIES = ["水利局", "住房和城乡建设局", "民政局", "生态环境局", "教育局", "交通运输局", "财政局", "农业农村局"]


def _varied(chance: random.Random, number: int) -> Filed:
    year = chance.choice([2021, 2022, 2023, 2024])
    tasks = [_task(chance, year) for _ in range(chance.randint(2, 12))]
    headings = [f"一、{chance.choice(_MATTERS)}"] if chance.random() < 0.5 else []  # many have none
    document = builders.document(
        *headings,
        *(text for text, _ in tasks),
        number=f"云政发〔{year}〕{number + 100}号",  # none of those above
        title=f"云川市人民政府关于{chance.choice(_MATTERS)}有关工作的通知",
        signed=date(year, chance.randint(1, 12), 5),
        issue=f"{year}-{number % 12 + 1}",
        position=number % 7,
        headings=dict.fromkeys(headings, 1),
    )
    statements = []
    for text, bodies in tasks:
        parties = [party(f"市{b}", Role.LEAD if not at else Role.SUPPORT, f"云川市{b}") for at, b in enumerate(bodies)]
        limit = deadline(document, text[:10], date(year, 1, 1) + timedelta(days=chance.randint(0, 364)))
        statements.append(statement(document, text, *parties, deadlines=(limit,) if chance.random() < 0.6 else ()))
    return Filed(document, extraction(document, *statements))


def _task(chance: random.Random, year: int) -> tuple[str, list[str]]:
    bodies = chance.sample(_BODIES, chance.randint(1, 3))
    matter = "、".join(chance.sample(_MATTERS, chance.randint(1, 3)))
    detail = "".join(chance.choices("统筹协调督促检查通报考核问责验收", k=chance.randint(0, 30)))
    text = f"{year}年{chance.choice(_ACTS)}{matter}{detail}{chance.randint(1, 500)}处"
    return f"{text}（责任单位：{'、'.join(f'市{body}' for body in bodies)}）", bodies
