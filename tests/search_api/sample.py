"""A small fictional corpus: the documents of 云川市, built in memory with their records and page boxes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from gongbao.corpus.document import (
    Block,
    BlockKind,
    Cell,
    Document,
    Heading,
    Issue,
    Page,
    PageState,
    Source,
    SourceKind,
    Table,
)
from gongbao.corpus.files import SOURCES
from gongbao.corpus.home import Home
from gongbao.corpus.ids import document_id, record_id
from gongbao.corpus.offsets import CharMap, GlyphRun, Span
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    AssignmentSource,
    Citation,
    Comparison,
    Contact,
    ContactKind,
    Deadline,
    DeadlineKind,
    Direction,
    Extraction,
    Member,
    NamedPlace,
    Party,
    PartyType,
    PlaceLevel,
    Quantity,
    QuantityKind,
    Relation,
    Resolved,
    Role,
    Roster,
)
from gongbao.corpus.store import Store

CITY = "云川市"
GOVERNMENT = "云川市人民政府"
OFFICE = "云川市人民政府办公室"
PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_LEFT, _TOP, _CHAR, _LINE, _PER_LINE, _PER_PAGE = 72.0, 90.0, 14.0, 24.0, 32, 28
_CANONICAL = {
    "市水利局": "云川市水利局",
    "市财政局": "云川市财政局",
    "市城市管理局": "云川市城市管理局",
    "市城管局": "云川市城市管理局",
    "市交通运输局": "云川市交通运输局",
    "市气象局": "云川市气象局",
    "市应急管理局": "云川市应急管理局",
    "市应急局": "云川市应急管理局",
    "市公安局": "云川市公安局",
    "市数据局": "云川市数据局",
}


@dataclass
class Draft:
    """A document being written, one block after another."""

    number: str | None
    title: str
    issuer: str | None
    signed: date | None
    genre: str = "通知"
    subjects: tuple[str, ...] = ()
    issue: str | None = "2024-1"
    position: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    places: list[NamedPlace] = field(default_factory=list)
    attachments: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ("云川市",)

    def __post_init__(self) -> None:
        self.id = document_id(self.number, self.title, self.issuer, self.signed)
        self.add(BlockKind.TITLE, self.title)
        if self.number:
            self.add(BlockKind.NUMBER, self.number)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    def add(self, kind: BlockKind, text: str, level: int | None = None, run_in: str = "") -> Span:
        span = Span(self.length, self.length + len(text))
        self.parts.append(text)
        self.length += len(text) + 1
        self.blocks.append(Block(kind, span, level))
        if kind is BlockKind.HEADING:
            self.headings.append(Heading(level or 1, text, span))
        if run_in:
            self.headings.append(Heading(level or 2, run_in, Span(span.start, span.start + len(run_in)), run_in=True))
        return span

    def add_table(self, caption: str, rows: Sequence[Sequence[str]]) -> Span:
        """A plain grid whose first row is the header."""
        start, at = self.length, self.length
        cells = []
        for row, texts in enumerate(rows):
            for col, text in enumerate(texts):
                cells.append(Cell(row, col, 1, 1, row == 0, text, Span(at, at + len(text))))
                at += len(text) + 1
        text = "\n".join("\t".join(row) for row in rows)
        span = Span(start, start + len(text))
        self.tables.append(Table(caption, 2, 2, len(rows), len(rows[0]), 1, tuple(cells), span))
        self.parts.append(text)
        self.length += len(text) + 1
        self.blocks.append(Block(BlockKind.TABLE, span, table=len(self.tables) - 1))
        return span

    def find(self, words: str, within: Span | None = None) -> Span:
        start = self.text.index(words, within.start if within else 0)
        return Span(start, start + len(words))

    def charmap(self) -> CharMap:
        """Every character at a made-up place: 32 a line, 28 lines a page."""
        runs = []
        for line, start in enumerate(range(0, self.length - 1, _PER_LINE)):
            count = min(_PER_LINE, self.length - 1 - start)
            top = _TOP + line % _PER_PAGE * _LINE
            xs = tuple(_LEFT + i * _CHAR for i in range(count + 1))
            runs.append(GlyphRun(start, 1 + line // _PER_PAGE, top, top + _CHAR, xs))
        return CharMap(tuple(runs))

    def deadline(self, words: str, inside: Span, kind: DeadlineKind = DeadlineKind.BY, **values: object) -> Deadline:
        span = self.find(words, inside)
        made = Deadline(
            id=record_id("deadline", self.id, self.text, span),
            text=words,
            kind=kind,
            context=inside.of(self.text)[:40],
            span=span,
            regions=self.charmap().regions(span, f"{self.issue}.pdf"),
            **values,  # type: ignore[arg-type]
        )
        self.deadlines.append(made)
        return made

    def assign(
        self,
        what: str,
        parties: Iterable[tuple[str, Role]],
        quote: Span,
        deadlines: tuple[Deadline, ...] = (),
        kind: AssignmentKind = AssignmentKind.TASK,
        source: AssignmentSource = AssignmentSource.TEXT,
        targets: tuple[Quantity, ...] = (),
    ) -> Assignment:
        made = Assignment(
            id=record_id("assignment", self.id, self.text, quote),
            kind=kind,
            source=source,
            what=what,
            parties=tuple(self._party(name, role, quote) for name, role in parties),
            deadlines=deadlines,
            path=tuple(h.text for h in self.headings if h.span.start <= quote.start)[-1:],
            quote=quote.of(self.text),
            span=quote,
            regions=self.charmap().regions(quote, f"{self.issue}.pdf"),
            targets=targets,
        )
        self.assignments.append(made)
        return made

    def measure(self, words: str, inside: Span, value: int | float, unit: str, **values: object) -> Quantity:
        span = self.find(words, inside)
        made = Quantity(
            id=record_id("quantity", self.id, self.text, span),
            text=words,
            value=value,
            unit=unit,
            context=inside.of(self.text),
            span=span,
            regions=self.charmap().regions(span, f"{self.issue}.pdf"),
            **({"kind": QuantityKind.QUANTITY, "comparison": Comparison.EXACTLY} | values),  # type: ignore[arg-type]
        )
        self.quantities.append(made)
        return made

    def reach(self, words: str, label: str, name: str) -> None:
        span = self.find(words)
        number = Contact(
            record_id("contact", self.id, self.text, span), ContactKind.PHONE, words, words, label, name, None, span, ()
        )
        self.contacts.append(number)

    def name_place(self, words: str, full: str) -> None:
        span = self.find(words)
        place = record_id("place", self.id, self.text, span)
        self.places.append(NamedPlace(place, words, full, PlaceLevel.COUNTY, 1, span, ()))

    def cite(
        self, title: str, number: str | None, target: str | None = None, relation: Relation = Relation.CITES
    ) -> None:
        span = self.find(f"《{title}》")
        self.citations.append(
            Citation(
                id=record_id("citation", self.id, self.text, span),
                title=title,
                number=number,
                relation=relation,
                span=span,
                regions=self.charmap().regions(span, f"{self.issue}.pdf"),
                target=target,
            )
        )

    def roster(self, body: str, members: Iterable[tuple[str, str, str]], span: Span) -> None:
        people = tuple(Member(*member) for member in members)
        made = Roster(record_id("roster", self.id, self.text, span), body, people, span, ())
        self.rosters.append(made)

    def _party(self, name: str, role: Role, quote: Span) -> Party:
        kind = PartyType.COLLECTIVE if name.startswith("各") else PartyType.AGENCY
        return Party(name, _CANONICAL.get(name), role, kind, self.find(name, quote))

    def document(self, source: Source) -> Document:
        return Document(
            id=self.id,
            number=self.number,
            title=self.title,
            issuer=self.issuer,
            signed=self.signed,
            text=self.text,
            blocks=tuple(self.blocks),
            headings=tuple(self.headings),
            tables=tuple(self.tables),
            attachments=self.attachments,
            source=source,
            issue=self.issue,
            first_page=1,
            last_page=1 + self.length // (_PER_LINE * _PER_PAGE),
            position=self.position,
            charmap=self.charmap(),
        )

    def extraction(self) -> Extraction:
        return Extraction(
            document_id=self.id,
            version="sample",
            genre=self.genre,
            subjects=self.subjects,
            assignments=tuple(self.assignments),
            deadlines=tuple(self.deadlines),
            rosters=tuple(self.rosters),
            citations=tuple(self.citations),
            quantities=tuple(self.quantities),
            contacts=tuple(self.contacts),
            places=tuple(self.places),
            divisions=self.divisions,
        )


def bike_notice(year: int = 2024) -> Draft:
    """A plan with attributions in brackets, a table and a citation; the same notice exists for two years."""
    d = Draft(
        f"云政办发〔{year}〕12号",
        f"{OFFICE}关于印发{year}年城市慢行交通提升工作方案的通知",
        OFFICE,
        date(year, 3, 4),
        subjects=("城乡建设",),
        issue=f"{year}-1",
    )
    d.add(BlockKind.SALUTATION, "各县（市、区）人民政府，市直各部门：")
    d.add(
        BlockKind.PARAGRAPH,
        "为落实《云川市公共自行车管理办法》（云政发〔2022〕5号），现将工作方案印发给你们，请认真执行。",
    )
    d.add(BlockKind.HEADING, "一、主要任务", 1)
    first = d.add(
        BlockKind.PARAGRAPH,
        f"（一）完善站点布局。{year}年6月底前，新建公共自行车站点60个。（牵头单位：市城市管理局，配合单位：市财政局、市公安局）",
        2,
        "（一）完善站点布局。",
    )
    due = d.deadline(f"{year}年6月底前", first, due=date(year, 6, 30))
    roles = [("市城市管理局", Role.LEAD), ("市财政局", Role.SUPPORT), ("市公安局", Role.SUPPORT)]
    stations = d.measure("60个", first, 60, "个")
    d.assign("新建公共自行车站点60个", roles, first, (due,), targets=(stations,))
    second = d.add(
        BlockKind.PARAGRAPH,
        "（二）整治乱停乱放。每月开展一次集中整治。（责任单位：市公安局）",
        2,
        "（二）整治乱停乱放。",
    )
    monthly = d.deadline("每月", second, DeadlineKind.RECURRING, every="P1M")
    d.assign("每月开展一次集中整治", [("市公安局", Role.RESPONSIBLE)], second, (monthly,))
    if year >= 2024:
        third = d.add(
            BlockKind.PARAGRAPH,
            "（三）建设慢行系统平台。12月底前，建成统一调度平台。（责任单位：市数据局、市城管局）",
            2,
            "（三）建设慢行系统平台。",
        )
        late = d.deadline("12月底前", third, due=date(year, 12, 31))
        d.assign("建成统一调度平台", [("市数据局", Role.RESPONSIBLE), ("市城管局", Role.RESPONSIBLE)], third, (late,))
    d.add(BlockKind.HEADING, "附件 任务分解表", 0)
    rows = [
        ["序号", "工作任务", "责任单位", "完成时限"],
        ["1", "开展站点安全检查", "市应急管理局", f"{year}年5月15日前"],
        ["2", "更新老旧车辆2000辆", "市城市管理局", f"{year}年9月底前"],
    ]
    span = d.add_table("任务分解表", rows)
    for row, due_date in zip(rows[1:], (date(year, 5, 15), date(year, 9, 30)), strict=True):
        quote = d.find("\t".join(row), span)
        limit = d.deadline(row[3], quote, due=due_date)
        d.assign(row[1], [(row[2], Role.RESPONSIBLE)], quote, (limit,), source=AssignmentSource.TABLE)
    d.add(BlockKind.SIGNATURE, OFFICE)
    d.add(BlockKind.DATE, f"{year}年3月4日")
    d.attachments = ("任务分解表",)
    d.cite("云川市公共自行车管理办法", "云政发〔2022〕5号")
    return d


def flood_plan() -> Draft:
    """An emergency plan: standing duties, a roster, and hostile words that a PDF may hold."""
    d = Draft(
        "云政发〔2024〕10号", f"{GOVERNMENT}关于印发云川市防汛应急预案的通知", GOVERNMENT, date(2024, 4, 20), position=1
    )
    d.subjects = ("水利、水务",)
    d.add(BlockKind.SALUTATION, "各县（市、区）人民政府：")
    d.add(BlockKind.HEADING, "一、组织体系", 1)
    duty = d.add(BlockKind.PARAGRAPH, "市水利局：负责水情、工情的监测，承担防洪工程调度。", 2)
    d.assign("水情、工情的监测，承担防洪工程调度", [("市水利局", Role.RESPONSIBLE)], duty, kind=AssignmentKind.DUTY)
    duty = d.add(BlockKind.PARAGRAPH, "市气象局：负责暴雨监测预警，2小时内报告雨情。", 2)
    within = d.deadline("2小时内", duty, DeadlineKind.WITHIN, within="PT2H")
    d.assign("暴雨监测预警", [("市气象局", Role.RESPONSIBLE)], duty, (within,), kind=AssignmentKind.DUTY)
    d.add(BlockKind.HEADING, "二、预防准备", 1)
    task = d.add(
        BlockKind.PARAGRAPH, "汛前30日内完成水库除险加固，5月底前完成。（市水利局牵头，市财政局、市应急局配合）"
    )
    due = d.deadline("5月底前", task, due=date(2024, 5, 31))
    roles = [("市水利局", Role.LEAD), ("市财政局", Role.SUPPORT), ("市应急局", Role.SUPPORT)]
    d.assign("汛前30日内完成水库除险加固", roles, task, (due,))
    task = d.add(
        BlockKind.PARAGRAPH, '=HYPERLINK("http://evil.example","点我")<script>alert(1)</script>由市财政局清理。'
    )
    d.assign(
        '=HYPERLINK("http://evil.example","点我")<script>alert(1)</script>', [("市财政局", Role.RESPONSIBLE)], task
    )
    effective = d.add(BlockKind.PARAGRAPH, "本预案自印发之日起施行，有效期5年。")
    d.deadline(
        "有效期5年",
        effective,
        DeadlineKind.EFFECTIVE,
        within="P5Y",
        resolved=Resolved("印发之日 2024-04-20", due=date(2029, 4, 19)),
    )
    people = d.add(BlockKind.PARAGRAPH, "总指挥：林知远 市长\n副总指挥：沈若谷 副市长")
    d.roster("云川市防汛抗旱指挥部", [("总指挥", "林知远", "市长"), ("副总指挥", "沈若谷", "副市长")], people)
    return d


def bare_decision() -> Draft:
    """A repeal: no task, no deadline."""
    title = f"{GOVERNMENT}关于废止《云川市公共自行车管理暂行规定》的决定"
    d = Draft("云政发〔2024〕11号", title, GOVERNMENT, date(2024, 5, 6), genre="决定", position=2)
    d.add(BlockKind.PARAGRAPH, "市政府决定废止《云川市公共自行车管理暂行规定》，自公布之日起停止执行。")
    d.cite("云川市公共自行车管理暂行规定", None, relation=Relation.REPEALS)
    return d


def old_rules() -> Draft:
    """Rules that a later decision repeals, by the title of what it transmits."""
    title = f"{GOVERNMENT}关于印发云川市公共自行车管理暂行规定的通知"
    d = Draft("云政发〔2019〕8号", title, GOVERNMENT, date(2019, 8, 1), issue="2023-1", position=1)
    d.add(BlockKind.PARAGRAPH, "市城市管理局负责公共自行车的日常管理。")
    beside = d.add(
        BlockKind.PARAGRAPH,
        "东山区每年新增站点不少于20个，每个补助10—15万元。联系人：李青禾，联系电话：0359-2345678。",
    )
    d.measure("新增站点不少于20个", beside, 20, "个", comparison=Comparison.AT_LEAST, direction=Direction.INCREASE)
    d.measure("10—15万元", beside, 100_000, "元", upper=150_000, kind=QuantityKind.MONEY, comparison=Comparison.BETWEEN)
    d.reach("0359-2345678", "联系电话", "李青禾")
    d.name_place("东山区", "云川市东山区")
    return d


def sample_pdf(pages: int = 2) -> bytes:
    """White pages to draw boxes on."""
    import io

    pdf = pdfium.PdfDocument.new()
    for _ in range(pages):
        pdf.new_page(PAGE_WIDTH, PAGE_HEIGHT)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()


def fill(home: Home) -> Store:
    """Write the sample into a home, each year as one issue."""
    store = Store.open(home)
    issues = {"2023-1": [bike_notice(2023), old_rules()], "2024-1": [bike_notice(2024), flood_plan(), bare_decision()]}
    for issue, drafts in issues.items():
        _put(store, issue, drafts)
    return store


def replace_file(store: Store, document: Document, content: bytes) -> None:
    """What the corpus keeps of its source is another file."""
    store.files.put(f"{SOURCES}{document.source.sha256}.pdf", BytesIO(content))


def _put(store: Store, issue: str, drafts: list[Draft]) -> None:
    content = sample_pdf() + issue.encode()
    sha = hashlib.sha256(content).hexdigest()
    source = Source(f"{issue}.pdf", sha, SourceKind.NATIVE)
    store.files.put(f"{SOURCES}{sha}.pdf", BytesIO(content))
    year, number = map(int, issue.split("-"))
    pages = tuple(Page(n, PAGE_WIDTH, PAGE_HEIGHT, PageState.NATIVE) for n in (1, 2))
    documents = tuple(draft.document(source) for draft in drafts)
    made = Issue(source, documents, issue, f"{GOVERNMENT}公报", year, number, pages=pages)
    store.put_issue(made, "sample")
    for draft in drafts:
        store.put_extraction(draft.extraction(), sha)


def source_of(draft: Draft) -> Source:
    """A source for a draft that stands in no home."""
    return Source(f"{draft.issue}.pdf", "0" * 64, SourceKind.NATIVE)


def put(store: Store, issue: str, drafts: list[Draft]) -> None:
    """Further documents, as one more issue of the home."""
    _put(store, issue, drafts)


if __name__ == "__main__":
    import sys

    fill(Home(Path(sys.argv[1])))
