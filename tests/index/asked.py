"""A fictional city's documents that answer questions: plans, twins, a division of work, a table, a citation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongbao.corpus.document import Document
from gongbao.corpus.ids import record_id
from gongbao.corpus.offsets import Span
from gongbao.corpus.records import Citation, Party, PartyType, Relation, Role

from tests import builders
from tests.index import sample
from tests.index.sample import Filed, deadline, extraction, party, statement

WATER, HOUSING, CITY = "云川市水利局", "云川市住房和城乡建设局", "云川市城市管理局"
LEAD, SUPPORT = Role.LEAD, Role.SUPPORT


def corpus() -> list[Filed]:
    notices = [bicycles(), clean_city(), plan(2023), plan(2024), division(), grants(), procurement(), long_plan()]
    return [
        *notices,
        parking("云政办发〔2022〕6号", date(2022, 5, 1)),
        parking("云政办发〔2022〕4号", date(2022, 4, 1)),
        repeal(),
    ]


def two_cities() -> list[Filed]:
    """Two cities with a body of the same short name, and classes of bodies printed in several ways."""
    science, water = party("市科技局", agency="云川市科学技术局"), party("市水利局", agency=WATER)
    return [
        _notice("云川", 2024, (party("各县（市、区）人民政府"), "要建立台账"), (science, "要组织评审")),
        _notice("云川", 2023, (party("公安部门"), "要维护秩序"), (water, "要编制规划")),
        _notice(
            "青湖",
            2023,
            (party("县〔市、区〕政府"), "要公示结果"),
            (party("市科技局", agency="青湖市科学技术局"), "要发布指南"),
        ),
    ]


def _notice(place: str, year: int, *tasks: tuple[Party, str]) -> Filed:
    document = builders.document(
        *(f"{bound.name}{task}。" for bound, task in tasks),
        number=f"{place[0]}政发〔{year}〕2号",
        title=f"{place}市人民政府关于做好有关工作的通知",
        issuer=f"{place}市人民政府",
        signed=date(year, 2, 1),
    )
    made = (statement(document, f"{bound.name}{task}", bound) for bound, task in tasks)
    return Filed(document, extraction(document, *made))


def bicycles() -> Filed:
    task = "公共自行车站点由市城管局统一维护，每季度巡检一次。"
    document = builders.document(
        "为方便群众出行，现就公共自行车管理通知如下：",
        task,
        number="云政办发〔2024〕3号",
        title="云川市人民政府办公室关于加强公共自行车管理的通知",
        issuer="云川市人民政府办公室",
        signed=date(2024, 1, 8),
    )
    return Filed(document, extraction(document, statement(document, task, party("市城管局", agency=CITY))))


def clean_city() -> Filed:
    burning = "秸秆、落叶一律禁止焚烧。（市城管局牵头，市水利局配合）"
    stalls = "2024年10月底前，取缔占道食品摊贩。（市城管局牵头）"
    document = builders.document(
        "一、露天焚烧",
        burning,
        "二、占道经营",
        stalls,
        number="云政发〔2024〕5号",
        title="云川市人民政府关于整治市容环境的通告",
        signed=date(2024, 2, 1),
        headings={"一、露天焚烧": 1, "二、占道经营": 1},
    )
    city = party("市城管局", LEAD, CITY)
    limit = deadline(document, "2024年10月底前", date(2024, 10, 31))
    return Filed(
        document,
        extraction(
            document,
            statement(document, burning, city, party("市水利局", SUPPORT, WATER)),
            statement(document, stalls, city, deadlines=(limit,)),
        ),
    )


def plan(year: int) -> Filed:
    """The same notice every year."""
    task = f"{year}年6月底前，完成排水管网清淤。（牵头单位：市水利局；配合单位：市城市管理局）"
    document = builders.document(
        task,
        number=f"云政办发〔{year}〕18号",
        title=f"云川市人民政府办公室关于做好{year}年防汛工作的通知",
        issuer="云川市人民政府办公室",
        signed=date(year, 4, 2),
        issue=f"{year}-2",
    )
    limit = deadline(document, f"{year}年6月底前", date(year, 6, 30))
    parties = party("市水利局", LEAD, WATER), party("市城市管理局", SUPPORT, CITY)
    return Filed(document, extraction(document, statement(document, task, *parties, deadlines=(limit,))))


def division() -> Filed:
    duty = "李明远副市长：负责教育、科技方面的工作。"
    other = "周岚副市长：负责水利、农业农村方面的工作。"
    document = builders.document(
        duty,
        other,
        number="云政办发〔2024〕1号",
        title="云川市人民政府办公室关于市长副市长工作分工的通知",
        issuer="云川市人民政府办公室",
        signed=date(2024, 1, 2),
    )
    persons = [replace(party(name), type=PartyType.PERSON) for name in ("李明远副市长", "周岚副市长")]
    statements = statement(document, duty, persons[0]), statement(document, other, persons[1])
    return Filed(document, extraction(document, *statements))


def grants() -> Filed:
    rows = [["项目", "补助标准（元）"], ["加装扶手", "800"], ["更换门窗", "1200"]]
    document = builders.document(
        "对独居老年人家庭给予适老化改造补助。",
        number="云政办发〔2024〕7号",
        title="云川市人民政府办公室关于适老化改造补助的通知",
        issuer="云川市人民政府办公室",
        signed=date(2024, 3, 1),
        rows=rows,
    )
    return Filed(document, extraction(document))


def procurement() -> Filed:
    basis = "根据《省政府办公厅关于推进药品集中带量采购的意见》（江政办发〔2023〕9号），制定本方案。"
    document = builders.document(
        basis,
        number="云政办发〔2024〕9号",
        title="云川市人民政府办公室关于印发云川市药品集中带量采购实施方案的通知",
        issuer="云川市人民政府办公室",
        signed=date(2024, 3, 20),
    )
    return Filed(document, extraction(document, citations=(_citation(document, basis),)))


def long_plan() -> Filed:
    """Speaks of everything once, and of bicycles and burning among much else."""
    lines = [f"第{at}项：统筹推进城市建设、环境整治、秸秆利用、公共自行车等各项工作。" for at in range(1, 40)]
    document = builders.document(
        *lines,
        number="云政发〔2024〕2号",
        title="云川市人民政府关于印发云川市城市品质提升总体规划的通知",
        signed=date(2024, 1, 15),
    )
    return Filed(document, extraction(document))


def parking(number: str, signed: date) -> Filed:
    """One of two notices with the same words; the newer is repealed by `repeal`."""
    document = builders.document(
        "全市停车泊位由各区统一编号。",
        number=number,
        title="云川市人民政府办公室关于停车泊位编号的通知",
        issuer="云川市人民政府办公室",
        signed=signed,
    )
    return Filed(document, extraction(document))


def repeal() -> Filed:
    text = "《停车泊位编号通知》（云政办发〔2022〕6号）自本决定印发之日起废止。"
    document = builders.document(
        text, number="云政发〔2022〕9号", title="云川市人民政府关于废止部分文件的决定", signed=date(2022, 9, 1)
    )
    span = Span(document.text.find(text), document.text.find(text) + len(text))
    found = record_id("citation", document.id, document.text, span)
    cited = Citation(found, "停车泊位编号通知", "云政办发〔2022〕6号", Relation.REPEALS, span, ())
    return Filed(document, extraction(document, citations=(cited,)))


def _citation(document: Document, quote: str) -> Citation:
    at = document.text.find(quote)
    span = Span(at, at + len(quote))
    found = record_id("citation", document.id, document.text, span)
    title = "省政府办公厅关于推进药品集中带量采购的意见"
    return Citation(found, title, "江政办发〔2023〕9号", Relation.IMPLEMENTS, span, ())


__all__ = ["corpus", "sample"]
