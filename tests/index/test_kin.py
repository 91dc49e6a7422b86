"""Documents about the same matter, on both engines."""

from __future__ import annotations

from gongbao.index.engine import Engine
from gongbao.index.kin import related

from tests import builders
from tests.index import sample
from tests.index.conftest import fill

WATER = (
    "检查水源保护区，更新老化水厂和输水管道，按月检测水质，公布检测结果。"
    "严禁在取水口附近排放污水，水库蓄水、水井消毒、水表更换由供水单位承担，停水须提前告知用户。"
)
TREES = (
    "补植行道树，修剪绿篱，养护公园草坪，防治病虫害，清理枯枝落叶。"
    "花坛摆放鲜花，古树名木挂牌保护，移植树木须经园林部门许可，占用绿地限期恢复。"
)


def _filed(number: int, title: str, text: str) -> sample.Filed:
    document = builders.document(text, number=f"云政发〔2024〕{number}号", title=f"云川市人民政府关于{title}")
    return sample.Filed(document, sample.extraction(document))


def test_the_text_tells_more_than_a_title_of_the_same_make(engine: Engine) -> None:
    own = _filed(1, "加强城市供水管理的通知", WATER)
    same_make = _filed(2, "加强城市绿化管理的通知", TREES)
    same_matter = _filed(3, "农村饮水安全的意见", WATER)
    fill(engine, [own, same_make, same_matter])
    found = related(engine, own.document.id, 6)
    assert [hit.document.id for hit in found] == [same_matter.document.id, same_make.document.id]
    assert found[0].score > found[1].score


def test_one_document_alone_has_no_kin(engine: Engine) -> None:
    own = _filed(1, "加强城市供水管理的通知", WATER)
    fill(engine, [own])
    assert related(engine, own.document.id, 6) == ()


def test_where_nothing_has_a_word_shared_subjects_make_kin(engine: Engine) -> None:
    """A heading of one sign and a picture, as posters and covers have it."""
    documents = [builders.document("图。", number=None, title=sign) for sign in "甲乙"]
    own, other = (sample.Filed(one, sample.extraction(one)) for one in documents)
    fill(engine, [own, other])
    assert [hit.document.id for hit in related(engine, own.document.id, 6)] == [other.document.id]
