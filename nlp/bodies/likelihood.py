"""How likely it is that words name a body, by their form: scored, so that a list may hold one that nobody knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongbao.nlp.bodies.forms import ends_as_body, is_business
from gongbao.nlp.bodies.regions import place_length
from gongbao.nlp.bodies.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """What each form is worth, from 0 to 1. Beside known bodies the unknown ones gain `company`."""

    known: float = 1.0  # ends as bodies do, is the business of a department
    described: float = 0.8  # told by what it does: 负责知识产权保护的主管部门, 运营单位
    shaped: float = 0.8  # ends in a character that offices end in: 基层处, 团委
    short: float = 0.5  # a few characters that begin with no verb: 湾东
    company: float = 0.2


LIKELIHOODS = Likelihoods()
_SHAPED = re.compile(r"[\u4e00-\u9fff（）()]{1,14}[局委办处科室厅院所站队组社馆台校部署司行会段股园庭团办]")
# A relative clause before the head, or a verb that is part of its name: 接收单位; but no 报告|政府.
_DESCRIBED = re.compile(
    r".{1,40}的[\u4e00-\u9fff（）()]{1,16}|(?!及时|科学|合理|积极|认真|严格|依法|督促|报告|报请|配合|会同)"
    r".{1,16}(?:单位|机构|部门|中心|指挥部|委|委员会|媒体|小组|组|办公室|基金会|协会|机关|学校|高校|组织|队伍)"
)
_STAFF = re.compile(r".{0,14}(?:人员|干部|干警|领导|负责人|联络员|召集人|组长|一把手)")
_BESIDE = re.compile(r"[（(][^（()）]{1,8}[)）]|[“”]")  # 指挥部（所）, 市“双打办”
_OFFICES = tuple("局委办厅部所站")  # of a business: 扶贫办
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,9}[局署委办]")
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,14}")
# Common words that end as offices do, and what is said of things, not of bodies.
_NO_OFFICE = re.compile(
    r".*(?:[全内外局干大]部|[举承主协督交开创联经代帮兴查]办|[社机商开集议约聚盛年]会|[进执运实推发施履试先通出]行|"
    r"[场处厕]所|[好到各用坏何益]处|[各几数]科|教室|[舞平后前]台|[人干]委|群众|情况|问题|措施|信息|工程|项目|场所)"
)


@lru_cache(maxsize=1 << 13)
def likelihood(name: str) -> float:
    """0 for what is no name at all: 及时报告政府, 科学设置防灾避难场所."""
    bare = _BESIDE.sub("", name)
    return max(_of_form(name), _of_form(bare) if bare != name else 0.0)


def names_body(name: str) -> bool:
    """Does it look like the name of a body, whether it is known or not?"""
    return likelihood(name) >= LIKELIHOODS.shaped


def looks_like_an_office(name: str) -> bool:
    """Unknown, but short, ending as offices do and beginning with no verb: 河套发展署."""
    return _OFFICE.fullmatch(name) is not None and _of_form(name) >= LIKELIHOODS.shaped and not begins_badly(name)


def _of_form(name: str) -> float:
    if is_group_members(name):
        return LIKELIHOODS.known
    if _STAFF.fullmatch(name) or name in vocabulary().zones:
        return LIKELIHOODS.described
    if name in vocabulary().national or (is_business(name[:-1]) and name.endswith(_OFFICES)):
        return LIKELIHOODS.known
    if begins_badly(name) or vocabulary().bad_inside.search(name, place_length(name)):
        return LIKELIHOODS.described if _DESCRIBED.fullmatch(name) else 0.0
    if ends_as_body(name) or is_business(name) or place_length(name) == len(name):
        return LIKELIHOODS.known
    if _NO_OFFICE.fullmatch(name):
        return 0.0
    if _SHAPED.fullmatch(name):
        return LIKELIHOODS.shaped
    return LIKELIHOODS.short if _SHORT.fullmatch(name) else 0.0


def is_group_members(name: str) -> bool:
    """省推进节水工作专项工作组成员单位: whoever is of a group, whatever the group does."""
    return _MEMBERS.fullmatch(name) is not None


_MEMBERS = re.compile(r"[\u4e00-\u9fff“”（）、]{2,40}(?:组|委员会|指挥部|指挥机构|联席会议|专班)的?成员单位")
_LED = ("政府", "河长")
_OF_BUSINESS = re.compile(r"等?(?:有关|相关|行政)*(?:主管|监管)?(?:部门|机构|单位|机关)$")  # 发展改革|等部门
_WHERE = re.compile(r"突发[\u4e00-\u9fff]{0,6}(?:事件|事故)(?:发生地|所在地)")  # 突发公共事件发生地县政府


def begins_badly(name: str) -> bool:
    """A verb in front is no part of a name, but for the likes of 监管部门."""
    words = vocabulary()
    if words.unit_verbs.fullmatch(name) or name in words.collective_names:
        return False  # 配合单位, 派出所
    if place_length(name) or _WHERE.match(name):
        return False
    if words.bad_start.match(name):
        return True
    if (
        words.predicate.length_at(name, 0) < 2
        or words.collective_start.match(name)
        or words.of_office.match(name)
        or words.is_head(_OF_BUSINESS.sub("", name))
    ):
        return False
    first = words.name_verbs.match(name)
    if first and words.verbs.length_at(name, first.end()) > 1 and not words.name_verbs.match(name, first.end()):
        return name.endswith(_LED)  # 研究|处理市政府, 监督|指导县级河长, but 应急|避难场所管理单位
    return not (first and len(name) <= 12)
