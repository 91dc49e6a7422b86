"""Gazettes of random looks, drawn from our own fictional text with their truth, and how well they are read.

usage: python -m bench.looks [--first SEED] [--count N] [--keep FOLDER] [--each]

Seeds below 1000 are for tuning; of those from 1000 on only the figures are looked at. A look is an engine
(WeasyPrint, Chromium), a font, sizes, margins, columns, how the head and the numbers of pages stand, and for each
table one of the styles that offices use. Printed: documents whose title, number, issuer and date are right, the share
of characters that are wrong, F1 of headings (level and text) and of cells (row, column and text).
"""

from __future__ import annotations

import argparse
import html
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

from gongbao.corpus.document import Document
from gongbao.ingest import read_file
from rapidfuzz.distance import Levenshtein

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN")
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
class Table:
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
    paragraphs: tuple[str | Table, ...]
    headings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Look:
    engine: str
    font: str
    size: float
    leading: float
    columns: int
    margin: int
    head: str
    folio: str
    middle: bool  # cells are centred vertically


@dataclass(slots=True)
class Score:
    documents: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    characters: int = 0
    headings: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    by_style: dict[str, Counter[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = [
            f"文件 {_share(self.documents)}",
            f"文字错误 {self.errors / max(self.characters, 1):.4f}",
            f"标题 {_f1(self.headings):.3f}",
            f"单元格 {_f1(self.cells):.3f}",
        ]
        return "，".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="the PDFs stay there")
    parser.add_argument("--each", action="store_true", help="a line for each seed")
    options = parser.parse_args()
    whole = Score()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in range(options.first, options.first + options.count):
            look, truths, file = draw(seed, folder)
            own = Score()
            score(truths, read_file(file).issue.documents, own, whole)
            if options.each:
                styles = "、".join(f"{name} {_f1(count):.2f}" for name, count in own.by_style.items())
                print(f"{seed} {look.engine} {look.columns} 栏：{own}（{styles}）")
    print(f"种子 {options.first} 至 {options.first + options.count - 1}：{whole}")
    for style in STYLES:
        if style in whole.by_style:
            print(f"  {style}：单元格 {_f1(whole.by_style[style]):.3f}")


# --- text


def write(random_: random.Random, number: int) -> Truth:
    subject, kind = random_.choice(_SUBJECTS), random_.choice(_KINDS)
    office = random_.random() < 0.5
    issuer = f"{_CITY}人民政府办公室" if office else f"{_CITY}人民政府"
    title = f"{issuer}关于{'加强' if kind == '通知' else '进一步做好'}{subject}工作的{kind}"
    code = "云政办发" if office else "云政发"
    month, day = random_.randint(1, 12), random_.randint(1, 28)
    flow: list[str | Table] = ["各县（市、区）人民政府，市直各有关单位："]
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


def table(random_: random.Random) -> Table:
    make = random_.choice((_tasks, _tasks, _figures, _english))
    style = random_.choice(STYLES)
    return make(random_, style)


def _tasks(random_: random.Random, style: str) -> Table:
    rows = [("序号", "工作任务", "牵头单位", "完成时限")]
    for place in range(random_.choice((3, 4, 6, 14))):
        what = "，".join(f"{random_.choice(_VERBS)}{random_.choice(_THINGS)}" for _ in range(random_.randint(1, 3)))
        rows.append((str(place + 1), what, random_.choice(_BODIES), f"2024年{random_.randint(3, 12)}月底前"))
    return Table(f"表{random_.randint(1, 9)}　重点任务分解表", tuple(rows), style)


def _figures(random_: random.Random, style: str) -> Table:
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
    return Table("2024年投资计划完成情况表", tuple(rows), style, spanner)


def _english(random_: random.Random, style: str) -> Table:
    names = random_.sample(_ENGLISH, 4)
    rows = [("Indicator", "2022", "2023", "Change")]
    rows += [
        (n, f"{random_.uniform(1, 900):.1f}", f"{random_.uniform(1, 900):.1f}", f"{random_.uniform(-5, 9):.2f}")
        for n in names
    ]
    return Table("Table 1 Main indicators", tuple(rows), style)


# --- drawing


def look_of(random_: random.Random) -> Look:
    engine = random_.choice(("weasyprint", "chromium") if which("chromium") else ("weasyprint",))
    size = random_.choice((9.0, 10.5, 11.0, 12.0, 16.0))
    return Look(
        engine,
        random_.choice(FONTS),
        size,
        random_.choice((1.5, 1.6, 1.8, 2.0)),
        2 if size < 11 and random_.random() < 0.5 else 1,
        random_.choice((18, 22, 27)),
        random_.choice(("", "云川市人民政府公报", "云川市人民政府公报　2024年第6期")),
        random_.choice(("{}", "— {} —", "- {} -")),
        random_.random() < 0.6,
    )


def draw(seed: int, folder: Path) -> tuple[Look, list[Truth], Path]:
    random_ = random.Random(seed)
    look = look_of(random_)
    truths = [write(random_, number) for number in random_.sample(range(1, 99), random_.randint(2, 3))]
    page = f"<!doctype html><meta charset=utf-8><style>{_style(look)}</style>" + "".join(map(_html, truths))
    file = folder / f"{seed}.pdf"
    _print(look, page, file)
    return look, truths, file


def _print(look: Look, page: str, file: Path) -> None:
    if look.engine == "weasyprint":
        import weasyprint

        file.write_bytes(weasyprint.HTML(string=page).write_pdf())
        return
    source = file.with_suffix(".html")
    source.write_text(page, "utf-8")
    program = str(which("chromium"))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={file}"]
    subprocess.run([program, *flags, source.absolute().as_uri()], check=True, capture_output=True, timeout=120)


def _style(look: Look) -> str:
    before, after = look.folio.split("{}")
    folio = f"'{before}' counter(page) '{after}'"
    return f"""
@page{{size:A4;margin:25mm {look.margin}mm;@top-center{{content:'{look.head}';font-size:9pt}}
@bottom-center{{content:{folio};font-size:9pt}}}}
body{{font-family:'{look.font}';font-size:{look.size}pt;line-height:{look.leading};margin:0}}
section{{break-before:page}}section:first-of-type{{break-before:auto}}
.flow{{columns:{look.columns};column-gap:9mm}}
p{{text-indent:2em;margin:0;text-align:justify}}.s{{text-indent:0}}.c{{text-align:center;text-indent:0}}
.r{{text-align:right;text-indent:0;padding-right:2em}}
h1{{font-weight:normal;text-align:center;font-size:{look.size * 1.6}pt;line-height:1.5;margin:1em 0}}
table{{border-collapse:collapse;width:100%;margin:.5em 0;font-size:{look.size * 0.85}pt;line-height:1.4}}
td,th{{padding:2pt 4pt;vertical-align:{"middle" if look.middle else "top"};font-weight:normal;text-align:left}}
tr{{break-inside:avoid}}
.grid td,.grid th{{border:.6pt solid}}
.three-lines{{border-top:1.2pt solid;border-bottom:1.2pt solid}}.three-lines tr.last-head th{{border-bottom:.6pt solid}}
.rows-ruled td,.rows-ruled th{{border-bottom:.5pt solid}}.rows-ruled{{border-top:.5pt solid}}
.striped tr:nth-child(even) td{{background:#e4e4e4}}.striped th{{background:#bbb}}
.boxed-header th{{border:.6pt solid}}.boxed-header td{{border-bottom:.5pt solid}}
.one-upright td,.one-upright th{{border-bottom:.5pt solid}}.one-upright  .c0{{border-right:.5pt solid}}
.two-uprights td,.two-uprights th{{border-bottom:.5pt solid}}
.two-uprights :is(.c0,.c1){{border-right:.5pt solid}}
.no-side-walls td,.no-side-walls th{{border:.5pt solid}}
.no-side-walls .c0{{border-left:0}}.no-side-walls .last{{border-right:0}}
"""


def _html(truth: Truth) -> str:
    parts = [f"<section><h1>{html.escape(truth.title)}</h1><p class=c>{truth.number}</p><div class=flow>"]
    last = len(truth.paragraphs) - 2
    for place, item in enumerate(truth.paragraphs):
        if isinstance(item, Table):
            parts.append(_table_html(item))
        else:
            kind = " class=r" if place >= last else " class=s" if place == 0 else ""
            parts.append(f"<p{kind}>{html.escape(item)}</p>")
    return "".join([*parts, "</div></section>"])


def _table_html(table: Table) -> str:
    head, *body = table.rows
    out = [f"<p class=c>{table.caption}</p><table class={table.style.replace(' ', '-')}><thead>"]
    if table.spanner:
        cells = [_cell("th rowspan=2", head, column) for column in range(len(head)) if column not in (1, 2)]
        over = f"<th colspan=2 style='text-align:center'>{table.spanner}</th>"
        out.append("<tr>" + cells[0] + over + "".join(cells[1:]) + "</tr>")
        out.append(f"<tr class=last-head>{_cell('th', head, 1)}{_cell('th', head, 2)}</tr>")
    else:
        out.append("<tr class=last-head>" + "".join(_cell("th", head, column) for column in range(len(head))) + "</tr>")
    out.append("</thead><tbody>")
    out += ["<tr>" + "".join(_cell("td", row, column) for column in range(len(row))) + "</tr>" for row in body]
    return "".join([*out, "</tbody></table>"])


def _cell(tag: str, row: Sequence[str], column: int) -> str:
    last = " last" if column == len(row) - 1 else ""
    return f"<{tag} class='c{column}{last}'>{html.escape(row[column])}</{tag.split()[0]}>"


# --- scoring


def score(truths: Sequence[Truth], found: Sequence[Document], *scores: Score) -> None:
    by_number = {document.number: document for document in found}
    for own in scores:
        own.documents["wanted"] += max(len(truths), len(found))
    for truth in truths:
        document = by_number.get(truth.number)
        right = document is not None and (document.title, document.issuer, str(document.signed)) == (
            truth.title,
            truth.issuer,
            truth.signed,
        )
        wanted = _squeezed([truth.title, truth.number, *map(_text, truth.paragraphs)])
        read = _squeezed([document.text]) if document else ""
        headings = [(h.level, h.text.rstrip("。")) for h in document.headings if h.level] if document else []
        for own in scores:
            own.documents["right"] += right
            own.errors += Levenshtein.distance(wanted, read)
            own.characters += len(wanted)
            own.headings += _matched(truth.headings, headings)
            _score_tables([i for i in truth.paragraphs if isinstance(i, Table)], document, own)


def _score_tables(wanted: list[Table], document: Document | None, own: Score) -> None:
    left = [_cells(table.grid()) for table in document.tables] if document else []
    for table in wanted:
        cells = _cells(_rows(table))
        best = max(left, key=lambda other: len(set(cells) & set(other)), default=[])
        if best in left:
            left.remove(best)
        count = _matched(cells, best)
        own.cells += count
        own.by_style[table.style] = own.by_style.get(table.style, Counter()) + count
    for other in left:
        own.cells += _matched((), other)


def _rows(table: Table) -> list[list[str]]:
    """As they should be read: a merged cell's text stands in every cell that it covers."""
    rows = [list(row) for row in table.rows]
    if table.spanner:
        first = list(rows[0])
        first[1] = first[2] = table.spanner
        rows.insert(0, first)
    return rows


def _cells(rows: Iterable[Sequence[str]]) -> list[tuple[int, int, str]]:
    return [(r, c, _squeezed([text])) for r, row in enumerate(rows) for c, text in enumerate(row)]


def _text(item: str | Table) -> str:
    if isinstance(item, str):
        return item
    head, *body = item.rows
    if item.spanner:
        return "".join(
            [item.caption, head[0], item.spanner, *head[3:], head[1], head[2], *(c for row in body for c in row)]
        )
    return item.caption + "".join(cell for row in item.rows for cell in row)


def _squeezed(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _matched(wanted: Iterable[object], found: Iterable[object]) -> Counter[str]:
    want, have = Counter(wanted), Counter(found)
    return Counter(both=(want & have).total(), wanted=want.total(), found=have.total())


def _f1(count: Counter[str]) -> float:
    return 2 * count["both"] / max(count["wanted"] + count["found"], 1)


def _share(count: Counter[str]) -> str:
    return f"{count['right']}/{count['wanted']}"


if __name__ == "__main__":
    main()
