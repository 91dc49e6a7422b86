"""Who a modal verb binds where the name alone does not tell: by a clause, by the kind of its noun, by its list."""

from __future__ import annotations

import pytest

from tests.nlp.writing import statements


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("登记主体应当在申请前存证。", ["R:登记主体*|在申请前存证"], "a unit named for its part"),
        ("制定单位应当适时修订预案。", ["R:制定单位*|适时修订预案"], "though it begins with a verb"),
        ("建设单位应当按图施工。", [], "people and businesses are ruled, not bound"),
        (
            "养老服务机构、儿童福利机构、羁押监管等场所应当封闭管理。",
            ["R:养老服务机构* R:儿童福利机构*|封闭管理"],
            "examples of what is never bound",
        ),
        ("保险中介机构应当报送报表。", [], "a business that calls itself 机构"),
        ("事故调查组负责评估处置工作。", ["R:事故调查组*|评估处置工作"], "负责 proves a subject too"),
        ("凡有安置任务的单位必须服从安排。", ["R:有安置任务的单位*|服从安排"], "凡 is no part of the name"),
        ("参加现场救援的单位应当服从指挥。", [], "what it does is no public task"),
        ("接到报告的有关部门应当立即核查。", [], "nobody in particular"),
        (
            "国务院负有水库监管职责的有关部门要加强指导。",
            ["R:国务院负有水库监管职责的有关部门*|加强指导"],
            "a class told by its duty",
        ),
        (
            "获悉险情的行政机关，除另有规定的外，应当逐级报告。",
            ["R:获悉险情的行政机关*|逐级报告"],
            "an exception between subject and modal verb",
        ),
        (
            "市水利局和其他对有关行业、领域的用水工作实施监督管理的部门应当检查。",
            ["R:市水利局 R:其他对有关行业、领域的用水工作实施监督管理的部门*|检查"],
            "a clause is not cut at its comma",
        ),
        (
            "设区的市人民政府和洪水多发、易发地区的县级人民政府应当设立仓库。",
            ["R:设区的市人民政府* R:洪水多发、易发地区的县级人民政府*|设立仓库"],
            "nor with what stands before it",
        ),
        (
            "街道办事处以及承担处置职能的政府部门和单位，应当建立值守制度。",
            ["R:街道办事处* R:承担处置职能的政府部门和单位*|建立值守制度"],
            "two heads of one clause",
        ),
        (
            "水利、电力等部门和单位以及危险品生产、储运等单位，应当采取措施。",
            ["R:水利部门* R:电力部门*|采取措施"],
            "以及 stands between two lists",
        ),
        (
            "市、县（区）人民政府及其水利、林业等部门应当制定计划。",
            ["R:市、县（区）人民政府* R:水利部门* R:林业部门*|制定计划"],
            "a body and its departments",
        ),
        (
            "跨区域河道由共同的上一级人民政府确定管理范围。",
            ["R:共同的上一级人民政府*|跨区域河道由共同的上一级人民政府确定管理范围"],
            "whose is part of a class's name",
        ),
        (
            "隔离期间，实施隔离措施的区人民政府应当提供保障。",
            ["R:区人民政府|隔离期间，实施隔离措施的区人民政府应当提供保障"],
            "what one body does is no part of its name",
        ),
        (
            "工会、妇女联合会等组织，应当协助政府开展宣传。",
            ["S:工会* S:妇女联合会|协助政府开展宣传"],
            "等组织 is no verb",
        ),
        ("水利、财政、气象等部门（机构）要加强配合。", ["R:水利部门* R:财政部门* R:气象部门*|加强配合"], "or units"),
        ("水利、医保等成员单位要编制计划。", ["R:水利部门* R:医保部门*|编制计划"], "members by their business"),
        (
            "县级、市级水利部门或者云川监察分局接到报告后，应当在1小时内上报。",
            ["R:县级水利部门* R:市级水利部门* R:云川监察分局|接到报告后，应当在1小时内上报"],
            "each level has its own",
        ),
        ("提供供水、教育和其他公共服务的单位应当建立队伍。", [], "business without whose it is"),
        ("并组织通信、交通等单位协助救援。", [], "组织 is the verb, not the business"),
        (
            "红十字会、慈善会和云川基金会等社会组织，应当公开账目。",
            ["R:红十字会 R:慈善会 R:云川基金会|公开账目"],
            "all are named",
        ),
        ("市商务局、新闻办牵头做好宣传。", ["L:市商务局 L:新闻办|牵头做好宣传"], "a business with 办"),
        ("军队、地方各级人民政府应当组织演练。", ["R:军队 R:地方各级人民政府*|组织演练"], "the army"),
        (
            "有关政府部门可通过协议委托同级水利部门负责收件工作。",
            [],
            "whom somebody may charge",
        ),
        (
            "试点地区要制定方案，运营单位应当加强巡查。",
            ["R:试点地区*|制定方案", "R:运营单位*|加强巡查"],
            "kinds of nouns",
        ),
        (
            "省、自治区、直辖市人民政府指定的部门负责防汛工作。",
            ["R:省、自治区、直辖市人民政府指定的部门*|防汛工作"],
            "levels that one class has",
        ),
        (
            "水库所在地的省、自治区、直辖市人民政府指定的部门应当公告。",
            ["R:省、自治区、直辖市人民政府指定的部门*|公告"],
            "where it lies is no part of the name",
        ),
        (
            "广播、电视、报纸等媒体应当发布预警。",
            ["R:广播媒体* R:电视媒体* R:报纸媒体*|发布预警"],
            "media by their kind",
        ),
        (
            "按照规定成立的事故调查组应当提出结论。",
            ["R:事故调查组*|提出结论"],
            "by what it was set up",
        ),
        ("各专题涉及的责任单位要报送名单。", ["R:各专题涉及的责任单位*|报送名单"], "涉及 holds no 及"),
        (
            "市水利局和负有供水监管职责的有关部门应加强检查。",
            ["R:市水利局 R:负有供水监管职责的有关部门*|加强检查"],
            "told by its duty, not vague",
        ),
        ("博物馆应当免费开放。", ["R:博物馆*|免费开放"], "public institutions by their noun"),
        (
            "乡、镇人民政府以及街道办事处等人民政府派出机关应当协助检查。",
            ["S:乡、镇人民政府* S:街道办事处*|协助检查"],
            "派出 belongs to the kind; who is named stands for itself",
        ),
        ("本机关应当受理申请。", [], "who speaks"),
        ("供水工作由市政府指定的部门组织实施。", ["R:市政府指定的部门*|供水工作由市政府指定的部门组织实施"], "passive"),
    ],
)
def test_who_is_bound(text: str, expected: list[str], why: str) -> None:
    assert statements(text) == expected, why
