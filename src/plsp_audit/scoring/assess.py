"""Rules to outcomes, outcomes to score and grade: one inspection under one compiled tier (spec section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from plsp_audit.model.result import State, Status
from plsp_audit.model.site import Inspection, Judgement
from plsp_audit.model.standard import Dimension, Scoring
from plsp_audit.model.values import Number, quotient
from plsp_audit.scoring.compile import CompiledRule, CompiledTier
from plsp_audit.scoring.judgements import site_fields
from plsp_audit.scoring.outcome import Core, as_penalty
from plsp_audit.scoring.tally import CHECKED, Sums, Tally, extras, has_score, round_score, tally, total
from plsp_audit.scoring.verdict import Scope

Side = Literal["value", "low", "high"]
MEMO = 1000
SCORED = ("required", "recommended")


class Outcome(NamedTuple):
    """A rule's outcome with level, policy and waiver applied, in the tier's units of points.

    Attributes:
        core: What it would be without the waiver.
        settled: It is checked, in play, has no open bounds, and all its points are whole: most outcomes are so, and
            can be added up without a further look.
    """

    compiled: CompiledRule
    state: State
    awarded: Number
    low: Number
    high: Number
    core: Core
    waived: bool = False
    expired: bool = False
    settled: bool = False


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
    found, look = [], inspection.facts.get
    for rule in compiled.rules:
        inputs, outcome = rule.inputs, None
        if inputs is not None and not rule.judged and not (declared and rule.may_be_na):
            outcome = rule.seen.get(look(inputs[0]) if len(inputs) == 1 else tuple(map(look, inputs)))
        if outcome is None:
            outcome = _outcome(rule, scope, judged, declared)
        waiver = waivers.get(rule.rule.id) if waivers else None
        if waiver is not None:
            if waiver.until is not None and date.fromisoformat(waiver.until) < inspection.on:
                outcome = outcome._replace(expired=True)
            else:
                outcome = outcome._replace(state="waived", awarded=0, low=0, high=0, waived=True, settled=False)
        found.append(outcome)
    return tuple(found)


def _outcome(rule: CompiledRule, scope: Scope, judged: Mapping[str, Any], declared: Mapping[str, str]) -> Outcome:
    """Evaluate one rule, or find what it came to when the same was seen before."""
    inputs = rule.inputs
    if inputs is None or (declared and rule.may_be_na):
        return _levelled(rule, rule.evaluate(scope, judged, declared))
    facts = scope.facts
    key: Any = facts.get(inputs[0]) if len(inputs) == 1 else tuple(map(facts.get, inputs))
    if rule.judged:
        key = key, tuple([_awarded(judged.get(name)) for name in rule.judged])
    outcome = rule.seen.get(key)
    if outcome is None:
        outcome = _levelled(rule, rule.evaluate(scope, judged, declared))
        if len(rule.seen) < MEMO:
            rule.seen[key] = outcome
    return outcome


def _awarded(given: Judgement | tuple[Judgement, ...] | None) -> Any:
    """Give what counts of a judgement, as something to look up by."""
    if given is None:
        return None
    return tuple([(j.points, j.deduct) for j in (given if isinstance(given, tuple) else (given,))])


def _levelled(rule: CompiledRule, core: Core) -> Outcome:
    level = rule.rule.level
    if level == "info":
        return Outcome(rule, "info", 0, 0, 0, core)
    if core.state == "not_applicable":
        full = rule.points if rule.policy == "full" and level in SCORED else 0
        return Outcome(rule, "not_applicable", full, full, full, core)
    if level == "penalty":
        core = as_penalty(core, rule.points)
    whole = type(rule.points) is int and type(core.low) is int and type(core.high) is int
    settled = whole and rule.place is not None and core.state in CHECKED and core.low == core.high
    return Outcome(rule, core.state, core.low, core.low, core.high, core, settled=settled)


def _grade(rounded: Number, compiled: CompiledTier) -> int:
    grades = compiled.terms.grades
    return next((i for i, start in enumerate(grades) if rounded >= start), len(grades) - 1)


def triggers(outcome: Outcome, scoring: Scoring, side: Side = "value") -> bool:
    """Tell whether a rule that has a veto triggers it."""
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


def _caps(vetoes: Iterable[Outcome], sums: Sums, compiled: CompiledTier, side: Side) -> list[tuple[str, int]]:
    """Give every rule and dimension that caps the grade, with the best grade it leaves.

    Args:
        vetoes: The outcomes of the rules that have a veto.
        sums: The points of the side.
        compiled: Grades and pass marks.
        side: The value or a bound.
    """
    standard = compiled.standard
    caps = [
        (o.compiled.rule.id, standard.grade_rank(o.compiled.rule.veto))
        for o in vetoes
        if o.compiled.rule.veto is not None and triggers(o, standard.scoring, side)
    ]
    if standard.scoring.below_pass_mark is not None:
        rank = standard.grade_rank(standard.scoring.below_pass_mark)
        for dimension, points, awarded in zip(compiled.dimensions, sums.points, sums.awarded, strict=True):
            if dimension.pass_mark is not None and points and quotient(awarded * 100, points) < dimension.pass_mark:
                caps.append((dimension.id, rank))
    return caps


def _graded(
    found: Tally, compiled: CompiledTier, outcomes: Sequence[Outcome], values: Mapping[Side, Number], rounded: Number
) -> tuple[dict[Side, int], tuple[str, ...]]:
    """Give the grade of the value and of both bounds, and what caps the value's."""
    vetoes = [outcomes[place] for place in compiled.vetoes]
    sums: dict[Side, Sums] = {"value": found.value, "low": found.low, "high": found.high}
    grades: dict[Side, int] = {}
    capped: tuple[str, ...] = ()
    for side, value in values.items():
        mark = rounded if side == "value" else round_score(value, compiled.standard.scoring.rounding)
        own = _grade(mark, compiled)
        caps = [(name, rank) for name, rank in _caps(vetoes, sums[side], compiled, side) if rank > own]
        grades[side] = max([own, *(rank for _, rank in caps)])
        if side == "value":
            capped = tuple(name for name, _ in caps)
    return grades, capped


def assess(compiled: CompiledTier, inspection: Inspection) -> Assessment:
    """Score and grade one inspection. Pure: same inspection, same standard, same assessment."""
    return assessed(compiled, evaluate(compiled, inspection))


def assessed(compiled: CompiledTier, outcomes: tuple[Outcome, ...]) -> Assessment:
    """Score and grade the outcomes of a tier's rules, in the order of the rules, wherever they come from."""
    found = tally(compiled, outcomes)
    value = total(found.value, compiled) if has_score(found, compiled) else None
    low = high = value
    if value is None or not found.complete:
        low, high = total(found.low, compiled), total(found.high, compiled)
    rounded = None if value is None else round_score(value, compiled.standard.scoring.rounding)
    grades: dict[Side, int] = {}
    capped: tuple[str, ...] = ()
    if value is not None and rounded is not None:
        values: dict[Side, Number] = {"value": value, "low": low or 0, "high": high or 0}
        grades, capped = _graded(found, compiled, outcomes, values, rounded)
    bonus, penalty = extras(found.value, compiled)
    return Assessment(
        outcomes=outcomes,
        status="no_score" if value is None else "rated",
        complete=found.complete,
        value=value,
        rounded=rounded,
        low=low or 0,
        high=high or 0,
        grade=grades.get("value"),
        grade_low=grades.get("low"),
        grade_high=grades.get("high"),
        capped_by=capped,
        applicable=found.applicable,
        checked=found.checked,
        bonus=bonus,
        penalty=penalty,
        dimensions=tuple(
            map(DimensionTotal, compiled.dimensions, found.value.points, found.value.awarded, found.low.awarded,
                found.high.awarded)
        ),
    )  # fmt: skip
