"""Rules that can never reach zero or full marks, and checks that are always or never met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plsp_audit.model.awards import DeductAward, JudgedAward, JudgedBranch, OverAward, TimesValue, WhenBranch
from plsp_audit.model.checks import JudgedCheck
from plsp_audit.model.problem import Problem, enumerated
from plsp_audit.model.rules import Part, Rule
from plsp_audit.standards.amounts import View, least, measured_as, most
from plsp_audit.standards.lint_base import Path, at_rule, items, shown, tiers_rules, view
from plsp_audit.standards.reach import reach
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.truth import can


def find(resolution: Resolution) -> Iterator[Problem]:
    """Give the findings of every rule."""
    for tier, rule in tiers_rules(resolution):
        here = view(resolution, tier)
        for name, item, path in items(rule):
            faults = [*_truths(item, here), *_awards(item, here)]
            if not any(code in ("never_met", "always_met") and at == ("check",) for code, at, _ in faults):
                faults += _ends(rule, item, here)
            for code, at, params in faults:
                yield at_rule(resolution, tier, rule, (*path, *at), code, name, **params)
        if rule.parts is not None:
            if rule.when is not None:
                for code, at, params in _truth(rule.when, ("when",), here):
                    yield at_rule(resolution, tier, rule, at, code, **params)
            total = sum(p.points for p in rule.parts)
            if total < rule.points:
                yield at_rule(resolution, tier, rule, ("points",), "parts_below", most=total, points=rule.points)


Fault = tuple[str, Path, dict[str, Any]]


def _truth(check: Any, path: Path, here: View) -> Iterator[Fault]:
    able = can(check, here)
    if not able.yes:
        yield "never_met", path, {}
    elif not able.no:
        yield "always_met", path, {}


def _truths(item: Rule | Part, here: View) -> Iterator[Fault]:
    if item.check is not None and not isinstance(item.check, JudgedCheck):
        yield from _truth(item.check, ("check",), here)
    if item.when is not None:
        yield from _truth(item.when, ("when",), here)
    if isinstance(item.award, DeductAward):
        for number, branch in enumerate(item.award.deduct):
            if isinstance(branch, WhenBranch):
                yield from _truth(branch.when, ("award", "deduct", number, "when"), here)


def _ends(rule: Rule, item: Rule | Part, here: View) -> Iterator[Fault]:
    """Say what the worst and the best are where they are not zero and full."""
    if rule.level == "info" or not item.points:
        return
    penalty = rule.level == "penalty"
    found = reach(item, here, penalty)
    path = ("award",) if item.award is not None else ("check",)
    if found.low > 0:
        cost = {"most": item.points - found.low} if penalty else {"least": found.low}
        yield "penalty_never_whole" if penalty else "never_zero", path, {**cost, "points": item.points}
    if found.high < item.points:
        cost = {"least": item.points - found.high} if penalty else {"most": found.high}
        yield "penalty_never_free" if penalty else "never_full", path, {**cost, "points": item.points}


def _awards(item: Rule | Part, here: View) -> Iterator[Fault]:
    award = item.award
    if isinstance(award, OverAward) and award.steps is not None:
        yield from _steps(award, item, here)
    elif isinstance(award, DeductAward):
        for number, branch in enumerate(award.deduct):
            cap = most(getattr(branch, "at_most", None), here)
            one = most(branch.judged[1] if isinstance(branch, JudgedBranch) else branch.points, here)
            if cap is not None and one is not None and cap < one:
                yield "cap_below_one", ("award", "deduct", number, "at_most"), {"cap": cap, "one": one}
    elif isinstance(award, JudgedAward):
        outside = [c for c in award.judged.choices or [] if not 0 <= c <= item.points]
        if outside:
            given = {"choices": enumerated(map(shown, outside)), "points": item.points}
            yield "choice_outside", ("award", "judged", "choices"), given


def _steps(award: OverAward, item: Rule | Part, here: View) -> Iterator[Fault]:
    declared = measured_as(award.over, here)
    lowest = None
    for number, (bound, value) in enumerate(award.steps or []):
        path = ("award", "steps", number)
        start = most(bound, here, declared)
        if lowest is not None and start is not None and start >= lowest:
            yield "step_unreached", path, {"number": number + 1, "bound": str(bound)}
        bottom = least(bound, here, declared)
        if bottom is not None:
            lowest = bottom if lowest is None else min(lowest, bottom)
        worth = None if isinstance(value, TimesValue) else most(value, here)
        if worth is not None and worth > item.points:
            yield "step_over", path, {"number": number + 1, "value": worth, "points": item.points}
