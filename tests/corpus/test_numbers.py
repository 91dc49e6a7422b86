"""Document numbers as people write them."""

from __future__ import annotations

import pytest
from gongbao.corpus.numbers import canonical_number, year_of_number


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("云政发〔2024〕10号", "云政发〔2024〕10号"),  # as GB/T 9704 has it
        ("云政发[2024]10号", "云政发〔2024〕10号"),  # half-width brackets
        ("云政发（2024）10号", "云政发〔2024〕10号"),  # round brackets
        ("云政发〔２０２４〕１０号", "云政发〔2024〕10号"),  # full-width digits
        ("云政发 〔2024〕 10 号", "云政发〔2024〕10号"),  # blanks
    ],
)
def test_one_spelling(written: str, canonical: str) -> None:
    assert canonical_number(written) == canonical


@pytest.mark.parametrize(
    ("number", "year"), [("云政办发﹝2023﹞4号", 2023), (None, None), ("第10号", None), ("云川市人民政府令第7号", None)]
)
def test_year(number: str | None, year: int | None) -> None:
    assert year_of_number(number) == year
