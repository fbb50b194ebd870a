"""What one rule comes to on one site: state, points, bounds, and the state it would have at either bound."""

from __future__ import annotations

from typing import NamedTuple

from plsp_audit.model.result import State
from plsp_audit.model.values import Number
from plsp_audit.scoring.awards import Amount
from plsp_audit.scoring.deduct import Cost
from plsp_audit.scoring.verdict import NA, NO, NOTHING, UNKNOWN, YES, Finding


class Core(NamedTuple):
    """A rule's or part's own outcome. `why` says what else made it so: when_no, when_unknown, declared."""

    state: State
    low: Number
    high: Number
    state_low: State
    state_high: State
    finding: Finding = NOTHING
    costs: tuple[Cost, ...] = ()
    why: str = ""
    parts: tuple[Core, ...] = ()


def not_applicable(why: str = "", parts: tuple[Core, ...] = ()) -> Core:
    """Give the outcome of something that does not apply."""
    return Core("not_applicable", 0, 0, "not_applicable", "not_applicable", why=why, parts=parts)


def by_points(value: Number, points: Number) -> State:
    """Give the state of a known number of points: pass when all, fail when none, else partial."""
    return "pass" if value >= points else "fail" if value <= 0 else "partial"


def of_check(finding: Finding, amount: Amount, points: Number) -> Core:
    """Give the outcome of a check with no award, share, each_missing or each_met (spec section 4, 2)."""
    if finding.verdict == NA or not amount.applies:
        return not_applicable()
    low, high, verdict = amount.low, amount.high, finding.verdict
    if amount.forced:
        return Core("not_checked", low, high, "fail", "pass", finding)
    all_low, all_high = low == points > 0, high == points > 0
    lost: State = "partial" if low > 0 else "fail"
    state_low: State = "pass" if all_low or verdict == YES else lost
    best: State = "partial" if high > 0 else "fail"
    state_high: State = best if verdict == NO and not all_high else "pass"
    state: State = "not_checked" if verdict == UNKNOWN and not all_low else state_low
    return Core(state, low, high, state_low, state_high, finding)


def of_amount(amount: Amount, points: Number) -> Core:
    """Give the outcome of the awards that measure or judge: not checked while the bounds differ."""
    if not amount.applies:
        return not_applicable()
    low, high = amount.low, amount.high
    state_low, state_high = by_points(low, points), by_points(high, points)
    state: State = "not_checked" if low != high or amount.forced else state_low
    return Core(state, low, high, state_low, state_high, _as_finding(state), amount.costs)


def _as_finding(state: State) -> Finding:
    """Count an award without a check as one part."""
    if state == "not_checked":
        return Finding(UNKNOWN, 1, 0, 1)
    met = int(state == "pass")
    return Finding(YES if met else NO, 1, met, 0)


def waiting(core: Core, points: Number) -> Core:
    """Give the outcome of a rule whose condition is unknown: low 0 (or its own, if less), high its points."""
    low = min(0, core.low)
    return Core(
        "not_checked", low, points, "fail", "pass", Finding(UNKNOWN, 1, 0, 1), core.costs, "when_unknown", core.parts
    )


def as_penalty(core: Core, points: Number) -> Core:
    """Turn what was earned into what it costs, at most the points, as negative numbers."""
    if not points:
        # nothing to take off: the check alone says whether it failed
        return core._replace(low=0, high=0)
    worst, best = min(points - core.low, points), min(points - core.high, points)
    worst, best = max(worst, 0), max(best, 0)
    state = core.state
    if state not in ("not_checked", "not_applicable"):
        state = _cost_state(worst, points)
    return core._replace(
        state=state, low=-worst, high=-best, state_low=_cost_state(worst, points), state_high=_cost_state(best, points)
    )


def _cost_state(cost: Number, points: Number) -> State:
    return "pass" if cost == 0 else "fail" if cost >= points else "partial"
