"""Lists of subjects before 应当, 必须 that name more than bodies: 街道办事处、物业服务企业和个人应当….

A modal verb proves that a subject stands before it, so members that bind nobody (企业, 个人, 其他组织) need not
hide the bodies beside them, and a body may be told by a clause: 负有监管职责的部门, 应急避难场所的管理单位.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gongbao.corpus.offsets import Span
from gongbao.nlp.bodies.dividing import divide
from gongbao.nlp.bodies.forms import ends_as_body, is_vague
from gongbao.nlp.bodies.regions import place_length
from gongbao.nlp.bodies.vocabulary import vocabulary

_LONGEST = 160  # characters of a list of subjects
_MODAL = re.compile(
    r"[，,]?(?=(?:均|都|也|还|共同|分别)?(?:应当|应该|必须|务必|不得|应(?![急用对届邀运收付城县有])|须(?!知)|(?<![主重需只必首])要(?![求素点害闻件领义么不])))"
)
_STOP = re.compile(r"[。；;：:！!？?\n《》“”%％]")
# Who may stand in a list of subjects without being bound.
_OTHERS = re.compile(
    r"(?:单位|组织|个人|企业|团体|公司|人员|队伍|媒体|经营者|管理者|所有者|使用者|所有人|使用人|责任人|监护人|负责人|市场主体|主体|公民|法人|群众|居民|村民|设施|场所|公园|"
    r"保护区|名胜区|园区|景区|学校|医院|宾馆|饭店|商场|车站|机场|码头|港口|等)$"
)
# What tells that a clause, not a list, stands before the modal verb.
_CLAUSE = re.compile(
    r"[，,、](?:并|且|由|经|对|在|因|如|将|把|按|根据|以|确需|需|其中)|的[，,]|(?:时|后|前|期间|情况下|中|内|起|的)$|^(?:其|该|本|所有的?|任何|凡|经|因|对|在|由|从|自|为|当|如|按|根据|依照|前款|上述|以|将)"
)
# 负有…职责的|部门: the clause by which a body is told, and the body.
_TOLD_BY = re.compile(
    r"(?P<clause>(?![的对在由从])(?:[^，或和及]{2,40}等[^，或和及、]{1,8}|[^、，或和及]{2,40})的)(?P<head>[^的、，]{2,24})"
)
# 有防汛任务的|乡镇人民政府, 按规定成立的|调查组: what it has or by what it was set up is no part of its name
_BEARING = re.compile(r"发现|接到|出现|存在|有|具有|具备|按照|根据|依照|经|直接|发生|\d")
_NEVER = re.compile(r"(?:设立|成立|组建|任务|条件|权|所在地|以上)的$")
_BARE_HEAD = re.compile(
    r"(?:主管|管理|监管|监督|工作|经办|管护|养护|运营|建设|使用|审批|登记|牵头|配合|责任|执法|监测|检测|行政)*(?:部门|机构|机关|单位|人民政府|政府|组织|机构和单位|部门和机构|部门和单位)"
)
_HEADS = re.compile(r"等[^等]{0,8}(?:部门|机构)|[^等](?:机构|部门|基金（机构）)$")
_IN_GENERAL = re.compile(r"(?:有关|相关|上述|接受|被|其他|具备|具有|需要|发生).*(?:单位|企业|组织|机构)$")
_PUBLIC_TASK = re.compile(
    r"负有|负责|承担|实施|管理|监管|监督|应急|救援|牵头|值守|统一指挥|征用|获悉|接到|审批|执法|防汛"
)


_DONE_BY = re.compile(
    r"(?=(?:依法|共同|分别|具体|统一|予以|组织|直接)*(?:负责(?!人|同志)|承担|实施|给予|决定|确定|审批|派员|处理))"
)


def predicate_after(text: str, start: int, passive: bool) -> Span | None:
    """The list from `start` up to a modal verb, or behind 由 to 负责 and the like; None where there is none near."""
    stop = _STOP.search(text, start, start + _LONGEST)
    end = stop.start() if stop else min(start + _LONGEST, len(text))
    modal = (_DONE_BY if passive else _MODAL).search(text, start, end)
    if not modal or modal.start() - start < 2:
        return None
    return Span(start, modal.start())


def is_open_list(text: str, span: Span, is_member: Callable[[str, bool], bool]) -> bool:
    """Do bodies stand in `text[span]`, beside others that are never bound, and nothing else?"""
    if _CLAUSE.search(span.of(text)):
        return False
    pieces = [piece.text for piece in divide(text, span)]
    heads = [index for index, piece in enumerate(pieces) if _HEADS.search(piece)]
    bodies = [
        piece
        for index, piece in enumerate(pieces)
        if is_member(piece, any(index < head for head in heads)) or told_by_clause(piece)
    ]
    rest = [piece for piece in pieces if piece not in bodies]
    first = re.split("[，,]", span.of(text))[0]  # 有贡献的单位和个人，市体育局应当…: the object comes first
    surely = (piece for piece in bodies if is_member(piece, False) or told_by_clause(piece) or _HEADS.search(piece))
    named = any(not is_vague(piece) and piece in first for piece in surely)  # 发生火灾，市应急局应当…: no business
    return named and all(_OTHERS.search(piece) or is_vague(piece) for piece in rest)


def told_by_clause(name: str) -> str | None:
    """A body with a clause before it (有防汛任务的|县级人民政府, 负有监管职责的|部门) as it is named; else None."""
    found = _TOLD_BY.fullmatch(name)
    if not found or place_length(name) or not (ends_as_body(found["head"]) or _BARE_HEAD.fullmatch(found["head"])):
        return None
    acts = vocabulary().verbs.length_at(found["clause"], 0)  # 实施隔离措施的|区人民政府
    if not _BARE_HEAD.fullmatch(found["head"]) and (
        acts or _BEARING.match(found["clause"]) or _NEVER.search(found["clause"])
    ):
        return None if is_vague(found["head"]) else found["head"]
    if not _BARE_HEAD.fullmatch(found["head"]):
        return None if is_vague(found["head"]) else name
    public = re.search(r"(?:部门|机关|政府)$", found["head"]) or _PUBLIC_TASK.search(found["clause"])
    return name if public and not _IN_GENERAL.match(name) else None
