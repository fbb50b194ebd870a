"""Judgements held against what a rule lets the inspector decide."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from plsp_audit.model.awards import DeductAward, JudgedAward, JudgedBranch
from plsp_audit.model.base import number_text
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.site import Inspection
from plsp_audit.model.values import Fault
from plsp_audit.scoring.compile import CompiledTier
from plsp_audit.scoring.operands import NO_VALUE, number_operand
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


def judgement_faults(compiled: CompiledTier, inspection: Inspection) -> list[Fault]:
    """Give what is wrong with the inspection's judgements: outside the points, the steps, the choices or the range."""
    faults: list[Fault] = []
    scope = Scope(inspection.facts, site_fields(inspection))
    for compiled_rule in compiled.rules:
        rule = compiled_rule.rule
        for number, one in enumerate(rule.parts or [rule], start=1):
            key = f"{rule.id}/{number}" if rule.parts else rule.id
            judged = inspection.judgements.get(key)
            if judged is not None:
                faults += _faults(key, one, judged, compiled, scope)
        given = inspection.self_scores.get(rule.id)
        if given is not None and not (0 <= abs(given) <= rule.points):
            params = {"key": rule.id, "given": number_text(given), "points": number_text(rule.points)}
            faults.append(Fault("self_score_too_high", params, ("self_scores", rule.id)))
    return faults


def _faults(key: str, one: Rule | Part, judged: Any, compiled: CompiledTier, scope: Scope) -> Iterator[Fault]:
    path = ("judgements", key)
    if isinstance(one.award, DeductAward):
        branch = next(b for b in one.award.deduct if isinstance(b, JudgedBranch))
        low, high = (number_operand(end, compiled.context).get(scope) for end in branch.judged)
        if low is None or high is None or low is NO_VALUE or high is NO_VALUE:
            return
        for number, item in enumerate(judged if isinstance(judged, tuple) else (judged,)):
            place = (*path, number) if isinstance(judged, tuple) else path
            if item.deduct is None:
                yield Fault("judgement_without_value", {"key": key, "wanted": "deduct"}, place)
            elif item.deduct != 0 and not low <= item.deduct <= high:
                params = {"key": key, "given": number_text(item.deduct), "low": number_text(Fraction(low)),
                          "high": number_text(Fraction(high))}  # fmt: skip
                yield Fault("deduct_out_of_range", params, place)
        return
    if judged.points is None:
        yield Fault("judgement_without_value", {"key": key, "wanted": "points"}, path)
        return
    spec = one.award.judged if isinstance(one.award, JudgedAward) else JudgedAward().judged
    given = {"key": key, "given": number_text(judged.points), "points": number_text(one.points)}
    if not 0 <= judged.points <= one.points:
        yield Fault("points_out_of_range", given, path)
    elif spec.choices and judged.points not in spec.choices:
        yield Fault("points_not_a_choice", {**given, "choices": "、".join(map(number_text, spec.choices))}, path)
    elif spec.step and (judged.points / spec.step).denominator != 1:
        yield Fault("points_off_step", {**given, "step": number_text(spec.step)}, path)
