"""A rule without its level, policy and waiver: check and award, condition, parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from plsp_audit.model.awards import BY_CHECK, DeductAward, JudgedAward, PerAward, PerBranch
from plsp_audit.model.checks import JudgedCheck
from plsp_audit.model.result import State
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.values import Number, exact_number, quotient
from plsp_audit.scoring.awards import by_check, by_measure
from plsp_audit.scoring.checks import compile_check
from plsp_audit.scoring.operands import Context
from plsp_audit.scoring.outcome import Core, by_points, not_applicable, of_amount, of_check, waiting
from plsp_audit.scoring.verdict import NA, NO, UNKNOWN, Finding, Scope

Judged = Mapping[str, Any]
CoreFn = Callable[[Scope, Judged, Mapping[str, str]], Core]
"""Takes the site, the judgements by key, and the reasons by key of what was declared not applicable."""


def single(rule: Rule | Part, points: Number, key: str, ctx: Context, penalty: bool) -> CoreFn:
    """Compile a check with its award, or an award that stands alone."""
    award = rule.award
    if penalty and isinstance(award, PerAward):
        # for a penalty `per` says what each occurrence costs, not what it earns
        award = DeductAward(deduct=[PerBranch(per=award.per, points=award.points)])
    if isinstance(rule.check, JudgedCheck) and award is None:
        award = JudgedAward()
    if award is None or isinstance(award, BY_CHECK):
        check, to_points = compile_check(rule.check, ctx), by_check(award, points, ctx)

        def checked(scope: Scope, judged: Judged, declared: Mapping[str, str]) -> Core:
            finding = check(scope)
            return of_check(finding, to_points(finding, scope), points)

        return checked
    measure = by_measure(award, points, ctx)
    return lambda scope, judged, declared: of_amount(measure(scope, judged.get(key)), points)


def guarded(core: CoreFn, rule: Rule | Part, key: str, points: Number, ctx: Context) -> CoreFn:
    """Put the condition and the inspector's declaration before a rule or part."""
    when = compile_check(rule.when, ctx) if rule.when is not None else None
    if when is None and not rule.na_allowed:
        return core

    def conditional(scope: Scope, judged: Judged, declared: Mapping[str, str]) -> Core:
        if key in declared:
            return not_applicable("declared")
        verdict = when(scope).verdict if when is not None else None
        if verdict in (NO, NA):
            return not_applicable("when_no")
        found = core(scope, judged, declared)
        return waiting(found, points) if verdict == UNKNOWN else found

    return conditional


def of_parts(rule: Rule, points: Number, policy: str, ctx: Context) -> CoreFn:
    """Compile a rule of parts: re-weighted over the parts in play, capped at the rule's points."""
    parts = rule.parts or []
    cores = []
    for number, part in enumerate(parts, start=1):
        key, worth = f"{rule.id}/{number}", exact_number(part.points * ctx.scale)
        one = single(part, worth, key, ctx, rule.level == "penalty")
        cores.append((worth, guarded(one, part, key, worth, ctx)))
    total = sum((worth for worth, _ in cores), start=0)

    def found(scope: Scope, judged: Judged, declared: Mapping[str, str]) -> Core:
        done = tuple(core(scope, judged, declared) for _, core in cores)
        low: Any = 0
        high: Any = 0
        in_play: Any = 0
        for (worth, _), part in zip(cores, done, strict=True):
            if part.state != "not_applicable":
                low, high, in_play = low + part.low, high + part.high, in_play + worth
            elif policy == "full":
                low, high, in_play = low + worth, high + worth, in_play + worth
            elif policy == "zero":
                in_play += worth
        live = [part for part in done if part.state != "not_applicable"]
        if not live or (not in_play and total):
            return not_applicable(parts=done)
        if in_play != total:
            low, high = quotient(low * total, in_play), quotient(high * total, in_play)
        low, high = exact_number(min(low, points)), exact_number(min(high, points))
        return _joined(done, live, low, high, points)

    return found


def _joined(done: tuple[Core, ...], live: list[Core], low: Number, high: Number, points: Number) -> Core:
    """Give the state of a rule of parts: not checked if any part is, else by the sum."""
    state: State
    at_low: State
    at_high: State
    missing: tuple[str, ...]
    if points > 0:
        state = at_low = by_points(low, points)
        at_high = at_low if low == high else by_points(high, points)
    else:
        state = at_low = "fail" if any(p.state_low in ("fail", "partial") for p in live) else "pass"
        at_high = "fail" if any(p.state_high in ("fail", "partial") for p in live) else "pass"
    verdict, asked, met, unknown, missing = NA, 0, 0, 0, ()
    for part in live:
        found = part.finding
        verdict = min(verdict, found.verdict)
        asked, met, unknown = asked + found.asked, met + found.met, unknown + found.unknown
        if found.missing:
            missing += found.missing
        if part.state == "not_checked":
            state = "not_checked"
    return Core(state, low, high, at_low, at_high, Finding(verdict, asked, met, unknown, missing), parts=done)
