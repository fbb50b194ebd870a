from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from plsp_audit.model.awards import OverAward, TimesValue
from plsp_audit.model.checks import FactOperand
from plsp_audit.model.rules import Rule

RULE: dict[str, Any] = {"id": "R", "title": "有场所", "dimension": "d", "clause": {"source": "s", "at": "一"}}
PART = {"title": "分项", "points": 2, "check": "premises.hall"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"points": -1, "check": "premises.hall"}, "negative_points"),
        ({"points": 1, "check": "premises.hall", "effort": -1}, "negative_effort"),
        ({"check": "premises.hall"}, "no_points"),
        ({"points": 3, "parts": [PART]}, "parts_sum"),
        ({"parts": [PART], "check": "premises.hall"}, "parts_and_check"),
    ],
)
def test_a_rule_that_contradicts_itself(change: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Rule.model_validate(RULE | change)
    assert [error["type"] for error in caught.value.errors()] == [code]


def test_parts_give_the_points() -> None:
    assert Rule.model_validate(RULE | {"parts": [PART, PART]}).points == 4
    capped = Rule.model_validate(RULE | {"parts": [PART, PART], "points": "3.5", "assumed": ["points"]})
    assert capped.points == Fraction(7, 2)


def test_what_is_only_shown_needs_no_points() -> None:
    assert Rule.model_validate(RULE | {"level": "info", "check": "premises.hall"}).points == 0


def test_a_step_may_be_worth_another_fact() -> None:
    steps = [[95, {"fact": "premises.hall", "times": "1/2"}], [90, {"times": "0.03"}]]
    award = Rule.model_validate(RULE | {"points": 5, "award": {"over": "premises.area", "steps": steps}}).award
    assert isinstance(award, OverAward)
    assert [type(worth) for _, worth in award.steps or ()] == [FactOperand, TimesValue]


def test_whole_units_none_counts_a_part_unit_as_a_part() -> None:
    award = {"over": "premises.area", "per_unit": "0.5", "below": 95, "whole_units": "none"}
    read = Rule.model_validate(RULE | {"points": 4, "award": award}).award
    assert isinstance(read, OverAward)
    assert read.whole_units is None
