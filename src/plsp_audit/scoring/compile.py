"""A tier's rules compiled once, to be evaluated on many sites."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plsp_audit.model.awards import DeductAward, JudgedAward, JudgedBranch, MissingBranch, ShareAward, WhenBranch
from plsp_audit.model.checks import AllCheck, AnyCheck, EachCheck, FactCheck, JudgedCheck, MeasureCheck, NotCheck
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import Dimension, ResolvedStandard
from plsp_audit.model.values import Number, exact_number
from plsp_audit.scoring.operands import Context
from plsp_audit.scoring.rulecore import CoreFn, guarded, of_parts, single
from plsp_audit.standards.uses import fact_ids, looks_at_site

MAX_SCALE = 10**12


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule, ready to be evaluated.

    Attributes:
        points: In units of 1 ÷ scale.
        policy: What not applicable means for it.
        inputs: The facts that, with `judged`, alone decide its outcome; None where the site block or rows do too.
        judged: The keys of the inspector's judgements that decide it too.
        may_be_na: Whether the inspector may declare it, or a part of it, not applicable.
        place: Which of the tier's dimensions its points count in; None for bonus, penalty and info.
        seen: Outcomes by the values of `inputs` and `judged`: the same few answers come again in thousands of sites.
        evaluate: Gives its outcome before level, policy and waiver.
    """

    rule: Rule
    points: Number
    policy: str
    evaluate: CoreFn
    level: str
    dimension: str
    inputs: tuple[str, ...] | None
    judged: tuple[str, ...]
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
        core = of_parts(rule, points, policy, ctx)
    else:
        core = single(rule, points, rule.id, ctx, rule.level == "penalty")
    evaluate = guarded(core, rule, rule.id, points, ctx)
    place = places[rule.dimension] if rule.level in ("required", "recommended") else None
    may_be_na = rule.na_allowed or any(part.na_allowed for part in rule.parts or ())
    return CompiledRule(rule, points, policy, evaluate, rule.level, rule.dimension, _inputs(rule, standard),
                        tuple(judged_keys((rule,))), may_be_na, place, {})  # fmt: skip


def _inputs(rule: Rule, standard: ResolvedStandard) -> tuple[str, ...] | None:
    ids = tuple(fact_ids(rule, standard.facts))
    rows = any(standard.facts.facts[f].type == "records" for f in ids)
    return None if rows or looks_at_site(rule, standard.facts) else ids


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
