"""The branches of a deduction, compiled to what each may cost."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from plsp_audit.model.awards import JudgedBranch, MissingBranch, PerBranch, WhenBranch
from plsp_audit.model.values import Number, exact_number
from plsp_audit.scoring.checks import compile_check
from plsp_audit.scoring.measures import compile_measure
from plsp_audit.scoring.operands import NO_VALUE, Context, Operand, points_operand
from plsp_audit.scoring.verdict import NA, UNKNOWN, YES, Scope


class Cost(NamedTuple):
    """What a branch takes off: at least `low`, at most `high` (None: without end); `often`: how many times."""

    low: Number
    high: Number | None
    often: Number | None = None
    missing: tuple[str, ...] = ()
    forced: bool = False


FREE = Cost(0, 0)
BranchFn = Callable[[Scope, Any], Cost]


def compile_deduct(branch: Any, ctx: Context) -> BranchFn:
    """Compile one branch of a `deduct` award."""
    match branch:
        case WhenBranch():
            return _when(branch, ctx)
        case PerBranch():
            return _per(branch, ctx)
        case MissingBranch():
            return _missing(branch, ctx)
        case JudgedBranch():
            return _judged(branch, ctx)
        case _:
            raise TypeError(branch)


def _cap(spec: Any, ctx: Context) -> Operand | None:
    return points_operand(spec, ctx) if spec is not None else None


def _capped(low: Any, high: Any, cap: Operand | None, scope: Scope) -> tuple[Number, Number | None, bool]:
    """Give the bounds under a branch's cap, and whether the cap is unknown."""
    most = cap.get(scope) if cap is not None else None
    if cap is None or most is NO_VALUE:
        return exact_number(low), None if high is None else exact_number(high), False
    if most is None:
        return 0, None if high is None else exact_number(high), True
    low, high = min(low, most), most if high is None else min(high, most)
    return exact_number(low), exact_number(high), False


def _unpriced(cap: Operand | None, scope: Scope) -> Cost:
    """Give what a branch may cost whose amount is unknown: anything up to its cap."""
    most = cap.get(scope) if cap is not None else None
    return Cost(0, None if most is None or most is NO_VALUE else max(most, 0), forced=True)


def _when(branch: WhenBranch, ctx: Context) -> BranchFn:
    check, points = compile_check(branch.when, ctx), points_operand(branch.points, ctx)

    def cost(scope: Scope, judged: Any) -> Cost:
        found, each = check(scope).verdict, points.get(scope)
        if found == NA or each is NO_VALUE or found not in (YES, UNKNOWN):
            return FREE
        if each is None:
            return Cost(0, None, forced=True)
        return Cost(each if found == YES else 0, each)

    return cost


def _per(branch: PerBranch, ctx: Context) -> BranchFn:
    measure, points = compile_measure(branch.per, ctx, compile_check), points_operand(branch.points, ctx)
    cap = _cap(branch.at_most, ctx)

    def cost(scope: Scope, judged: Any) -> Cost:
        seen, each = measure(scope), points.get(scope)
        if seen is None or each is NO_VALUE:
            return FREE
        if each is None:
            return _unpriced(cap, scope)
        least = max(seen.low, 0) if seen.low is not None else 0
        most = None if seen.high is None else each * max(seen.high, 0)
        low, high, forced = _capped(each * least, most, cap, scope)
        return Cost(low, high, seen.low if seen.low == seen.high else None, forced=forced)

    return cost


def _missing(branch: MissingBranch, ctx: Context) -> BranchFn:
    check, points = compile_check(branch.missing_of, ctx), points_operand(branch.points, ctx)
    cap = _cap(branch.at_most, ctx)

    def cost(scope: Scope, judged: Any) -> Cost:
        found, each = check(scope), points.get(scope)
        if found.verdict == NA or each is NO_VALUE:
            return FREE
        if each is None:
            return _unpriced(cap, scope)
        absent = found.asked - found.met - found.unknown
        most = None if found.open else each * (absent + found.unknown)
        low, high, forced = _capped(each * absent, most, cap, scope)
        return Cost(low, high, absent, found.missing, forced)

    return cost


def _judged(branch: JudgedBranch, ctx: Context) -> BranchFn:
    _, most = (points_operand(end, ctx) for end in branch.judged)
    cap, scale = _cap(branch.at_most, ctx), ctx.scale

    def cost(scope: Scope, judged: Any) -> Cost:
        if judged is None:
            limit = most.get(scope)
            top = None if branch.each or limit is NO_VALUE else limit
            low, high, forced = _capped(0, top, cap, scope)
            return Cost(low, high, forced=forced or (limit is None))
        items = judged if isinstance(judged, tuple) else (judged,)
        taken = exact_number(sum((j.deduct for j in items), start=Fraction(0)) * scale)
        low, high, forced = _capped(taken, taken, cap, scope)
        return Cost(low, high, forced=forced)

    return cost
