"""How well extraction agrees with gold annotations: measures, and what was gained and lost."""

from nlp.evaluate.compare import Change, compare
from nlp.evaluate.report import Measure, Report, read_report, write_report
from nlp.evaluate.run import evaluate, evaluate_exports

__all__ = ["Change", "Measure", "Report", "compare", "evaluate", "evaluate_exports", "read_report", "write_report"]
