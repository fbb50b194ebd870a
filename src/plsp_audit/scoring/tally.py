"""Outcomes added up, and the score of the value and of both bounds (spec section 4, 3)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from plsp_audit.model.standard import Rounding
from plsp_audit.model.values import Number, exact_number, quotient
from plsp_audit.scoring.compile import CompiledTier

if TYPE_CHECKING:
    from plsp_audit.scoring.assess import Outcome

CHECKED = ("pass", "partial", "fail")


class Sums(NamedTuple):
    """The points of one side, in the tier's units.

    Attributes:
        points: In play, by the place of the dimension.
        awarded: What is awarded of them.
        bonus: Before its cap.
        penalty: As a positive number.
    """

    points: list[Any]
    awarded: list[Any]
    bonus: Any
    penalty: Any


class Tally(NamedTuple):
    """Everything that is added up over one site's outcomes.

    Attributes:
        complete: No rule is unchecked, and none has bounds that differ.
        seen: Whether any rule at all was checked.
    """

    value: Sums
    low: Sums
    high: Sums
    complete: bool
    seen: bool
    applicable: int
    checked: int


def _settled(outcomes: Iterable[Outcome], count: int) -> tuple[list[Any], list[Any], int, list[Outcome]]:
    """Add up the outcomes that need no further look: points and what is awarded by place, how many; and the others."""
    points: list[Any] = [0] * count
    awarded: list[Any] = [0] * count
    settled, others = 0, []
    for outcome in outcomes:
        if outcome.settled:
            rule: Any = outcome.compiled
            points[rule.place] += rule.points
            awarded[rule.place] += outcome.awarded
            settled += 1
        else:
            others.append(outcome)
    return points, awarded, settled, others


def tally(compiled: CompiledTier, outcomes: Iterable[Outcome]) -> Tally:
    """Add up one site's outcomes in one go."""
    scoring = compiled.standard.scoring
    whole, won, settled, others = _settled(outcomes, len(compiled.dimensions))
    points, awarded, all_points, low, high = [*whole], [*won], [*whole], [*won], [*won]
    # one fraction would make every later addition slow, so they wait until the end
    broken: list[tuple[int, Any, Any, Any]] = []
    unseen_counts = scoring.not_checked == "zero"
    with_base = scoring.model == "sum" and bool(compiled.terms.base)
    bonus: list[Any] = [0, 0, 0]
    penalty: list[Any] = [0, 0, 0]
    complete, seen, applicable, checked = True, settled > 0, settled, settled
    for rule, state, value, least, most, *_ in others:
        if state == "info":
            continue
        unseen = state == "not_checked"
        if unseen or least != most:
            complete = False
        seen = seen or state in CHECKED
        place = rule.place
        counted = state != "not_applicable" and state != "waived" and (place is not None or rule.level == "penalty")
        if counted and (place is not None or with_base):
            applicable += 1
            checked += not unseen
        if place is None:
            extra, sign = (bonus, 1) if rule.level == "bonus" else (penalty, -1)
            if not unseen or unseen_counts:
                extra[0] += sign * value
            extra[1] += sign * least
            extra[2] += sign * most
        elif counted or (state == "not_applicable" and rule.policy != "exclude"):
            if type(value) is not int or type(most) is not int or type(least) is not int:
                broken.append((place, value if not unseen or unseen_counts else 0, least, most))
                value = least = most = 0
            if not unseen or unseen_counts:
                points[place] += rule.points
                awarded[place] += value
            all_points[place] += rule.points
            low[place] += least
            high[place] += most
    for place, value, least, most in broken:
        awarded[place] += value
        low[place] += least
        high[place] += most
    return Tally(
        Sums(points, awarded, bonus[0], penalty[0]),
        Sums(all_points, low, bonus[1], penalty[1]),
        Sums(all_points, high, bonus[2], penalty[2]),
        complete, seen, applicable, checked,
    )  # fmt: skip


def extras(sums: Sums, compiled: CompiledTier) -> tuple[Number, Number]:
    """Give the bonus under its cap, and the penalty, in points."""
    scale, cap = compiled.context.scale, compiled.terms.bonus_cap
    bonus = quotient(sums.bonus, scale)
    return (cap if cap is not None and bonus > cap else bonus), quotient(sums.penalty, scale)


def has_score(found: Tally, compiled: CompiledTier) -> bool:
    """Tell whether there is a score: something of points in play; with a base, any rule that was checked."""
    if compiled.standard.scoring.model == "sum" and compiled.terms.base:
        return found.seen
    return any(found.value.points)


def total(sums: Sums, compiled: CompiledTier) -> Number | None:
    """Give the score of one side, None where there is nothing to divide by."""
    terms, raw = compiled.terms, _raw(sums, compiled)
    if raw is None:
        return None
    bonus, penalty = extras(sums, compiled)
    if bonus or penalty:
        raw = raw + bonus - penalty
    if raw <= 0:
        return 0
    if terms.max_total is not None and raw > terms.max_total:
        return terms.max_total
    return exact_number(raw)


def _sum(values: list[Any]) -> Any:
    """Add up, whole numbers first."""
    broken = [v for v in values if type(v) is not int]
    return sum(broken, start=sum([v for v in values if type(v) is int]))


def _raw(sums: Sums, compiled: CompiledTier) -> Number | None:
    terms, model = compiled.terms, compiled.standard.scoring.model
    if model == "sum":
        return terms.base + quotient(_sum(sums.awarded), compiled.context.scale)
    if model == "normalised":
        points = sum(sums.points)
        return quotient(terms.full_marks * _sum(sums.awarded), points) if points else None
    parts = [(w, p, a) for w, p, a in zip(terms.weights, sums.points, sums.awarded, strict=True) if p]
    weight = sum(w for w, _, _ in parts)
    if not weight:
        return None
    shares = sum((w * Fraction(a) / p for w, p, a in parts), start=Fraction(0))
    return exact_number(terms.full_marks * shares / weight)


def round_score(value: Number, rounding: Rounding | None) -> Number:
    """Round a score as the standard declares, before it is graded; None leaves it as it is."""
    if rounding is None or type(value) is int:
        return value
    whole = value.denominator
    floor, rest = divmod(value.numerator * 10**rounding.places, whole)
    match rounding.mode:
        case "half_up":
            floor += 2 * rest >= whole
        case "half_even":
            floor += 2 * rest > whole or (2 * rest == whole and floor % 2 == 1)
        case "ceil":
            floor += rest > 0
    return quotient(floor, 10**rounding.places)
