"""Programs that draw a gazette: each makes of the same truth a file of its own make.

WeasyPrint comes with the development tools. Chromium, LibreOffice and java are looked for on the machine, ReportLab
among the libraries (`pip install reportlab`, BSD); for OFD the jars of `org.ofdrw:ofdrw-converter` (Apache-2.0, Maven
Central) lie in the folder that GONGBAO_OFDRW names.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from bench.looks.page import Look, as_html
from bench.looks.text import Truth

_SECONDS = 180.0  # a program may take for one file

_Draw = Callable[[Look, Sequence[Truth], Path], None]


class Absent(Exception):
    """A program is not on this machine; the message says how it comes there."""


def render(
    look: Look, truths: list[Truth], folder: Path, name: str, engine: str | None
) -> tuple[Look, list[Truth], Path]:
    """The look as the engine can draw it (`engine`: instead of the look's own), its truth and the file."""
    look = replace(look, engine=engine or look.engine)
    file = folder / f"{name}-{look.engine}{'.ofd' if look.engine == 'ofd' else '.pdf'}"
    if not file.exists():
        ENGINES[look.engine](look, truths, file)
    return look, truths, file


def _weasyprint(look: Look, truths: Sequence[Truth], file: Path) -> None:
    import weasyprint

    file.write_bytes(weasyprint.HTML(string=as_html(look, truths)).write_pdf())


def _chromium(look: Look, truths: Sequence[Truth], file: Path) -> None:
    program = _program("chromium", "apt install chromium")
    source = file.with_suffix(".html")
    source.write_text(as_html(look, truths), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={file}"]
    _run([program, *flags, source.absolute().as_uri()])


def _reportlab(look: Look, truths: Sequence[Truth], file: Path) -> None:
    if find_spec("reportlab") is None:
        raise Absent("没有 ReportLab（pip install reportlab）")
    from bench.looks.reportlab import draw

    draw(look, truths, file)


def _libreoffice(look: Look, truths: Sequence[Truth], file: Path) -> None:
    program = _program("soffice", "apt install libreoffice-writer-nogui")
    from bench.looks.docx import draw

    source = file.with_suffix(".docx")
    draw(look, truths, source)
    profile = f"-env:UserInstallation={(file.parent / 'profile').absolute().as_uri()}"
    _run([program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(source)])


def _ofd(look: Look, truths: Sequence[Truth], file: Path) -> None:
    """The PDF of WeasyPrint, turned into OFD by ofdrw."""
    program, jars = _program("java", "apt install default-jdk-headless"), os.environ.get("GONGBAO_OFDRW")
    if not jars:
        raise Absent("没有 ofdrw（mvn dependency:copy-dependencies，环境变量 GONGBAO_OFDRW 指明其目录）")
    source = file.with_suffix(".pdf")
    _weasyprint(look, truths, source)
    convert = Path(__file__).with_name("Convert.java")
    _run([program, "-cp", f"{jars}/*", str(convert), str(source), str(file)])


def _program(name: str, how: str) -> str:
    found = which(name)
    if found is None:
        raise Absent(f"没有 {name}（{how}）")
    return found


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


ENGINES: dict[str, _Draw] = {
    "weasyprint": _weasyprint,
    "chromium": _chromium,
    "reportlab": _reportlab,
    "libreoffice": _libreoffice,
    "ofd": _ofd,
}
