"""Grades that nobody can get, pass marks without effect, and vetoes that cap nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plsp_audit.model.problem import Problem
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import ResolvedStandard, Rounding
from plsp_audit.standards.lint_base import SCORED, at_rule, tiers_rules, view, warning
from plsp_audit.standards.reach import reach
from plsp_audit.standards.resolve import Resolution

ZERO = Fraction(0)


def find(resolution: Resolution) -> Iterator[Problem]:
    """Give the findings of grades, pass marks and vetoes."""
    yield from _reached(resolution)
    yield from _pass_marks(resolution)
    yield from _vetoes(resolution)


def rounded(value: Fraction, rounding: Rounding | None) -> Fraction:
    """Round a score as the standard declares."""
    if rounding is None:
        return value
    scaled = value * 10**rounding.places
    floor = scaled.numerator // scaled.denominator
    rest, half = scaled - floor, Fraction(1, 2)
    up = {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and floor % 2 == 1),
        "floor": False,
        "ceil": rest > 0,
    }[rounding.mode]
    return Fraction(floor + up, 10**rounding.places)


def _entry(start: Fraction, rounding: Rounding | None) -> Fraction:
    """Give the lowest rounded score that is at or above a grade's start."""
    if rounding is None:
        return start
    return rounded(start, Rounding(places=rounding.places, mode="ceil"))


def span(resolution: Resolution, tier: str) -> tuple[Fraction, Fraction]:
    """Give bounds that no score of a tier is outside of."""
    standard, scoring = resolution.standard, resolution.standard.scoring
    here = view(resolution, tier)
    rules = standard.rules.get(tier, ())
    scored = [(rule.points, reach(rule, here)) for rule in rules if rule.level in SCORED and rule.points]
    bonus = sum((reach(r, here).high for r in rules if r.level == "bonus"), start=ZERO)
    bonus = bonus if scoring.bonus_cap is None else min(bonus, scoring.bonus_cap)
    penalty = sum((r.points - reach(r, here, True).low for r in rules if r.level == "penalty"), start=ZERO)
    if scoring.model == "sum":
        # Any rule may be waived, and its points are then lost.
        low = scoring.base + sum((min(r.low, ZERO) for _, r in scored), start=ZERO)
        high = scoring.base + sum((max(r.high, ZERO) for _, r in scored), start=ZERO)
    else:
        # A mean of the rules in play lies between the worst and the best of them.
        low = scoring.full_marks * min((r.low / points for points, r in scored), default=ZERO)
        high = scoring.full_marks * max((r.high / points for points, r in scored), default=ZERO)
    low, high = max(low - penalty, ZERO), high + bonus
    return (low, high) if scoring.max_total is None else (min(low, scoring.max_total), min(high, scoring.max_total))


def _capped_to(standard: ResolvedStandard) -> set[str]:
    """Give the grades that a veto or a missed pass mark leads to."""
    found = {r.veto for rules in standard.rules.values() for r in rules if r.veto is not None and r.level != "info"}
    cap = standard.scoring.below_pass_mark
    if cap is not None and any(d.pass_mark is not None for d in standard.dimensions):
        found.add(cap)
    return found


def _reached(resolution: Resolution) -> Iterator[Problem]:
    standard, rounding = resolution.standard, resolution.standard.scoring.rounding
    spans = {t.id: span(resolution, t.id) for t in standard.tiers if standard.rules.get(t.id)}
    capped = _capped_to(standard)
    for number, grade in enumerate(standard.grades):
        place = resolution.entry_place("grades", grade.id, "from")
        start = _entry(grade.from_, rounding)
        above = standard.grades[number - 1] if number else None
        if grade.id in capped:
            continue
        if above is not None and _entry(above.from_, rounding) <= start:
            yield warning("grade_rounded_away", place, grade=grade.title, start=grade.from_, better=above.title)
            continue
        for tier, (low, high) in spans.items():
            best, worst = rounded(high, rounding), rounded(low, rounding)
            if best < grade.from_:
                yield warning("grade_too_high", place, grade=grade.title, start=grade.from_, tier=tier, best=best)
            elif above is not None and worst >= above.from_:
                yield warning("grade_too_low", place, grade=grade.title, tier=tier, worst=worst, better=above.title)


def _pass_marks(resolution: Resolution) -> Iterator[Problem]:
    standard = resolution.standard
    cap = standard.scoring.below_pass_mark
    marked = [d for d in standard.dimensions if d.pass_mark is not None]
    if cap is not None and not marked:
        yield warning("no_pass_mark", resolution.entry_place("scoring", "below_pass_mark"), grade=cap)
    if cap is not None and standard.grades and cap == standard.grades[0].id:
        yield warning("cap_is_best", resolution.entry_place("scoring", "below_pass_mark"), grade=cap)
    for dimension in marked:
        mark = dimension.pass_mark or ZERO
        place = resolution.entry_place("dimensions", dimension.id, "pass_mark")
        if cap is None:
            yield warning("pass_mark_idle", place, dimension=dimension.id)
        if not 0 < mark <= 100:
            yield warning("pass_mark_outside", place, dimension=dimension.id, mark=mark)


def _vetoes(resolution: Resolution) -> Iterator[Problem]:
    best = resolution.standard.grades[0].id if resolution.standard.grades else None
    for tier, rule in tiers_rules(resolution):
        for code in _veto_faults(rule, best):
            key = "veto_on" if code == "veto_on_idle" else "veto"
            yield at_rule(resolution, tier, rule, (key,), code, grade=rule.veto or "")


def _veto_faults(rule: Rule, best: str | None) -> Iterator[str]:
    if rule.veto is None:
        if rule.veto_on != "loss":
            yield "veto_on_idle"
        return
    if rule.level == "info":
        yield "veto_on_info"
    elif rule.level == "bonus":
        yield "veto_on_bonus"
    elif rule.veto == best:
        yield "veto_is_best"
