"""What a point of a rule is worth in percent of its tier's total."""

from __future__ import annotations

from fractions import Fraction

from plsp_audit.model.result import Level
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import ResolvedStandard

SCORED: tuple[Level, ...] = ("required", "recommended")
"""The levels whose points make up a tier's total."""


def total(rules: tuple[Rule, ...], dimension: str | None = None) -> Fraction:
    """Give the points that the required and recommended rules of a tier, or of one dimension, come to."""
    wanted = (r.points for r in rules if r.level in SCORED and dimension in (None, r.dimension))
    return sum(wanted, start=Fraction(0))


def shares(standard: ResolvedStandard, tier: str) -> dict[str, Fraction]:
    """Give by rule id what one point of it is in percent of the tier's total, all rules being in play.

    Points by which a bonus adds or a penalty takes off are points of the total themselves. Under `weighted` a point
    is worth what its dimension's weight makes of it; under `sum` the base belongs to the total. A rule that is never
    scored has no share.
    """
    rules = standard.rules.get(tier, ())
    scoring = standard.scoring
    whole = total(rules)
    full = scoring.base + whole if scoring.model == "sum" else scoring.full_marks
    weights = {d.id: d.weight for d in standard.dimensions if total(rules, d.id)}
    all_weights = sum(weights.values(), start=Fraction(0))
    found: dict[str, Fraction] = {}
    for rule in rules:
        if rule.level == "info":
            continue
        if rule.level not in SCORED or scoring.model == "sum":
            found[rule.id] = 100 / full if full else Fraction(0)
        elif scoring.model == "weighted" and rule.dimension in weights and all_weights:
            found[rule.id] = 100 * weights[rule.dimension] / all_weights / total(rules, rule.dimension)
        else:
            found[rule.id] = 100 / whole if whole else Fraction(0)
    return found
