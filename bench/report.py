"""What this version reaches, written to docs/reports: figures and hashed ids only, no text.

usage: python -m bench.report

Reads the bundled sample, and where GONGBAO_MATERIAL names a folder the real gazettes there.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date
from pathlib import Path

from gongbao.corpus.home import Home
from gongbao.search_api.compose import Application, Settings

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "docs" / "reports"
SAMPLE = ROOT / "search_api" / "sample"


def main() -> None:
    REPORTS.mkdir(exist_ok=True)
    report("sample", [SAMPLE / "sample.pdf"], SAMPLE / "gold")
    if material := os.environ.get("GONGBAO_MATERIAL"):
        folder = Path(material)
        truths = sorted((folder / "gazettes/truth").glob("*.json"))
        native = [truth.stem for truth in truths if json.loads(truth.read_text("utf-8"))["pdf"]["text_layer"]]
        issues = [folder / f"gazettes/{name}.pdf" for name in native]
        report("gazettes", issues, folder / "gold/dev")
        report("elsewhere-text", [folder / "elsewhere/text"], folder / "elsewhere/gold")
        report("more", [folder / "gold/more/text"], folder / "gold/more")
        report("elsewhere-pdf", sorted((folder / "elsewhere").glob("*.pdf")), folder / "elsewhere/gold")


def report(name: str, inputs: list[Path], gold: Path) -> None:
    """Read `inputs` in a home of their own, evaluate against `gold`, keep the report under `name`."""
    with tempfile.TemporaryDirectory() as folder:
        app = Application(Settings(Home(Path(folder)), today=date.today()))
        for _ in app.ingest(inputs):
            pass
        app.extract()
        print(f"== {name}", *app.evaluate(gold, None, REPORTS / f"{name}.json"), sep="\n")
        app.close()


if __name__ == "__main__":
    main()
