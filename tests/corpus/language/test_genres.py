"""Kinds of documents by their titles."""

from __future__ import annotations

import pytest
from gongbao.corpus.language.genres import Voice, ends_as_title, genre_of, is_law, voice_of


@pytest.mark.parametrize(
    ("title", "voice", "law", "why"),
    [
        ("关于做好防汛工作的通知", Voice.ORDERS, False, "a notice"),
        ("关于印发云川市节水管理办法（试行）的通知", Voice.STANDS, True, "what the notice transmits is a rule"),
        ("关于印发防汛应急预案的通知", Voice.STANDS, False, "a plan for emergencies stands, and is no law"),
        ("关于进一步规范用水管理的通知", Voice.ORDERS, False, "规范 is a verb here"),
        ("关于贯彻云川市节水条例的实施意见", Voice.ORDERS, False, "carries out a rule and is none"),
        ("关于表扬先进集体的通报", Voice.TELLS, False, "praises"),
        ("政府工作报告", Voice.TELLS, False, "tells"),
        ("云川市防洪条例", Voice.STANDS, True, "a rule by itself"),
        ("领导工作分工", Voice.STANDS, False, "duties that hold for good"),
    ],
)
def test_how_a_document_speaks(title: str, voice: Voice, law: bool, why: str) -> None:
    assert (voice_of(title), is_law(title)) == (voice, law), why


def test_what_ends_a_title_is_not_always_told_as_genre() -> None:
    assert ends_as_title("在全会上的讲话")
    assert genre_of("在全会上的讲话") is None
    assert genre_of("政策解读") == "解读"
    assert not ends_as_title("政策解读")
