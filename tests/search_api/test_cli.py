"""The command line as people use it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import gc
import json
import re
import shutil
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
import typer
from gongbao.corpus.failure import Failure
from gongbao.corpus.home import Home
from gongbao.corpus.store import Store
from gongbao.search_api.cli import COMMANDS, screen
from gongbao.search_api.cli.speaking import Commands
from gongbao.search_api.compose import Application, Settings
from rich.cells import cell_len

from tests.conftest import SAMPLE


def locked_pdf() -> bytes:
    """A PDF under the standard security handler (ISO 32000-1, 7.6.3) whose password nobody has."""
    key = b"<" + b"41" * 32 + b">"
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n",
        b"4 0 obj<</Filter/Standard/V 1/R 2/O " + key + b"/U " + key + b"/P -4>>endobj\n",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for part in parts:
        offsets.append(len(body))
        body += part
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + table + trailer


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_folder_with_bad_files_gives_the_good_one_and_names_the_others(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    shutil.copy(SAMPLE / "sample.pdf", folder / "good.pdf")
    (folder / "broken.pdf").write_bytes((SAMPLE / "sample.pdf").read_bytes()[:2000])
    (folder / "empty.pdf").touch()
    (folder / "photo.pdf").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 500)
    (folder / "locked.pdf").write_bytes(locked_pdf())
    (folder / "notes.xyz").write_text("not a gazette")
    code, _, err = gongbao("ingest", folder, home=home)
    assert code == 1
    assert "文件 6 件" in err
    for name in ("broken.pdf", "empty.pdf", "photo.pdf", "locked.pdf", "notes.xyz"):
        assert name in err
    assert "JPEG" in err
    assert "密码" in err
    code, out, _ = gongbao("status", "--json", home=home)
    status = json.loads(out)
    assert code == 0
    assert status["documents"] == 6
    assert {failure["file"] for failure in status["failures"]} == {"broken.pdf", "empty.pdf", "photo.pdf", "locked.pdf"}
    assert all(failure["cause"] and failure["remedy"] for failure in status["failures"])


def test_status_speaks_chinese_and_says_once_what_all_pages_share(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    Store.open(Home(tmp_path)).close()
    assert "语料库" in gongbao("status", home=tmp_path)[1]
    assert "gongbao run" in gongbao("status", home=tmp_path)[1]  # empty: what to do
    store = Store.open(Home(tmp_path))
    for page in (1, 2, 3):
        store.ledger.record(Failure("甲.pdf", "ingest", "整页是图像", "安装识别组件", page))
    _, out, _ = gongbao("status", home=tmp_path)
    assert out.count("甲.pdf") == 1
    assert "1–3" in out
    assert "读入" in out
    assert "文字 11" in gongbao("status")[1]


def test_files_of_one_name_are_told_apart_and_removed_by_path(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for place, number in (("甲", 1), ("乙", 2)):
        (tmp_path / place).mkdir()
        (tmp_path / place / "a.txt").write_text(f"云川市人民政府通知\n云政发〔2024〕{number}号\n各县：\n做好准备。\n")
        (tmp_path / place / "b.pdf").touch()
    home = tmp_path / "home"
    gongbao("ingest", tmp_path / "甲", tmp_path / "乙", home=home)
    status = json.loads(gongbao("status", "--json", home=home)[1])
    assert [file["paths"] for file in status["files"]] == [[str(tmp_path / place / "a.txt")] for place in ("甲", "乙")]
    assert {failure["path"] for failure in status["failures"]} == {str(tmp_path / p / "b.pdf") for p in ("甲", "乙")}
    shown = "".join(gongbao("status", home=home)[1].split())
    assert all(f"{place}/" in shown for place in ("甲", "乙"))
    code, _, err = gongbao("remove", tmp_path / "甲" / "a.txt", home=home)
    assert (code, "--yes" in err) == (2, True)
    code, _, err = gongbao("remove", tmp_path / "甲" / "a.txt", "--yes", home=home)
    assert (code, str(tmp_path / "甲" / "a.txt") in err) == (0, True)
    assert json.loads(gongbao("status", "--json", home=home)[1])["documents"] == 1


def test_the_same_file_twice_changes_nothing(gongbao) -> None:  # type: ignore[no-untyped-def]
    code, _, err = gongbao("run", SAMPLE / "sample.pdf")
    assert code == 0
    assert "未变 1" in err
    assert "新增 0，更新 0，移除 0" in err


@pytest.mark.parametrize("arguments", [(), ("tasks",), ("export",), ("ingest",), ("serve",), ("register", "add")])
def test_help_speaks_chinese(gongbao, arguments) -> None:  # type: ignore[no-untyped-def]
    out = gongbao(*arguments, "--help")[1]
    assert out.startswith("用法：gongbao")
    assert not re.search(r"Usage|Options|Arguments|Commands|OPTIONS|default|required|Show this|<(?:str|path|int)", out)


@pytest.mark.parametrize(("columns", "head"), [(80, False), (120, True)])  # the source has a column, or stands below
def test_tables_fit_the_screen(gongbao, monkeypatch, columns: int, head: bool) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(screen.console, "_width", columns)
    out = gongbao("tasks", "--document", "云政发〔2024〕10号")[1]
    lines = out.splitlines()
    assert {cell_len(line) for line in lines} == {columns}
    assert ("依据" in lines[1]) is head
    assert "（2024-10-31）" in out  # a date is never broken
    assert out.count("云政发〔2024〕") == len([line for line in lines if line.startswith(("├", "└"))])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "用法：gongbao"),  # nothing asked
        (("ask",), "没有写查询内容"),
        (("tasks", "--role", "boss"), "--role 的值不对：没有“boss”，可以写 牵头、责任、配合"),
        (("tasks", "--due-from", "soon"), "--due-from 的值不对：“soon”不是日期"),
        (("tasks", "--year", "12"), "--year 的值不对：不得小于 1949"),
        (("tasks", "--agencyy", "x"), "没有 --agencyy 这个选项，是否指 --agency"),
        (("tasks", "--agency"), "--agency 后面没有写值"),
        (("agency",), "缺少 name"),
        (("ask", "谁", "牵头"), "请用引号括起来"),  # words apart
        (("taks",), "没有 taks 这个命令，是否指 tasks"),
        (("tasks", "--due-from", "2024-05-01", "--due-to", "2024-04-01"), "--due-from"),  # ends before it begins
        (("export", "tasks", "--format", "doc"), "没有“doc”，可以写 jsonl、csv"),
        (("export", "rosters", "--format", "ics"), "日历"),  # people have no dates
        (("export", "documents", "--agency", "市水务局"), "只用于"),  # a condition that documents do not have
        (("search", "--batch", SAMPLE / "issue.txt"), "--output"),
        (("ingest", "/no/such/folder"), "没有这个文件或目录"),
        (("register", "add", "/no/such.csv"), "没有这个文件：/no/such.csv，请检查路径"),  # the argument is called file
        (("register", "add", "/"), "/ 是目录，请写出文件"),
        (("evaluate", "/no/such"), "没有这个目录：/no/such，请检查路径"),
        (("train", SAMPLE / "issue.txt"), "是文件，请写出目录"),
        (("search", "--batch", "/no/such.jsonl", "-o", "x"), "没有这个文件：/no/such.jsonl"),
        (("export", "tasks", "-o", "/no/such/tasks.csv"), "/no/such/tasks.csv：没有这个文件或目录"),
        (("show", "x", "-o", "/no/such/page.png"), "没有"),
        (("fly",), "fly"),
    ],
)
def test_wrong_usage_is_one_clear_message_and_exit_code_2(gongbao, arguments, says) -> None:  # type: ignore[no-untyped-def]
    code, out, err = gongbao(*arguments)
    assert code == 2
    assert says in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "same"),
    [
        (("--role", "牵头"), ("--role", "lead")),
        (("--kind", "职责"), ("--kind", "duty")),
        (("--due-to", "2024年9月30日"), ("--due-to", "2024-09-30")),
        (("--due-to", "2024/9/30"), ("--due-to", "2024-09-30")),
    ],
)
def test_conditions_in_chinese_are_the_same_conditions(gongbao, options, same) -> None:  # type: ignore[no-untyped-def]
    code, out, err = gongbao("tasks", *options, "--json")
    assert code == 0, err
    assert out
    assert out == gongbao("tasks", *same, "--json")[1]


def test_what_was_asked_for_comes_first(gongbao) -> None:  # type: ignore[no-untyped-def]
    when = gongbao("ask", "供水管网改造什么时候完成")[1]
    assert 0 <= when.index("时限") < when.index("任务")
    assert "第" in when
    who = gongbao("ask", "供水管网改造谁牵头")[1]
    assert "[牵头]" in who  # what is read as it was typed is not said twice
    assert "谁做什么" in who


def test_make_demo_calls_the_demo_as_it_is(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The one line of the Makefile that everybody runs first, without the server at its end."""
    makefile = (Path(__file__).parents[2] / "Makefile").read_text("utf-8")
    line = next(line for line in makefile.splitlines() if "gongbao" in line and " demo --" in line)
    options = line.split(" demo ", 1)[1].replace("$(PORT)", "8000").split()
    code, out, err = gongbao("demo", *options, "--no-web", home=tmp_path)
    assert code == 0, err
    assert "谁必须做什么" in out


def test_an_unreachable_elasticsearch_is_one_line_and_exit_code_1(gongbao, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("GONGBAO_ELASTICSEARCH_URL", f"http://127.0.0.1:{unused.getsockname()[1]}")
        code, _, err = gongbao("ask", "节水灌溉谁牵头")
    assert code == 1
    assert "Elasticsearch" in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_a_batch_line_that_is_no_query_is_named(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"id": "1", "query": "节水"}\nnot json\n', "utf-8")
    code, _, err = gongbao("search", "--batch", batch, "--output", tmp_path / "run.jsonl")
    assert code == 1
    assert "第2行" in err


def test_search_and_ask_in_batches(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    batch, run, answers = tmp_path / "q.jsonl", tmp_path / "run.jsonl", tmp_path / "answers.jsonl"
    batch.write_text('{"id": "a", "query": "停车收费"}\n{"id": "b", "query": "云政任[2024]3号"}\n', "utf-8")
    assert gongbao("search", "--batch", batch, "--output", run)[0] == 0
    assert gongbao("ask", "--batch", batch, "--output", answers)[0] == 0
    assert [line["ranking"][0] for line in lines(run)] == ["云政办发〔2024〕25号", "云政任〔2024〕3号"]
    assert {"id", "reading", "documents", "statements", "deadlines", "passages"} <= set(lines(answers)[0])


def test_a_line_of_a_batch_has_its_own_day_and_as_many_answers_as_are_asked(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    batch, run, answers = tmp_path / "q.jsonl", tmp_path / "run.jsonl", tmp_path / "answers.jsonl"
    lines_ = [{"id": day, "query": "今年底前要完成哪些", "today": day} for day in ("2024-05-20", "2031-05-20")]
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines_), "utf-8")
    assert gongbao("ask", "--batch", batch, "--output", answers)[0] == 0
    meant = [line["reading"]["chips"][0]["meaning"] for line in lines(answers)]
    assert "2024" in meant[0]
    assert "2031" in meant[1]
    batch.write_text('{"id": "a", "query": "云川市的管理"}', "utf-8")
    assert gongbao("search", "--batch", batch, "--output", run, "--size", "2")[0] == 0
    assert len(lines(run)[0]["ranking"]) == 2


def test_deadlines_are_those_of_the_export_and_more_than_those_of_tasks(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A limit that binds nobody by name is one, too."""
    shown = [json.loads(line) for line in gongbao("deadlines", "--json")[1].splitlines()]
    exported = tmp_path / "deadlines.jsonl"
    assert gongbao("export", "deadlines", "-o", exported)[0] == 0
    assert {limit["id"] for limit in shown} == {limit["id"] for limit in lines(exported)}
    bound = [json.loads(line)["deadlines"] for line in gongbao("tasks", "--json")[1].splitlines()]
    assert len(shown) >= len({limit["id"] for limits in bound for limit in limits if "id" in limit})
    assert "没有符合条件的时限" in gongbao("deadlines", "--due-from", "2999-01-01")[1]


def test_tasks_agency_and_export_agree(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """What the task list shows under a filter is what the files hold, in every format."""
    condition = ("--agency", "市水务局", "--role", "lead")
    shown = [json.loads(line) for line in gongbao("tasks", "--json", *condition)[1].splitlines()]
    exported = tmp_path / "tasks.jsonl"
    assert gongbao("export", "tasks", *condition, "-o", exported)[0] == 0
    assert {task["id"] for task in shown} == {task["id"] for task in lines(exported)}
    assert shown
    assert all(any(p["role"] == "lead" and p["agency"] == "云川市水务局" for p in task["parties"]) for task in shown)
    sheet = tmp_path / "tasks.xlsx"
    assert gongbao("export", "tasks", "--format", "xlsx", *condition, "-o", sheet)[0] == 0
    cells = [str(cell) for row in openpyxl.load_workbook(sheet).active.iter_rows(values_only=True) for cell in row]
    assert all(any(task["what"] in cell for cell in cells) for task in shown)
    csv = gongbao("export", "tasks", "--format", "csv", *condition)[1]
    assert csv.startswith("\ufeff序号")
    assert all(task["what"] in csv for task in shown)


@pytest.mark.parametrize("kind", ["tasks", "deadlines", "documents", "rosters", "citations", "tables"])
def test_every_record_says_where_it_comes_from(gongbao, tmp_path: Path, kind: str) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / f"{kind}.jsonl"
    assert gongbao("export", kind, "-o", out)[0] == 0
    records = lines(out)
    assert records
    for record in records:
        if kind == "documents":
            assert record["first_page"] <= record["last_page"]
            continue
        assert record["document"]["title"]
        assert record["source_regions"], record
        for region in record["source_regions"]:
            x0, top, x1, bottom = region["bbox"]
            assert region["file"] == "sample.pdf"
            assert 1 <= region["page"] <= 11
            assert x0 < x1
            assert top < bottom


def test_offsets_quote_the_document(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    documents, tasks = tmp_path / "documents.jsonl", tmp_path / "tasks.jsonl"
    gongbao("export", "documents", "-o", documents)
    gongbao("export", "tasks", "-o", tasks)
    texts = {document["id"]: document["text"] for document in lines(documents)}
    for task in lines(tasks):
        assert texts[task["document"]["id"]][task["start"] : task["end"]] == task["quote"]


def test_a_broken_off_export_leaves_no_half_file(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "rosters.ics"
    assert gongbao("export", "rosters", "--format", "ics", "-o", out)[0] == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        *(
            ("search", "节水"),
            ("ask", "节水谁牵头"),
            ("tasks",),
            ("agency", "市水利局"),
            ("status",),
            ("export", "tasks"),
        ),
        *(
            ("show", "x", "-o", "x.png"),
            ("evaluate", SAMPLE),
            ("train", SAMPLE),
            ("remove", "x"),
            ("extract",),
            ("index",),
        ),
    ],
)
def test_a_home_typed_wrong_is_named_and_not_made(gongbao, tmp_path: Path, command: tuple[object, ...]) -> None:  # type: ignore[no-untyped-def]
    code, out, err = gongbao(*command, home=tmp_path / "hoem")
    assert code == 2
    assert out == ""
    assert f"{tmp_path / 'hoem'} 中没有语料库" in err
    assert "gongbao run" in err
    assert list(tmp_path.iterdir()) == []


def test_what_will_be_taken_out_is_not_told_as_done(gongbao) -> None:  # type: ignore[no-untyped-def]
    code, _, err = gongbao("remove", "sample.pdf")
    assert code == 2
    assert "将移出 " in err
    assert "没有移出任何文件" in err


def test_a_token_taken_back_is_said(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    gongbao("token", "add", "李梅", home=tmp_path)
    assert "已收回 李梅 的凭证" in gongbao("token", "remove", "李梅", home=tmp_path)[2]


def test_a_full_disk_is_one_line_in_chinese(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "tasks.xlsx.part").symlink_to("/dev/full")
    code, _, err = gongbao("export", "tasks", "--format", "xlsx", "-o", tmp_path / "tasks.xlsx")
    gc.collect()  # what the archive says when it is let go
    assert code == 1
    assert "磁盘已满" in err
    assert "Traceback" not in err


def test_show_draws_the_page_of_a_record(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    task = json.loads(gongbao("tasks", "--json")[1].splitlines()[0])
    picture = tmp_path / "page.png"
    assert gongbao("show", task["id"], "-o", picture)[0] == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_users_own_bodies_count_after_extraction_anew(gongbao, tmp_path: Path, sample_home: Path) -> None:  # type: ignore[no-untyped-def]
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    own = tmp_path / "own.csv"
    own.write_text("name,short_names\n云川市政府机关事务服务中心,市机关事务管理局\n", "utf-8")
    assert gongbao("register", "add", own, home=home)[0] == 0
    assert gongbao("extract", home=home)[0] == 0
    assert gongbao("index", home=home)[0] == 0
    named = [
        json.loads(line)
        for line in gongbao("tasks", "--json", "--agency", "市机关事务管理局", home=home)[1].splitlines()
    ]
    agencies = {party["agency"] for task in named for party in task["parties"] if party["name"] == "市机关事务管理局"}
    assert agencies == {"云川市政府机关事务服务中心"}


def test_evaluate_prints_the_measures_and_what_changed(gongbao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = tmp_path / "report.json"
    code, out, _ = gongbao("evaluate", SAMPLE / "gold", "--save", report)
    assert code == 0
    assert "responsibility_agency_f1\t" in out
    assert "市水务局" not in report.read_text("utf-8")  # figures and hashed ids only
    assert "新找到" not in gongbao("evaluate", SAMPLE / "gold", "--against", report)[1]


@pytest.mark.elasticsearch
def test_the_same_answer_over_elasticsearch(gongbao, monkeypatch, tmp_path: Path, elasticsearch_url: str) -> None:  # type: ignore[no-untyped-def]
    embedded = json.loads(gongbao("ask", "--json", "节水灌溉谁牵头")[1])
    monkeypatch.setenv("GONGBAO_ELASTICSEARCH_URL", elasticsearch_url)
    assert gongbao("run", SAMPLE / "sample.pdf", home=tmp_path)[0] == 0
    served = json.loads(gongbao("ask", "--json", "节水灌溉谁牵头", home=tmp_path)[1])
    assert [s["id"] for s in served["statements"]] == [s["id"] for s in embedded["statements"]]
    assert served["documents"] == embedded["documents"]


# What takes long to load, and no command needs that only says how things stand or what it is called.
_SLOW = ("spacy", "sklearn", "scipy", "numpy", "onnxruntime", "jieba", "opencc", "tantivy", "elasticsearch", "fastapi")
_SLOW += ("alembic", "docx", "xlsxwriter", "pypdfium2", "pdfplumber", "lxml", "PIL", "icalendar")
_OURS = ("gongbao.index.engine", "gongbao.index.models", "gongbao.nlp.extract", "gongbao.ingest.read")


@pytest.fixture(scope="module")
def ready_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `gongbao run` leaves it."""
    home = tmp_path_factory.mktemp("ready") / "home"
    shutil.copytree(sample_home, home)
    app = Application(Settings(Home(home), workers=1))
    app.embed()
    app.close()
    return home


@pytest.mark.parametrize("command", ["--version", "status", "status --json", "status --failures"])
def test_a_command_loads_only_what_it_needs(ready_home: Path, command: str) -> None:
    """Models and the server take seconds, for which nobody who asks for the status should wait."""
    called = f"sys.argv = ['gongbao', '--home', {str(ready_home)!r}, *{command.split()!r}]"
    told = f"print(sorted({{*{_SLOW + _OURS!r}}} & set(sys.modules)), file=sys.stderr)"
    program = f"import sys, atexit; atexit.register(lambda: {told}); {called}"
    program += "; from gongbao.search_api.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "[]\n")


def test_every_command_is_where_the_table_of_commands_says() -> None:
    for module, names in COMMANDS.items():
        group = Commands()
        import_module(f"gongbao.search_api.cli.{module}").add_to(group)
        assert tuple(typer.main.get_group(group).commands) == names


def test_a_command_that_is_typed_wrong_has_the_right_one_named(gongbao) -> None:  # type: ignore[no-untyped-def]
    code, _, said = gongbao("statu")
    assert (code, "是否指 status" in said) == (2, True)
