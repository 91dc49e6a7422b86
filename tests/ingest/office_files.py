"""Office files of our own words: spreadsheets through openpyxl, OpenDocument and RTF written by hand."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl

from tests.ingest.hostile import zipped

_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TITLE = "云川市2024年重点工作任务分解表"
HEAD = ["序号", "重点任务", "工作内容", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    [1, "防汛", "完成河道清淤20公里", "市水利局", "市财政局", "2024年6月底前"],
    [2, "防汛", "建成雨情监测站5个", "市气象局", "市水利局", "2024年9月底前"],
    [3, "慢行交通", "新建自行车道30公里", "市城市管理局", "市公安局", "2024年12月底前"],
]
NOTICE = [
    "云川市人民政府关于做好防汛工作的通知",
    "云政发〔2024〕6号",
    "各县（市、区）人民政府：",
    "为做好今年防汛工作，现将有关事项通知如下。",
    "一、落实责任。市水利局负责河道巡查。",
    "云川市人民政府",
    "2024年3月9日",
]
CELLS = [["序号", "姓名", "单位"], ["1", "李明", "市水利局"], ["2", "王强", "市气象局"]]


def xlsx() -> bytes:
    """A title over the table, merged cells in it, a note under it, an empty row and column, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B1"] = TITLE
    sheet.merge_cells("B1:G1")
    for r, row in enumerate([HEAD, *ROWS], 3):
        for c, value in enumerate(row, 2):
            sheet.cell(r, c, value)
    sheet.merge_cells("C4:C5")
    sheet["B7"] = "注：完成时限为截止日期。"
    hidden = book.create_sheet("草稿")
    hidden["A1"] = "不打印"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:  # the same bytes each time, without the moment of writing
        members = {name: archive.read(name) for name in archive.namelist()}
    members["docProps/core.xml"] = _MOMENT.sub(b"2024-03-04T08:00:00Z", members["docProps/core.xml"])
    return zipped(members)


_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
_TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
_TABLE = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def odf(kind: str, inside: str) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    content = (
        f"<office:document-content {_OFFICE} {_TEXT} {_TABLE} office:version='1.2'><office:body>{inside}</office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'<m:manifest xmlns:m="{_MANIFEST}"><m:file-entry m:full-path="/" m:media-type="{mime}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    members = {"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: text.encode() for name, text in members.items()})


def _rows(rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    return "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)


def odt() -> bytes:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in NOTICE)
    columns = f'<table:table-column table:number-columns-repeated="{len(CELLS[0])}"/>'
    return odf("text", f"<office:text>{paragraphs}<table:table>{columns}{_rows(CELLS)}</table:table></office:text>")


def ods() -> bytes:
    rows = _rows([list(map(str, row)) for row in [HEAD, *ROWS]])
    return odf(
        "spreadsheet", f'<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
    )


def rtf() -> bytes:
    """As WPS writes it: GBK bytes in hexadecimal, a table of rows."""
    lines = "".join(f"\\pard {_hex(line)}\\par\n" for line in NOTICE)
    edges = "".join(f"\\cellx{2000 * (i + 1)}" for i in range(3))
    rows = "".join(
        f"\\trowd{edges}" + "".join(f"\\pard\\intbl {_hex(cell)}\\cell" for cell in row) + "\\row\n" for row in CELLS
    )
    head = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0\n"
    return f"{head}{lines}{rows}\\pard\\par}}".encode()


def _hex(text: str) -> str:
    return "".join(
        char if char.isascii() else "".join(f"\\'{byte:02x}" for byte in char.encode("gb18030")) for char in text
    )
