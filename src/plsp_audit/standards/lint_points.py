"""Points that do not add up, and points that a sum simply loses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plsp_audit.model.problem import Problem
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import Dimension
from plsp_audit.standards.amounts import View
from plsp_audit.standards.lint_base import SCORED, at_rule, shown, tiers_rules, view, warning
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.truth import may_not_apply


def find(resolution: Resolution) -> Iterator[Problem]:
    """Give the findings of dimensions, totals and the policies of a sum."""
    for dimension in resolution.standard.dimensions:
        yield from _dimension(resolution, dimension)
    yield from _totals(resolution)
    yield from _lost(resolution)


def _levels(resolution: Resolution) -> tuple[str, ...]:
    """Give the levels whose points a source counts: on a sheet that only deducts, the penalties."""
    scoring = resolution.standard.scoring
    scored = any(rule.level in SCORED for _, rule in tiers_rules(resolution))
    return SCORED if scored or scoring.model != "sum" or not scoring.base else ("penalty",)


def _sum(rules: tuple[Rule, ...], levels: tuple[str, ...], dimension: str | None = None) -> Fraction:
    wanted = (r.points for r in rules if r.level in levels and dimension in (None, r.dimension))
    return sum(wanted, start=Fraction(0))


def _dimension(resolution: Resolution, dimension: Dimension) -> Iterator[Problem]:
    standard, did = resolution.standard, dimension.id
    levels = _levels(resolution)
    if not any(rule.dimension == did for _, rule in tiers_rules(resolution)):
        yield warning("dimension_unused", resolution.entry_place("dimensions", did), dimension=did)
        return
    if standard.scoring.model == "weighted" and not dimension.weight:
        yield warning("weight_zero", resolution.entry_place("dimensions", did, "weight"), dimension=did)
    if dimension.points is None:
        return
    by_tier = isinstance(dimension.points, dict)
    given = dimension.points
    printed = given if isinstance(given, dict) else {t.id: given for t in standard.tiers}
    for tier, points in printed.items():
        path: tuple[str, ...] = ("points", tier) if by_tier else ("points",)
        place = resolution.entry_place("dimensions", did, *path)
        if standard.tier(tier) is None:
            yield warning("no_such_tier", place, tier=tier, known=" ".join(t.id for t in standard.tiers))
            continue
        found = _sum(standard.rules.get(tier, ()), levels, did)
        if found != points:
            own = resolution.place("extends")
            code, place = ("dimension_points", place) if place.file == own.file else ("dimension_points_child", own)
            yield warning(code, place, dimension=did, tier=tier, printed=points, found=found)
    for tier, rules in standard.rules.items():
        found = _sum(rules, levels, did)
        if tier not in printed and found:
            place = resolution.entry_place("dimensions", did, "points")
            yield warning("dimension_tier_left_out", place, dimension=did, tier=tier, found=found)


def _totals(resolution: Resolution) -> Iterator[Problem]:
    standard, scoring = resolution.standard, resolution.standard.scoring
    bonus = any(rule.level == "bonus" for _, rule in tiers_rules(resolution))
    if scoring.bonus_cap is not None and scoring.bonus_cap and not bonus:
        yield warning("bonus_cap_unused", resolution.entry_place("scoring", "bonus_cap"))
    if scoring.max_total is not None and scoring.max_total < scoring.full_marks:
        place = resolution.entry_place("scoring", "max_total")
        yield warning("max_below_full", place, most=scoring.max_total, full=scoring.full_marks)
    for tier in standard.tiers:
        rules = standard.rules.get(tier.id, ())
        total = scoring.base + _sum(rules, SCORED)
        if scoring.model == "sum" and rules and total != scoring.full_marks:
            place = resolution.entry_place("tiers", tier.id)
            parts = {"base": scoring.base, "points": total - scoring.base}
            yield warning("sum_not_full", place, tier=tier.id, total=total, full=scoring.full_marks, **parts)
        if rules and not total:
            yield warning("tier_without_points", resolution.entry_place("tiers", tier.id), tier=tier.id)


def _lost(resolution: Resolution) -> Iterator[Problem]:
    """Under `sum`, what is left out is not made up for by the rest (spec section 4)."""
    standard, scoring = resolution.standard, resolution.standard.scoring
    scored = [(tier, rule) for tier, rule in tiers_rules(resolution) if rule.level in SCORED]
    if scoring.model != "sum" or not scored:
        return
    if scoring.not_checked == "exclude":
        yield warning("lost_not_checked", resolution.entry_place("scoring", "not_checked"))
    if "waivers" not in scoring.assumed:
        yield warning("lost_waived", resolution.entry_place("scoring", "model"))
    for tier, rule in scored:
        policy = rule.not_applicable or standard.scoring.not_applicable
        if policy == "exclude" and rule.points and _leaves(rule, view(resolution, tier)):
            yield at_rule(resolution, tier, rule, (), "lost_not_applicable", points=shown(rule.points))


def _leaves(item: Rule | Part, here: View) -> bool:
    """Tell whether a rule or part can be not applicable."""
    if item.when is not None or item.na_allowed:
        return True
    if isinstance(item, Rule) and item.parts is not None:
        return all(_leaves(part, here) for part in item.parts)
    if item.check is not None:
        return may_not_apply(item.check, here)
    return may_not_apply(getattr(item.award, "over", None) or getattr(item.award, "per", None), here)
