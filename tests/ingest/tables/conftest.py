"""Pages drawn for the tests, and what is found on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pytest
from gongbao.ingest.page import PageContent
from gongbao.ingest.pdf import read_page
from gongbao.ingest.tables import RawTable, find_tables, join_over_pages
from weasyprint import HTML

# One family for letters and characters (fonts-noto-cjk); and two, whose lines stand at other heights and widths
# (fonts-dejavu-core, fonts-arphic-uming): tests/services/install brings them.
SONG, TWO_FAMILIES = "'Noto Serif CJK SC'", "'DejaVu Serif', 'AR PL UMing CN'"
MIXED = "'DejaVu Serif', 'Noto Serif CJK SC'"
FONTS = pytest.mark.parametrize("font", [SONG, TWO_FAMILIES, MIXED], ids=["song", "two families", "mixed"])

_STYLE = """
@page { size: A4; margin: 22mm 20mm }
body { font: 10pt/1.4 FONT } p { text-align: justify; margin: .5em 0 }
table { border-collapse: collapse; margin: 8pt 0; font-size: 9.5pt }
th, td { padding: 1.5pt 7pt; text-align: left; vertical-align: top; font-weight: normal } .n { text-align: right }
.ruled th, .ruled td { border: .6pt solid } .dashed th, .dashed td { border: .7pt dashed }
.double th, .double td { border: 3px double }
.inner td, .inner th { border: .6pt solid } .inner *:first-child { border-left: none }
.inner *:last-child { border-right: none }
.book { border-top: 1.2pt solid; border-bottom: 1.2pt solid } .book .last th { border-bottom: .6pt solid }
.flat { border-top: .8pt solid } .flat th, .flat td { border-bottom: .6pt solid }
.upright { border: .8pt solid } .upright th { border-bottom: .6pt solid }
.upright * + th, .upright * + td { border-left: .6pt solid }
.headbox { border-bottom: .6pt solid } .headbox th { border: .6pt solid } .headbox td { border-bottom: .6pt solid }
.first td, .first th { border-bottom: .6pt solid } .first .c0 { border-right: .6pt solid }
.firsttwo td, .firsttwo th { border-bottom: .6pt solid } .firsttwo :is(.c0, .c1) { border-right: .6pt solid }
.wide { width: 100% } .bold th { font-weight: bold } .roomy td { padding-bottom: 6pt }
.columns { columns: 2; column-gap: 8mm } .beside { display: flex; justify-content: space-between }
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    pages: list[PageContent]

    def tables(self) -> list[RawTable]:
        return join_over_pages([find_tables(page) for page in self.pages])


@pytest.fixture(scope="session")
def draw() -> Callable[..., Drawn]:
    def drawn(body: str, style: str = "", font: str = SONG) -> Drawn:
        pdf = HTML(
            string=f"<html><style>{_STYLE.replace('FONT', font)}{style}</style><body>{body}</body></html>"
        ).write_pdf()
        document = pdfium.PdfDocument(pdf)
        try:
            return Drawn([read_page(document, index) for index in range(len(document))])
        finally:
            document.close()

    return drawn


def table(rows: list[list[str]], kind: str, head: int = 1) -> str:
    """Cells as text; "text|2|3" spans two rows and three columns."""
    lines = []
    for k, row in enumerate(rows):
        tag = "th" if k < head else "td"
        whole = len(row) == len(rows[-1])
        cells = "".join(_cell(tag, text, f"c{place}" if whole or not k else "") for place, text in enumerate(row))
        lines.append(f'<tr class="{"last" if k == head - 1 else ""}">{cells}</tr>')
    top = f"<thead>{''.join(lines[:head])}</thead>" if head else ""
    return f'<table class="{kind}">{top}<tbody>{"".join(lines[head:])}</tbody></table>'


def _cell(tag: str, text: str, place: str) -> str:
    text, *spans = text.split("|")
    figure = text.replace(",", "").replace(".", "").strip("()%").isdigit()
    size = f' rowspan="{spans[0]}" colspan="{spans[1]}"' if spans else ""
    kinds = f"n {place}" if figure else place
    return f'<{tag}{size} class="{kinds}">{text}</{tag}>'
