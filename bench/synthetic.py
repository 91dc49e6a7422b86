"""A corpus made by a script, as large as one likes: documents of a fictional province with their records.

Words are drawn with the skew of real language (a few everywhere, most seldom), so that common
and rare words cost what they cost in practice. The same number always gives the same document.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from importlib.resources import files
from itertools import accumulate

from gongbao.corpus.document import Block, BlockKind, Document, Source, SourceKind
from gongbao.corpus.ids import document_id, record_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import (
    Assignment,
    AssignmentKind,
    AssignmentSource,
    Deadline,
    DeadlineKind,
    Extraction,
    Party,
    PartyType,
    Role,
)
from gongbao.index.engine import Batch
from gongbao.index.transform import transform

STAMP = "2024-01-01T00:00:00.000000+00:00"
_CITIES = ["云川市", "临岳市", "白河市", "南陵市", "东屏市", "青原市", "长汀州", "北固市", "西畴市", "海宁州"]
_BODIES = [
    "水利局", "财政局", "民政局", "教育局", "公安局", "司法局", "商务局", "统计局", "体育局", "林业局", "气象局",
    "审计局", "应急管理局", "生态环境局", "交通运输局", "农业农村局", "文化和旅游局", "卫生健康委员会",
    "发展和改革委员会", "住房和城乡建设局", "人力资源和社会保障局", "市场监督管理局", "自然资源局", "医疗保障局",
    "城市管理局", "工业和信息化局", "退役军人事务局", "行政审批服务管理局", "乡村振兴局", "大数据局",
]  # fmt: skip
_SYLLABLES = "安保本边标补布采查产场城出传村存道登地点定动读度发防放分服工公管规国河合户化环会机基计技检建教街节经救局开科控库矿力联粮林路绿民农片品平评气强桥清区全热人森设社审生施市收水税体通土推网文务物险线项校信学压严养药业医用油园源运灾责政职治质种重住助资"  # noqa: E501


@dataclass(frozen=True, slots=True)
class Made:
    document: Document
    extraction: Extraction


def batches(statements: int) -> Callable[[int], Batch]:
    """From a document's number to its entries in the index, with so many statements (a paragraph each)."""
    return partial(_batch, statements)


def common_words() -> list[str]:
    """The vocabulary, most frequent first."""
    return _vocabulary()[0]


def bodies() -> list[str]:
    return [city + body for city in _CITIES for body in _BODIES]


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[str], list[float]]:
    """Terms of government business, then 20,000 made words; the n-th most frequent weighs 1/n."""
    known = (files("gongbao.index") / "dictionary.txt").read_text(encoding="utf-8").split()
    chance = random.Random(1)
    chance.shuffle(known)
    made = ["".join(chance.choices(_SYLLABLES, k=chance.choice([2, 2, 2, 3, 4]))) for _ in range(20_000)]
    words = list(dict.fromkeys(known + made))
    return words, list(accumulate(1 / (rank + 5) for rank in range(len(words))))


def _batch(statements: int, number: int) -> Batch:
    made = _document(number, statements)
    return transform(made.document, made.extraction, STAMP)


def _document(number: int, statements: int) -> Made:
    chance = random.Random(number)
    city, year = _CITIES[number % len(_CITIES)], 2010 + number // 200 % 16
    title = f"{city}人民政府关于做好{_phrase(chance, 2)}工作的通知"
    printed = f"{city[0]}政发〔{year}〕{number}号"
    drafts = [_draft(chance, city, year) for _ in range(statements)]
    lines = [title, printed, *(draft.text for draft in drafts)]
    spans = list(_spans(lines))
    kinds = [BlockKind.TITLE, BlockKind.NUMBER, *[BlockKind.PARAGRAPH] * statements]
    signed = date(year, chance.randint(1, 12), chance.randint(1, 28))
    document = Document(
        id=document_id(printed, title, None, None),
        number=printed,
        title=title,
        issuer=f"{city}人民政府",
        signed=signed,
        text="\n".join(lines),
        blocks=tuple(Block(kind, span) for kind, span in zip(kinds, spans, strict=True)),
        headings=(),
        tables=(),
        attachments=(),
        source=Source(f"{number}.txt", f"{number:064x}", SourceKind.TEXT),
        issue=f"{year}-{number % 24 + 1}",
        position=number // 24 % 40,
    )
    found = tuple(_statement(document, draft, span) for draft, span in zip(drafts, spans[2:], strict=True))
    limits = tuple(limit for one in found for limit in one.deadlines)
    return Made(document, Extraction(document.id, "1", "通知", ("综合政务",), found, limits, (), ()))


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    what: str
    due: date
    printed: str
    parties: tuple[Party, ...]


def _draft(chance: random.Random, city: str, year: int) -> _Draft:
    due = date(year, 1, 1) + timedelta(days=chance.randint(0, 700))
    printed = f"{due.year}年{due.month}月{due.day}日前"
    named = chance.sample(_BODIES, chance.choice([1, 1, 2, 3]))
    roles = [Role.LEAD, *[Role.SUPPORT] * 2] if len(named) > 1 else [Role.RESPONSIBLE]
    parties = tuple(
        Party(f"市{body}", city + body, role, PartyType.AGENCY, Span(0, 0))
        for body, role in zip(named, roles, strict=False)
    )
    what = f"{printed}，{_phrase(chance, chance.randint(8, 20))}"
    return _Draft(f"{what}（责任单位：{'、'.join(p.name for p in parties)}）", what, due, printed, parties)


def _phrase(chance: random.Random, length: int) -> str:
    words, weights = _vocabulary()
    return "".join(chance.choices(words, cum_weights=weights, k=length))


def _spans(lines: list[str]) -> Iterator[Span]:
    at = 0
    for line in lines:
        yield Span(at, at + len(line))
        at += len(line) + 1


def _statement(document: Document, draft: _Draft, span: Span) -> Assignment:
    kept = len(draft.parties) % 2  # some have no deadline
    limit = Span(span.start, span.start + len(draft.printed))
    deadline = Deadline(
        record_id("deadline", document.id, document.text, limit),
        draft.printed,
        DeadlineKind.BY,
        draft.what[:40],
        limit,
        (),
        due=draft.due,
    )
    return Assignment(
        record_id("assignment", document.id, document.text, span),
        AssignmentKind.TASK,
        AssignmentSource.TEXT,
        draft.what,
        draft.parties,
        (deadline,) * kept,
        (),
        draft.text,
        span,
        (),
    )
