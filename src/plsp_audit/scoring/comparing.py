"""A value against a bound: numbers, dates and words, where either may be known only in part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plsp_audit.model.checks import FactCheck, FactOperand
from plsp_audit.model.facts import FactField
from plsp_audit.model.places import same_place
from plsp_audit.model.text import squeezed
from plsp_audit.model.values import ABSENT, Span, Value
from plsp_audit.scoring.measures import Interval
from plsp_audit.scoring.operands import NO_VALUE, Context, Named, compile_operand
from plsp_audit.scoring.verdict import FLIP, NA, NO, UNKNOWN, YES, Scope, VerdictFn


def compare(operator: str, seen: Interval, wanted: Any) -> int:
    """Hold everything a number may be against a bound (a pair for `between`, a list for `one_of`)."""
    low, high = seen
    match operator:
        case "at_least":
            return YES if low is not None and low >= wanted else NO if high is not None and high < wanted else UNKNOWN
        case "above":
            return YES if low is not None and low > wanted else NO if high is not None and high <= wanted else UNKNOWN
        case "at_most":
            return YES if high is not None and high <= wanted else NO if low is not None and low > wanted else UNKNOWN
        case "below":
            return YES if high is not None and high < wanted else NO if low is not None and low >= wanted else UNKNOWN
        case "is":
            if low is not None and low == high == wanted:
                return YES
            inside = (low is None or low <= wanted) and (high is None or high >= wanted)
            return UNKNOWN if inside else NO
        case "is_not":
            return FLIP[compare("is", seen, wanted)]
        case "between":
            return min(compare("at_least", seen, wanted[0]), compare("at_most", seen, wanted[1]))
        case _:
            return max(compare("is", seen, one) for one in wanted)


def _day(operator: str, wanted: Span, literal: bool) -> Any:
    """Give the day of a month that a literal bound means: until its last day, from its first."""
    if not literal:
        return wanted
    return wanted.last if operator in ("at_most", "above") else wanted.first


def compare_dates(operator: str, seen: Span, wanted: Any) -> int:
    """Hold a date, or some day of a month, against a day (int), against another such date, or against a list."""
    if operator == "between":
        return min(compare_dates("at_least", seen, wanted[0]), compare_dates("at_most", seen, wanted[1]))
    if operator == "one_of":
        return max(compare_dates("is", seen, one) for one in wanted)
    if operator == "is_not":
        return FLIP[compare_dates("is", seen, wanted)]
    low, high = (wanted, wanted) if isinstance(wanted, int) else wanted
    if operator == "is":
        if seen.last < low or seen.first > high:
            return NO
        return YES if low == high == seen.first == seen.last else UNKNOWN
    if low == high:
        return compare(operator, Interval(seen.first, seen.last), low)
    sides = {compare(operator, Interval(seen.first, seen.last), day) for day in (low, high)}
    return sides.pop() if len(sides) == 1 else UNKNOWN


def _equal(declared: FactField, is_place: bool) -> Callable[[Value, Value], bool]:
    if is_place:
        return lambda value, wanted: same_place(value, wanted)
    if declared.type == "text":
        return lambda value, wanted: squeezed(value) == squeezed(wanted)
    return lambda value, wanted: bool(value == wanted)


def _within(seen: Value, wanted: Value, literal: bool) -> int:
    """Tell whether a date is the wanted one; a literal month holds all its days."""
    if literal and wanted.first != wanted.last:
        if seen.first >= wanted.first and seen.last <= wanted.last:
            return YES
        return NO if seen.last < wanted.first or seen.first > wanted.last else UNKNOWN
    return compare_dates("is", seen, wanted)


def _one_end(kind: str, value: Value, wanted: list[Value], literal: list[bool]) -> int:
    """Tell what one end of a range settles while the other is unknown: a value beyond it is outside."""
    for end, bound, fixed in zip(("at_least", "at_most"), wanted, literal, strict=True):
        if bound is ABSENT:
            return NO
        if bound is not None and kind == "date" and compare_dates(end, value, _day(end, bound, fixed)) == NO:
            return NO
    return UNKNOWN if kind == "date" else outside(Interval(value, value), wanted)


def outside(seen: Interval, wanted: list[Any]) -> int:
    """Tell whether a number is outside a range of which an end is unknown (None)."""
    sides = zip(("at_least", "at_most"), wanted, strict=True)
    return NO if any(w is not None and compare(end, seen, w) == NO for end, w in sides) else UNKNOWN


def comparison(check: FactCheck, operator: str, known: Named, ctx: Context) -> VerdictFn:
    """Compile a comparison of a fact with one or several operands."""
    declared, get = known.declared, known.get
    raw = check.operand(operator)
    specs = raw if isinstance(raw, list) else [raw]
    operands = [compile_operand(spec, declared, ctx) for spec in specs]
    literal = [not isinstance(spec, FactOperand) for spec in specs]
    equal = _equal(declared, known.is_place)
    many = operator in ("between", "one_of")
    if all(o.fn is None for o in operands):
        plain = _against_constants(operator, known, [o.const for o in operands])
        if plain is not None:
            return plain

    def held(value: Value, wanted: list[Value]) -> int:
        if declared.type == "date":
            if operator in ("is", "is_not", "one_of"):
                found = max(_within(value, w, fixed) for w, fixed in zip(wanted, literal, strict=True))
                return FLIP[found] if operator == "is_not" else found
            ends = ("at_least", "at_most") if operator == "between" else (operator,)
            days = [_day(op, w, fixed) for op, w, fixed in zip(ends, wanted, literal, strict=True)]
            return compare_dates(operator, value, days if many else days[0])
        if declared.type in ("number", "integer"):
            return compare(operator, Interval(value, value), wanted if many else wanted[0])
        found = YES if any(equal(value, w) for w in wanted) else NO
        return FLIP[found] if operator == "is_not" else found

    def verdict(scope: Scope) -> int:
        value = get(scope)
        wanted = [o.get(scope) for o in operands]
        if any(w is NO_VALUE for w in wanted):
            return NA
        if value is ABSENT:
            return YES if operator == "is_not" else NO
        if value is None:
            return UNKNOWN
        if any(w is None for w in wanted):
            return _one_end(declared.type, value, wanted, literal) if operator == "between" else UNKNOWN
        if any(w is ABSENT for w in wanted):
            return YES if operator == "is_not" else NO
        return held(value, wanted)

    return verdict


def _against_constants(operator: str, known: Named, wanted: list[Value]) -> VerdictFn | None:
    """Give the short way for what most rules ask: a number against a number, an option or a yes against literals."""
    get, kind, one = known.get, known.declared.type, wanted[0]
    if any(w is NO_VALUE for w in wanted):
        return None
    if kind in ("number", "integer") and operator in ("at_least", "at_most", "above", "below"):
        if operator in ("at_least", "below"):
            at, under = (YES, NO) if operator == "at_least" else (NO, YES)
            return lambda s: UNKNOWN if (v := get(s)) is None else at if v >= one else under
        over, at = (YES, NO) if operator == "above" else (NO, YES)
        return lambda s: UNKNOWN if (v := get(s)) is None else over if v > one else at
    if kind in ("choice", "yes_no") and operator in ("is", "one_of", "is_not"):
        among = frozenset(wanted)
        inside, outside = (NO, YES) if operator == "is_not" else (YES, NO)
        return lambda s: UNKNOWN if (v := get(s)) is None else inside if v in among else outside
    return None
