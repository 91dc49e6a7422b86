# ruff: noqa: E501 (tables of cases: one case a line reads best)
"""Statements in tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.pipeline import read_acts

from tests.nlp.writing import Rows, line, statements, write

_CASES: list[tuple[Rows, list[str]]] = [
    (
        [["县级路长", "职务", "责任路段"], ["林远", "县长", "云右公路全线"], ["周文", "副县长", "云左公路全线"]],
        ["R:林远@|云右公路全线", "R:周文@|云左公路全线"],
    ),  # a post is no body of theirs
    (
        [
            ["考核项目", "考核内容", "评分标准", "分值", "评分单位"],
            ["水量", "用水总量", "超一分扣一分", "5", "县水利局"],
            ["水质", "断面水质", "不达标不得分", "5", "县环保局、县水利局"],
        ],
        ["R:县水利局|用水总量", "R:县环保局 R:县水利局|断面水质"],
    ),  # who judges what
    (
        [
            ["工作任务", "主要内容", "责任单位"],
            ["修复堤防", "逐一加固险工险段", "市水利局"],
            ["清理河道", "全面开展清理河道行动", "市水利局"],
        ],
        ["R:市水利局|修复堤防：逐一加固险工险段", "R:市水利局|全面开展清理河道行动"],
    ),  # a row's own name for its task stands before what it tells, unless that says it
    (
        [["包村领导", "所包村委"], ["林永刚", "白石窑"], ["周义", "青草沟"]],
        ["R:林永刚@|白石窑", "R:周义@|青草沟"],
    ),  # who looks after which village
    (
        [["路线名称", "县级路长", "乡级路长"], ["云右公路", "林远", "周文"], ["云左公路", "赵明", "孙亮"]],
        ["R:林远@ R:周文@|云右公路", "R:赵明@ R:孙亮@|云左公路"],
    ),  # … for which road
    # numbers behind a bracket; an empty cell goes on with the body above
    ([["考核项目", "考核内容", "评分标准"], ["县水利局", "水源", "1.推进改造（5分）;2.建立台账（5分）3.强化监管（5分）"], ["县林业局", "绿化", "1.完善机制（9分）;2.开展绿化（9分）"], ["县环保局", "水质", "1.推进监测（9分）;2.开展整治（9分）"]],
     ["R:县水利局|推进改造（5分）", "R:县水利局|建立台账（5分）", "R:县水利局|强化监管（5分）", "R:县林业局|完善机制（9分）", "R:县林业局|开展绿化（9分）", "R:县环保局|推进监测（9分）", "R:县环保局|开展整治（9分）"]),
    # tasks that a cell numbers are one statement each, bound as the row is
    ([["考核项目", "考核内容", "配合单位", "评分单位"], ["水量", "1.控制用水总量。2.建立台账。", "市财政局", "市水利局"]],
     ["S:市财政局 R:市水利局|控制用水总量", "S:市财政局 R:市水利局|建立台账"]),
    # columns of roles; vague bodies left out
    ([["序号", "任务", "牵头单位", "配合单位"], ["1", "建设水库", "市水利局", "市财政局、各有关部门"], ["2", "完善水价", "市发展改革委", "各部门"]],
     ["L:市水利局 S:市财政局|建设水库", "L:市发展改革委|完善水价"]),
    # a merged cell covers the rows below it; the most detailed column states the task
    ([["重点任务", "具体措施", "责任单位"], ["水源建设", "建设水库", "市水利局"], ["", "修建水渠", "市农业农村局"]],
     ["R:市水利局|建设水库", "R:市农业农村局|修建水渠"]),
    # roles inside a cell
    ([["任务", "责任单位"], ["建设水库", "市水利局牵头，市财政局配合"], ["完善水价", "牵头单位：市发展改革委 配合单位：市水利局"]],
     ["L:市水利局 S:市财政局|建设水库", "L:市发展改革委 S:市水利局|完善水价"]),
    # a person is bound, too
    ([["改革事项", "责任领导", "责任单位"], ["水价改革", "李四", "市发展改革委"]], ["R:李四@ R:市发展改革委|水价改革"]),
    # a column of people does not displace the bodies
    ([["部门", "职责分工", "责任人"], ["市水利局", "1.制定计划；2.监管质量。", "李四"]], ["R:市水利局 R:李四@|制定计划", "R:市水利局 R:李四@|监管质量"]),
    # beside a lead the others support, marked in the cell or by the column
    ([["任务", "责任单位"], ["建设水库", "市水利局（牵头）、市财政局、各区政府"]], ["L:市水利局 S:市财政局 R:各区政府*|建设水库"]),
    ([["任务", "牵头单位", "责任单位"], ["建设水库", "市水利局", "市财政局"]], ["L:市水利局 S:市财政局|建设水库"]),
    # duties of bodies; numbered duties are one statement each
    ([["单位", "职 责"], ["市水利局", "1.监测水情；2.调度工程。"], ["市财政局", "负责资金保障。"]],
     ["R:市水利局|监测水情", "R:市水利局|调度工程", "R:市财政局|负责资金保障。"]),
    # whatever the header is called
    ([["部门", "事权清单"], ["市水利局", "负责制定全市节水规划并组织实施"], ["市财政局", "负责安排节水专项资金并监督使用"]],
     ["R:市水利局|负责制定全市节水规划并组织实施", "R:市财政局|负责安排节水专项资金并监督使用"]),
    # the cell itself says whose duty it is
    ([["职务", "职责"], ["指挥长", "市指挥部职责：组织指挥抢险。"], ["市水利局", "负责水情监测。"]],
     ["R:市指挥部|组织指挥抢险。", "R:市水利局|负责水情监测。"]),
    # work groups in columns …
    ([["工作组", "牵头单位", "成员单位", "工作职责"], ["抢险组", "市应急局", "市水利局", "负责现场抢险。"]], ["L:市应急局 S:市水利局|负责现场抢险。"]),
    # … and in rows
    ([["组别", "分工", "单位", "职责"], ["抢险组", "组长单位", "市应急局", "负责现场抢险。"], ["", "成员单位", "市水利局", ""]],
     ["L:市应急局 S:市水利局|负责现场抢险。"]),
    # whose work is divided among leaders
    ([["姓名", "职务", "分管工作"], ["张三", "市长", "主持市政府全面工作"], ["李四", "副市长", "负责水利工作"]],
     ["R:张三@|主持市政府全面工作", "R:李四@|负责水利工作"]),
    # 任务分工 heads duties here, not bodies
    ([["部门", "任务分工"], ["市水利局", "牵头制定方案"], ["市财政局", "负责资金筹措"]], ["L:市水利局|牵头制定方案", "R:市财政局|负责资金筹措"]),
    # bodies as columns: two marks tell leads from supports, one mark tells who is responsible
    ([["任务", "市水利局", "市财政局", "各区政府"], ["建设水库", "★", "△", "-"], ["完善水价", "△", "★", "-"]],
     ["L:市水利局 S:市财政局|建设水库", "S:市水利局 L:市财政局|完善水价"]),  # a dash marks nobody
    ([["任务", "市水利局", "市财政局"], ["建设水库", "★", "△"], ["完善水价", "△", "★"]],
     ["L:市水利局 S:市财政局|建设水库", "S:市水利局 L:市财政局|完善水价"]),
    ([["序号", "工作任务", "市水利局", "市财政局"], ["1", "建设水库", "√", "√"]], ["R:市水利局 R:市财政局|建设水库"]),
    # targets by place: one a row, told by the first target's header; no total
    ([["县（市、区）", "新建水库（座）", "改造面积（亩）"], ["东山县", "2", "300"], ["合 计", "2", "300"]], ["R:东山县|新建水库（座）"]),
    # a unit of measure is no body
    ([["序号", "指标名称", "单位", "2024年目标值", "责任单位"], ["1", "新增灌溉面积", "万亩", "3.5", "市水利局"]],
     ["R:市水利局|新增灌溉面积"]),
    ([["指标", "单位", "2024年"], ["新增就业", "万人", "3"], ["森林覆盖率", "%", "41"]], []),
    # what is done tells more than what it is for
    ([["问题", "整改措施", "整改目标", "责任单位"], ["管网老旧", "改造管网", "漏损率降至百分之九以下", "市水利局"]], ["R:市水利局|改造管网"]),
    # labels inside the cells of a work group
    ([["工作组", "组成", "职责"], ["抢险组", "牵头单位：市应急局\n成员单位：市水利局、市公安局", "负责现场抢险。"]],
     ["L:市应急局 S:市水利局 S:市公安局|负责现场抢险。"]),
    # members with their duties are responsible for them
    ([["成员单位", "主要职责"], ["市水利局", "监测水情。"], ["市财政局", "保障资金。"]], ["R:市水利局|监测水情。", "R:市财政局|保障资金。"]),
    # the convention that the first leads, in the header
    ([["任务", "责任单位（列首位的为牵头单位）"], ["建设水库", "市水利局、市财政局、各县区政府"]], ["L:市水利局 S:市财政局 S:各县区政府*|建设水库"]),
    # roles at several levels, and headers with an appendix
    ([["任务", "省级牵头单位", "市县责任主体"], ["建设水库", "省水利厅", "各市人民政府"]], ["L:省水利厅 R:各市人民政府*|建设水库"]),
    ([["任务", "责任单位及分工"], ["建设水库", "市水利局牵头，市财政局配合"]], ["L:市水利局 S:市财政局|建设水库"]),
    # names broken over lines, and bodies one a line
    ([["任务", "责任单位"], ["建设水库", "市住房城\n乡建设局\n市财政局"]], ["R:市住房城乡建设局 R:市财政局|建设水库"]),
    # leaders who look after a project
    ([["重点项目", "包联领导", "牵头单位"], ["云水产业园建设", "王强", "市商务局"]], ["R:王强@ L:市商务局|云水产业园建设"]),
    # a catalogue of papers binds nobody
    ([["证明事项", "设定依据", "主管部门"], ["无犯罪记录证明", "省条例第五条", "市公安局"]], []),
    ([["序号", "事项名称", "事项类型", "原实施部门"], ["1", "取水许可", "行政许可", "市水利局"]], []),
    ([["事项名称", "实施依据", "实施机构"], ["取水许可", "取水许可条例", "市水利局"]], []),
    # no column says who does what, but sentences in the cells do
    ([["级别", "条件", "响应措施"], ["Ⅱ级", "橙色预警", "市水利局要加强巡查。"]], ["R:市水利局|加强巡查"]),
    # a row without a lead; governments in a column beside one of leads support it
    ([["工作任务", "牵头单位", "责任单位"], ["公开预算", "市财政局", "市直有关单位，各乡镇人民政府"], ["公开政策", "—", "市直有关单位，各乡镇人民政府"]],
     ["L:市财政局 S:各乡镇人民政府*|公开预算", "R:各乡镇人民政府*|公开政策"]),
    # the same as above, and nobody
    ([["任务", "责任单位"], ["修堤", "市水利局"], ["清淤", "同上"], ["植树", "无"], ["绿化", "/"]], ["R:市水利局|修堤", "R:市水利局|清淤"]),
    # no header says what the task is: the first column of words, no remarks
    ([["序号", "文件名称", "文号", "清理牵头单位", "清理建议", "清理理由"],
      ["1", "云川市节水办法", "云政发〔2010〕3号", "市水利局", "修改", "与现行节水条例的规定明显不一致。"],
      ["2", "云川市水价办法", "云政发〔2011〕5号", "市发展改革委", "废止", "水价改革已经完成，阶段任务结束。"]],
     ["L:市水利局|云川市节水办法", "L:市发展改革委|云川市水价办法"]),
    # … or the column whose cells tell acts
    ([["方面", "怎么做", "市政府办内牵头处室", "指导部门"], ["水价", "完善居民阶梯水价", "综合处", "市发展改革委"], ["管网", "改造老旧管网", "城建处", "市住建局"]],
     ["L:综合处 S:市发展改革委|完善居民阶梯水价", "L:城建处 S:市住建局|改造老旧管网"]),
    # who looks after what, by two columns of responsible bodies
    ([["序号", "湿地名称", "面积", "管理机构", "主管单位"], ["1", "云川水库", "4.1", "云川水库管理局", "市水利局"]],
     ["R:云川水库管理局 R:市水利局|云川水库"]),
    # remarks tell nothing that binds
    ([["指标", "指标说明"], ["门诊人次", "指标来源：市属医院填报，由市卫健委按年度汇总。"]], []),
    # a list of projects binds nobody
    ([["序号", "项目名称", "建设地点"], ["1", "新建水库", "东山县"]], []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), _CASES)
def test_tables(rows: Rows, expected: list[str]) -> None:
    assert statements(rows) == expected


def test_a_document_may_say_that_the_first_leads() -> None:
    rows = [["任务", "责任单位"], ["建设水库", "市水利局、市财政局"], ["完善水价", "市发展改革委"]]
    assert statements("列第一位的责任单位为牵头单位，其他为配合单位。", rows) == [
        "L:市水利局 S:市财政局|建设水库",
        "R:市发展改革委|完善水价",
    ]


def test_a_row_is_quoted_from_its_first_to_its_last_own_cell() -> None:
    document = write(
        [["重点任务", "措施", "责任单位"], ["水源建设", "建设水库", "市水利局"], ["", "修建水渠", "市财政局"]]
    )
    quotes = [s.span.of(document.text) for s in find_statements(document, read_acts)]
    assert quotes == ["水源建设\t建设水库\t市水利局", "修建水渠\t市财政局"]


def test_a_task_is_told_by_what_is_done_not_by_its_name() -> None:
    header = ["序号", "任务名称", "工作要求", "责任单位"]
    row = ["1", "管网更新", "编制管网更新行动计划", "市水利局（牵头），市财政局"]
    assert statements([header, row]) == ["L:市水利局 S:市财政局|编制管网更新行动计划"]


def test_headings_between_the_rows_are_no_tasks() -> None:
    document = write([["任务", "牵头单位"], ["一、水利工程建设管理", "一、水利工程建设管理"], ["修堤", "市水利局"]])
    (table,) = document.tables
    first, *others = (cell for cell in table.cells if cell.row == 1)
    joined = replace(first, col_span=2)
    cells = tuple(joined if cell is first else cell for cell in table.cells if cell not in others)
    found = find_statements(replace(document, tables=(replace(table, cells=cells),)), read_acts)
    assert [line(statement) for statement in found] == ["L:市水利局|修堤"]


def test_an_empty_cell_goes_on_with_the_body_above() -> None:
    document = write(
        [["部门", "职责"], ["市水利局", "负责水情监测。"], [" ", "负责调度工程。"], ["市财政局", "负责资金保障。"]]
    )
    found = find_statements(document, read_acts)
    assert [line(one) for one in found] == [
        "R:市水利局|负责水情监测。",
        "R:市水利局|负责调度工程。",
        "R:市财政局|负责资金保障。",
    ]
