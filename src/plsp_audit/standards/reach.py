"""What a rule or part can earn at worst and at best, as far as its file settles it.

What depends on the site counts as possible, so that nothing is called out of reach which is not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from plsp_audit.model.awards import (
    DeductAward,
    EachMetAward,
    EachMissingAward,
    JudgedAward,
    JudgedBranch,
    MissingBranch,
    OverAward,
    PerAward,
    PerBranch,
    ShareAward,
    TimesValue,
)
from plsp_audit.model.checks import JudgedCheck
from plsp_audit.model.rules import Part, Rule
from plsp_audit.standards.amounts import View, largest, least, measured_as, most, numbers
from plsp_audit.standards.truth import can, parts

ZERO = Fraction(0)


class Reach(NamedTuple):
    """The fewest and the most points that can be earned."""

    low: Fraction
    high: Fraction


def reach(item: Rule | Part, view: View, penalty: bool = False) -> Reach:
    """Give the range of points of a rule or part.

    Args:
        item: The rule or part.
        view: The tier it stands in.
        penalty: Whether it costs what it does not earn; `per` then says what each occurrence costs.
    """
    points = item.points
    if isinstance(item, Rule) and item.parts is not None:
        found = [reach(part, view, penalty) for part in item.parts]
        low, high = sum((r.low for r in found), start=ZERO), sum((r.high for r in found), start=ZERO)
        return Reach(min(low, points), min(high, points))
    award: Any = item.award
    if penalty and isinstance(award, PerAward):
        award = DeductAward(deduct=[PerBranch(per=award.per, points=award.points)])
    if award is None and isinstance(item.check, JudgedCheck):
        award = JudgedAward()
    low, high = _range(award, item, view)
    floored = isinstance(award, DeductAward) and award.floor == "none"
    return Reach(low if floored else max(low, ZERO), max(ZERO, min(high, points)))


def _range(award: Any, item: Rule | Part, view: View) -> tuple[Fraction, Fraction]:
    points = item.points
    match award:
        case None:
            able = can(item.check, view)
            return (ZERO if able.no else points), (points if able.yes else ZERO)
        case ShareAward() | EachMissingAward() | EachMetAward():
            return _by_check(award, item, view)
        case OverAward() if award.steps is not None:
            return _steps(award, points, view)
        case OverAward():
            return _per_unit(award, points, view), points
        case PerAward():
            each, times = most(award.points, view), largest(award.per, view)
            return ZERO, points if each is None or times is None else each * times
        case DeductAward():
            costs = [dearest(branch, view) for branch in award.deduct]
            return (ZERO if None in costs else points - sum((c or ZERO for c in costs), start=ZERO)), points
        case JudgedAward():
            return _judged(award, points)
        case _:
            raise TypeError(award)


def _by_check(award: Any, item: Rule | Part, view: View) -> tuple[Fraction, Fraction]:
    points, asked = item.points, parts(item.check, view)
    if isinstance(award, ShareAward):
        if not asked.asked or asked.missing is None:
            return ZERO, points
        return points * (asked.asked - asked.missing) / asked.asked, points
    if isinstance(award, EachMissingAward):
        each = most(award.each_missing, view)
        return ZERO if each is None or asked.missing is None else points - each * asked.missing, points
    each = most(award.each_met, view)
    if each is None or asked.asked is None:
        return ZERO, points
    always = 0 if asked.missing is None else asked.asked - asked.missing
    return (least(award.each_met, view) or ZERO) * always, each * asked.asked


def _steps(award: OverAward, points: Fraction, view: View) -> tuple[Fraction, Fraction]:
    declared = measured_as(award.over, view)
    lows, highs = [], []
    reached_by_all = False
    for bound, value in award.steps or []:
        start = least(bound, view, declared)
        always = declared.type != "date" and start is not None and start <= 0
        if isinstance(value, TimesValue):
            factor = most(value.times, view)
            highs.append(points if factor is None or factor > 0 else ZERO)
            lows.append(ZERO if start is None else start * (least(value.times, view) or ZERO))
        else:
            found = numbers(value, view)
            highs.append(max(found) if found else points)
            lows.append(min(found) if found else ZERO)
        if always:
            reached_by_all = True
            break
    return (min(lows) if reached_by_all else ZERO), max(highs)


def _per_unit(award: OverAward, points: Fraction, view: View) -> Fraction:
    each, below = most(award.per_unit, view), most(award.below, view, measured_as(award.over, view))
    unit = least(award.unit, view) if award.unit is not None else Fraction(1)
    if each is None or below is None or unit is None or unit <= 0:
        return ZERO
    units = max(below, ZERO) / unit
    if award.whole_units == "up":
        units = Fraction(-(-units.numerator // units.denominator))
    elif award.whole_units == "down":
        units = Fraction(units.numerator // units.denominator)
    return points - each * units


def dearest(branch: Any, view: View) -> Fraction | None:
    """Give the most that a branch of a deduction can cost, None when it has no end."""
    if isinstance(branch, JudgedBranch):
        cost = None if branch.each else most(branch.judged[1], view)
    elif isinstance(branch, PerBranch):
        each, times = most(branch.points, view), largest(branch.per, view)
        cost = None if each is None or times is None else each * times
    elif isinstance(branch, MissingBranch):
        each, missing = most(branch.points, view), parts(branch.missing_of, view).missing
        cost = None if each is None or missing is None else each * missing
    else:
        cost = most(branch.points, view)
        return cost if can(branch.when, view).yes else ZERO
    cap = most(branch.at_most, view) if branch.at_most is not None else None
    return cap if cost is None else cost if cap is None else min(cost, cap)


def _judged(award: JudgedAward, points: Fraction) -> tuple[Fraction, Fraction]:
    choices = [c for c in award.judged.choices or [] if 0 <= c <= points]
    if award.judged.choices and choices:
        return min(choices), max(choices)
    step = award.judged.step
    if step is not None and (points / step).denominator != 1:
        return ZERO, step * (points // step)
    return ZERO, points
