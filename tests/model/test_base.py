from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.model.base import number_text, plain, rounded


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**7), st.integers(0, 6))
def test_digits_are_those_of_the_number_rounded_half_away_from_zero(value: Fraction, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        # Fine enough that only an exact half is one.
        near = Decimal(value.numerator) / Decimal(value.denominator)
        want = near.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = number_text(value, places)
    assert Fraction(text) == Fraction(want) == rounded(value, places)
    assert not text.endswith(".")
    assert not ("." in text and text.endswith("0"))


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1900, 21), 4, "90.4762"),
        (Fraction(100), 4, "100"),
        (Fraction(-1, 100000), 4, "0"),
        (Fraction(-1, 20000), 4, "-0.0001"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
    ],
)
def test_digits(value: Fraction, places: int, text: str) -> None:
    assert number_text(value, places) == text


def test_json_numbers_are_whole_where_they_can_be() -> None:
    assert [plain(Fraction(n)) for n in ("3", "-1/2", "0.00004", "2/3")] == [3, -0.5, 0, 0.6667]
    assert isinstance(plain(Fraction(6, 2)), int)
