"""How sure a record is: what speaks for it counts, and nothing of the text enters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gongbao.corpus.register import Register
from gongbao.nlp import Extractor
from gongbao.nlp.assignments import find_statements
from gongbao.nlp.confidence import whole
from gongbao.nlp.confidence.evidence import Scene, of_parties
from gongbao.nlp.confidence.weigh import calibration
from gongbao.nlp.pipeline import read_acts
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import document


def parties(*text: str) -> dict[str, float]:
    found = Extractor(Register.load()).extract(document(*text)).assignments
    return {party.name: party.confidence for one in found for party in one.parties}


@pytest.mark.parametrize(
    ("surer", "name", "less", "other"),
    [
        # a bracket that attributes says it outright; 由… may be a permission, a condition, a rule
        ("完善供水管网。（市水利局牵头，市财政局配合）", "市水利局", "供水方案由市水利局审定。", "市水利局"),
        # a body that must, against one that nobody can tell from the words around it
        ("市水利局应当定期巡查水库。", "市水利局", "供水方案由市水利局审定。", "市水利局"),
    ],
)
def test_what_is_said_outright_is_surer(surer: str, name: str, less: str, other: str) -> None:
    assert parties(surer)[name] > parties(less)[other] + 0.05


def test_a_name_that_nobody_knows_makes_its_party_less_sure() -> None:
    known = parties("完善供水管网。（市水利局、市财政局负责）")
    mixed = parties("完善供水管网。（市水利局、湾东负责）")
    assert mixed["湾东"] < known["市财政局"]


def test_a_statement_is_as_sure_as_all_its_parties() -> None:
    assert whole([0.95, 0.95]) > whole([0.95, 0.5]) > whole([0.3, 0.3])
    [one] = Extractor(Register.load()).extract(document("完善供水管网。（市水利局牵头，市财政局配合）")).assignments
    assert one.confidence == whole(party.confidence for party in one.parties)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_it_is_a_probability(sure: list[float]) -> None:
    assert 0 < whole(sure) < 1


def test_no_word_of_a_text_is_evidence() -> None:
    """What is learnt of one place must not speak of another: features are kinds, never names."""
    one = document("完善供水管网。（市水利局牵头，市财政局配合）")
    statements = find_statements(one, read_acts)
    scene = Scene.of(one, statements)
    found = {feature for s in statements for party in of_parties(scene, s) for feature in party}
    weights = {*calibration().party.features, *calibration().whole.features}
    assert found
    assert not any(re.search(r"[\u4e00-\u9fff]", feature) for feature in found | weights)


@pytest.mark.material
def test_of_those_said_to_be_so_sure_so_many_are_right(material: Path) -> None:
    """On documents whose rules have met them since the weights were learnt: surer means righter, and none overrates."""
    from bench.confidence import read

    said: list[tuple[float, bool]] = []
    for sample in read(material / "gold/more"):
        for rows, names, right in zip(sample.parties, sample.names, sample.right, strict=True):
            for row, name, is_right in zip(rows, names, right, strict=True):
                said.append((name * calibration().party.probability(row), is_right))
    for low, high in ((0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.0)):
        some = [right for sure, right in said if low <= sure < high]
        assert len(some) > 50
        assert sum(some) / len(some) > low - 0.05
