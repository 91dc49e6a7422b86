"""How official documents write their fixed parts (GB/T 9704-2012 公文格式, GB/T 7408 dates)."""

from __future__ import annotations

import re
from itertools import pairwise

from gongbao.corpus.language.days import DAY, is_day
from gongbao.corpus.language.document_numbers import ORDINAL, PRINTED
from gongbao.corpus.language.facts import Fact, printed_labels
from gongbao.corpus.language.forms import alternation
from gongbao.corpus.language.numbering import Style, expression
from gongbao.corpus.language.numerals import TENS

HAN = "一-鿿㐀-䶿"
_CN = f"{TENS}百零〇"

_LABELLED_NUMBER = rf"(?:(?:{alternation(printed_labels(Fact.NUMBER))})\s*[:：]\s*)?"
_NUMBER = re.compile(
    rf"{_LABELLED_NUMBER}[（(]?\s*(?P<number>{PRINTED}|(?:[{HAN}]{{1,24}}(?:令|公告|通告)\s*)?{ORDINAL})\s*[)）]?"
)

SIGNER = re.compile(rf"(?:签\s*发|会\s*签)\s*人\s*[:：][{HAN}·、\s]{{0,60}}")
_SIGNED_BY = re.compile(rf"\s+{SIGNER.pattern}$")

_ORG_END = (
    "人民政府|政府|办公室|办公厅|委员会|管委会|指挥部|领导小组|联席会议|人大常委会|常务委员会|法院|检察院|总局|支队|总队|大队|中心|集团|公司|银行|分行"
    "|委会|主席团|十字会|协会|学会|总会|联合会|总工会|工会|妇联|团委|海关|党组|党委|县委|市委|省委|区委|国资委|发改委|卫健委|编委|军分区|部队|医院|学校|大学|学院"
    "|局|厅|委|部|署|处|院|所|站|社|办"
)
_ENDING = re.compile(_ORG_END)
ISSUER = re.compile(
    rf"(?P<issuer>[{HAN}（）()“”、·\s]{{2,60}}?(?:{_ORG_END}))\s*"
    rf"(?=等\s*[\d{_CN}]*\s*个?(?:部门|单位)|关于|印发|转发|批转|公布|发布|令|公告|通告|通报|决定|任免|(?:19|20)\d\d年)"
)
ORGANISATION = re.compile(rf"[{HAN}（）()·\s]{{2,40}}(?:{_ORG_END})")
# What works for a purpose is named by it, at length: 云川市推进“三水共治”工作领导小组办公室
GROUP = re.compile(
    rf"[{HAN}\d“”（）()·]{{4,60}}(?:领导小组|工作小组|执行小组|协调小组|指挥部|委员会|联席会议)(?:办公室)?"
)
OWN_PIECE = re.compile(
    r"(?:解读|大事记|答记者问|任免名单|任免人员)\s*(?:[（(][^（）()]{1,24}[)）])?$"
)  # never a part of a document
FULL_TITLE = re.compile(r"关于|印发|转发|批转|公布|任免|任命|免去|调整|授予|表彰|工作报告")

LABEL = re.compile(
    rf"附\s*(?:件|表|录|图|则表)\s*[（(]?\s*[\d０-９{_CN}]{{0,3}}\s*[)）]?\s*(?:[-—–－]\s*[\d０-９]{{1,2}})?\s*[:：]?"
)
LABELLED = re.compile(  # 附件一　任务分解表: label and title on one line
    rf"(?P<label>附\s*(?:件|表|录)\s*[\d０-９{_CN}]{{0,3}}(?:[-—–－][\d０-９]{{1,2}})?)[\s\u3000]+(?P<title>[^\s：:].*)"
)
ATTACHMENT_LIST = re.compile(rf"附\s*(?:件|表|录)\s*[\d０-９{_CN}]{{0,2}}\s*[:：]\s*(?=\S)")
LISTED = re.compile(r"[\d０-９]{1,2}\s*[.．、]\s*(?=\D)")
NOTE = re.compile(r"[（(](?:此件|本件|此文|本文|联系人|联系电话).{0,40}[)）]")
IMPRINT = re.compile(
    r"(?:抄\s*送|主\s*送|分\s*送|抄\s*报|主题词|印发机关)\s*[:：].*|.{4,30}(?:办公室|办公厅|秘书处|秘书科)\s*"
    + DAY
    + r"\s*印发"
)
SALUTATION = re.compile(rf"(?!{expression([Style.ARTICLE, Style.CHAPTER])})[^。；！？]{{2,240}}[:：]")
_ADDRESSED = re.compile(
    r"各|有关|政府|委员会|管委会|单位|部门|局|厅|代表|委员|公司|企业|市民|同志|办公室|同意|你|人民|医院|学校|中心"
)
SECTION = re.compile(
    rf"[·•・【\[〖]?\s*[{HAN}·]{{0,10}}?(?:文件|人事任免|任免|人事|要闻|会议|讲话|规章|法规|大事记|解读|公告栏|政策)\s*[·•・】\]〗]?"
)  # what a gazette puts over the documents of one kind
CONTENTS = re.compile(r"(?:本期)?目\s*[录錄次]|CONTENTS|Contents")

_LONGEST_FIXED = 48


def find_number(text: str) -> str | None:
    """The document number if the text is nothing else but, on the same line, who signs (GB/T 9704 7.2.6), as
    printed but without blanks."""
    line = _SIGNED_BY.sub("", text.strip())
    found = _NUMBER.fullmatch(line)
    return "".join(found["number"].split()) if found else None


def is_fixed(text: str) -> bool:
    """A line that stands for itself: a number, a date, a label, a note."""
    text = text.strip()
    if len(text) > _LONGEST_FIXED:
        return False
    return bool(find_number(text) or is_day(text) or LABEL.fullmatch(text) or NOTE.fullmatch(text))


def is_organisation(text: str) -> bool:
    """A body's name and nothing else; several names parted by blanks count."""
    parts = [part for part in re.split(r"\s{2,}|　", text.strip()) if part]
    return all(ORGANISATION.fullmatch(part) or GROUP.fullmatch(part) for part in parts)


def begins_with_ending(text: str) -> bool:
    """领导小组办公室, 委员会办公室: what names of bodies end with, but not in one character (局, 部)."""
    found = _ENDING.match(text)
    return found is not None and len(found[0]) > 1


def is_salutation(text: str) -> bool:
    """主送机关: the bodies addressed, up to a colon."""
    return SALUTATION.fullmatch(text.strip()) is not None and _ADDRESSED.search(text) is not None


def issuer_of(title: str) -> str | None:
    """The issuing body that a title begins with."""
    found = ISSUER.match(title.strip())
    return found["issuer"].strip() if found else None


def tidy(title: str) -> str:
    """A title without the blanks that only space out single characters (通　知)."""
    tokens = title.split()
    out = tokens[0] if tokens else ""
    for before, token in pairwise(tokens):
        spaced = len(token) == 1 or len(before) == 1
        out += token if spaced else f" {token}"
    return out
