"""What people take away: the table for a leader and notices to bodies, opened again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import icalendar
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from fastapi.testclient import TestClient
from gongbao.corpus.desk import State
from gongbao.search_api import following, labels
from gongbao.search_api.api import create_app
from gongbao.search_api.compose import Application
from gongbao.search_api.export.columns import rows_of
from gongbao.search_api.following import Sent
from gongbao.search_api.shapes import TaskShape

from tests.search_api.conftest import make_application
from tests.search_api.sample import bike_notice, flood_plan
from tests.search_api.test_marked import _SOURCE

FLOOD, BIKE = flood_plan(), bike_notice()
TASK = FLOOD.assignments[2]


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path / "home")


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


def _change(application: Application, record: str, **said: str) -> None:
    following.change_items(application, [(record, 0, Sent(**said).change())], "林知远")


def _export(client: TestClient, **asked: str) -> bytes:
    answer = client.get("/api/v1/export/tasks", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.mark.parametrize(
    ("why", "title", "printed"),
    [
        ("plain", "关于节水的通知", "《关于节水的通知》"),
        ("a title within", "关于印发《节水办法》的通知", "《关于印发〈节水办法〉的通知》"),
        ("two within", "关于废止《甲》《乙》的决定", "《关于废止〈甲〉〈乙〉的决定》"),
    ],
)
def test_marks_within_marks(why: str, title: str, printed: str) -> None:
    assert labels.titled(title) == printed, why


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("云川市人民政府关于印发2024年工作要点的通知", "2024年工作要点"),
        ("云川市人民政府办公室关于转发市水利局节水方案的通知", "市水利局节水方案"),
        ("云川市人民政府关于加强节水工作的意见", "云川市人民政府关于加强节水工作的意见"),
    ],
)
def test_the_table_is_called_by_the_plan(title: str, name: str) -> None:
    assert labels.plan_name(title) == name


def test_the_table_of_one_document_says_its_basis_once(client: TestClient) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(_export(client, format="xlsx", document=BIKE.id))).active
    assert sheet is not None
    assert sheet["A1"].value == "2024年城市慢行交通提升工作方案任务分解表"
    assert sheet["A2"].value == f"依据：《{BIKE.title}》（{BIKE.number}）"
    assert "依据" not in [cell.value for cell in sheet[3]]
    assert sheet.auto_filter.ref == f"A3:I{3 + len(BIKE.assignments)}"


def test_columns_are_the_offices_choice(client: TestClient, application: Application) -> None:
    _change(application, TASK.id, state="running", progress="40", person="沈若谷", feedback="已开工")
    ours = "工作任务、进展，责任人,反馈"
    sheet = openpyxl.load_workbook(io.BytesIO(_export(client, format="xlsx", columns=ours))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["工作任务", "进展", "责任人", "反馈"]
    assert (TASK.what, "进行中 40%", "沈若谷", "已开工") in list(sheet.iter_rows(min_row=3, values_only=True))
    wrong = client.get("/api/v1/export/tasks", params={"format": "xlsx", "columns": "领导"})
    assert wrong.status_code == 404
    assert "牵头单位" in wrong.json()["remedy"]


def test_a_statement_within_another_is_its_part() -> None:
    document = BIKE.document(_SOURCE)
    whole = TaskShape.of(BIKE.assignments[0], _ref(document))
    part = whole.model_copy(update={"id": "part", "part_of": whole.id})
    numbers = [row.number for row in rows_of([whole, part, TaskShape.of(BIKE.assignments[1], _ref(document))])]
    assert numbers == ["1", "1.1", "2"]


def _ref(document: object) -> object:
    from gongbao.corpus.store import reference

    return reference(document)  # type: ignore[arg-type]


def test_the_paper_is_laid_out_as_gb_t_9704_says(client: TestClient) -> None:
    paper = docx.Document(io.BytesIO(_export(client, format="docx", document=BIKE.id)))
    title = paper.paragraphs[0]
    assert title.text == "2024年城市慢行交通提升工作方案任务分解表"
    run = title.runs[0]
    assert (run.font.size, run._element.rPr.rFonts.get(qn("w:eastAsia"))) == (Pt(22), "方正小标宋简体")
    section = paper.sections[0]
    assert abs(section.page_width - Mm(297)) < Mm(1)
    (table,) = paper.tables
    assert [cell.text for cell in table.rows[0].cells][:2] == ["序号", "工作任务"]
    assert [row.cells[1].text for row in table.rows[1:]] == [task.what for task in BIKE.assignments]
    fonts = next(r.target_part for r in paper.part.rels.values() if r.reltype.endswith("/fontTable")).blob.decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in fonts
    assert "PAGE" in section.footer.paragraphs[0]._element.xml


def test_columns_are_as_wide_as_they_are_said_to_be(client: TestClient) -> None:
    """In the grid, which WPS and LibreOffice read: with equal columns a 任务 is a ribbon and the table many pages."""
    table = docx.Document(io.BytesIO(_export(client, format="docx"))).tables[0]
    assert [column.width for column in table.columns] == [cell.width for cell in table.rows[1].cells]
    assert table.columns[1].width > 3 * table.columns[0].width


def test_a_notice_to_a_body(client: TestClient, application: Application) -> None:
    late = {"today": "2024-06-10", "office": "云川市人民政府办公室", "reply": "2024-06-20"}
    answer = client.get("/api/v1/notices/市水利局.docx", params=late)
    assert answer.status_code == 200, answer.text
    paper = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert text.startswith("督办通知\n\n云川市水利局：")
    assert "1 项已逾期" in text
    assert (
        f"{TASK.what}。完成时限：5月底前（2024年5月31日，逾期10天）。依据：《{FLOOD.title}》（云政发〔2024〕10号）。"
        in text
    )
    assert "并于2024年6月20日前书面反馈" in text
    assert text.endswith("云川市人民政府办公室\n2024年6月10日")
    section = paper.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(abs(got - Mm(want)) < Mm(1) for got, want in zip(margins, (37, 35, 28, 26), strict=True))
    _change(application, TASK.id, state=State.DONE)
    done = client.get("/api/v1/notices/市水利局.docx", params=late)
    assert done.status_code == 404
    assert "没有已逾期" in done.json()["detail"]


def test_a_notice_to_every_body_that_leads(client: TestClient) -> None:
    answer = client.get("/api/v1/notices.zip", params={"today": "2024-06-10"})
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "督办通知（云川市水利局）.docx" in names
    assert "督办通知（云川市财政局）.docx" not in names, "it only supports"


def test_calendars_ring_until_it_is_done(client: TestClient, application: Application) -> None:
    _change(application, TASK.id, state="done")
    events = icalendar.Calendar.from_ical(_export(client, format="ics", today="2024-05-01")).walk("VEVENT")
    by_summary = {str(event["summary"]): event for event in events}
    assert by_summary[f"（已完成）{TASK.what}"].subcomponents == []
    alarms = by_summary["新建公共自行车站点60个"].subcomponents
    assert [alarm["trigger"].dt.total_seconds() / 3600 for alarm in alarms] == [-159, -63, 9]
