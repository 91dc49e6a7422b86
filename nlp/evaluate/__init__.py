"""How well extraction agrees with gold annotations: measures, and what was gained and lost."""

from gongbao.nlp.evaluate.compare import FigureChange, compare, gains
from gongbao.nlp.evaluate.report import Measure, Report, read_report, write_report
from gongbao.nlp.evaluate.run import evaluate, evaluate_exports

__all__ = [
    "FigureChange",
    "Measure",
    "Report",
    "compare",
    "evaluate",
    "evaluate_exports",
    "gains",
    "read_report",
    "write_report",
]
