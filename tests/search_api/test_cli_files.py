"""Files that the command line is told to read and to write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gongbao.corpus.errors import InputError
from gongbao.search_api import cli
from gongbao.search_api.cli.ask import Question, read_questions


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ('{"id": 1, "query": "节水"}\n'.encode(), "节水"),
        ('\ufeff{"id": 1, "query": "节水"}\r\n'.encode(), "节水"),  # as Windows writes it
        (
            '{"id": 1, "query": "节水\u2028灌溉"}\n'.encode(),
            "节水\u2028灌溉",
        ),  # a line break within JSON is none between
    ],
)
def test_questions_one_a_line(tmp_path: Path, given: bytes, query: str) -> None:
    (tmp_path / "queries.jsonl").write_bytes(given)
    assert list(read_questions(tmp_path / "queries.jsonl")) == [Question("1", query)]


def test_a_batch_in_another_encoding_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_bytes('{"id": 1, "query": "节水"}\n'.encode("gb18030"))
    with pytest.raises(InputError, match="第1行"):
        list(read_questions(tmp_path / "queries.jsonl"))


@pytest.mark.parametrize(
    "command",
    [
        ("export", "tasks", "--output", "{}/no/such/folder/tasks.jsonl"),
        ("search", "--batch", "{}/queries.jsonl", "--output", "{}/no/such/folder/run.jsonl"),
        ("export", "tasks", "--output", "{}"),  # a folder
    ],
)
def test_a_place_that_cannot_be_written_is_one_line(
    command: tuple[str, ...],
    tmp_path: Path,
    sample_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "queries.jsonl").write_text('{"id": 1, "query": "节水"}\n', "utf-8")
    arguments = [part.format(tmp_path) for part in command]
    monkeypatch.setattr("sys.argv", ["gongbao", "--home", str(sample_home), *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capfd.readouterr().err
    assert ended.value.code == 2
    assert str(tmp_path) in said
    assert "Traceback" not in said


def test_a_question_that_asks_nothing_keeps_no_other_from_its_answer(
    tmp_path: Path, sample_home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "queries.jsonl").write_text('{"id": "a", "query": " "}\n{"id": "b", "query": "节水"}\n', "utf-8")
    output = tmp_path / "run.jsonl"
    arguments = ["search", "--batch", str(tmp_path / "queries.jsonl"), "--output", str(output)]
    monkeypatch.setattr("sys.argv", ["gongbao", "--home", str(sample_home), *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    empty, answered = (json.loads(line) for line in output.read_text("utf-8").splitlines())
    assert ended.value.code == 1
    assert "a：" in capfd.readouterr().err
    assert (empty["id"], empty["ranking"]) == ("a", [])
    assert answered["ranking"]
