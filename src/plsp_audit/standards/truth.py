"""What a check can come to: met or missed, of how many parts, or not applicable."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from plsp_audit.model.checks import (
    AllCheck,
    AnyCheck,
    ByOperand,
    CountMeasure,
    EachCheck,
    FactCheck,
    JudgedCheck,
    MeasureCheck,
    NotCheck,
    PercentMeasure,
    RatioMeasure,
)
from plsp_audit.model.facts import FactField
from plsp_audit.model.values import ValueFault, read_yes_no
from plsp_audit.standards.amounts import View, least, measured_as, most, number
from plsp_audit.standards.walk import nodes


class Can(NamedTuple):
    """Whether a check can be met, and whether it can be missed. What cannot be told counts as possible."""

    yes: bool = True
    no: bool = True


class Parts(NamedTuple):
    """How many parts a check asks for at most, and how many of them can be missing at once; None: without end."""

    asked: int | None
    missing: int | None


def can(check: Any, view: View) -> Can:
    """Tell whether a check can be met and missed."""
    match check:
        case AllCheck():
            children = [can(c, view) for c in check.all]
            return Can(all(c.yes for c in children) and not _contradiction(check, view), any(c.no for c in children))
        case AnyCheck():
            children = [can(c, view) for c in check.any]
            return Can(any(c.yes for c in children), all(c.no for c in children))
        case NotCheck():
            inner = can(check.not_, view)
            return Can(inner.no, inner.yes)
        case FactCheck():
            declared = view.field(check.fact)
            return _includes(check, view) if check.includes is not None else _compared(check, declared, view)
        case MeasureCheck():
            found = _compared(check, measured_as(check.measure(), view), view)
            bound = most(check.at_least, view)
            counted = isinstance(check.measure(), CountMeasure)
            return Can(found.yes, found.no and not (counted and bound is not None and bound <= 0))
        case _:
            return Can()


def _includes(check: FactCheck, view: View) -> Can:
    if not isinstance(check.includes, dict):
        return Can()
    bounds = [most(least_, view) for least_ in check.includes.values()]
    return Can(no=any(b is None or b > 0 for b in bounds))


def _compared(check: FactCheck | MeasureCheck, declared: FactField | None, view: View) -> Can:
    """Find comparisons that no value meets: an upside-down range, a part of a whole number, days before the start."""
    if declared is None:
        return Can()
    if check.between is not None:
        low, high = least(check.between[0], view, declared), most(check.between[1], view, declared)
        return Can(yes=low is None or high is None or low <= high)
    if isinstance(check, FactCheck) and check.within_days is not None:
        days = most(check.within_days, view)
        return Can(yes=days is None or days >= 0)
    if declared.type == "integer" and (check.is_ is not None or check.one_of is not None):
        wanted = [check.is_] if check.is_ is not None else check.one_of or []
        values = [number(w, declared) if isinstance(w, str) else None for w in wanted]
        return Can(yes=any(v is None or v.denominator == 1 for v in values))
    return Can()


_LOWER = ("at_least", "above", "is")
_UPPER = ("at_most", "below", "is")


def _contradiction(check: AllCheck, view: View) -> bool:
    """Tell whether two comparisons side by side leave no number for the same fact."""
    lows: dict[str, Fraction] = {}
    highs: dict[str, Fraction] = {}
    for child in check.all:
        if not isinstance(child, FactCheck):
            continue
        declared = view.field(child.fact)
        operator = child.operator() or ""
        if declared is None or declared.type not in ("number", "integer", "date"):
            continue
        name = view.facts.find(child.fact) or child.fact
        if operator in _LOWER and (low := least(child.operand(operator), view, declared)) is not None:
            lows[name] = max(lows.get(name, low), low)
        if operator in _UPPER and declared.type != "date":
            high = most(child.operand(operator), view, declared)
            if high is not None:
                highs[name] = min(highs.get(name, high), high)
    return any(low > highs[name] for name, low in lows.items() if name in highs)


def parts(check: Any, view: View) -> Parts:
    """Count the parts of a check: the members of `includes`, the rows of `each`, the children of `all`, else one."""
    match check:
        case FactCheck() if check.includes is not None:
            count: int | None = len(check.includes)
            if check.need is not None:
                need = most(check.need, view)
                count = None if need is None else int(need)
            missing = count
            if isinstance(check.includes, dict) and check.need is None:
                missing = sum((b := most(v, view)) is None or b > 0 for v in check.includes.values())
            return Parts(count, missing)
        case EachCheck():
            return Parts(None, None)
        case AllCheck():
            children = [parts(c, view) for c in check.all]
            asked = [c.asked for c in children]
            missing_all = [c.missing for c in children]
            return Parts(
                None if None in asked else sum(a or 0 for a in asked),
                None if None in missing_all else sum(m or 0 for m in missing_all),
            )
        case _:
            return Parts(1, int(can(check, view).no))


def may_not_apply(check: Any, view: View) -> bool:
    """Tell whether a check, or an award's measure, can be not applicable as a whole."""
    match check:
        case AllCheck() | AnyCheck():
            return all(may_not_apply(c, view) for c in (check.all if isinstance(check, AllCheck) else check.any))
        case NotCheck():
            return may_not_apply(check.not_, view)
        case EachCheck():
            return check.each.when_empty == "not_applicable" or may_not_apply(check.each.meets, view)
        case FactCheck() if check.within_days is not None:
            return True
        case MeasureCheck() if check.ratio is not None or check.percent is not None:
            return True
        case RatioMeasure() | PercentMeasure():
            return True
        case None | str() | JudgedCheck():
            return False
        case _:
            found = nodes(check, view.facts)
            return any(by_may_fail(node.value, View(view.facts, view.tier, node.row)) for node in found)


def by_may_fail(spec: Any, view: View) -> bool:
    """Tell whether a choice by something has no value for something that may well be given."""
    if not isinstance(spec, ByOperand) or spec.default is not None:
        return False
    if spec.by == "tier" and view.facts.find("tier") is None:
        return view.tier not in spec.of
    declared = view.field(spec.by)
    if declared is not None and declared.type == "yes_no":
        return {_yes(key) for key in spec.of} < {True, False}
    return declared is None or declared.open or declared.type != "choice"


def _yes(text: str) -> bool | None:
    try:
        return read_yes_no(text)
    except ValueFault:
        return None
