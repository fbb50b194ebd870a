"""A tier's rules compiled once, to be evaluated on many sites."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plsp_audit.model.awards import (
    BY_CHECK,
    DeductAward,
    JudgedAward,
    JudgedBranch,
    MissingBranch,
    PerAward,
    PerBranch,
    ShareAward,
    WhenBranch,
)
from plsp_audit.model.checks import AllCheck, AnyCheck, EachCheck, FactCheck, JudgedCheck, MeasureCheck, NotCheck
from plsp_audit.model.result import State
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import Dimension, ResolvedStandard
from plsp_audit.model.values import Number, exact_number, quotient
from plsp_audit.scoring.awards import by_check, by_measure
from plsp_audit.scoring.checks import compile_check
from plsp_audit.scoring.operands import Context
from plsp_audit.scoring.outcome import Core, by_points, not_applicable, of_amount, of_check, waiting
from plsp_audit.scoring.verdict import NA, NO, UNKNOWN, Finding, Scope
from plsp_audit.standards.uses import fact_ids, looks_at_site

MAX_SCALE = 10**12
Judged = Mapping[str, Any]
CoreFn = Callable[[Scope, Judged, Mapping[str, str]], Core]
"""Takes the site, the judgements by key, and the reasons by key of what was declared not applicable."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule, ready to be evaluated.

    Attributes:
        points: In units of 1 ÷ scale.
        policy: What not applicable means for it.
        inputs: The facts that alone decide its outcome; None where the site block, rows or the inspector do too.
        may_be_na: Whether the inspector may declare it, or a part of it, not applicable.
        place: Which of the tier's dimensions its points count in; None for bonus, penalty and info.
        seen: Outcomes by the values of `inputs`: the same few answers come again in thousands of sites.
        evaluate: Gives its outcome before level, policy and waiver.
    """

    rule: Rule
    points: Number
    policy: str
    evaluate: CoreFn
    level: str
    dimension: str
    inputs: tuple[str, ...] | None
    may_be_na: bool
    place: int | None
    seen: dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """A standard's scoring policy in plain numbers: whole ones where they are whole, which compare much faster.

    Attributes:
        weights: By the place of a dimension.
        grades: Where each grade begins, best first.
    """

    full_marks: Number
    base: Number
    max_total: Number | None
    bonus_cap: Number | None
    weights: tuple[Number, ...]
    grades: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class CompiledTier:
    """A tier of a standard, ready to score sites. `vetoes` are the places of the rules that have one."""

    standard: ResolvedStandard
    tier: str
    rules: tuple[CompiledRule, ...]
    context: Context
    dimensions: tuple[Dimension, ...]
    terms: Terms
    vetoes: tuple[int, ...]


def compile_tier(standard: ResolvedStandard, tier: str, lang: Any = "zh") -> CompiledTier:
    """Compile a tier's rules.

    Args:
        standard: A standard that lint found no errors in.
        tier: One of its tiers.
        lang: The language of labels that are put together.
    """
    rules = standard.rules.get(tier, ())
    included: dict[str, set[str]] = {}
    for rule in rules:
        for check in _checks_of(rule):
            _note_included(check, standard, included)
    named = {k: frozenset(v) for k, v in included.items()}
    ctx = Context(standard.facts, tier, None, named, scale_of(rules), lang)
    used = {rule.dimension for rule in rules}
    dimensions = tuple(d for d in standard.dimensions if d.id in used)
    places = {dimension.id: place for place, dimension in enumerate(dimensions)}
    compiled = tuple(_compile_rule(rule, standard, ctx, places) for rule in rules)
    vetoes = tuple(place for place, rule in enumerate(rules) if rule.veto is not None)
    return CompiledTier(standard, tier, compiled, ctx, dimensions, _terms(standard, dimensions), vetoes)


def _terms(standard: ResolvedStandard, dimensions: tuple[Dimension, ...]) -> Terms:
    scoring = standard.scoring
    return Terms(
        full_marks=exact_number(scoring.full_marks),
        base=exact_number(scoring.base),
        max_total=None if scoring.max_total is None else exact_number(scoring.max_total),
        bonus_cap=None if scoring.bonus_cap is None else exact_number(scoring.bonus_cap),
        weights=tuple(exact_number(d.weight) for d in dimensions),
        grades=tuple(exact_number(g.from_) for g in standard.grades),
    )


def scale_of(rules: tuple[Rule, ...]) -> int:
    """Give a number that makes the points of all rules and parts, their tenths and their shares whole."""
    ones = [one for rule in rules for one in (*(rule.parts or ()), rule)]
    scale = math.lcm(20, *(one.points.denominator for one in ones))
    for one in ones:
        if isinstance(one.award, ShareAward) and (wider := math.lcm(scale, _asked(one.check))) <= MAX_SCALE:
            scale = wider
    return scale


def _asked(check: Any) -> int:
    """Give how many parts a check asks for, as far as its words say."""
    if isinstance(check, AllCheck):
        return max(sum(_asked(child) for child in check.all), 1)
    return max(len(check.includes or ()), 1) if isinstance(check, FactCheck) else 1


def _checks_of(rule: Rule | Part) -> Iterator[Any]:
    yield from (c for c in (rule.check, rule.when) if c is not None)
    if isinstance(rule.award, DeductAward):
        for branch in rule.award.deduct:
            if isinstance(branch, WhenBranch):
                yield branch.when
            elif isinstance(branch, MissingBranch):
                yield branch.missing_of
    for part in (rule.parts or []) if isinstance(rule, Rule) else []:
        yield from _checks_of(part)


def _note_included(check: Any, standard: ResolvedStandard, included: dict[str, set[str]]) -> None:
    if isinstance(check, FactCheck) and check.includes:
        fid = standard.facts.find(check.fact)
        if fid is not None:
            fact = standard.facts.facts[fid]
            included.setdefault(fid, set()).update(fact.option_id(n) or n for n in check.includes)
    elif isinstance(check, AllCheck | AnyCheck):
        for child in check.all if isinstance(check, AllCheck) else check.any:
            _note_included(child, standard, included)
    elif isinstance(check, NotCheck):
        _note_included(check.not_, standard, included)
    elif not isinstance(check, FactCheck | MeasureCheck | EachCheck | JudgedCheck):
        raise TypeError(check)


def _compile_rule(rule: Rule, standard: ResolvedStandard, ctx: Context, places: Mapping[str, int]) -> CompiledRule:
    points = exact_number(rule.points * ctx.scale)
    policy = rule.not_applicable or standard.scoring.not_applicable
    if rule.parts is not None:
        core = _parts(rule, points, policy, ctx)
    else:
        core = _single(rule, points, rule.id, ctx, rule.level == "penalty")
    guarded = _guarded(core, rule, rule.id, points, ctx)
    place = places[rule.dimension] if rule.level in ("required", "recommended") else None
    may_be_na = rule.na_allowed or any(part.na_allowed for part in rule.parts or ())
    return CompiledRule(rule, points, policy, guarded, rule.level, rule.dimension, _inputs(rule, standard), may_be_na,
                        place, {})  # fmt: skip


def _inputs(rule: Rule, standard: ResolvedStandard) -> tuple[str, ...] | None:
    ids = tuple(fact_ids(rule, standard.facts))
    judged = any(key for key, _ in judged_places(rule) if key in judged_keys((rule,)))
    rows = any(standard.facts.facts[f].type == "records" for f in ids)
    return None if judged or rows or looks_at_site(rule, standard.facts) else ids


def _single(rule: Rule | Part, points: Number, key: str, ctx: Context, penalty: bool) -> CoreFn:
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


def _guarded(core: CoreFn, rule: Rule | Part, key: str, points: Number, ctx: Context) -> CoreFn:
    """Put the condition and the inspector's declaration before a rule or part."""
    when = compile_check(rule.when, ctx) if rule.when is not None else None
    if when is None and not rule.na_allowed:
        return core

    def guarded(scope: Scope, judged: Judged, declared: Mapping[str, str]) -> Core:
        if key in declared:
            return not_applicable("declared")
        verdict = when(scope).verdict if when is not None else None
        if verdict in (NO, NA):
            return not_applicable("when_no")
        found = core(scope, judged, declared)
        return waiting(found, points) if verdict == UNKNOWN else found

    return guarded


def _parts(rule: Rule, points: Number, policy: str, ctx: Context) -> CoreFn:
    """Compile a rule of parts: re-weighted over the parts in play, capped at the rule's points."""
    parts = rule.parts or []
    cores = []
    for number, part in enumerate(parts, start=1):
        key, worth = f"{rule.id}/{number}", exact_number(part.points * ctx.scale)
        one = _single(part, worth, key, ctx, rule.level == "penalty")
        cores.append((worth, _guarded(one, part, key, worth, ctx)))
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


def judged_places(rule: Rule) -> Iterator[tuple[str, Rule | Part]]:
    """Give the keys under which a rule may be judged: its id, or `id/1`, `id/2` … for its parts."""
    if rule.parts is None:
        yield rule.id, rule
    else:
        yield from ((f"{rule.id}/{number}", part) for number, part in enumerate(rule.parts, start=1))


def judged_keys(rules: tuple[Rule, ...]) -> dict[str, str]:
    """Give which keys of `judgements` a tier knows, and whether each wants points, deduct, or a list of deduct."""
    found: dict[str, str] = {}
    for rule in rules:
        for key, one in judged_places(rule):
            if isinstance(one.award, JudgedAward) or (one.award is None and isinstance(one.check, JudgedCheck)):
                found[key] = "points"
            elif isinstance(one.award, DeductAward):
                branch = next((b for b in one.award.deduct if isinstance(b, JudgedBranch)), None)
                if branch is not None:
                    found[key] = "deduct_each" if branch.each else "deduct"
    return found
