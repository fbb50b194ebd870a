"""The rectification list (整改清单) of one site: every defect with its remedy, points to gain and deadline."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
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
    return -result.awarded if result.level == "penalty" else result.points - result.awarded


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
    places = {r.id: i for i, r in enumerate(result.rules or [])}
    wanting.sort(key=lambda r: (ORDER[priority_of(rules[r.id], r)], -points_lost(r), places[r.id]))
    found = []
    for number, item in enumerate(wanting, start=1):
        rule = rules[item.id]
        due = date.fromisoformat(result.inspection.date) + timedelta(days=rule.days)
        found.append(Rectification.model_construct(
            no=number, rule=item.id, problem=item.reason or item.observed or item.title,
            requirement=item.required or item.title,
            remedy=rule.remedy or "", points_lost=points_lost(item), priority=priority_of(rule, item),
            due=due.isoformat(), owner=result.site.head,
        ))  # fmt: skip
    return found


def with_rectification(result: Result, standard: ResolvedStandard) -> Result:
    """Give the result with its rectification list."""
    if result.status == "not_rated":
        return result
    return result.model_copy(update={"rectification": rectification(result, standard)})
