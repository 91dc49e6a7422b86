"""The step over running text: items of a list of duties, brackets that attribute an item, sentences that bind."""

from __future__ import annotations

import re
from dataclasses import replace

from gongbao.corpus.language.genres import Voice
from gongbao.corpus.language.numbering import Style
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import AssignmentKind, PartyType, Role
from gongbao.nlp.assignments.act import Act
from gongbao.nlp.assignments.blocks import Carrier, Prose
from gongbao.nlp.assignments.brackets import Attribution
from gongbao.nlp.assignments.duties import duties, duty, squashed
from gongbao.nlp.assignments.enumerations import lists_duties, only_points
from gongbao.nlp.assignments.frame import Frame
from gongbao.nlp.assignments.lists import names_a_group, only_says_duties, read_introduction, tells_duty
from gongbao.nlp.assignments.merging import carried_on, extended, helped, reaching, reconcile, without_title
from gongbao.nlp.assignments.model import Binding, Statement, bind
from gongbao.nlp.assignments.sentences import shifted, to_statement
from gongbao.nlp.assignments.state import ReadingState, Step
from gongbao.nlp.bodies import ends_as_body, starts_with_verb, type_of
from gongbao.nlp.bodies.forms import CALLED


def fold_prose(text: str, frame: Frame, step: Step, prose: Prose) -> Step:
    """`text` is the document's."""
    if prose.attributions:
        return _running(text, frame, step, prose)
    carrier = step.state.carrier
    kept = _still(carrier, prose) if carrier else None
    step = step.at(replace(step.state, leader=None, carrier=kept))
    if kept and _is_duty(kept, prose):
        place = Span(prose.span.start + prose.number, prose.span.end)
        return step.adding(*duties(text, kept.bindings, place, whole=prose.span))
    return _running(text, frame, step, prose)


# --- an item under 主要职责是：, or the paragraph under 市气象局：


def _still(carrier: Carrier, prose: Prose) -> Carrier | None:
    """The carrier as this paragraph leaves it: its items look alike, and not as the paragraph that names it."""
    if carrier.style == "heading":
        return carrier
    numbered = prose.style is not None
    if carrier.numbered is None:
        carrier = replace(carrier, numbered=numbered)
    elif not (numbered and carrier.numbered):
        return None
    same = numbered and prose.style == carrier.style
    return None if same or not (numbered or tells_duty(prose.text)) else carrier


def _is_duty(carrier: Carrier, prose: Prose) -> bool:
    """Is the paragraph a duty of the carrier, not a sentence that names a body of its own?"""
    first = prose.acts[0] if prose.acts else None
    if carrier.style == "heading":
        told = _ADVERB.sub("", prose.text[prose.number :])
        if not starts_with_verb(told) or _LABELLED.match(told):
            return False
        return not first or first.clause > prose.number or told.startswith(("负责", "承担"))
    if not first or prose.text.startswith("责成", prose.number):  # 责成B做好…: what the bearer does
        return True
    return first.clause > prose.number and not prose.text[prose.number : first.clause].endswith("的，")


# --- sentences and brackets


def _running(text: str, frame: Frame, step: Step, prose: Prose) -> Step:
    state = _in_item(step.state, prose)
    if _is_condition(state, prose):
        return step.at(state)
    conditions = (prose.style or "none") if _CONDITIONS.search(prose.text) else None
    state = replace(state, conditions=conditions, agencies=state.agencies | _borne(prose))
    acts, attributions = _bound(frame, state, prose)
    carrier, introduced = _introduced(state, prose, acts)
    told = _told_by_acts(frame, prose, [act for act in acts if act is not introduced], attributions)
    return _attributed(text, frame, step.at(replace(state, carrier=carrier)), prose, attributions, told)


def _in_item(state: ReadingState, prose: Prose) -> ReadingState:
    """A number begins an item."""
    if not prose.number and state.item is not None:
        return state
    return replace(state, item=prose.span.start + prose.number, attributed=False)


def _is_condition(state: ReadingState, prose: Prose) -> bool:
    """（一）有固定场所 under 应当符合下列条件：."""
    other = state.conditions and prose.style and prose.style != state.conditions
    return bool(other) and not prose.attributions and "由" not in prose.text


def _borne(prose: Prose) -> frozenset[str]:
    """Where one identifiable body is said to be …登记机构（以下简称登记机构）: what it is, and what that is called."""
    told = _BEARS.search(prose.text)
    named = told and ends_as_body(told["who"]) and type_of(told["who"]) is PartyType.AGENCY
    return frozenset(filter(None, (told["part"], told["short"]))) if told and named else frozenset()


def _bound(frame: Frame, state: ReadingState, prose: Prose) -> tuple[list[Act], list[Attribution]]:
    """Acts and attributions of a paragraph, those that say one thing joined."""
    acts, attributions = reconcile(_with_agencies(prose.acts, state.agencies), list(prose.attributions))
    acts, attributions = helped(acts, attributions)
    if prose.number and attributions:
        acts = without_title(prose.text, prose.number, acts)
    acts = reaching(prose.text, acts, attributions)
    return acts if frame.binds_at(prose.span.start) else [], attributions


def _with_agencies(acts: tuple[Act, ...], agencies: frozenset[str]) -> list[Act]:
    if not agencies:
        return list(acts)
    return [replace(act, bindings=tuple(_as_agency(b, agencies) for b in act.bindings)) for act in acts]


def _as_agency(binding: Binding, agencies: frozenset[str]) -> Binding:
    if not any(part.endswith(binding.mention.name) for part in agencies):
        return binding
    return replace(binding, mention=replace(binding.mention, type=PartyType.AGENCY))


def _introduced(state: ReadingState, prose: Prose, acts: list[Act]) -> tuple[Carrier | None, Act | None]:
    """Whose duties follow a paragraph that ends in ：, and the act that only says so."""
    text = prose.text.rstrip() + "：" if only_says_duties(prose.text) else prose.text
    end = len(text.rstrip())
    if not text.rstrip().endswith(("：", ":")):
        return state.carrier if state.carrier and state.carrier.style == "heading" else None, None
    mentions = read_introduction(text)
    if mentions:
        bindings = bind(mentions, Role.RESPONSIBLE)
        return _carrier(bindings, prose), next((act for act in acts if act.end >= end), None)
    last = acts[-1] if acts else None
    if last and last.end < end and _GOES_ON_TO_LIST.match(text, last.end):
        return _carrier(last.bindings, prose), None
    if last and last.end >= end and _INTRODUCES.search(text) and lists_duties(text, prose.following):
        both = _ADDS.search(text) or (last.passive and _HIS_DUTIES.search(text))
        return _carrier(last.bindings, prose), None if both else last
    return None, last if only_points(text) else None


def _carrier(bindings: tuple[Binding, ...], prose: Prose) -> Carrier:
    return Carrier(tuple(shifted(b, prose.span.start) for b in bindings), prose.style)


def _told_by_acts(frame: Frame, prose: Prose, acts: list[Act], attributions: list[Attribution]) -> list[Statement]:
    made = (to_statement(prose.text, act, prose.span.start) for act in acts)
    told = [_of_kind(frame, statement) for statement in made if statement]
    if prose.style is Style.ARTICLE and len({s.bindings for s in told}) == 1 and not attributions:
        told[-1] = carried_on(told[-1], prose.span.end)
    return told


def _of_kind(frame: Frame, statement: Statement) -> Statement:
    """What a standing rule binds to is a duty; in articles one with a time limit is a task."""
    if frame.voice is not Voice.STANDS:
        return statement
    return replace(statement, kind=AssignmentKind.DUTY, explicit=statement.explicit and not frame.regulates)


def _attributed(
    text: str, frame: Frame, step: Step, prose: Prose, attributions: list[Attribution], acts: list[Statement]
) -> Step:
    """Each bracket owns the text since the one before it, the first one that since its item began."""
    out: list[Statement] = []
    begin, heading = _open(step.state, prose)
    for attribution in attributions:
        place = attribution.span.shift(prose.span.start)
        bindings = frame.applied(text, tuple(shifted(b, prose.span.start) for b in attribution.bindings))
        begin, what = _task(text, Span(begin, place.start), heading)
        own = _duty_of_group(text, what, Span(place.end, prose.span.end))
        if own:
            step = step.adding(*duty(text, bindings, Span(begin, prose.span.end), told=own))
        elif what:
            whole = Span(min(begin, place.start), place.end)
            out.append(Statement(bindings, what, whole, (whole,), AssignmentKind.TASK))
        elif out:
            out[-1] = extended(out[-1], bindings, place)
        elif step.state.last:
            step = step.amending(extended(step.state.last, bindings, place))
        begin, heading = place.end, None
    if attributions:
        step = step.at(replace(step.state, attributed=True))
    return step.adding(*sorted([*acts, *out], key=lambda s: (s.span.start, s.span.end)))


def _open(state: ReadingState, prose: Prose) -> tuple[int, Span | None]:
    """Where the text begins that the first bracket owns, and the heading that may stand for it."""
    if state.attributed or state.item is None:
        return prose.span.start + prose.number, None
    return state.item, state.heading


def _task(text: str, before: Span, heading: Span | None) -> tuple[int, str]:
    """The task in front of a bracket with where it begins; that of the heading where nothing stands in front."""
    begin = before.start
    while begin < before.end and text[begin] in _BETWEEN:
        begin += 1
    told = _trimmed(text[begin : before.end])
    return (heading.start, _trimmed(heading.of(text))) if heading and not told else (begin, told)


def _duty_of_group(text: str, told: str, after: Span) -> Span | None:
    """抢险救援组（A牵头，B参加）：负责…: what the group does stands behind."""
    opened = _OPENS.match(text, after.start, after.end)
    return Span(opened.end(), after.end) if opened and names_a_group(told) else None


def _trimmed(text: str) -> str:
    return squashed(text).lstrip("；;，,。、：:")


_ADVERB = re.compile(r"^(?:主要|具体)")
_LABELLED = re.compile(r"[^，。；：:]{1,12}[：:]|[\u4e00-\u9fff]{2,12}(?:组|专班)[。（(]")  # 指挥长：…, 协调组。由…
_OPENS = re.compile(r"[：:。，]\s{0,8}(?:主要职责[：:])?")
_INTRODUCES = re.compile(
    r"(?:(?:以下|下列|如下)(?:规定[^。：:]{0,80}|[^，。：:]{0,24})|[，。；](?:其)?(?:(?:主要|具体|工作)*|[\u4e00-\u9fff]{2,8})(?:职责|任务)(?:主要)?(?:是|为|包括)?)[：:]\s*$"
)
_GOES_ON_TO_LIST = re.compile(  # X是主管单位，负责监管。|主要履行以下职责：
    r"[。；]?(?:主要|具体)?(?:应当)?(?:履行|承担|负责)(?:以下|下列)[^，。；：:]{0,8}[：:]\s*$"
)
_ADDS = re.compile(r"下列规定[^，。：:]{0,12}，")  # 按照下列规定办理，并在三日内回复：
_HIS_DUTIES = re.compile(r"，其[^，。；：:]{0,10}(?:职责|任务)")  # 由A分管节水工作，其职责包括：both are told
_BETWEEN = "；;，,。、：: \n\t　"  # what parts two tasks of one paragraph
_SHORT = rf"[（(]{CALLED}[“\"]?(?P<short>[^”\"）)]{{2,12}})[”\"]?[)）]"
_BEARS = re.compile(
    rf"(?P<who>[\u4e00-\u9fff]{{0,20}}?)(?:[（(]{CALLED}[^）)]{{2,14}}[)）])?"
    rf"是(?P<part>[^。；，]{{0,30}}(?:部门|机构))(?:{_SHORT})?[，。；]"
)
_CONDITIONS = re.compile(r"(?:条件|情形|情况|材料|文件|资料)(?:之一)?(?:的)?[^，。：:]{0,8}[：:]\s*$")
