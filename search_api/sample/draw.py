"""Draws the sample gazette and writes its truth and gold: `make sample`.

Needs WeasyPrint and Noto Serif CJK (SIL Open Font License; embedded as a subset). The truth is
written beside the PDF from the same content; pages are those that the layout gave.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from gongbao.search_api.sample.gold import write_gold
from gongbao.search_api.sample.markup import SampleBlock, SampleDocument, SampleIssue, merged_cells, read_issue
from gongbao.search_api.sample.truth import truth_of

HERE = Path(__file__).parent


def main() -> None:
    import weasyprint

    issue = read_issue(HERE / "issue.txt")
    drawn = weasyprint.HTML(string=page_of(issue)).render()
    drawn.write_pdf(HERE / "sample.pdf")
    pages = {name: number for number, page in enumerate(drawn.pages, 1) for name in page.anchors}
    truth = truth_of(issue, pages, len(drawn.pages))
    (HERE / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    write_gold(issue, HERE / "gold")


def page_of(issue: SampleIssue) -> str:
    """The whole issue as HTML; ids d1, d1-b3, d1-end tell afterwards on which page a thing fell."""
    name = f"{issue.title} {issue.year}年第{issue.number}期"
    contents = "".join(
        f'<a href="#d{n}">{html.escape(d.title)}（{d.number}）</a>' for n, d in enumerate(issue.documents, 1)
    )
    articles = "".join(_article(n, document) for n, document in enumerate(issue.documents, 1))
    return (
        f"<!doctype html><html lang=zh><style>{(HERE / 'style.css').read_text('utf-8')}</style>"
        f"<div class=cover><h1>{issue.title}</h1><p>{issue.year}年第{issue.number}期</p><p>（总第{issue.total}期）</p>"
        f"<p>{issue.published}</p></div><div class=issue>{name}</div>"
        f"<div class=toc><h1>目　录</h1>{contents}</div>{articles}</html>"
    )


def _article(n: int, document: SampleDocument) -> str:
    lines = "".join(f"<div>{html.escape(line)}</div>" for line in document.title_lines)
    number = f"<p class=number>{document.number}</p>" if document.number else ""
    numbered = list(enumerate(document.blocks))
    parts = "".join(
        f'<div class="{"wide" if wide else "two" if columns == 2 else "one"}">'
        f"{''.join(_block(f'd{n}-b{at}', block) for at, block in group)}</div>"
        for (columns, wide), group in groupby(numbered, key=lambda pair: (pair[1].columns, pair[1].landscape))
    )
    return (
        f"<article><div class=section>{document.section}</div><div class=title id=d{n}>{lines}</div>"
        f"{number}{parts}<p class=end id=d{n}-end></p></article>"
    )


def _block(anchor: str, block: SampleBlock) -> str:
    if block.tag == "table":
        return _table(anchor, block)
    if block.tag == "roster":
        lines = (f"<span>{role}：</span><span>{name}</span><span>{post}</span>" for role, name, post in block.members)
        return "".join(f"<div class=roster>{_spaced(line)}</div>" for line in lines)
    return f'<p class="{block.tag}" id={anchor}>{html.escape(block.text)}</p>'


def _spaced(line: str) -> str:
    """Two-character names are printed with a full-width blank between."""
    return "".join("　" if c == " " and line[i - 1] > "一" else c for i, c in enumerate(line))


def _table(anchor: str, block: SampleBlock) -> str:
    rows = list(_rows(block))
    head, body = "".join(rows[: block.header_rows]), "".join(rows[block.header_rows :])
    return f"<table id={anchor}><thead>{head}</thead>{body}</table><p class=end id={anchor}-end></p>"


def _rows(block: SampleBlock) -> Iterator[str]:
    for r, row in enumerate(merged_cells(block.rows)):
        tag = "th" if r < block.header_rows else "td"
        cells = (
            f"<{tag} rowspan={cell.row_span} colspan={cell.col_span}>{html.escape(cell.text)}</{tag}>" for cell in row
        )
        yield f"<tr>{''.join(cells)}</tr>"


if __name__ == "__main__":
    main()
