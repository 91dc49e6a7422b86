"""Acts of running text as statements of the document."""

from __future__ import annotations

from dataclasses import replace

from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.model import Binding, Statement


def to_statement(text: str, act: Act, offset: int) -> Statement | None:
    """The act as a statement of the document; `offset` is where the paragraph begins in it."""
    told = "".join(text[act.start : act.end].split()).strip("，,；;、。：:").removeprefix("是")
    if not told:
        return None
    span = Span(offset + min(act.clause, act.start), offset + max(act.end, act.start))
    reach = max(act.end, act.reach)
    own = Span(min(act.clause, act.end), reach) if act.shared is not None else Span(act.group.start, reach)
    closing = act.closing if act.closing and act.closing.start >= own.end else None
    limits = tuple(limit.shift(offset) for limit in (act.shared, own, closing) if limit)
    kind = AssignmentKind.DUTY if act.duty else AssignmentKind.TASK
    bindings = tuple(shifted(b, offset) for b in act.bindings)
    return Statement(bindings, told, span, limits, kind, explicit=act.duty)


def shifted(binding: Binding, offset: int) -> Binding:
    """The same binding with its span moved by `offset`."""
    return replace(binding, mention=replace(binding.mention, span=binding.mention.span.shift(offset)))
