"""What the header of a column says of its cells: a role, the task, duties, bodies, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongbao.corpus.language.headers import Header, read_header
from gongbao.corpus.records import Role

# 任务 and 措施 state what is done, 目标 and 项目 what it is for or called.
_ACT = "任务|措施|内容|事项|举措"
_TASK = re.compile(
    rf"(?:重点|主要|工作|具体|年度|目标|改革|整治|整改|攻坚|治理|落实|推进|创建|建设|考核|考评|评价)*"
    rf"(?P<noun>{_ACT}|工作|项目|要求|目标任务|行动|目标|指标)(?:名称|内容|要求|清单|分解|措施)*"
)
_DUTY = re.compile(
    r"(?:分管|负责|主管|联系)(?:的)?(?:工作|领域|事项|范围|部门|单位)|(?:主要|工作|岗位|具体|应急)*(?:职责|职能|责任|分工|任务)(?:分工|内容|任务)?"
)
_BODY = re.compile(
    r"(?:部门|单位|成员单位|机构|指挥机构|组织机构|单位名称|部门名称|职务|名称|责任主体|工作组|组别|县（?市、?区）?|地区|辖区)"
)
_PLACE_HEADER = re.compile(r"(?:各)?(?:县|区|市|乡|镇|街道|地区|辖区|单位|园区|旗)[^，。]{0,12}$")
_NOTE = re.compile(r"[（(].*?[)）]")
# 指标说明, 清理理由, 设定依据: what is said of the row, not who does what
_REMARK = re.compile(
    r".*(?:说明|理由|备注|依据|原因|建议|意见|公式|来源|定义|标准|条件|情形|联系人|联系方式|电话|文号|编号|序号|时间|日期|时限|地点|位置|属性|性质)"
)
_CATALOGUE = re.compile(
    r"(?:设定|实施|法律|法定|职权|办理|处罚|审批|政策)(?:法律)?依据|(?:事项|职权|权力|审批)(?:类型|类别|性质|编码)|行使层级"
)
_FIRST_LEADS = re.compile(
    r"(?:(?:列|排|位于|处于)[^。；;，,]{0,6}(?:第[一1]|首|最前)位?|第[一1](?:个|家)?(?:责任)?(?:单位|部门))"
    r"[^。；;，,]{0,8}?(?:为|是|系|即)[^。；;，,]{0,4}牵头"
)


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    header: str
    holds: Header | None = None  # the role that it gives
    task: bool = False
    states_act: bool = False  # of a task: 任务, 措施, before 目标, 项目
    duty: bool = False
    body: bool = False

    @property
    def role(self) -> Role | None:
        return Role(self.holds.role) if self.holds else None

    @property
    def of_people(self) -> bool:
        return self.holds is not None and self.holds.people

    @property
    def of_members(self) -> bool:
        """成员单位: members beside a lead, else whose duties are listed."""
        return self.role is Role.SUPPORT and "成员" in self.header

    @property
    def remarks(self) -> bool:
        """It says something of the row that binds nobody."""
        return bool(_REMARK.fullmatch(_NOTE.sub("", self.header)))

    @property
    def of_catalogue(self) -> bool:
        """设定依据, 事项类型: the table lists powers and papers, and binds nobody to a task."""
        return bool(_CATALOGUE.fullmatch(_NOTE.sub("", self.header)))

    @property
    def first_leads(self) -> bool:
        """责任单位（列首位的为牵头单位）."""
        return (self.holds is not None and self.holds.first_leads) or says_first_leads(self.header)


def read_column(index: int, header: str) -> Column:
    holds = read_header(header)
    task = None if holds else _TASK.fullmatch(header)
    return Column(
        index,
        header,
        holds,
        task=bool(task),
        states_act=bool(task and re.search(_ACT, task["noun"]) and not header.endswith("名称")),
        duty=bool(_DUTY.fullmatch(header)),
        body=bool(_BODY.fullmatch(_NOTE.sub("", header)) or _PLACE_HEADER.fullmatch(header)),
    )


def says_first_leads(text: str) -> bool:
    """The convention of a column or a document: the body named first leads."""
    return bool(_FIRST_LEADS.search(text))
