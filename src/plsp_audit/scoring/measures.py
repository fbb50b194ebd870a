"""Numbers that a check or an award measures, with bounds: a fact, a count, a sum, a ratio, a percentage."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from plsp_audit.model.checks import CountMeasure, PercentMeasure, RatioMeasure, Rows, SumMeasure
from plsp_audit.model.facts import FactField
from plsp_audit.model.values import ABSENT, Members, Number, Span, exact_number, quotient
from plsp_audit.scoring.operands import NUMBER, Context, name_of
from plsp_audit.scoring.rowchecks import compile_row_check
from plsp_audit.scoring.verdict import UNKNOWN, YES, CheckFn, Scope


class Interval(NamedTuple):
    """All values a measure may have; None is without bound."""

    low: Number | None
    high: Number | None


MeasureFn = Callable[[Scope], Interval | None]
"""Gives None where the measure does not apply."""

ANYTHING = Interval(None, None)
ANY_COUNT = Interval(0, None)
_PERCENT = FactField(label="", type="number", unit="%")
_DATE = FactField(label="", type="date")


def declared_of(spec: Any, ctx: Context) -> FactField:
    """Give the declaration by which a measure's bounds are read."""
    if isinstance(spec, str):
        declared = name_of(spec, ctx).declared
        return declared if declared.type in ("number", "integer", "date") else NUMBER
    return _PERCENT if isinstance(spec, PercentMeasure) else NUMBER


def compile_measure(spec: Any, ctx: Context, compile_check: Callable[[Any, Context], CheckFn]) -> MeasureFn:
    """Compile a fact name, `count`, `sum`, `ratio` or `percent`."""
    if isinstance(spec, str):
        return _fact(spec, ctx)
    if isinstance(spec, CountMeasure):
        return _rows(spec.count, None, ctx, compile_check)
    if isinstance(spec, SumMeasure):
        return _rows(spec.sum, spec.sum.field, ctx, compile_check)
    assert isinstance(spec, RatioMeasure | PercentMeasure)
    pair = spec.ratio if isinstance(spec, RatioMeasure) else spec.percent
    over, under = (compile_measure(side, ctx, compile_check) for side in pair)
    return _ratio(over, under, 100 if isinstance(spec, PercentMeasure) else 1)


def amount_of(value: Any) -> Interval:
    """Give how much a value is: the number, the members there, the things counted, the rows, yes as 1."""
    if isinstance(value, bool):
        return Interval(int(value), int(value))
    if isinstance(value, int | Fraction):
        return Interval(value, value)
    if isinstance(value, Span):
        return Interval(value.first, value.last)
    if value is ABSENT:
        return Interval(0, 0)
    if isinstance(value, Members):
        return Interval(len(value.present), len(value.present) + len(value.unknown))
    if isinstance(value, dict):
        known = sum(n for n in value.values() if n is not None)
        return Interval(known, known if all(n is not None for n in value.values()) else None)
    return Interval(len(value), len(value))


def _unseen(declared: FactField) -> Interval:
    """Give everything that an unknown value may come to."""
    if declared.type == "yes_no":
        return Interval(0, 1)
    if declared.type == "choices" and not declared.open:
        return Interval(0, len(declared.options))
    return ANYTHING if declared.type in ("number", "integer", "date") else ANY_COUNT


def _fact(name: str, ctx: Context) -> MeasureFn:
    named = name_of(name, ctx)
    get, unseen = named.get, _unseen(named.declared)

    def measure(scope: Scope) -> Interval:
        value = get(scope)
        return unseen if value is None else amount_of(value)

    return measure


def _rows(rows: Rows, field: str | None, ctx: Context, compile_check: Callable[[Any, Context], CheckFn]) -> MeasureFn:
    named = name_of(rows.of, ctx)
    records: Any = named.declared
    inner = ctx.inside(records)
    where = compile_row_check(rows.where, records, ctx, compile_check) if rows.where is not None else None
    summed = name_of(field, inner) if field is not None else None
    get_field = summed.get if summed is not None else None
    # what is summed over rows is never below nothing
    unseen = Interval(0, _unseen(summed.declared).high) if summed is not None else ANY_COUNT

    def measure(scope: Scope) -> Interval:
        value = named.get(scope)
        if value is None:
            return ANY_COUNT
        low: Any = 0
        high: Any = 0
        for row in value:
            verdict = where(scope, row) if where is not None else YES
            if verdict not in (YES, UNKNOWN):
                continue
            one = get_field(Scope(scope.facts, scope.site, row)) if get_field is not None else 1
            amount = unseen if one is None else amount_of(one)
            if verdict == YES:
                low, high = _add(low, amount.low), _add(high, amount.high)
            else:
                low, high = _add(low, _least(amount.low)), _add(high, _most(amount.high))
        return Interval(low, high)

    return measure


def _add(total: Any, more: Any) -> Any:
    return None if total is None or more is None else exact_number(total + more)


def _least(value: Any) -> Any:
    return None if value is None else min(value, 0)


def _most(value: Any) -> Any:
    return None if value is None else max(value, 0)


def _ratio(over: MeasureFn, under: MeasureFn, times: int) -> MeasureFn:
    def measure(scope: Scope) -> Interval | None:
        top, bottom = over(scope), under(scope)
        if top is None or bottom is None or bottom.low == bottom.high == 0:
            return None
        if bottom.low is None or bottom.low <= 0 or top.low is None or top.low < 0:
            if bottom.low is not None and bottom.low == bottom.high and top.low is not None and top.low == top.high:
                exact = quotient(top.low * times, bottom.low)
                return Interval(exact, exact)
            return ANYTHING
        low = 0 if bottom.high is None else quotient(top.low * times, bottom.high)
        high = None if top.high is None else quotient(top.high * times, bottom.low)
        return Interval(low, high)

    return measure
