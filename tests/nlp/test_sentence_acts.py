"""What a sentence does: the forms tell it by their own examples."""

from __future__ import annotations

import pytest
from gongbao.nlp.assignments import sentence_acts
from gongbao.nlp.assignments.sentence_acts import FORMS, Form, act_of

from tests.nlp.writing import statements


def _halves(example: str) -> tuple[str, str]:
    before, _, rest = example.partition("▶")
    return before, rest.partition("◀")[2]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.yes[0][:12])
def test_a_form_reads_its_examples(form: Form) -> None:
    assert [act_of(*_halves(example)) for example in form.yes] == [form.act] * len(form.yes)
    assert [act_of(*_halves(example)) for example in form.no] == [None] * len(form.no)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.yes[0][:12])
def test_a_form_that_no_example_needs_goes(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_acts, "FORMS", tuple(other for other in FORMS if other is not form))
    assert any(act_of(*_halves(example)) is None for example in form.yes)


def test_a_chapter_on_liability_binds_nobody() -> None:
    found = statements(
        "# 第四章 监督管理",
        "第二十条 市水利局应当加强巡查。",
        "# 第五章 法律责任",
        "第二十一条 拒不清除的，由市水利局代为清除，费用由责任人承担。",
        "第二十二条 市水利局应当将处罚结果记入信用档案。",
        "# 第六章 附则",
        "第二十三条 本条例由市水利局负责解释。",
        title="云川市河道管理条例",
    )
    assert found == ["R:市水利局|加强巡查", "R:市水利局|本条例由市水利局负责解释"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # others beside the bodies need not hide them
        (
            "街道办事处、物业服务企业和个人应当及时清扫积雪。",
            ["R:街道办事处*|及时清扫积雪"],
        ),
        ("负有扬尘监管职责的部门应当建立台账。", ["R:负有扬尘监管职责的部门*|建立台账"]),
        ("有防汛任务的乡镇人民政府应当组建巡查队伍。", ["R:乡镇人民政府*|组建巡查队伍"]),
        ("市、县（区）人民政府及其林业部门应当建设防护林带。", ["R:市、县（区）人民政府* R:林业部门*|建设防护林带"]),
        ("市人民政府应急管理、公安等部门应当建立协作机制。", ["R:市人民政府应急管理部门* R:公安部门*|建立协作机制"]),
        ("由有管辖权的防汛指挥机构监督实施。", ["R:防汛指挥机构*|由有管辖权的防汛指挥机构监督实施"]),
        ("民政、市场监督管理和相关部门应当建立协同监管机制。", ["R:民政部门* R:市场监督管理部门*|建立协同监管机制"]),
        ("县（市、区）、乡（镇）人民政府应当配备护林员。", ["R:县（市、区）、乡（镇）人民政府*|配备护林员"]),
        ("市财政要每年安排资金。", ["R:市财政|每年安排资金"]),
        ("云川市大数据工作推进小组负责总体指导。", ["R:云川市大数据工作推进小组|总体指导"]),
        ("核电厂的应急机构应当制定计划。", ["R:核电厂的应急机构*|制定计划"]),  # whose it is, is told
        ("省级人民政府指定的部门应当组织演习。", ["R:省级人民政府指定的部门*|组织演习"]),
        ("居(村)民委员会和其他机关、团体应当制定预案。", ["R:居(村)民委员会*|制定预案"]),
        ("市政府组成人员要严守纪律。", ["R:市政府组成人员@|严守纪律"]),
        ("有关专业监测机构应当建设体系。", ["R:专业监测机构*|建设体系"]),
        ("县、区热线工作机构应当建立制度。", ["R:县、区热线工作机构*|建立制度"]),
        ("中央财政要给予奖补。", ["R:中央财政|给予奖补"]),
        ("综合处：负责处理文稿。", ["R:综合处|负责处理文稿"]),  # a unit within
        ("公安部门应当加强灾区的治安管理。", ["R:公安部门*|加强灾区的治安管理"]),  # no clause with 的
        ("市水利局作为主管部门，负责水源保护。", ["R:市水利局|作为主管部门，负责水源保护"]),
        ("森林消防指挥部（所）以及林业部门应当组织宣传。", ["R:森林消防指挥部（所） R:林业部门*|组织宣传"]),
        ("金融机构、商会应当加强自律。", []),  # businesses are regulated, not bound
        ("扬尘污染防治遵循政府主导的原则。", []),
        ("政府部门要加强监管。", []),  # nobody in particular
        ("保障城市绿化发展所需用地。", []),
        (
            "县级以上人民政府农业农村、林业部门按照各自职责负责行政保护工作。",
            ["R:县级以上人民政府农业农村部门* R:林业部门*|按照各自职责负责行政保护工作"],
        ),
        ("街道办事处配合主管部门做好防治。", ["S:街道办事处*|配合主管部门做好防治"]),
        ("实施隔离措施的区人民政府应当提供保障。", ["R:区人民政府|提供保障"]),
        ("各镇街、各部门请于10月10日前报送方案。", ["R:各镇街*|请于10月10日前报送方案"]),
        ("跨区的封锁，由市人民政府决定。", ["R:市人民政府|跨区的封锁，由市人民政府决定"]),
        ("必要时，由市人民政府领导、组织应急工作。", ["R:市人民政府|必要时，由市人民政府领导、组织应急工作"]),
        (
            "市水利局接到报告后，应当会同市应急局调查处理。",
            ["L:市水利局 S:市应急局|接到报告后，应当会同市应急局调查处理"],
        ),
        ("医疗机构不具备救治能力的，应当及时转诊。", ["R:医疗机构*|不具备救治能力的，应当及时转诊"]),
        (
            "发生森林火灾，市、县（区）森林防火指挥机构应当启动预案。",
            ["R:市、县（区）森林防火指挥机构*|发生森林火灾，市、县（区）森林防火指挥机构应当启动预案"],
        ),
        ("市疾控中心和其他定点医疗机构应当制定方案。", ["R:市疾控中心 R:其他定点医疗机构*|制定方案"]),
        # what is asked on a condition
        ("市水利局调整供水价格的，应当事先公告。", ["R:市水利局|调整供水价格的，应当事先公告"]),
        ("市水利局未按时报送的，不予通过。", []),
        # who helps after telling by what
        (
            "村民委员会应当按照应急预案的规定，协助做好处置工作。",
            ["S:村民委员会*|按照应急预案的规定，协助做好处置工作"],
        ),
        ("体育部门联合各镇街开展检查。", ["L:体育部门* S:各镇街*|联合各镇街开展检查"]),
        # the name is part of a noun
        ("云川高新区建设应当坚持绿色发展。", []),
        ("云川市第一中学考核遵循公开原则。", []),
        # an object in front is no subject
        ("有突出贡献的单位和个人，市体育局应当给予表彰。", ["R:市体育局|有突出贡献的单位和个人，市体育局应当给予表彰"]),
        ("建设单位和个人应当按图施工。", []),
    ],
)
def test_who_stands_before_a_modal_verb(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (
            ("第五条 市水利局应当加强下列设施建设：", "（一）设置火情监测设施；", "（二）营造防火林带；"),
            ["R:市水利局|设置火情监测设施", "R:市水利局|营造防火林带"],
        ),
        (  # things, not acts
            ("第五条 市水利局应当配置下列设施、设备：", "（一）瞭望台；", "（二）蓄水设施。"),
            ["R:市水利局|配置下列设施、设备"],
        ),
        (  # on whom the act falls
            ("第五条 市水利局应当对下列单位给予表彰：", "（一）在预防中成效显著的；", "（二）在扑救中贡献突出的。"),
            ["R:市水利局|对下列单位给予表彰"],
        ),
        (  # what may be done
            ("第五条 市水利局可以采取下列措施：", "（一）启用应急水源；", "（二）核减用水计划。"),
            [],
        ),
        (  # the last item says nothing
            ("第五条 市水利局履行下列职责：", "（一）编制规划；", "（二）法律、法规规定的其他职责。"),
            ["R:市水利局|编制规划"],
        ),
    ],
)
def test_what_a_list_holds(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert statements(*paragraphs, title="云川市河道管理条例") == expected
