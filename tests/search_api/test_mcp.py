"""The assistant's tools, called through the protocol by the SDK's own client."""

from __future__ import annotations

import anyio
import pytest
from gongbao.search_api.compose import Application
from gongbao.search_api.mcp import create_server
from mcp import Client
from mcp.types import CallToolResult

from tests.search_api.sample import bike_notice

BIKE = bike_notice()


def _call(application: Application, tool: str, **asked: object) -> CallToolResult:
    async def run() -> CallToolResult:
        async with Client(create_server(application)) as client:
            return await client.call_tool(tool, asked)

    return anyio.run(run)


def test_every_tool_is_read_only_and_explained(application: Application) -> None:
    tools = {tool.name: tool for tool in anyio.run(create_server(application).list_tools)}
    further = {"agency", "changes_since", "compare_years", "verify_citation"}
    assert set(tools) == {"ask", "search", "tasks", "document"} | further
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
    assert all(tool.description for tool in tools.values())


def test_an_answer_carries_sentence_and_page(application: Application) -> None:
    found = _call(application, "ask", question="公共自行车站点由哪个部门牵头").structured_content
    assert found is not None
    statement = next(s for s in found["statements"] if s["document"]["number"] == BIKE.number)
    assert "市城市管理局" in statement["quote"]
    assert statement["source_regions"][0]["page"] == 1


def test_tasks_of_a_body(application: Application) -> None:
    found = _call(application, "tasks", agency="市水利局", role="lead").structured_content
    assert found is not None
    assert [task["what"] for task in found["items"]] == ["汛前30日内完成水库除险加固"]


def test_a_document_with_its_regions(application: Application) -> None:
    found = _call(application, "document", named="云政办发〔2024〕12号").structured_content
    assert found is not None
    assert found["text"] == BIKE.text
    assert found["next_offset"] is None
    assert found["source_regions"]


@pytest.mark.parametrize(
    ("tool", "asked", "told"),
    [
        ("document", {"named": "none"}, "检查文号"),
        ("tasks", {"role": "boss"}, "lead、responsible、support"),  # says what there is
        ("tasks", {"due_to": "soon"}, "写成 2024-06-30 的样子"),
        ("ask", {"question": "？？"}, "请输入词语"),  # from the engine below
    ],
)
def test_what_cannot_be_meant_is_told(application: Application, tool: str, asked: dict[str, object], told: str) -> None:
    answer = _call(application, tool, **asked)
    assert answer.is_error
    assert told in str(answer.content)
