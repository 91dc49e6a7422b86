"""What a document is and what it is about."""

from __future__ import annotations

import pytest
from gongbao.corpus.language.genres import genre_of
from gongbao.nlp.subjects import subjects_of

from tests.builders import document


@pytest.mark.parametrize(
    ("why", "title", "genre"),
    [
        ("a transmittal notice", "云川市人民政府关于印发云川市节水办法的通知", "通知"),
        ("a transmittal without one", "云川市人民政府印发《关于促进消费的若干意见》", "意见"),
        ("brackets at the end", "云川市停车管理办法（试行）", "办法"),
        ("a year at the end", "云川市建设用地标准（2024年版）", "标准"),
        ("a report", "政府工作报告", "报告"),
        ("a reply", "云川市人民政府关于东山区规划的批复", "批复"),
        ("a proclamation", "云川市人民政府关于禁止焚烧秸秆的通告", "通告"),
        ("counted measures", "云川市人才引进扶持政策18条", "政策"),
        ("blanks", "云川市 2024 年工作方 案", "方案"),
        ("none", "云川市人民政府大事记", None),
        ("empty", "", None),
    ],
)
def test_a_genre_is_the_end_of_the_title(why: str, title: str, genre: str | None) -> None:
    assert genre_of(title) == genre, why


@pytest.mark.parametrize(
    ("why", "title", "subject"),
    [
        ("government itself", "政府工作报告", "综合政务"),
        ("building", "云川市人民政府关于加强老旧小区物业管理的意见", "城乡建设、环境保护"),
        ("pollution", "云川市重污染天气应急预案", "城乡建设、环境保护"),
        ("schools", "云川市人民政府关于优化义务教育学校布局的通知", "科技、教育"),
        ("farming", "云川市高标准农田建设方案", "农业、林业、水利"),
        ("safety", "云川市电梯安全事故处置预案", "市场监管、安全生产监管"),
        ("health", "云川市人民政府关于推进健康行动的实施意见", "卫生、体育"),
        ("trade", "云川市促进外贸稳定增长若干措施", "商贸、海关、旅游"),
        ("work", "云川市人民政府关于做好高校毕业生就业创业工作的通知", "劳动、人事、监察"),
        ("welfare", "云川市养老服务补贴管理办法", "民政、扶贫、救灾"),
        ("land", "云川市征收集体土地补偿标准", "国土资源、能源"),
        ("money", "云川市财政专项资金绩效管理办法", "财政、金融、审计"),
        ("roads", "云川市农村公路管理养护办法", "工业、交通"),
        ("order", "云川市养犬管理和治安处罚规定", "公安、安全、司法"),
        ("culture", "云川市非物质文化遗产保护办法", "文化、广电、新闻出版"),
        ("defence", "云川市人民防空警报试鸣通告", "国防"),
        ("faith", "云川市宗教活动场所管理办法", "民族、宗教"),
        ("人民政府 holds no 民政", "云川县人民政府工作规则", "综合政务"),
        ("市政府 and 市政务 hold no 市政", "云川市政务公开工作要点", "综合政务"),
        ("a longer word stands for the shorter in it", "云川市农村公路建设竞赛方案", "工业、交通"),
        ("and says as much", "关于加强高层建筑消防安全管理的通告", "市场监管、安全生产监管"),
        ("reserves of grain", "云川市市级储备粮轮换办法", "农业、林业、水利"),
        ("a papers' list", "云川市人民政府关于宣布失效一批文件的决定", "综合政务"),
        ("nothing to go by", "甲乙丙丁", "其他"),
    ],
)
def test_the_first_subject_follows_the_title(why: str, title: str, subject: str) -> None:
    assert subjects_of(document("请认真贯彻执行。", title=title))[0] == subject, why


def test_a_document_may_have_several_subjects() -> None:
    found = subjects_of(document("请执行。", title="云川市疾病防治领域市县财政事权划分方案"))
    assert {"卫生、体育", "财政、金融、审计"} <= set(found)
