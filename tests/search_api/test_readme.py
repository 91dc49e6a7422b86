"""What the README prints can be typed so, one after another, on the bundled sample."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.search_api.conftest import Run

ROOT = Path(__file__).parent.parent.parent


def printed(name: str) -> list[list[str]]:
    """The words of each command behind `gongbao`."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("gongbao ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_commands_of_the_readme_work_as_printed(
    name: str, gongbao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`demo` made the corpus, `serve` does not end, and the sample stays for other tests."""
    monkeypatch.chdir(tmp_path)
    commands = printed(name)
    assert commands[0][0] == "demo"
    assert commands[-1] == ["remove", "2024-2"]
    for words in commands:
        if words[0] not in ("demo", "serve", "remove"):
            code, _, err = gongbao(*words)
            assert (code, "错误" in err) == (0, False), words
    assert list(tmp_path.iterdir()) == [tmp_path / "任务分解表.xlsx"]


def test_both_readmes_print_the_same_commands() -> None:
    first, second = (printed(name) for name in ("README.md", "README.zh-CN.md"))
    assert [words[0] for words in first] == [words[0] for words in second]
