"""Characters folded, and text layers judged by measure."""

from __future__ import annotations

import numpy as np
import pytest
from gongbao.corpus.document import PageState
from gongbao.ingest.characters import fold, judge
from gongbao.ingest.page import Glyphs, GlyphStyle, PageContent
from hypothesis import given
from hypothesis import strategies as st


def page(text: str, unmapped: float = 0.0, picture: bool = False) -> PageContent:
    one = np.ones(len(text))
    glyphs = Glyphs(
        text, one, one, one, one, one, np.zeros(len(text), np.int64), (GlyphStyle("", False, (0, 0, 0, 255), 0),)
    )
    images = np.array([[0.0, 0, 595, 842]]) if picture else np.zeros((0, 4))
    return PageContent(1, 595, 842, glyphs, images=images, unmapped=unmapped)


@pytest.mark.parametrize(
    ("printed", "meant", "why"),
    [
        ("⽣⼈⼯", "生人工", "Kangxi radicals, as Chromium names them"),
        ("⺠⻓", "民长", "CJK radicals supplement"),
        ("更金", "更金", "compatibility ideographs"),
        ("（１）①km²", "（１）①km²", "width and superscripts stay as printed"),
    ],
)
def test_fold(printed: str, meant: str, why: str) -> None:
    assert fold(printed) == meant, why


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


NOTICE = "各县（市、区）人民政府，市直各有关单位：现将有关事项通知如下，请认真贯彻执行。"


@pytest.mark.parametrize(
    ("content", "state", "why"),
    [
        (page(NOTICE), PageState.NATIVE, "an ordinary page"),
        (page("1,234.50 5,678.90 total revenue"), PageState.NATIVE, "figures only"),
        (page("氧化铌锆钼钒钽锇铱铑钯" + NOTICE), PageState.NATIVE, "chemistry is rare but real"),
        (
            page(NOTICE + "2024年9月3o日，共l2O个，2o24年底前", picture=True),
            PageState.CORRUPT,
            "a bad recognition's layer",
        ),
        (page(NOTICE + "2024年9月30日，共120个", picture=True), PageState.NATIVE, "a good layer under a picture"),
        (page(NOTICE + "H2O含量、CO2、3o"), PageState.NATIVE, "no picture over it"),
        (page(NOTICE, unmapped=0.9), PageState.CORRUPT, "the font names no characters"),
        (page("\ue000\ue001\ue002\ue003" * 9), PageState.CORRUPT, "private use"),
        (page("!\"#$%&'()*+,-./01<=>?@9:;<9:;99:9=9:9;<" * 3), PageState.CORRUPT, "glyph numbers taken for ASCII"),
        (
            page('第1题： a<b & c>d？ x[0]="y"; 请写出程序的输出结果并说明理由，每题十分。'),
            PageState.NATIVE,
            "a line of a program",
        ),
        (page("䝪㙵㾷䫵䫒䩹䭓䰤㡖䯈䠃䣝䬞㔅㒭㛑䕧䆹㸠䴲䩹䱜䮠㪁㟻"), PageState.CORRUPT, "wrong characters throughout"),
        (page("", picture=True), PageState.SCANNED, "a picture only"),
        (page("— 4 —", picture=True), PageState.SCANNED, "a picture with a page number"),
        (page(""), PageState.BLANK, "nothing"),
        (page("封底"), PageState.NATIVE, "a few words without a picture"),
    ],
)
def test_judge(content: PageContent, state: PageState, why: str) -> None:
    assert judge(content).state is state, why
