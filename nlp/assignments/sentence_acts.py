"""What a sentence does: it orders, or it permits, punishes, praises, defines, and then binds nobody.

Each row of `_FORMS` is a form with examples of what it is and what it is not; the tests read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class SentenceAct(StrEnum):
    LIABILITY = "liability"
    PERMISSION = "permission"
    DEFINITION = "definition"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Form:
    """`before` must stand somewhere before the body in its sentence, `after` begin right behind it."""

    act: SentenceAct
    before: re.Pattern[str]
    after: re.Pattern[str]
    yes: tuple[str, ...]  # ▶ stands before the body, ◀ behind it
    no: tuple[str, ...]


_PUNISHES = (
    r"[^，。；]{0,60}?(?:责令|处(?:以)?(?:[^，。；理置分]{0,16}(?:罚|元))|并处|(?:严肃|依法|依规|依纪)*(?:问责|约谈)|给予(?:[^，。；]{0,12})(?:警告|处罚|处分|批评)|没收|吊销|暂扣|追究|撤销(?:登记|许可|资格|认定)|"
    r"(?:予以|作出|进行|依法|从重)(?:[^，。；]{0,4})?处罚)"
)
_FAULT = (
    r"逾期|拒不|未(?:按|依|经|履|制|建|设|办|及|如|采|落|在|能|予)|擅自|弄虚作假|不(?:履行|按|依|符合)|"
    r"(?:下列|前款|第[^，。；]{1,6}[项款])[^，。；]{0,12}(?:行为|情形)|[^，。；]{2,60}的(?:[，,]|由$)"
)

FORMS = (
    Form(
        SentenceAct.LIABILITY,
        re.compile("违反"),
        re.compile(_PUNISHES),
        yes=(
            "对违反用水规定的单位，▶城市管理部门◀应当责令限期改正，处一千元以上罚款",
            "违反本条例规定，擅自占用绿地的，由▶园林主管部门◀责令限期改正，处一千元以上罚款",
            "违反本办法第八条的，由▶城市管理部门◀给予警告，责令限期清运",
        ),
        no=("▶市水利局◀责令施工单位停工整改",),
    ),
    Form(
        SentenceAct.LIABILITY,
        re.compile(_FAULT),
        re.compile(rf"(?![^，。；]{{0,30}}(?:应当|必须)){_PUNISHES}"),
        yes=(
            "前款第一项违法行为由▶应急管理部门◀作出处罚",
            "未按期清运的，由▶城市管理部门◀责令限期清运",
            "隐瞒情况的，由▶登记机构◀撤销登记",
        ),
        no=(
            "发现隐患的，▶消防救援机构◀应当及时通知有关单位",
            "有下列行为之一的，▶市水利局◀应当会同有关部门约谈当地人民政府负责人",
            "有下列情形之一的，▶市水利局◀在作出行政处罚决定前应当举行听证",
        ),
    ),
    Form(
        SentenceAct.LIABILITY,
        re.compile(r"^(?:违反(?:本|前|第|上述|法律)|(?:逾期|拒不)[^，。；]{1,20}的，)"),
        re.compile("(?!(?:依法|予以)*(?:协助|配合))"),
        yes=("逾期未清运的，由▶城市管理部门◀组织清运，所需费用由责任人承担",),
        no=("遇有险情的，由▶市水利局◀组织抢护", "拒不配合隔离的，由▶公安机关◀依法予以协助"),
    ),
    Form(
        SentenceAct.PERMISSION,
        re.compile(r"(?:可以|(?<![许认])可)(?:[^，。；]{0,12})(?:由|设[在于]|委托|邀请|聘请)$"),
        re.compile(""),
        yes=("有先进事迹的，可以由▶县级以上人民政府◀给予表彰", "办事机构也可以设在▶城建部门◀，负责日常工作"),
        no=("办公室设在▶市水利局◀，承担日常工作", "取水许可证由▶市水利局◀核发"),
    ),
    Form(
        SentenceAct.DEFINITION,
        re.compile(r"(?:所称|所指)[^，。；]{0,30}(?:，|是指|指|包括)"),
        re.compile(""),
        yes=("本办法所称联合管理，是指由▶市应急委◀指定单位统筹该区域工作的管理模式",),
        no=("本办法由▶市水利局◀负责解释",),
    ),
)


def act_of(before: str, after: str) -> SentenceAct | None:
    """What the sentence does that reads `before` up to a body and `after` behind it; None where it may bind."""
    return next((form.act for form in FORMS if form.before.search(before) and form.after.match(after)), None)
