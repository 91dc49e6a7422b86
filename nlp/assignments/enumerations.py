"""Lists that a paragraph introduces: are its items duties of their own, or what one duty is about?"""

from __future__ import annotations

import re

from gongbao.nlp.assignments.lists import number_length, tells_duty

_OBJECTS = re.compile(
    r"(?:下列|以下|如下)[^，。：:]{0,20}?(?:(?:一项或者?(?:多|几)项|之一|一种或者?(?:多|几)种|单位|个人|情形|人员|部门|场所|区域)"
    r"[^，。：:]{0,16}|(?:条件|材料|内容|信息|情况|资料|事项|设施|设备|要求|行为|方式|程序|标准|原则|规定|范围|地点))[：:]\s*$"
)
_CALLED_DUTIES = re.compile(r"(?:职责|职能|工作|任务|义务|责任)(?:任务)?(?:是|为|如下|包括)?[：:]\s*$")
_RULES = re.compile(r"(?:下列|以下|如下)(?:规定|要求|标准|原则|程序)")
_BY_RULES = re.compile(r"(?:按照|依照|遵守|遵循)(?:下列|以下|如下)(?:规定|要求|标准|原则|程序)[^。；]{0,30}[：:]\s*$")
_OWES = re.compile(r"应当|必须|不得")
_PERMITS = re.compile(r"(?:可以|有权)[^。；]{0,40}(?:下列|以下|如下)")
_CATCH_ALL = re.compile(
    r"(?:[^。；]{0,40}(?:规定|交办|安排|赋予|承担|履行|确定|部署|授权)的?)?(?:其[他它])[^。；]{0,16}?"
    r"(?:职责|职能|工作|事项|任务|义务|情形|措施)[。；;]?"
)


def lists_duties(introduction: str, item: str) -> bool:
    """应当履行下列职责：（一）加强… does; 应当配备下列设施：（一）瞭望台… does not. `item`: the first one."""
    if _PERMITS.search(introduction):
        return False
    if _RULES.search(introduction):  # 按照下列规定处置：（一）一般事件，由…负责: each item says who
        return "由" not in item and bool(_OWES.search(item))
    if _CALLED_DUTIES.search(introduction):
        return True
    told = item[number_length(item) :].strip().rstrip("；;。")
    return not _OBJECTS.search(introduction) and tells_duty(told) and not told.endswith("的")


def only_points(introduction: str) -> bool:
    """应当按照下列规定处置：the rules that follow say all of it."""
    return bool(_BY_RULES.search(introduction))


def is_catch_all(item: str) -> bool:
    """（八）法律、法规规定的其他职责: says nothing."""
    return bool(_CATCH_ALL.fullmatch(item.strip()))
