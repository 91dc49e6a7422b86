"""Extraction: characters a second beside bare jieba on the same text, growth with size, memory.

    python -m bench.extract [--largest 10000000] [--single 2000000]

The text is made by a script from sentences of a fictional city's documents, drawn anew for each document.
Each size is read twice in one run, by jieba and by the whole extractor, so that both meet the same machine.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date

import jieba
from gongbao.corpus.document import Block, BlockKind, Document, Source, SourceKind
from gongbao.corpus.ids import document_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.register import Register
from gongbao.nlp.extract import Extractor

DOCUMENT = 10_000  # characters of one document of the stream
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
SINGLE = (10_000, 100_000, 1_000_000, 2_000_000)
BODIES = (
    "市教育局",
    "市水利局",
    "市财政局",
    "市交通运输局",
    "市生态环境局",
    "市应急管理局",
    "市农业农村局",
    "东山区人民政府",
)
PLAIN = (
    "坚持问题导向，统筹城乡水利建设，推动各项工作稳步向前，为全市发展打下扎实基础。",
    "要充分认识这项工作的重要意义，把思想和行动统一到上级部署上来，加强组织领导，层层压实责任。",
    "通过板报、短信和村里的喇叭讲清楚为什么要这样做，让大家愿意参加，形成共同出力的习惯。",
    "推广使用节水器具，鼓励企业开展技术改造，支持科研院所联合攻关，逐步提高资源利用水平。",
    "完善基础设施，优化空间布局，改善人居环境，提升公共服务能力，让改革成果更多更公平惠及群众。",
    "加强对重点区域、重点时段的巡查，发现问题立即整改，对整改不力的依法依规严肃处理。",
)
BINDING = (
    "{n}.推进河道治理。{year}年{month}月底前，完成{count}公里河道清淤。（牵头单位：{a}；配合单位：{b}、{c}）",
    "{a}要会同{b}于{year}年{month}月{day}日前制定实施细则，报市政府批准后执行。",
    "（{n}）健全监测网络。新建监测站{count}个，每月通报一次监测结果。（责任单位：{a}、{b}）",
    "{a}：负责组织开展隐患排查，接到报告后2小时内赶赴现场处置。",
    "根据《云川市供水管理办法》（云政发〔{year}〕{n}号），由{a}负责，{b}配合，做好供水保障工作。",
)


def paragraphs(chance: random.Random) -> Iterator[str]:
    """Five of plain talk to two that bind somebody, much as in real plans."""
    for number in range(1, 10_000_000):
        yield "".join(chance.sample(PLAIN, chance.choice([1, 2, 3])))
        if chance.random() < 0.4:
            a, b, c = chance.sample(BODIES, 3)
            values = {"month": chance.randint(1, 12), "day": chance.randint(1, 28), "count": chance.randint(2, 90)}
            yield chance.choice(BINDING).format(a=a, b=b, c=c, n=number, year=chance.randint(2024, 2027), **values)


def make(size: int, seed: int) -> Document:
    """One document of about `size` characters."""
    title, at = "云川市人民政府关于做好节水工作的通知", 0
    blocks: list[Block] = []
    lines: list[str] = []
    kinds = [BlockKind.TITLE]
    source = paragraphs(random.Random(seed))
    while at < size:
        line = title if not lines else next(source)
        blocks.append(Block(kinds.pop() if kinds else BlockKind.PARAGRAPH, Span(at, at + len(line))))
        lines.append(line)
        at += len(line) + 1
    number = f"云政发〔2024〕{seed}号"
    return Document(
        id=document_id(number, title, "云川市人民政府", date(2024, 3, 4)),
        number=number,
        title=title,
        issuer="云川市人民政府",
        signed=date(2024, 3, 4),
        text="\n".join(lines),
        blocks=tuple(blocks),
        headings=(),
        tables=(),
        attachments=(),
        source=Source("bench.txt", "0" * 64, SourceKind.TEXT),
    )


def seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def row(name: str, documents: Callable[[], Iterator[Document]], extractor: Extractor) -> str:
    """Both readers go through the documents in turns; texts are made outside the measured time."""
    words = records = 0.0
    characters = 0
    for document in documents():
        characters += len(document.text)
        words += seconds(lambda text=document.text: jieba.lcut(text))  # type: ignore[misc]
        records += seconds(lambda one=document: extractor.extract(one))  # type: ignore[misc]
    ours, bare = characters / records, characters / words
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {name} | {characters:,} | {bare:,.0f} | {ours:,.0f} | {ours / bare:.2f} | {memory:,.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="characters of the longest stream")
    parser.add_argument("--single", type=int, default=SINGLE[-1], help="characters of the longest single document")
    wanted = parser.parse_args()
    jieba.initialize()
    extractor = Extractor(Register.load())
    extractor.extract(make(DOCUMENT, 0))  # what is loaded once is loaded
    print("| text | characters | jieba, characters/s | extractor, characters/s | ratio | peak memory, MB |")
    print("|---|---:|---:|---:|---:|---:|")
    for size in (size for size in SIZES if size <= wanted.largest):
        stream = (make(min(DOCUMENT, size), seed) for seed in range(1, size // DOCUMENT + 1))
        print(row("documents of 10,000", lambda stream=stream: stream, extractor), flush=True)  # type: ignore[misc]
    for size in (size for size in SINGLE if size <= wanted.single):
        print(row("one document", lambda size=size: iter([make(size, 1)]), extractor), flush=True)  # type: ignore[misc]


if __name__ == "__main__":
    main()
