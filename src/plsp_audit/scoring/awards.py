"""Awards compiled: from what a check found, or what was measured, to points with bounds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from plsp_audit.model.awards import (
    DeductAward,
    EachMetAward,
    EachMissingAward,
    JudgedAward,
    OverAward,
    PerAward,
    ShareAward,
    TimesValue,
)
from plsp_audit.model.values import Number, exact_number, quotient
from plsp_audit.scoring.checks import compile_check
from plsp_audit.scoring.deduct import Cost, compile_deduct
from plsp_audit.scoring.measures import Interval, compile_measure, declared_of
from plsp_audit.scoring.operands import NO_VALUE, Context, Operand, compile_operand, number_operand, points_operand
from plsp_audit.scoring.verdict import UNKNOWN, YES, Finding, Scope


class Amount(NamedTuple):
    """Points with bounds. `forced` says that an operand is unknown; `costs` what each branch took off."""

    low: Number
    high: Number
    applies: bool = True
    forced: bool = False
    costs: tuple[Cost, ...] = ()


NOT_APPLICABLE = Amount(0, 0, applies=False)
ByCheck = Callable[[Finding, Scope], Amount]
ByMeasure = Callable[[Scope, Any], Amount]
"""Takes the site and the inspector's judgement (None: none)."""


def _clamped(value: Any, points: Number) -> Number:
    return 0 if value <= 0 else points if value >= points else value


def by_check(award: Any, points: Number, ctx: Context) -> ByCheck:
    """Compile an award that stands beside a check: all or nothing, share, each_missing, each_met."""
    if award is None:
        return lambda f, s: Amount(points if f.verdict == YES else 0, points if f.verdict in (YES, UNKNOWN) else 0)
    if isinstance(award, ShareAward):
        return lambda f, s: _share(f, points)
    assert isinstance(award, EachMissingAward | EachMetAward)
    missing = isinstance(award, EachMissingAward)
    operand = points_operand(award.each_missing if isinstance(award, EachMissingAward) else award.each_met, ctx)

    def amount(found: Finding, scope: Scope) -> Amount:
        each = operand.get(scope)
        if each is NO_VALUE:
            return NOT_APPLICABLE
        if each is None:
            return Amount(0, points, forced=True)
        if missing:
            absent = found.asked - found.met - found.unknown
            low = 0 if found.open else points - each * (absent + found.unknown)
            return Amount(_clamped(low, points), _clamped(points - each * absent, points))
        high = points if found.open else each * (found.met + found.unknown)
        return Amount(_clamped(each * found.met, points), _clamped(high, points))

    return amount


def _share(found: Finding, points: Number) -> Amount:
    if found.asked == found.met:
        return Amount(points, points)
    if found.open:
        return Amount(0, points)
    low = quotient(points * found.met, found.asked)
    high = quotient(points * (found.met + found.unknown), found.asked) if found.unknown else low
    return Amount(low, high)


def by_measure(award: Any, points: Number, ctx: Context) -> ByMeasure:
    """Compile an award without a check: over, deduct, per, judged."""
    match award:
        case JudgedAward():
            choices = award.judged.choices
            best = points if not choices else min(points, exact_number(max(choices) * ctx.scale))
            return lambda s, judged: _judged(judged, best, ctx.scale)
        case OverAward() if award.steps is not None:
            return _steps(award, points, ctx)
        case OverAward():
            return _per_unit(award, points, ctx)
        case PerAward():
            return _per(award, points, ctx)
        case DeductAward():
            return _deduct(award, points, ctx)
        case _:
            raise TypeError(award)


def _judged(judged: Any, best: Number, scale: int) -> Amount:
    if judged is None:
        return Amount(0, best)
    given = quotient(judged.points.numerator * scale, judged.points.denominator)
    return Amount(given, given)


def _values(operands: list[Operand], scope: Scope) -> tuple[list[Any], Amount | None]:
    values = [o.get(scope) for o in operands]
    if any(v is NO_VALUE for v in values):
        return values, NOT_APPLICABLE
    return values, Amount(0, 0, forced=True) if any(v is None for v in values) else None


def _steps(award: OverAward, points: Number, ctx: Context) -> ByMeasure:
    measure = compile_measure(award.over, ctx, compile_check)
    declared = declared_of(award.over, ctx)
    bounds, values, times = [], [], []
    for bound, value in award.steps or []:
        bounds.append(compile_operand(bound, declared, ctx))
        times.append(isinstance(value, TimesValue))
        values.append(points_operand(value.times if isinstance(value, TimesValue) else value, ctx))

    def amount(scope: Scope, judged: Any) -> Amount:
        seen = measure(scope)
        if seen is None:
            return NOT_APPLICABLE
        known, stop = _values([*bounds, *values], scope)
        if stop is not None:
            return stop if not stop.applies else Amount(0, points, forced=True)
        froms = [b.first if hasattr(b, "first") else b for b in known[: len(bounds)]]
        steps = list(zip(froms, known[len(bounds) :], times, strict=True))
        if seen.low is not None and seen.low == seen.high:
            exact = _clamped(_at(seen.low, steps), points)
            return Amount(exact, exact)
        outcomes = [_clamped(v, points) for v in _outcomes(seen, steps, points)]
        return Amount(min(outcomes), max(outcomes))

    return amount


def _at(value: Number, steps: list[tuple[Any, Any, bool]]) -> Any:
    for bound, points, times in steps:
        if value >= bound:
            return exact_number(value * points) if times else points
    return 0


def _just_below(bound: Any, steps: list[tuple[Any, Any, bool]]) -> Any:
    """Give the points that values just below a bound come near to."""
    for other, points, times in steps:
        if other < bound:
            return exact_number(bound * points) if times else points
    return 0


def _outcomes(seen: Interval, steps: list[tuple[Any, Any, bool]], points: Number) -> list[Any]:
    """Give the points at the ends of every piece of the steps that the value may lie in."""
    found: list[Any] = [_at(seen.low, steps) if seen.low is not None else 0]
    for bound, _, _ in steps:
        if (seen.low is None or bound > seen.low) and (seen.high is None or bound <= seen.high):
            found += [_at(bound, steps), _just_below(bound, steps)]
    if seen.high is not None:
        found.append(_at(seen.high, steps))
    else:
        found.append(points if steps[0][2] else steps[0][1])
    return found


def _per_unit(award: OverAward, points: Number, ctx: Context) -> ByMeasure:
    measure = compile_measure(award.over, ctx, compile_check)
    declared = declared_of(award.over, ctx)
    operands = [points_operand(award.per_unit, ctx), compile_operand(award.below, declared, ctx),
                number_operand(award.unit if award.unit is not None else Fraction(1), ctx)]  # fmt: skip
    whole = award.whole_units

    def left(value: Any, each: Any, below: Any, unit: Any) -> Number:
        short = max(below - value, 0)
        units = Fraction(short) / unit
        if whole == "up":
            units = Fraction(-(-units.numerator // units.denominator))
        elif whole == "down":
            units = Fraction(units.numerator // units.denominator)
        return _clamped(exact_number(points - each * units), points)

    def amount(scope: Scope, judged: Any) -> Amount:
        seen = measure(scope)
        if seen is None:
            return NOT_APPLICABLE
        known, stop = _values(operands, scope)
        if stop is not None:
            return stop if not stop.applies else Amount(0, points, forced=True)
        each, below, unit = known
        if not unit:
            return NOT_APPLICABLE
        low = 0 if seen.low is None else left(seen.low, each, below, unit)
        high = points if seen.high is None else left(seen.high, each, below, unit)
        return Amount(low, high)

    return amount


def _per(award: PerAward, points: Number, ctx: Context) -> ByMeasure:
    measure = compile_measure(award.per, ctx, compile_check)
    operand = points_operand(award.points, ctx)

    def amount(scope: Scope, judged: Any) -> Amount:
        seen = measure(scope)
        each = operand.get(scope)
        if seen is None or each is NO_VALUE:
            return NOT_APPLICABLE
        if each is None:
            return Amount(0, points, forced=True)
        low = 0 if seen.low is None else _clamped(each * seen.low, points)
        high = points if seen.high is None else _clamped(each * seen.high, points)
        return Amount(exact_number(low), exact_number(high))

    return amount


def _deduct(award: DeductAward, points: Number, ctx: Context) -> ByMeasure:
    branches = [compile_deduct(b, ctx) for b in award.deduct]
    floor_none = award.floor == "none"

    def amount(scope: Scope, judged: Any) -> Amount:
        costs = tuple(branch(scope, judged) for branch in branches)
        least = sum((c.low for c in costs), start=0)
        most: Any = None if any(c.high is None for c in costs) else sum(c.high for c in costs if c.high is not None)
        best, worst = points - least, None if most is None else points - most
        forced = any(c.forced for c in costs)
        if forced:
            return Amount(min(worst, 0) if floor_none and worst is not None else 0, points, True, True, costs)
        if floor_none and worst is not None:
            return Amount(min(worst, points), min(best, points), True, False, costs)
        low = 0 if worst is None else _clamped(worst, points)
        return Amount(low, _clamped(best, points), True, False, costs)

    return amount
