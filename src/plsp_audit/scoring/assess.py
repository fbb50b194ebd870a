"""Rules to outcomes, outcomes to score and grade: one inspection under one compiled tier (spec section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from plsp_audit.model.result import State, Status
from plsp_audit.model.site import Inspection
from plsp_audit.model.standard import Dimension, ResolvedStandard, Rounding, Scoring
from plsp_audit.model.values import Number, exact_number, quotient
from plsp_audit.scoring.compile import CompiledRule, CompiledTier
from plsp_audit.scoring.judgements import site_fields
from plsp_audit.scoring.outcome import Core, as_penalty
from plsp_audit.scoring.verdict import Scope

Side = Literal["value", "low", "high"]
Sums = Mapping[str, Sequence[Any]]
"""By dimension: points in play, and what is awarded of them."""

SCORED = ("required", "recommended")
UNSEEN_STATES = ("not_checked", "not_applicable", "waived", "info")


class Outcome(NamedTuple):
    """A rule's outcome with level, policy and waiver applied, in the tier's units of points.

    `core` is what it would be without the waiver.
    """

    compiled: CompiledRule
    state: State
    awarded: Number
    low: Number
    high: Number
    core: Core
    waived: bool = False
    expired: bool = False


class DimensionTotal(NamedTuple):
    """A dimension's points in play for the value, what is awarded of them, and the bounds; in the tier's units."""

    dimension: Dimension
    points: Number
    awarded: Number
    low: Number
    high: Number


class Assessment(NamedTuple):
    """Everything the arithmetic gives, exactly. Score and grade are None without a score."""

    outcomes: tuple[Outcome, ...]
    status: Status
    complete: bool
    value: Number | None
    rounded: Number | None
    low: Number
    high: Number
    grade: int | None
    grade_low: int | None
    grade_high: int | None
    capped_by: tuple[str, ...]
    applicable: int
    checked: int
    bonus: Number
    penalty: Number
    dimensions: tuple[DimensionTotal, ...]


def evaluate(compiled: CompiledTier, inspection: Inspection) -> tuple[Outcome, ...]:
    """Evaluate every rule of the tier on one inspection."""
    scope = Scope(inspection.facts, site_fields(inspection))
    judged, declared, waivers = inspection.judgements, inspection.not_applicable, inspection.waivers
    found = []
    for rule in compiled.rules:
        core = rule.evaluate(scope, judged, declared)
        outcome = _levelled(rule, core)
        waiver = waivers.get(rule.rule.id) if waivers else None
        if waiver is not None:
            if waiver.until is not None and date.fromisoformat(waiver.until) < inspection.on:
                outcome = outcome._replace(expired=True)
            else:
                outcome = outcome._replace(state="waived", awarded=0, low=0, high=0, waived=True)
        found.append(outcome)
    return tuple(found)


def _levelled(rule: CompiledRule, core: Core) -> Outcome:
    level = rule.rule.level
    if level == "info":
        return Outcome(rule, "info", 0, 0, 0, core)
    if core.state == "not_applicable":
        full = rule.points if rule.policy == "full" and level in SCORED else 0
        return Outcome(rule, "not_applicable", full, full, full, core)
    if level == "penalty":
        core = as_penalty(core, rule.points)
    return Outcome(rule, core.state, core.low, core.low, core.high, core)


def _sums(outcomes: Iterable[Outcome], scoring: Scoring, complete: bool) -> dict[Side, Sums]:
    """Give for the value and both bounds, by dimension, the points in play and what is awarded of them."""
    value: dict[str, list[Any]] = {}
    low: dict[str, list[Any]] = {}
    high: dict[str, list[Any]] = {}
    unseen_counts = scoring.not_checked == "zero"
    for compiled, state, awarded, least, most, *_ in outcomes:
        if compiled.level not in SCORED or state == "waived":
            continue
        if state == "not_applicable" and compiled.policy == "exclude":
            continue
        key, points = compiled.dimension, compiled.points
        if state != "not_checked" or unseen_counts:
            _add(value, key, points, awarded)
        if not complete:
            _add(low, key, points, least)
            _add(high, key, points, most)
    return {"value": value, "low": value if complete else low, "high": value if complete else high}


def _add(sums: dict[str, list[Any]], key: str, points: Number, awarded: Number) -> None:
    total = sums.get(key)
    if total is None:
        sums[key] = [points, awarded]
    else:
        total[0] += points
        total[1] += awarded


def _extras(outcomes: Iterable[Outcome], scoring: Scoring, scale: int) -> dict[Side, tuple[Number, Number]]:
    """Give for the value and both bounds the bonus under its cap, and the penalty, both as positive numbers."""
    extra = [o for o in outcomes if o.compiled.level in ("bonus", "penalty")]
    left_out = scoring.not_checked == "exclude"
    found: dict[Side, tuple[Number, Number]] = {}
    sides: tuple[tuple[Side, int], ...] = (("value", 2), ("low", 3), ("high", 4))
    for side, place in sides:
        bonus: Any = 0
        penalty: Any = 0
        for outcome in extra:
            if side == "value" and left_out and outcome.state == "not_checked":
                continue
            if outcome.compiled.level == "bonus":
                bonus += outcome[place]
            else:
                penalty -= outcome[place]
        bonus, penalty = quotient(bonus, scale), quotient(penalty, scale)
        if scoring.bonus_cap is not None and bonus > scoring.bonus_cap:
            bonus = exact_number(scoring.bonus_cap)
        found[side] = (bonus, penalty)
    return found


def _total(sums: Sums, extras: tuple[Number, Number], standard: ResolvedStandard, scale: int) -> Number | None:
    """Give the score of one side, None where there is nothing to divide by."""
    scoring = standard.scoring
    points = sum(p for p, _ in sums.values())
    awarded = sum(a for _, a in sums.values())
    raw: Any
    if scoring.model == "sum":
        raw = scoring.base + quotient(awarded, scale)
    elif scoring.model == "normalised":
        if not points:
            return None
        raw = quotient(exact_number(scoring.full_marks) * awarded, points)
    else:
        weights = {d.id: d.weight for d in standard.dimensions}
        parts = [(weights[d], quotient(a, p)) for d, (p, a) in sums.items() if p]
        weight = sum((w for w, _ in parts), start=Fraction(0))
        if not weight:
            return None
        raw = scoring.full_marks * sum((w * r for w, r in parts), start=Fraction(0)) / weight
    total = max(raw + extras[0] - extras[1], 0)
    if scoring.max_total is not None:
        total = min(total, scoring.max_total)
    return exact_number(total)


def round_score(value: Number, rounding: Rounding | None) -> Number:
    """Round a score as the standard declares, before it is graded; None leaves it as it is."""
    if rounding is None:
        return value
    scaled = Fraction(value) * 10**rounding.places
    floor = scaled.numerator // scaled.denominator
    rest = scaled - floor
    up = {
        "half_up": rest >= Fraction(1, 2),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2 == 1),
        "floor": False,
        "ceil": rest > 0,
    }[rounding.mode]
    return exact_number(Fraction(floor + up, 10**rounding.places))


def _grade(value: Number, standard: ResolvedStandard) -> int:
    rounded = round_score(value, standard.scoring.rounding)
    return next((i for i, g in enumerate(standard.grades) if rounded >= g.from_), len(standard.grades) - 1)


def _triggers(outcome: Outcome, scoring: Scoring, side: Side) -> bool:
    """Tell whether a rule's veto triggers."""
    rule = outcome.compiled.rule
    if outcome.state in ("not_applicable", "waived", "info"):
        return False
    if side == "value" and outcome.state == "not_checked" and scoring.not_checked == "exclude":
        return False
    state = outcome.core.state_high if side == "high" else outcome.core.state_low
    if side == "value" and outcome.state != "not_checked":
        state = outcome.state
    if rule.veto_on == "zero":
        return state == "fail"
    return state in ("fail", "partial")


def _caps(outcomes: Iterable[Outcome], sums: Sums, standard: ResolvedStandard, side: Side) -> list[tuple[str, int]]:
    """Give every rule and dimension that caps the grade, with the best grade it leaves.

    Args:
        outcomes: Those of the rules that have a veto.
        sums: By dimension, points in play and awarded.
        standard: Grades and pass marks.
        side: The value or a bound.
    """
    caps = [
        (o.compiled.rule.id, standard.grade_rank(o.compiled.rule.veto))
        for o in outcomes
        if o.compiled.rule.veto is not None and _triggers(o, standard.scoring, side)
    ]
    if standard.scoring.below_pass_mark is not None:
        rank = standard.grade_rank(standard.scoring.below_pass_mark)
        for dimension in standard.dimensions:
            points, awarded = sums.get(dimension.id, (0, 0))
            if dimension.pass_mark is not None and points and quotient(awarded * 100, points) < dimension.pass_mark:
                caps.append((dimension.id, rank))
    return caps


def _no_score(outcomes: tuple[Outcome, ...], sums: Sums, standard: ResolvedStandard) -> bool:
    if standard.scoring.model == "sum" and standard.scoring.base:
        return all(o.state in UNSEEN_STATES for o in outcomes)
    return not any(points for points, _ in sums.values())


def _coverage(outcomes: Iterable[Outcome], scoring: Scoring) -> tuple[int, int]:
    levels = {*SCORED, "penalty"} if scoring.model == "sum" and scoring.base else {*SCORED}
    states = [
        o.state for o in outcomes
        if o.compiled.rule.level in levels and o.state not in ("not_applicable", "waived")
    ]  # fmt: skip
    return len(states), sum(s != "not_checked" for s in states)


def _dimensions(sums: Mapping[Side, Sums], compiled: CompiledTier) -> tuple[DimensionTotal, ...]:
    totals = []
    for dimension in compiled.dimensions:
        points, awarded = sums["value"].get(dimension.id, (0, 0))
        low = sums["low"].get(dimension.id, (0, 0))[1]
        high = sums["high"].get(dimension.id, (0, 0))[1]
        totals.append(DimensionTotal(dimension, points, awarded, low, high))
    return tuple(totals)


def assess(compiled: CompiledTier, inspection: Inspection) -> Assessment:
    """Score and grade one inspection. Pure: same inspection, same standard, same assessment."""
    standard, scoring, scale = compiled.standard, compiled.standard.scoring, compiled.context.scale
    outcomes = evaluate(compiled, inspection)
    complete = all([o.state != "not_checked" and o.low == o.high for o in outcomes])
    sums, extras = _sums(outcomes, scoring, complete), _extras(outcomes, scoring, scale)
    value = None
    if not _no_score(outcomes, sums["value"], standard):
        value = _total(sums["value"], extras["value"], standard, scale)
    low = high = value
    if value is None or not complete:
        low = _total(sums["low"], extras["low"], standard, scale) or 0
        high = _total(sums["high"], extras["high"], standard, scale) or 0
    grades: dict[Side, int | None] = {"value": None, "low": None, "high": None}
    capped: tuple[str, ...] = ()
    if value is not None and low is not None and high is not None:
        vetoes = [o for o in outcomes if o.compiled.rule.veto is not None]
        totals: tuple[tuple[Side, Number], ...] = (("value", value), ("low", low), ("high", high))
        for side, total in totals:
            own = _grade(total, standard)
            caps = [(name, rank) for name, rank in _caps(vetoes, sums[side], standard, side) if rank > own]
            grades[side] = max([own, *(rank for _, rank in caps)])
            if side == "value":
                capped = tuple(name for name, _ in caps)
    applicable, checked = _coverage(outcomes, scoring)
    return Assessment(
        outcomes=outcomes,
        status="no_score" if value is None else "rated",
        complete=complete,
        value=value,
        rounded=None if value is None else round_score(value, scoring.rounding),
        low=low or 0,
        high=high or 0,
        grade=grades["value"],
        grade_low=grades["low"],
        grade_high=grades["high"],
        capped_by=capped,
        applicable=applicable,
        checked=checked,
        bonus=extras["value"][0],
        penalty=extras["value"][1],
        dimensions=_dimensions(sums, compiled),
    )
