"""Fictional gazettes with their truth: documents, headings and tables from our own words, drawn by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass

STYLES = (
    "grid",
    "three lines",
    "rows ruled",
    "striped",
    "boxed header",
    "one upright",
    "two uprights",
    "no side walls",
    "unruled",
)
_CITY, _BODIES = (
    "云川市",
    ("市水务局", "市财政局", "市教育局", "市民政局", "市交通运输局", "市农业农村局", "市卫生健康委"),
)
_SUBJECTS = ("防汛抗旱", "老旧小区改造", "节水灌溉", "校园安全", "公共自行车", "农村公路", "养老服务", "污水处理")
_KINDS = ("通知", "意见", "实施方案", "办法")
_VERBS = ("完善", "健全", "推进", "落实", "加快建设", "开展", "规范", "优化")
_THINGS = (
    "监测预警体系",
    "责任清单",
    "应急物资储备",
    "管网改造",
    "信息共享平台",
    "专项检查",
    "项目库",
    "资金使用管理",
    "台账制度",
)
_ENDS = (
    "确保取得实效",
    "形成工作合力",
    "并按季度报送进展",
    "做到底数清、情况明",
    "切实保障群众生命财产安全",
    "不得推诿扯皮",
)
_ENGLISH = ("Region", "Total", "Income", "Growth rate", "Output", "Number of units", "Average wage", "Share of exports")


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """`spanner`: a header over columns 1 and 2 (counted from 0) stands in a row of its own."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    style: str
    spanner: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    number: str
    title: str
    issuer: str
    signed: str
    paragraphs: tuple[str | DrawnTable, ...]
    headings: tuple[tuple[int, str], ...]


def write(random_: random.Random, number: int) -> Truth:
    subject, kind = random_.choice(_SUBJECTS), random_.choice(_KINDS)
    office = random_.random() < 0.5
    issuer = f"{_CITY}人民政府办公室" if office else f"{_CITY}人民政府"
    title = f"{issuer}关于{'加强' if kind == '通知' else '进一步做好'}{subject}工作的{kind}"
    code = "云政办发" if office else "云政发"
    month, day = random_.randint(1, 12), random_.randint(1, 28)
    flow: list[str | DrawnTable] = ["各县（市、区）人民政府，市直各有关单位："]
    flow.append(_sentences(random_, 3))
    headings: list[tuple[int, str]] = []
    for place in range(random_.randint(2, 4)):
        head = f"{'一二三四'[place]}、{random_.choice(_VERBS)}{random_.choice(_THINGS)}"
        headings.append((1, head))
        flow.append(head)
        for part in range(random_.randint(0, 3)):
            run_in = f"（{'一二三'[part]}）{random_.choice(_VERBS)}{random_.choice(_THINGS)}。"
            headings.append((2, run_in.rstrip("。")))
            flow.append(run_in + _sentences(random_, 2))
        flow.append(_sentences(random_, random_.randint(1, 3)))
        if random_.random() < 0.6:
            flow.append(table(random_))
            flow.append(_sentences(random_, 2))
    signed = f"2024-{month:02}-{day:02}"
    flow += [f"{issuer}", f"2024年{month}月{day}日"]
    return Truth(f"{code}〔2024〕{number}号", title, issuer, signed, tuple(flow), tuple(headings))


def _sentences(random_: random.Random, count: int) -> str:
    said = []
    for _ in range(count):
        body, verb, thing = random_.choice(_BODIES), random_.choice(_VERBS), random_.choice(_THINGS)
        month, end = random_.randint(5, 12), random_.choice(_ENDS)
        said.append(f"{body}要{verb}{thing}，会同{random_.choice(_BODIES)}于2024年{month}月底前完成，{end}。")
    return "".join(said)


def table(random_: random.Random) -> DrawnTable:
    make = random_.choice((_tasks, _tasks, _figures, _english))
    style = random_.choice(STYLES)
    return make(random_, style)


def _tasks(random_: random.Random, style: str) -> DrawnTable:
    rows = [("序号", "工作任务", "牵头单位", "完成时限")]
    for place in range(random_.choice((3, 4, 6, 14))):
        what = "，".join(f"{random_.choice(_VERBS)}{random_.choice(_THINGS)}" for _ in range(random_.randint(1, 3)))
        rows.append((str(place + 1), what, random_.choice(_BODIES), f"2024年{random_.randint(3, 12)}月底前"))
    return DrawnTable(f"表{random_.randint(1, 9)}　重点任务分解表", tuple(rows), style)


def _figures(random_: random.Random, style: str) -> DrawnTable:
    spanner = "完成情况（万元）" if random_.random() < 0.6 else ""
    rows = [("县区", "计划", "实际", "增速（%）", "备注")]
    for name in random_.sample(
        ("云东区", "云西区", "青石县", "白河县", "柳泉县", "云川经济技术开发区"), random_.randint(3, 6)
    ):
        plan, real = random_.randint(10, 99999), random_.randint(10, 99999)
        rows.append(
            (
                name,
                f"{plan:,}",
                f"{real:,}",
                f"{random_.uniform(-9, 30):.1f}",
                random_.choice(("无", "超额完成", "资金按季拨付")),
            )
        )
    return DrawnTable("2024年投资计划完成情况表", tuple(rows), style, spanner)


def _english(random_: random.Random, style: str) -> DrawnTable:
    names = random_.sample(_ENGLISH, 4)
    rows = [("Indicator", "2022", "2023", "Change")]
    rows += [
        (n, f"{random_.uniform(1, 900):.1f}", f"{random_.uniform(1, 900):.1f}", f"{random_.uniform(-5, 9):.2f}")
        for n in names
    ]
    return DrawnTable("Table 1 Main indicators", tuple(rows), style)
