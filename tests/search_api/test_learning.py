"""`gongbao train` and what follows from it: models of a home, extraction with them, hints while reviewing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gongbao.nlp.learning import write_models
from gongbao.nlp.learning.models import CANDIDATES, SENTENCES
from gongbao.nlp.learning.weights import Veto, Weights
from gongbao.search_api.api import create_app
from gongbao.search_api.cli import app as command
from gongbao.search_api.compose import Application
from gongbao.search_api.tokens import Access, Tokens
from typer.testing import CliRunner

from tests.conftest import SAMPLE
from tests.search_api.conftest import make_application
from tests.search_api.sample import flood_plan, old_rules

ALL = Veto(Weights(-30.0, {}), 0.5)  # rejects every sentence


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def run(home: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, ["--home", str(home), "--today", "2024-06-15", *words])
    return done.exit_code, done.stdout, done.stderr


def test_train_says_the_same_twice_and_keeps_nothing_that_does_not_win(home: Path) -> None:
    first, second = (run(home, "train", str(SAMPLE / "gold")) for _ in range(2))
    assert first == second
    code, said, _ = first
    assert code == 0
    assert "6 份标注文件" in said
    assert "不及规则" in said
    assert "没有模型胜过规则，沿用规则。" in said
    assert not (home / "models").exists()  # nothing is written unless it is asked


def test_applied_the_card_is_the_same_bytes(home: Path) -> None:
    cards = []
    for _ in range(2):
        assert run(home, "train", str(SAMPLE / "gold"), "--apply")[0] == 0
        assert [path.name for path in (home / "models").iterdir()] == ["说明.md"]
        cards.append((home / "models" / "说明.md").read_bytes())
    assert cards[0] == cards[1]


def test_a_folder_without_gold_is_wrong_usage(home: Path, tmp_path: Path) -> None:
    code = run(home, "train", str(tmp_path / "nowhere"))[0]
    assert code == 2


def statements(home: Path) -> int:
    return run(home, "tasks", "--json")[1].count('"quote"')


def test_documents_are_read_again_when_a_model_changes(home: Path) -> None:
    assert "文件 0 件" in "".join(run(home, "extract")[1:])
    write_models({SENTENCES: ALL}, home / "models")
    assert "文件 6 件" in "".join(run(home, "extract")[1:])
    write_models({SENTENCES: ALL, CANDIDATES: ALL.weights}, home / "models")
    assert "文件 0 件" in "".join(run(home, "extract")[1:])  # hints are no part of what is extracted
    write_models({}, home / "models")
    assert "文件 6 件" in "".join(run(home, "extract")[1:])


def test_a_damaged_model_is_told_of_and_extraction_goes_on(home: Path) -> None:
    before = statements(home)
    assert before > 0
    (home / "models").mkdir()
    (home / "models" / "sentences.json").write_text("{", "utf-8")
    code, *said = run(home, "run", str(SAMPLE / "sample.pdf"))
    assert code == 1
    assert "sentences.json" in "".join(said)
    assert "重新运行 gongbao train" in "".join(said)
    assert statements(home) == before
    assert "sentences.json" in run(home, "status")[1]
    (home / "models" / "sentences.json").unlink()
    assert run(home, "extract")[0] == 0
    assert "sentences.json" not in run(home, "status")[1]


# --- hints on the page where a document is reviewed


RULES = old_rules()
MISSED = "市城市管理局负责公共自行车的日常管理。"


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return make_application(tmp_path)


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


def hints(page: str) -> list[str]:
    found = re.search(r'<section id="candidates">(.*?)</section>', page, re.DOTALL)
    return [unescape(text).strip() for text in re.findall(r"<blockquote>(.*?)</blockquote>", found[1])] if found else []


def test_what_the_rules_may_have_missed_is_shown_and_can_be_added(client: TestClient, application: Application) -> None:
    headers = {"Authorization": f"Bearer {Tokens(application.settings.home).add('林知远', Access.REVIEWER)}"}
    page = client.get(f"/review/{RULES.id}", headers=headers).text
    assert hints(page) == [MISSED]
    [quote] = re.findall(r'name="quote" value="([^"]*)"', page)
    form = {"verdict": "added", "quote": unescape(quote), "what": MISSED, "parties": "责任：市城市管理局"}
    after = client.post(f"/review/{RULES.id}", data=form, headers=headers)
    assert after.status_code == 200  # and back on the page
    assert hints(after.text) == []
    assert MISSED in after.text


def test_what_a_person_rejected_is_no_hint(client: TestClient, application: Application) -> None:
    plan = flood_plan()
    headers = {"Authorization": f"Bearer {Tokens(application.settings.home).add('林知远', Access.REVIEWER)}"}
    for task in plan.assignments:
        client.post(f"/review/{plan.id}", data={"verdict": "rejected", "record": task.id}, headers=headers)
    quotes = {task.quote for task in plan.assignments}
    assert not quotes & set(hints(client.get(f"/review/{plan.id}", headers=headers).text))


def test_only_reviewers_get_the_form(client: TestClient) -> None:
    page = client.get(f"/review/{RULES.id}").text
    assert hints(page) == [MISSED]
    assert 'name="quote"' not in page
