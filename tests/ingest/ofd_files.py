"""OFD files written by hand from our own words, with what each must give."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.ingest.hostile import zipped

EM = 5.6  # millimetres: about 16 points
SPACE = "http://www.ofdspec.org/2016"


def text(words: str, x: float, y: float, size: float = EM, more: str = "", inside: str = "") -> str:
    """A line with its upper left corner at (x, y)."""
    deltas = f"g {len(words) - 1} {size}" if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {size * len(words)} {size}" Font="7" Size="{size}" {more}>{inside}'
        f'<ofd:TextCode X="0" Y="{size * 0.88}" DeltaX="{deltas}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(x: float, y: float, widths: list[float], height: float, rows: list[list[str]]) -> str:
    """A ruled table."""
    across, down = sum(widths), height * len(rows)
    parts = [line(x, y + i * height, x + across, y + i * height) for i in range(len(rows) + 1)]
    edges = [x + sum(widths[:i]) for i in range(len(widths) + 1)]
    parts += [line(edge, y, edge, y + down) for edge in edges]
    parts += [text(cell, edges[c] + 1, y + r * height + 1) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    return "".join(parts)


def page(objects: str, extra: str = "", space: str = SPACE) -> str:
    return (
        f'<ofd:Page xmlns:ofd="{space}"><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>{extra}'
        f'<ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


@dataclass
class Ofd:
    """`pages`: their parts; `common`, `after`: put into Document.xml; `members`: further parts."""

    pages: list[str]
    common: str = ""
    after: str = ""
    body: str = ""
    members: dict[str, bytes] = field(default_factory=dict)
    space: str = SPACE
    location: str = "Pages/Page_{}/Content.xml"

    def made(self) -> bytes:
        listed = "".join(
            f'<ofd:Page ID="{100 + i}" BaseLoc="{self.location.format(i)}"/>' for i in range(len(self.pages))
        )
        document = (
            f'<ofd:Document xmlns:ofd="{self.space}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
            f"</ofd:PhysicalBox></ofd:PageArea>{self.common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
            f"{self.after}</ofd:Document>"
        )
        root = (
            f'<ofd:OFD xmlns:ofd="{self.space}" Version="1.0" DocType="OFD"><ofd:DocBody>'
            f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{self.body}</ofd:DocBody></ofd:OFD>"
        )
        parts = {"OFD.xml": root.encode(), "Doc_0/Document.xml": document.encode()}
        parts |= {f"Doc_0/Pages/Page_{i}/Content.xml": content.encode() for i, content in enumerate(self.pages)}
        return zipped(parts | self.members)


def notice() -> list[str]:
    """Two pages: a notice over both, with a table on the second."""
    first = [
        text("云川市人民政府关于做好防汛工作的通知", 40, 40, 7.7),
        text("云政发〔2024〕6号", 80, 54),
        text("各县（市、区）人民政府，市直各有关单位：", 28, 68),
        text("为做好今年防汛工作，保障人民群众生命财产安全，", 39.2, 78),
        text("现就有关事项通知如下。市水利局负责河道巡查，各有关", 28, 88),
        text("单位要认真落实，不得延误。", 28, 98),
    ]
    rows = [["序号", "姓名", "单位"], ["1", "李明", "市水利局"], ["2", "王强", "市气象局"]]
    second = [
        text("附件：防汛责任人名单", 39.2, 30),
        text("云川市人民政府", 130, 50),
        text("2024年3月9日", 132, 60),
        text("附件", 28, 90),
        text("防汛责任人名单", 70, 100, 7.7),
        grid(30, 120, [30, 50, 60], 10, rows),
    ]
    return [page("".join(first)), page("".join(second))]
