"""What a question's cross-validation came to: each method's figure beside that of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongbao.nlp.learning.trials.folds import FEWEST, Gain, gain

RULES = "规则"
CORRECTED = "规则，由模型剔除"


@dataclass(frozen=True, slots=True)
class TrialFigure:
    """`gain` over the question's first method, None for that one; `usable`: extraction could go by it."""

    method: str
    value: float
    gain: Gain | None = None
    usable: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """`size` says on how much; `note` why nothing could be judged."""

    question: str
    measure: str
    size: str
    figures: tuple[TrialFigure, ...]
    note: str = ""

    @property
    def winner(self) -> TrialFigure | None:
        """The best usable method whose gain is more than chance; None keeps the rules."""
        sure = [figure for figure in self.figures if figure.usable and figure.gain and figure.gain.is_sure]
        return max(sure, key=lambda figure: figure.value, default=None)

    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """Method, figure, gain and verdict, in words."""
        return tuple(
            (figure.method, f"{figure.value:.3f}", str(figure.gain or ""), self.verdict(figure))
            for figure in self.figures
        )

    def verdict(self, figure: TrialFigure) -> str:
        """Chinese, for the table."""
        if figure.gain is None:
            return "基准" if figure is self.figures[0] else "对照"
        if figure is self.winner:
            return "采用"
        if figure.gain.is_sure:
            return "优于规则，仅供对照" if not figure.usable else "不及采用者"
        return "不及规则" if figure.gain.high < 0 else "差别不超出误差"


@dataclass(frozen=True, slots=True)
class TrialTally:
    """Right, predicted and wanted in one document."""

    hits: int
    made: int
    wanted: int


def f1(tallies: Iterable[TrialTally]) -> float:
    """Over all documents together; nothing wanted and nothing predicted is perfect."""
    hits = made = wanted = 0
    for tally in tallies:
        hits, made, wanted = hits + tally.hits, made + tally.made, wanted + tally.wanted
    return 2 * hits / (made + wanted) if made + wanted else 1.0


def compare(question: str, size: str, methods: Sequence[tuple[str, bool, Sequence[TrialTally]]]) -> Trial:
    """F1 of each (method, usable, tally per document); the first is what the others are measured by."""
    base = methods[0][2]
    figures = [TrialFigure(methods[0][0], f1(base))]
    for name, usable, tallies in methods[1:]:

        def difference(drawn: Sequence[int], tallies: Sequence[TrialTally] = tallies) -> float:
            return f1(tallies[at] for at in drawn) - f1(base[at] for at in drawn)

        figures.append(TrialFigure(name, f1(tallies), gain(len(base), difference), usable))
    return Trial(question, "F1", size, tuple(figures))


def too_few(question: str, measure: str, size: str, needed: str = f"至少要 {FEWEST} 份文件") -> Trial:
    """A question that cannot be judged."""
    return Trial(question, measure, size, (), f"标注太少，不作判断（{needed}）")
