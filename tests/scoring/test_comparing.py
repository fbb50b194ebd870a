from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from plsp_audit.model.standard import Rounding
from plsp_audit.model.values import Span
from plsp_audit.scoring.comparing import compare, compare_dates, outside
from plsp_audit.scoring.measures import Interval
from plsp_audit.scoring.tally import round_score
from plsp_audit.scoring.verdict import NO, UNKNOWN, YES


@pytest.mark.parametrize(
    ("operator", "low", "high", "wanted", "verdict"),
    [
        ("at_least", 3, None, 3, YES),
        ("at_least", 2, 3, 3, UNKNOWN),
        ("at_least", None, 2, 3, NO),
        ("above", 3, 4, 3, UNKNOWN),
        ("above", 4, None, 3, YES),
        ("above", 0, 3, 3, NO),
        ("at_most", None, 3, 3, YES),
        ("below", 3, None, 3, NO),
        ("is", 3, 3, 3, YES),
        ("is", 2, 4, 3, UNKNOWN),
        ("is", 2, 4, 5, NO),
        ("is_not", 2, 4, 5, YES),
        ("is_not", None, None, 5, UNKNOWN),
        ("between", 2, 3, (2, 3), YES),
        ("between", 1, 3, (2, 3), UNKNOWN),
        ("between", 4, None, (2, 3), NO),
        ("one_of", 4, 4, (2, 4), YES),
        ("one_of", 2, 4, (3, 9), UNKNOWN),
        ("one_of", 5, 8, (3, 9), NO),
        ("at_least", Fraction(2, 3), Fraction(2, 3), Fraction(2, 3), YES),
    ],
)
def test_everything_a_number_may_be(operator: str, low: Any, high: Any, wanted: Any, verdict: int) -> None:
    assert compare(operator, Interval(low, high), wanted) == verdict


@pytest.mark.parametrize(
    ("wanted", "verdict"), [([2, None], UNKNOWN), ([5, None], NO), ([None, 3], NO), ([None, 4], UNKNOWN)]
)
def test_a_range_with_one_end(wanted: list[Any], verdict: int) -> None:
    assert outside(Interval(4, 4), wanted) == verdict


@pytest.mark.parametrize(
    ("operator", "seen", "wanted", "verdict"),
    [
        ("at_most", (1, 31), (1, 31), UNKNOWN),
        ("at_most", (1, 31), (31, 60), YES),
        ("below", (1, 31), (31, 60), UNKNOWN),
        ("at_least", (32, 60), (1, 31), YES),
        ("is", (5, 5), (5, 5), YES),
        ("is", (5, 5), (1, 31), UNKNOWN),
        ("is", (5, 5), (6, 31), NO),
        ("is_not", (5, 5), (6, 31), YES),
    ],
)
def test_some_day_against_some_day(operator: str, seen: tuple[int, int], wanted: tuple[int, int], verdict: int) -> None:
    assert compare_dates(operator, Span(*seen), Span(*wanted)) == verdict


@pytest.mark.parametrize(
    ("mode", "places", "value", "rounded"),
    [
        ("half_up", 0, "85.5", "86"),
        ("half_up", 1, "85.45", "85.5"),
        ("half_even", 0, "84.5", "84"),
        ("half_even", 0, "85.5", "86"),
        ("half_even", 2, "1.005", "1"),
        ("half_even", 2, "1.0051", "1.01"),
        ("floor", 0, "85.999", "85"),
        ("ceil", 0, "85.001", "86"),
        ("ceil", 0, "85", "85"),
    ],
)
def test_rounding(mode: Any, places: int, value: str, rounded: str) -> None:
    assert round_score(Fraction(value), Rounding(places=places, mode=mode)) == Fraction(rounded)
    assert round_score(Fraction(value), None) == Fraction(value)
