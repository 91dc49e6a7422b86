"""Does a printed date bind anything? Looks at the words around it in its clause and sentence.

A time limit binds an action, an obligation, a target or a validity; history, statistics, comparisons,
parts of names and beginnings without an end do not.
"""

from __future__ import annotations

import re

from gongbao.corpus.language.numbering import numbering_at
from gongbao.corpus.language.numerals import TENS
from gongbao.nlp.deadlines.sheet import Sheet
from gongbao.nlp.deadlines.words import any_of, compiled

_COMPARED = compiled("", "compared", r"(?:[一-鿿]{0,2}于)?$")
_LOOKING_BACK = compiled("", "looking_back")
_TOLD = compiled("", "told")
_ACTION = re.compile(any_of("actions"))
# An action word that is only part of a name or of a clause about something else: 新增的企业, 建设项目.
_NOT_ACTING = re.compile(
    r"(?:的|项目|规划|计划|方案|任务|工作|目标|资金|情况|结果|清单|名单|指标|企业|单位|标准|制度|体系|要求|中心|用地|期)"
)
_ALWAYS_ACTING = re.compile("开展|召开|举办|制定|制订|出台|启动|印发|完成")
_TOLD_OF = re.compile("的|情况|结果|单位(?=[,。;:、)]|$)|率|时限|时间")
_CLAUSE_START = re.compile(rf"(?:^|[,。;:、(“”)■]|(?:第?[{TENS}\d]+[.、)]))$")
_AIMED = re.compile(r"(?:[于在]|其中|争取|力争|确保|计划|预计|拟|须|应|要|将|定于|原定|务必)$")
_PLEDGED = re.compile(r"(?:争取|力争|确保|计划|务必|保证|努力)$")
_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:%|万|亿|个|所|家|座|条|公里|亩|户|人|套|吨|项|处|台|辆|千米|平方)")
_CLAUSE = re.compile(r"[^,。;:!?]{0,80}")
_SENTENCE = re.compile(r"[^。;!?]{0,200}")
_LABEL = re.compile(
    r"(?:时限|期限|完成时间|时间要求|截止日期|截止时间|时间节点|时间安排|完成日期|实施时间|办理时间|时间|起止年限|年限|(?:[施执试建规服]\w)期)(?:要求|安排|节点)?(?:为|:|是)*[(]?$"
    r"|第[一二三四五六]阶段(?:[(][^()]{1,12}[)])?:[(]?$"
)
# 时间要求:云川日报,8月15日;云川电视台,8月10日: what a label of times opens, up to the full stop
_TIMES = re.compile(r"(?:时限|时间要求|完成时间|时间安排|时间节点):")
_TIMES_REACH = 120
_DUE_COLUMN = re.compile(
    r"时限|完成时间|时间节点|期限|时间要求|截止|竣工|开工|起止|年限|时间安排|实施时间|整改时间|进度要求|时间"
)
# Times that are no limits: 成立时间, 发布日期, 会议时间.
_OTHER_TIME = re.compile(
    r"(?:起始|开始|成立|注册|出生|参加|任职|发证|获奖|获得|发布|登记|入库|填报|填表|制表|签订|普查|会议|开会|召开|印发)(?:时间|日期|年月)"
)
_SHORT_ITEM = 26  # characters: （二）检查验收（2024年8月）
_IN_STAGES = re.compile(
    r"分(?:为)?[一二两三四五六\d]个?(?:阶段|步骤|环节|批次?)[^。;]*$"
)  # 分三个阶段:调研(1月—6月)、…
_STAGES_REACH = 120
_STAGE = re.compile(r"阶段|步骤|环节|时间|期")
_AROUND_STAGE = re.compile(r"[■()、,]*(?:工作|推进|序时|形象)?(?:进度|节点|阶段)?(?:安排|计划|目标)?[■()]*")


def begins_clause(sheet: Sheet, start: int) -> bool:
    """A date at the head of a clause, or behind a word that aims at it."""
    left = sheet.left(start, 6)
    return bool(_CLAUSE_START.search(left) or _AIMED.search(left))


def meant_for(sheet: Sheet, start: int) -> bool:
    """Behind 于, 在, 力争, 应 and the like."""
    return bool(_AIMED.search(sheet.left(start, 4)))


def pledged(sheet: Sheet, start: int) -> bool:
    """Behind a word that promises: 确保, 力争."""
    return bool(_PLEDGED.search(sheet.left(start, 4)))


def looked_back(sheet: Sheet, start: int, end: int) -> bool:
    """Compared with (较2019年), or the beginning of something (2019年以来)."""
    return bool(_COMPARED.search(sheet.left(start, 6)) or _LOOKING_BACK.match(sheet.text, end))


def tells_what_was(sheet: Sheet, end: int) -> bool:
    """The clause after a date reports: 截至2024年6月底,累计完成…"""
    clause = _SENTENCE.match(sheet.text, end)
    return bool(clause and _TOLD.search(clause[0][:40]))


def acts_after(sheet: Sheet, end: int) -> bool:
    """Something is done or reached in the clause that begins with the date, or after its comma."""
    clause = _CLAUSE.match(sheet.text, end)
    if clause and len(clause[0]) <= 1:
        clause = _SENTENCE.match(sheet.text, end + 1)
    return bool(clause) and _acts(clause[0] if clause else "")


def acts_in_sentence(sheet: Sheet, end: int) -> bool:
    """As above, in any clause up to the full stop."""
    sentence = _SENTENCE.match(sheet.text, end)
    return bool(sentence) and _acts(sentence[0] if sentence else "")


def targets_in_sentence(sheet: Sheet, end: int) -> bool:
    """Something is done, or a figure is set."""
    sentence = _SENTENCE.match(sheet.text, end)
    return bool(sentence) and (_acts(sentence[0] if sentence else "") or bool(_QUANTITY.search(sheet.right(end, 80))))


def _acts(clause: str) -> bool:
    return any(_is_act(clause, found) for found in _ACTION.finditer(clause))


def _is_act(clause: str, found: re.Match[str]) -> bool:
    """开展单位清查 is one, 新增单位 is none."""
    if _ALWAYS_ACTING.fullmatch(found[0]):
        return not _TOLD_OF.match(clause, found.end())
    return not _NOT_ACTING.match(clause, found.end())


def acts_at_once(sheet: Sheet, end: int) -> bool:
    """The action stands right behind the date: 2024年停止生产."""
    found = _ACTION.match(sheet.text, end)
    return bool(found) and not _NOT_ACTING.match(sheet.text, found.end() if found else end)


def names_a_stage(sheet: Sheet, start: int, end: int) -> bool:
    """A date that is all of a column head, over marks or words: 一季度 | 二季度 with √ or 完成招标 below."""
    return sheet.unit.stages and bool(_AROUND_STAGE.fullmatch(sheet.text[:start] + sheet.text[end:]))


def labelled(sheet: Sheet, start: int, end: int) -> bool:
    """完成时限:2024年6月; a cell under 完成时限; （2024年3月） behind the name of a stage."""
    label = _LABEL.search(sheet.left(start, 16))
    if label and not _OTHER_TIME.search(sheet.left(start, 16)):
        return True
    if _TIMES.search(sheet.left(start, _TIMES_REACH)) and sheet.left(start, 1) in ",;:、至":
        return True
    header = sheet.unit.header
    if sheet.unit.cell and len(sheet.text) <= 30:
        return bool(_DUE_COLUMN.search(header)) and not _OTHER_TIME.search(header)
    left, right = sheet.left(start), sheet.right(end, 1)
    if right != ")" or "(" not in left[-3:]:
        return False
    named = left.rpartition("(")[0]
    if _IN_STAGES.search(sheet.left(start, _STAGES_REACH)):
        return True
    return bool(_STAGE.search(named[-8:]) or (start <= _SHORT_ITEM and numbering_at(sheet.text)))
