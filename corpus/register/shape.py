"""Bodies that no list knows: the full name as far as the shape of the printed name tells it."""

from __future__ import annotations

import re

from gongbao.corpus.register.models import Place

_ORGANISATION = re.compile(
    r"(?:[局委办厅院馆所站队会社台部处室司段厂科署]|中心|公司|集团|大学|学院|学校|中学|小学|医院|银行|[分支]行|校区|"
    r"小组|领导组|专班|工作组|协调组|专家组|联席会议|基地|政府|办公室|联合体|总部|公署|办事处|开发区|园区)$"
)
_PROPER = re.compile(
    r"(?:公司|集团|大学|学院|学校|专科|医院|银行|[分支]行|校区|[分中]校|研究[院所]|分院|总部|报社|厂|段|中学|小学|商会)$"
)
_CLASS = re.compile(
    r"各类|物业|施工|运营|保险公司|商业银行|定点|公立|民办|国有|中小|职业学|普通|承办|所属|下属|[一二三]级|基地医院|本地|第三方"
)
_OFFICE = re.compile(r"(?:[局厅办]|办公室|中心|[支总大]队|领导小组|领导组|指挥部|专班|管理委员会|管委会?|园区|开发区)$")
_COORDINATING = re.compile(
    r"(?:领导小组|领导组|协调小组|工作小组|指挥部|工作专班|专班|工作组|联席会议|委员会|指挥中心)$"
)
_GENERIC_CORE = re.compile(r"^(?:工作|总|分|前线|前方|现场|专项|专项应急|应急|应急指挥|推进|协调)?$")
_NOT_A_LEVEL = re.compile(
    r"^(?:市[场容级区域内本管]|市民(?!营|政|宗|族|航)|市政(?!府|务|法|协)|市直(?!属)|省[级内管]|省直(?!属)|县[级域城区内直属]|区[级域块内间直属]|州[级直属])"
)
_EXPANSIONS = (
    (re.compile(r"街道办$"), "街道办事处"),
    (re.compile(r"管委会$"), "管理委员会"),
    (re.compile(r"管委会办公?室?$"), "管理委员会办公室"),
    (re.compile(r"管委$"), "管理委员会"),
    (re.compile(r"(?<=..)工委$"), "工作委员会"),
    (re.compile(r"(?<![党管纪工常])委$"), "委员会"),
    (re.compile(r"(?<=[^公])办$"), "办公室"),
    (re.compile(r"集团公司$"), "集团有限公司"),
    (re.compile(r"(?<=[镇乡市县区省旗])政府$"), "人民政府"),
)
_ZONES = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区", "综保区": "综合保税区"}


def expand(name: str) -> str:
    """Undo the abbreviations that always mean the same."""
    for ending, full in _EXPANSIONS:
        name = ending.sub(full, name)
    return name


def is_organisation(name: str) -> bool:
    return bool(_ORGANISATION.search(name) or _PROPER.search(name))


def is_proper(name: str) -> bool:
    """Does the name stand without a place: enterprises, schools, hospitals, banks?"""
    return bool(len(name) > 4 and _PROPER.search(name) and not _CLASS.search(name))


def is_office(name: str) -> bool:
    """Is the name, with no place in front, still one body's and not a class of them (学术委员会, 实验室)?"""
    return bool(_OFFICE.search(name))


def begins_with_level(text: str) -> bool:
    """市… that means the city, and not 市场…, 市政…, 市直…"""
    return text[0] in "省市州盟县区旗" and not _NOT_A_LEVEL.match(text)


_TOWNSHIP = re.compile(r"^(?![各城乡村小特本全该等])[\u3400-\u9fff]{1,5}(?<![小村城乡各集])(?:(镇|乡)|街道)$")


def township_body(text: str) -> str | None:
    """青石镇 → 青石镇人民政府, 河西街道 → 河西街道办事处."""
    found = _TOWNSHIP.match(text)
    return found and text + ("人民政府" if found[1] else "办事处")


def is_generic(rest: str) -> bool:
    """指挥部办公室, 领导小组: the name alone does not tell one from another."""
    core = _COORDINATING.sub("", re.sub(r"办公?室?$", "", rest))
    return bool(_GENERIC_CORE.match(core))


def zone_body(text: str, place: Place) -> str | None:
    """经开区管委会, 滨河新区: the committee that runs a zone, named with the place's short name."""
    zone = re.fullmatch(r"市?(.{1,20}?区)(?:管委会?|管理委员会)?", text)
    if not zone or not (
        text.endswith(("管委", "管委会", "管理委员会"))
        or re.search(r"(?:开发区|园区|示范区|高新区|经开区|综保区|保税区)$", text)
    ):
        return None
    name = zone[1]
    for short, full in _ZONES.items():
        name = name.replace(short, full)
    head = "" if place.short in name else place.short
    return f"{head}{name}管理委员会"
