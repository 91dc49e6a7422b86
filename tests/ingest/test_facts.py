"""Title, number, issuer and day of single documents that come as text: each row is one way to write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gongbao.corpus.document import Document
from gongbao.ingest.files import read_file

BODY = "各县（市、区）人民政府要切实加强领导，压实责任，于2024年12月底前完成全部任务，并将完成情况报送市水务局。"
CITY = "云川市人民政府"


def read(folder: Path, *lines: str) -> Document:
    path = folder / "scan_0042.txt"
    path.write_text("\n".join(lines), "utf-8")
    (document,) = read_file(path).issue.documents
    return document


def facts(document: Document) -> tuple[str, str | None, str | None, date | None]:
    return document.title, document.number, document.issuer, document.signed


ROWS = [
    (
        ("云川海关公告2024年第76号", "关于舱单无纸化的公告", "为便利通关，现公告如下：", "2024年1月1日"),
        ("关于舱单无纸化的公告", "云川海关公告2024年第76号", "云川海关", date(2024, 1, 1)),
        "the number of an announcement over its title",
    ),
    (
        ("云川海关公告2024年第76号（关于舱单无纸化的公告）", "为便利通关，现公告如下：", "2024年1月1日"),
        ("云川海关公告2024年第76号（关于舱单无纸化的公告）", None, "云川海关", date(2024, 1, 1)),
        "title and number in one",
    ),
    (
        (
            "关于聘用2024年云川县“三支一扶”人员的公告",
            "聘用2024年云川县“三支一扶”服务期满人员为乡镇事业单位工作人员事项工作领导小组办公室",
            "2024年11月19日",
        ),
        (
            "关于聘用2024年云川县“三支一扶”人员的公告",
            None,
            "聘用2024年云川县“三支一扶”服务期满人员为乡镇事业单位工作人员事项工作领导小组办公室",
            date(2024, 11, 19),
        ),
        "signed by a group that is named by its purpose",
    ),
    (
        ("云川市推进“三水共治”领导小组办公室关于加强节水的通知", "云治办〔2024〕6号", BODY),
        (
            "云川市推进“三水共治”领导小组办公室关于加强节水的通知",
            "云治办〔2024〕6号",
            "云川市推进“三水共治”领导小组办公室",
            None,
        ),
        "a name with quotation marks",
    ),
    (
        (
            "自治区水利厅关于征求《节水标准》意见的函",
            "各市水利局：",
            BODY,
            "云川自治区水利和水务厅",
            "2024年11月19日",
        ),
        ("自治区水利厅关于征求《节水标准》意见的函", None, "云川自治区水利和水务厅", date(2024, 11, 19)),
        "in full where it signs, with its place",
    ),
    (
        (
            "云川市停车管理条例",
            "2023年11月26日云川市第七届人大常委会第二十次会议通过",
            "第一章　总则",
            "第一条　为规范停车，制定本条例。",
        ),
        ("云川市停车管理条例", None, None, date(2023, 11, 26)),
        "a law without a number",
    ),
    (
        (
            "云川市节约用水办法",
            "（2024年2月17日云川市人民政府令第18号公布　自2024年4月1日起施行）",
            "第一条　为节约用水，制定本办法。",
        ),
        ("云川市节约用水办法", "云川市人民政府令第18号", CITY, date(2024, 2, 17)),
        "known by its order",
    ),
    (
        (
            "节约用水条例",
            "国令第806号",
            "中华人民共和国国务院令",
            "第806号",
            "《节约用水条例》已经通过，现予公布。",
            "2024年3月9日",
            "第一条　" + BODY,
        ),
        ("节约用水条例", "国令第806号", "国务院", date(2024, 3, 9)),
        "the order between title and text says the number again",
    ),
    (
        (
            "关于印发《云川市防汛方案》的通知",
            "云政办发〔2024〕9号",
            "云川市人民政府办公室关于印发《云川市防汛方案》的通知",
            "各县（市、区）人民政府：",
            BODY,
        ),
        ("云川市人民政府办公室关于印发《云川市防汛方案》的通知", "云政办发〔2024〕9号", "云川市人民政府办公室", None),
        "a page's heading, then the title whole",
    ),
    (
        ("云川市水务局2023年度部门决算", "一、主要职能", BODY),
        ("云川市水务局2023年度部门决算", None, "云川市水务局", None),
        "a title by its place alone; the body before the year",
    ),
    (
        (
            "云川市发展改革委关于核定水价的批复",
            "云发改〔2024〕3号",
            "云川市水务局：",
            BODY,
            "云川市发展和改革委员会",
            "2024年5月6日",
        ),
        ("云川市发展改革委关于核定水价的批复", "云发改〔2024〕3号", "云川市发展和改革委员会", date(2024, 5, 6)),
        "short in the title, in full under the text",
    ),
    (
        (
            "云川市教育局等5部门关于做好招生工作的通知",
            "云教〔2024〕3号",
            "各学校：",
            BODY,
            "云川市教育局　云川市公安局",
            "2024年5月6日",
        ),
        ("云川市教育局等5部门关于做好招生工作的通知", "云教〔2024〕3号", "云川市教育局", date(2024, 5, 6)),
        "one of several",
    ),
    (
        (
            f"{CITY}关于防汛的通知",
            "云政发〔2024〕8号",
            "各单位：",
            f"{BODY}特此通知。{CITY}2024年3月4日（此件公开发布）",
        ),
        (f"{CITY}关于防汛的通知", "云政发〔2024〕8号", CITY, date(2024, 3, 4)),
        "signature and day run on after the last sentence",
    ),
    (
        (
            "云川市人才住房办法",
            "云住建规〔2024〕1号",
            "第一条　" + BODY,
            "云川市住房和城乡建设局办公室",
            "2024年8月9日印发",
        ),
        ("云川市人才住房办法", "云住建规〔2024〕1号", "云川市住房和城乡建设局办公室", date(2024, 8, 9)),
        "only the foot says who printed it and when",
    ),
    (
        ("云川市安委会关于开展检查的通知", "云安委〔2024〕8号", "各单位：", BODY),
        ("云川市安委会关于开展检查的通知", "云安委〔2024〕8号", "云川市安委会", None),
        "a commission's short name",
    ),
    (
        (
            "当前位置：首页 > 公示公告",
            "索引号：YC001-2025-0031　　发布机构：云川市水利局",
            "发文日期：2025年03月11日　　有效性：有效",
            "关于公布河长名单的公告",
            BODY,
            "【打印本页】【关闭窗口】",
            "版权所有：云川市人民政府　云ICP备20250001号",
        ),
        ("关于公布河长名单的公告", None, "云川市水利局", date(2025, 3, 11)),
        "copied from a web page: its box says who and when",
    ),
    (
        ("关于节水条例审议结果的报告", "云川市人大法制委员会", "主任、各位委员：", BODY),
        ("关于节水条例审议结果的报告", None, "云川市人大法制委员会", None),
        "who reports, right under the title",
    ),
    (
        ("附件1", "云川市水利工程清单", "序号\t名称", "1\t云河堤防"),
        ("云川市水利工程清单", None, None, None),
        "an attachment by itself",
    ),
]


@pytest.mark.parametrize(("lines", "expected", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_facts(tmp_path: Path, lines: tuple[str, ...], expected: tuple[object, ...], why: str) -> None:
    assert facts(read(tmp_path, *lines)) == expected


def test_prose_at_the_head_is_no_title(tmp_path: Path) -> None:
    assert read(tmp_path, BODY, BODY).title == "scan_0042"


def test_pieces_without_a_number_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "issue.txt"
    notice = f"云川市水利厅关于印发《云川市水库管护标准》的通知\n云水〔2025〕2号\n{BODY}\n云川市水利厅\n2025年1月15日\n"
    path.write_text(
        f"云川市水利厅公报\n2025年第1期\n\n{notice}\n《云川市水库管护标准》政策解读\n一、背景\n{BODY}\n", "utf-8"
    )
    issue = read_file(path).issue
    assert issue.id == "2025-1"
    assert [document.title for document in issue.documents] == [
        "云川市水利厅关于印发《云川市水库管护标准》的通知",
        "《云川市水库管护标准》政策解读",
    ]
