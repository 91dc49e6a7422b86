"""Time limits: the same place, and the same value."""

from __future__ import annotations

from collections import defaultdict

from gongbao.nlp.evaluate.items import ScoredDeadline
from gongbao.nlp.evaluate.report import ScoreFinding, verdict_id
from gongbao.nlp.evaluate.score import ScorePart, f1
from gongbao.nlp.evaluate.text import same_place


def measure_limits(gold: list[ScoredDeadline], predicted: list[ScoredDeadline]) -> ScorePart:
    exact, loose = _matches(gold, predicted, strict=True), _matches(gold, predicted, strict=False)
    measures = (
        f1("deadline_normalised_f1", len(exact), len(predicted), len(gold)),
        f1("deadline_span_f1", len(loose), len(predicted), len(gold)),
    )
    return ScorePart(measures, _verdicts(gold, predicted, exact))


def _matches(gold: list[ScoredDeadline], predicted: list[ScoredDeadline], *, strict: bool) -> dict[int, int]:
    by_document: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(predicted):
        by_document[one.doc].append(index)
    used: set[int] = set()
    found: dict[int, int] = {}
    for index, one in enumerate(gold):
        for place in by_document[one.doc]:
            if place not in used and _same(one, predicted[place], strict=strict):
                used.add(place)
                found[index] = place
                break
    return found


def _same(gold: ScoredDeadline, predicted: ScoredDeadline, *, strict: bool) -> bool:
    if not predicted.text or not (predicted.text in gold.text or gold.text in predicted.text):
        return False
    return same_place(gold.context, predicted.context) and (not strict or gold.value == predicted.value)


def _verdicts(
    gold: list[ScoredDeadline], predicted: list[ScoredDeadline], hits: dict[int, int]
) -> tuple[ScoreFinding, ...]:
    used = set(hits.values())
    wanted = [ScoreFinding(_id(one), "时限", True, index in hits, _words(one)) for index, one in enumerate(gold)]
    noise = [ScoreFinding(_id(o), "时限", False, True, _words(o)) for i, o in enumerate(predicted) if i not in used]
    return (*wanted, *noise)


def _id(one: ScoredDeadline) -> str:
    return verdict_id("limit", one.doc, one.text, one.context[:40])


def _words(one: ScoredDeadline) -> str:
    return f"{one.doc}\t{one.text}\t{one.context[:40]}"
