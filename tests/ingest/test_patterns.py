"""Numbers, dates, issuers and titles as they are printed."""

from __future__ import annotations

import pytest
from gongbao.ingest.patterns import find_number, is_organisation, is_salutation, issuer_of, tidy


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("云政发〔2024〕10号", "云政发〔2024〕10号"),
        ("（云政办发[2024] 3 号）", "云政办发[2024]3号"),  # in brackets, square ones inside, blanks
        ("云政办规﹝２０２４﹞１０号", "云政办规﹝２０２４﹞１０号"),  # full width
        ("第12号", "第12号"),  # of an order
        ("云政发〔2024〕10号　　签发人：李某某", "云政发〔2024〕10号"),  # who signs, on its line
        ("云政发〔2024〕10号 会签人：王某 张某某", "云政发〔2024〕10号"),  # several sign
        ("2024年第3号", "2024年第3号"),  # of an announcement
        ("云川海关公告2024年第3号", "云川海关公告2024年第3号"),  # … with whose
        ("云川市人民政府通告第3号", "云川市人民政府通告第3号"),
        ("发文字号：云政发〔2024〕10号", "云政发〔2024〕10号"),  # labelled
        ("文件编号：云政发〔2024〕10号", "云政发〔2024〕10号"),  # as only pages call it
        ("字号：云政发〔2024〕10号", None),  # the size of letters
        ("根据云政发〔2024〕10号文件", None),  # a citation
        ("二〇二四年三月", None),
    ],
)
def test_number(text: str, number: str | None) -> None:
    assert find_number(text) == number


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("云川市人民政府办公室关于印发云川市防汛预案的通知", "云川市人民政府办公室"),
        ("云川市人民政府办公厅印发《关于推进改革的意见》", "云川市人民政府办公厅"),
        ("云川市教育局　云川市财政局关于资助的通知", "云川市教育局　云川市财政局"),
        ("关于印发《云川市办法》的通知", None),
        ("政府工作报告", None),
    ],
)
def test_issuer(title: str, issuer: str | None) -> None:
    assert issuer_of(title) == issuer


def test_organisations_and_addressees() -> None:
    assert is_organisation("云川市发展和改革委员会")
    assert not is_organisation("特此通知")
    assert is_salutation("各县（市、区）人民政府，市直各有关单位：")
    assert not is_salutation("现就有关事项通知如下。请执行：")
    assert not is_salutation("第三条 市场监督管理部门履行下列职责：")


def test_spaced_out_words_are_closed_up() -> None:
    assert tidy("关于做好工作的 通　知") == "关于做好工作的通知"
    assert tidy("支持企业 增强动能") == "支持企业 增强动能"
