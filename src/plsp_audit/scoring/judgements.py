"""Judgements held against what a rule lets the inspector decide."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from plsp_audit.model.awards import DeductAward, JudgedAward, JudgedBranch, JudgedSpec
from plsp_audit.model.base import number_text
from plsp_audit.model.problem import enumerated
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.site import Inspection
from plsp_audit.model.values import Fault
from plsp_audit.scoring.compile import CompiledTier, judged_places
from plsp_audit.scoring.operands import NO_VALUE, Context, Operand, number_operand
from plsp_audit.scoring.verdict import Scope


def site_fields(inspection: Inspection) -> dict[str, str | None]:
    """Give the fields of the site block that checks may name."""
    site = inspection.site
    return {
        "tier": site.tier,
        "id": site.id,
        "name": site.name,
        "province": site.province,
        "city": site.city,
        "county": site.county,
        "town": site.town,
        "village": site.village,
    }


class JudgementLimits:
    """What the inspector may decide on each judged rule of a tier, and how high a self score may be."""

    def __init__(self, compiled: CompiledTier) -> None:
        self._judged: dict[str, tuple[Rule | Part, tuple[Operand, Operand] | None]] = {}
        self._points = {rule.rule.id: rule.rule.points for rule in compiled.rules}
        for rule in (r.rule for r in compiled.rules):
            for key, one in judged_places(rule):
                self._judged[key] = (one, _range(one, compiled.context))

    def faults(self, inspection: Inspection) -> list[Fault]:
        """Give what is wrong with the judgements: outside the points, the steps, the choices or the range."""
        found: list[Fault] = []
        scope = None
        for key, judged in inspection.judgements.items():
            one, ends = self._judged[key]
            if ends is None:
                found += _points_faults(key, one, judged)
            else:
                scope = scope or Scope(inspection.facts, site_fields(inspection))
                found += _deduct_faults(key, judged, *(end.get(scope) for end in ends))
        for rule, given in inspection.self_scores.items():
            points = self._points.get(rule)
            if points is not None and not 0 <= abs(given) <= points:
                params = {"key": rule, "given": number_text(given), "points": number_text(points)}
                found.append(Fault("self_score_too_high", params, ("self_scores", rule)))
        return found


def _range(one: Rule | Part, ctx: Context) -> tuple[Operand, Operand] | None:
    branches = one.award.deduct if isinstance(one.award, DeductAward) else []
    branch = next((b for b in branches if isinstance(b, JudgedBranch)), None)
    if branch is None:
        return None
    low, high = (number_operand(end, ctx) for end in branch.judged)
    return low, high


PLAIN = JudgedSpec()


def _deduct_faults(key: str, judged: Any, low: Any, high: Any) -> Iterator[Fault]:
    path = ("judgements", key)
    if low is None or high is None or low is NO_VALUE or high is NO_VALUE:
        return
    for number, item in enumerate(judged if isinstance(judged, tuple) else (judged,)):
        place = (*path, number) if isinstance(judged, tuple) else path
        if item.deduct and not low <= item.deduct <= high:
            params = {"key": key, "given": number_text(item.deduct), "low": number_text(Fraction(low)),
                      "high": number_text(Fraction(high))}  # fmt: skip
            yield Fault("deduct_out_of_range", params, place)


def _points_faults(key: str, one: Rule | Part, judged: Any) -> Iterator[Fault]:
    path = ("judgements", key)
    spec = one.award.judged if isinstance(one.award, JudgedAward) else PLAIN
    given, step = judged.points, spec.step
    if not given.numerator >= 0 or given > one.points:
        yield Fault("points_out_of_range", _given(key, one, given), path)
    elif spec.choices and given not in spec.choices:
        params = {**_given(key, one, given), "choices": enumerated(map(number_text, spec.choices))}
        yield Fault("points_not_a_choice", params, path)
    elif step and given.numerator * step.denominator % (given.denominator * step.numerator):
        yield Fault("points_off_step", {**_given(key, one, given), "step": number_text(step)}, path)


def _given(key: str, one: Rule | Part, given: Fraction) -> dict[str, str]:
    return {"key": key, "given": number_text(given), "points": number_text(one.points)}
