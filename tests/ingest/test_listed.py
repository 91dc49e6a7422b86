"""Lists of people in text: a line each, even where all lines are about equally wide."""

from __future__ import annotations

from gongbao.ingest.paragraphs import Paragraph
from gongbao.ingest.text import read_text

_LIST = """云川市人民政府关于成立防汛指挥部的通知
云政发〔2024〕10号
组成人员如下。
组长：林远市委副书记、常务副市长
副组长：周文市委委员、副市长
钱明达市委政法委员、副市长
吴天宇　市委宣传委员、副市长
成员：孙大为市水利局副局长
郑　爽　市应急管理局副局长
李晓明  　市气象局副局长
工作职责：
组长：林远
组员：周文、吴天宇、郑爽、各镇干部
工作职责：负责防汛指挥调度。
"""


def test_each_stands_for_itself() -> None:
    lines = [p.text for p in read_text(_LIST).flow if isinstance(p, Paragraph)]
    assert lines[1:] == _LIST.splitlines()[1:]


def test_a_wrapped_post_goes_on() -> None:
    text = "云川市文件\n成员：林远，市水利局党组书记、局长，负责\n全市水库、河道、堤防的防汛抢险和调度。\n"
    assert [p.text for p in read_text(text).flow if isinstance(p, Paragraph)][-1].endswith("抢险和调度。")
    assert len(read_text(text).flow) == 2


def test_names_with_their_offices_stand_for_themselves() -> None:
    text = "云川市人民政府关于成立领导小组的通知\n组　长：林文远\n副组长：冯 远\n沈 慧\n成　员：巫振江（市府办）\n"
    members = "".join(f"{'赵钱孙李周吴郑王冯陈'[n % 10]}红{'梅兰竹菊松'[n % 5]}（市水利局）\n" for n in range(60))
    last = "领导小组下设办公室，办公室设在市水利局，林文远同志兼任办公室主任。\n"
    lines = [p.text for p in read_text(text + members + last).flow if isinstance(p, Paragraph)]
    assert lines == (text + members + last).splitlines()
