"""The rectification list (整改清单) of one site: every defect with its remedy, points to gain and deadline."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from plsp_audit.model.result import Rectification, Result, RuleResult
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import ResolvedStandard

Priority = Literal["veto", "required", "recommended"]
ORDER: dict[str, int] = {"veto": 0, "required": 1, "recommended": 2}


def priority_of(rule: Rule, result: RuleResult) -> Priority:
    """Tell how urgent a defect is: a veto that triggers, something required, something recommended."""
    if rule.veto is not None and (rule.veto_on == "loss" or result.state == "fail"):
        return "veto"
    return "recommended" if rule.level == "recommended" else "required"


def points_lost(result: RuleResult) -> Fraction:
    """Give the points a rule lost, in the standard's points."""
    if result.level == "penalty":
        return -result.awarded
    points, awarded = result.points, result.awarded
    return _difference(points.numerator, points.denominator, awarded.numerator, awarded.denominator)


def rectification(result: Result, standard: ResolvedStandard) -> list[Rectification]:
    """Give the list: vetoes first, then what is required by points lost, then what is recommended.

    The deadline is the inspection's date and the rule's days, counted as calendar days; the owner is the site's head.
    """
    rules = {rule.id: rule for rule in standard.rules.get(result.site.tier, ())}
    wanting = [
        r
        for r in result.rules or []
        if r.state in ("partial", "fail") and r.level in ("required", "recommended", "penalty")
    ]
    lines = [(r, priority_of(rules[r.id], r), points_lost(r)) for r in wanting]
    # whole numbers compare much faster than fractions do
    scale = math.lcm(*(lost.denominator for _, _, lost in lines))
    lines.sort(key=lambda line: (ORDER[line[1]], -line[2].numerator * (scale // line[2].denominator)))
    found = []
    for number, (item, priority, lost) in enumerate(lines, start=1):
        rule = rules[item.id]
        found.append(Rectification.told(
            no=number, rule=item.id, problem=item.reason or item.observed or item.title,
            requirement=item.required or item.title,
            remedy=rule.remedy or "", points_lost=lost, priority=priority,
            due=_due(result.inspection.date, rule.days), owner=result.site.head,
        ))  # fmt: skip
    return found


@lru_cache(maxsize=4096)
def _due(inspected: str, days: int) -> str:
    try:
        return (date.fromisoformat(inspected) + timedelta(days=days)).isoformat()
    except OverflowError:  # a calendar ends with the year 9999
        return date.max.isoformat()


@lru_cache(maxsize=65536)
def _difference(top: int, bottom: int, less_top: int, less_bottom: int) -> Fraction:
    return Fraction(top, bottom) - Fraction(less_top, less_bottom)


def with_rectification(result: Result, standard: ResolvedStandard) -> Result:
    """Give the result with its rectification list."""
    if result.status == "not_rated":
        return result
    return result.model_copy(update={"rectification": rectification(result, standard)})
