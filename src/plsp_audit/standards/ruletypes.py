"""What makes a rule unfit to be scored: names, literals, awards, grades and dimensions that do not fit."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from plsp_audit.model.awards import (
    DeductAward,
    EachMetAward,
    EachMissingAward,
    JudgedBranch,
    MissingBranch,
    OverAward,
    PerAward,
    PerBranch,
    TimesValue,
    WhenBranch,
)
from plsp_audit.model.problem import InputError, Place, Problem, Worded, bracketed, enumerated
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.resolve import Resolution, UnresolvedError
from plsp_audit.standards.typecheck import DATE, NUMBER, Path, TypeChecker, rows_of


def _elsewhere(place: Place, resolution: Resolution) -> bool:
    """Tell whether a rule stands in the folder of another standard than the one that is checked."""
    return PurePath(place.file).parent != PurePath(resolution.place("id").file).parent


def errors(resolution: Resolution) -> list[Problem]:
    """Give everything for which a standard cannot be scored, each at its place. Empty: it can."""
    standard = resolution.standard
    problems = _standard_errors(resolution)
    for tier, rules in standard.rules.items():
        for rule in rules:
            checker = TypeChecker(standard.facts, [t.id for t in standard.tiers])
            _rule(checker, rule, standard)
            for fault in rows_of(checker.faults):
                place = resolution.rule_place(tier, rule.id, *fault.path)
                if fault.code == "no_such_grade" and _elsewhere(place, resolution):
                    place = resolution.place("grades")  # the grade went when this standard wrote its own
                problems.append(Problem(f"rules.{fault.code}", {"rule": rule.id, **fault.params}, place))
    return problems


def all_problems(error: InputError) -> list[Problem]:
    """Give what `resolve` found wrong, and what is wrong with the rules that could be read all the same."""
    partial = error.partial if isinstance(error, UnresolvedError) else None
    more = errors(partial) if partial is not None else []
    # A parameter that does not exist has been told already, and stands in the rule as it is written.
    return [*error.problems, *(p for p in more if not p.params.get("value", "").startswith("$"))]


def _standard_errors(resolution: Resolution) -> list[Problem]:
    standard = resolution.standard
    cap = standard.scoring.below_pass_mark
    grades = [g.id for g in standard.grades]
    found = []
    if cap is not None and cap not in grades:
        params = {"grade": cap, "known": _grade_names(standard)}
        place = resolution.entry_place("scoring", "below_pass_mark")
        found.append(Problem("rules.no_such_grade", {"rule": "scoring", **params}, place))
    for tier in standard.tiers:
        read = any(found == tier.id for found, _ in resolution.rules)
        if not standard.rules.get(tier.id) and not read and not resolution.pack.problems:
            found.append(Problem("standard.tier_without_rules", {"tier": tier.id}, resolution.place("tiers")))
    return found


def _grade_names(standard: ResolvedStandard) -> Worded:
    return enumerated(bracketed(g.id, g.title) for g in standard.grades)


def _rule(checker: TypeChecker, rule: Rule, standard: ResolvedStandard) -> None:
    dimensions = [d.id for d in standard.dimensions]
    if dimensions and rule.dimension not in dimensions:
        there = enumerated(bracketed(d.id, d.title) for d in standard.dimensions)
        checker.fault("no_such_dimension", ("dimension",), dimension=rule.dimension, known=there)
    grades = [g.id for g in standard.grades]
    if rule.veto is not None and rule.veto not in grades:
        checker.fault("no_such_grade", ("veto",), grade=rule.veto, known=_grade_names(standard))
    if rule.veto is not None and not rule.points and rule.check is None:
        checker.fault("veto_needs_check", ("veto",))
    if standard.source(rule.clause.source) is None:
        known = enumerated(s.id for s in standard.sources)
        checker.fault("no_such_source", ("clause",), source=rule.clause.source, known=known)
    _check_award(checker, rule, ())
    for number, part in enumerate(rule.parts or []):
        _check_award(checker, part, ("parts", number))


def _check_award(checker: TypeChecker, one: Rule | Part, path: Path) -> None:
    if one.when is not None:
        checker.check(one.when, (*path, "when"))
    if one.check is not None:
        checker.check(one.check, (*path, "check"), top=True)
    if one.award is not None:
        _award(checker, one.award, (*path, "award"))


def _award(checker: TypeChecker, award: Any, path: Path) -> None:
    match award:
        case EachMissingAward():
            checker.number(award.each_missing, (*path, "each_missing"))
        case EachMetAward():
            checker.number(award.each_met, (*path, "each_met"))
        case OverAward():
            _over(checker, award, path)
        case PerAward():
            _counted(checker, award.per, (*path, "per"))
            checker.number(award.points, (*path, "points"))
        case DeductAward():
            _deduct(checker, award, path)


def _counted(checker: TypeChecker, per: Any, path: Path) -> None:
    declared = checker.measure(per, path)
    if declared is not None and declared.type == "date":
        checker.fault("not_measurable", path, name=str(per), type="date")


def _over(checker: TypeChecker, award: OverAward, path: Path) -> None:
    declared = checker.measure(award.over, (*path, "over"))
    bound = DATE if declared is not None and declared.type == "date" else NUMBER
    for number, (start, value) in enumerate(award.steps or []):
        checker.operand(start, bound, (*path, "steps", number))
        checker.number(value.times if isinstance(value, TimesValue) else value, (*path, "steps", number))
        if isinstance(value, TimesValue) and bound is DATE:
            checker.fault("times_of_date", (*path, "steps", number))
    for key in ("per_unit", "below", "unit"):
        checker.number(getattr(award, key), (*path, key))
    if isinstance(award.unit, str) and award.unit.strip() in ("0", "0.0"):
        checker.fault("unit_zero", (*path, "unit"))
    if award.steps is None and bound is DATE:
        checker.fault("per_unit_of_date", path)


def _deduct(checker: TypeChecker, award: DeductAward, path: Path) -> None:
    judged = 0
    for number, branch in enumerate(award.deduct):
        place = (*path, "deduct", number)
        match branch:
            case WhenBranch():
                checker.check(branch.when, (*place, "when"))
            case PerBranch():
                _counted(checker, branch.per, (*place, "per"))
            case MissingBranch():
                checker.check(branch.missing_of, (*place, "missing_of"))
            case JudgedBranch():
                judged += 1
                for end in branch.judged:
                    checker.number(end, (*place, "judged"))
                _range(checker, branch, place)
        for key in ("points", "at_most"):
            checker.number(getattr(branch, key, None), (*place, key))
        endless = isinstance(branch, PerBranch | MissingBranch) or (isinstance(branch, JudgedBranch) and branch.each)
        if award.floor == "none" and endless and getattr(branch, "at_most", None) is None:
            checker.fault("floor_needs_at_most", place)
    if judged > 1:
        checker.fault("two_judged", path)


def _range(checker: TypeChecker, branch: JudgedBranch, place: Path) -> None:
    from plsp_audit.model.base import exact

    ends = [e for e in branch.judged if isinstance(e, str)]
    if len(ends) == 2:
        try:
            low, high = (exact(e) for e in ends)
        except ValueError:
            return
        if not 0 <= low <= high:
            checker.fault("judged_range", place, low=ends[0], high=ends[1])
