"""How a gazette looks, and the same gazette as HTML."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.looks.text import DrawnTable, Truth

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN")


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


def look_of(random_: random.Random) -> Look:
    engine = random_.choice(("weasyprint", "chromium"))
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


def as_html(look: Look, truths: Sequence[Truth]) -> str:
    return f"<!doctype html><meta charset=utf-8><style>{_style(look)}</style>" + "".join(map(_html, truths))


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
        if isinstance(item, DrawnTable):
            parts.append(_table_html(item))
        else:
            kind = " class=r" if place >= last else " class=s" if place == 0 else ""
            parts.append(f"<p{kind}>{html.escape(item)}</p>")
    return "".join([*parts, "</div></section>"])


def _table_html(table: DrawnTable) -> str:
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
