"""Which facts a rule looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from plsp_audit.model.awards import (
    Award,
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
from plsp_audit.model.checks import (
    AllCheck,
    AnyCheck,
    ByOperand,
    Check,
    CountMeasure,
    EachCheck,
    FactCheck,
    FactOperand,
    JudgedCheck,
    MeasureCheck,
    NotCheck,
    PercentMeasure,
    RatioMeasure,
    SumMeasure,
)
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.site import SITE_FIELDS
from plsp_audit.model.standard import ResolvedStandard

_PLACE = re.compile(r"\{(\w+)\}")
Name = tuple[str, Fact | None]
"""A name in a check, and the records fact whose row it may be a field of."""


def _operands(values: Any, row: Fact | None) -> Iterator[Name]:
    for value in values if isinstance(values, list | tuple) else [values]:
        if isinstance(value, FactOperand):
            yield value.fact, row
        elif isinstance(value, ByOperand):
            yield value.by, row


def _measure(measure: Any, row: Fact | None, facts: FactDictionary) -> Iterator[Name]:
    if isinstance(measure, str):
        yield measure, row
    elif isinstance(measure, CountMeasure | SumMeasure):
        rows = measure.count if isinstance(measure, CountMeasure) else measure.sum
        yield rows.of, None
        if rows.where is not None:
            yield from check_names(rows.where, facts, facts.get(rows.of))
    elif isinstance(measure, RatioMeasure | PercentMeasure):
        for side in measure.ratio if isinstance(measure, RatioMeasure) else measure.percent:
            yield from _measure(side, row, facts)


def check_names(check: Check | None, facts: FactDictionary, row: Fact | None = None) -> Iterator[Name]:
    """Give every name in a check, in reading order, with the records fact around it."""
    if isinstance(check, FactCheck | MeasureCheck):
        if isinstance(check, FactCheck):
            yield check.fact, row
            if check.of is not None:
                yield check.of, row
            for place in _PLACE.findall(check.named or ""):
                yield place, row
            yield from _operands([check.need, check.within_days], row)
            if isinstance(check.includes, dict):
                yield from _operands(list(check.includes.values()), row)
        else:
            yield from _measure(check.measure(), row, facts)
        yield from _operands([check.is_, check.is_not, check.at_least, check.at_most, check.above, check.below], row)
        yield from _operands(check.between or [], row)
    elif isinstance(check, EachCheck):
        yield check.each.of, None
        inner = facts.get(check.each.of)
        yield from check_names(check.each.where, facts, inner)
        yield from check_names(check.each.meets, facts, inner)
    elif isinstance(check, AllCheck | AnyCheck):
        for child in check.all if isinstance(check, AllCheck) else check.any:
            yield from check_names(child, facts, row)
    elif isinstance(check, NotCheck):
        yield from check_names(check.not_, facts, row)
    elif check is not None and not isinstance(check, JudgedCheck):
        raise TypeError(check)


def award_names(award: Award | None, facts: FactDictionary) -> Iterator[Name]:
    """Give every name in an award, in reading order."""
    if isinstance(award, EachMissingAward | EachMetAward):
        yield from _operands(award.each_missing if isinstance(award, EachMissingAward) else award.each_met, None)
    elif isinstance(award, OverAward):
        yield from _measure(award.over, None, facts)
        for bound, value in award.steps or []:
            yield from _operands([bound, value.times if isinstance(value, TimesValue) else value], None)
        yield from _operands([award.per_unit, award.below, award.unit], None)
    elif isinstance(award, PerAward):
        yield from _measure(award.per, None, facts)
        yield from _operands(award.points, None)
    elif isinstance(award, DeductAward):
        for branch in award.deduct:
            if isinstance(branch, WhenBranch):
                yield from check_names(branch.when, facts)
            elif isinstance(branch, PerBranch):
                yield from _measure(branch.per, None, facts)
            elif isinstance(branch, MissingBranch):
                yield from check_names(branch.missing_of, facts)
            if isinstance(branch, JudgedBranch):
                yield from _operands([*branch.judged, branch.at_most], None)
            else:
                yield from _operands([branch.points, getattr(branch, "at_most", None)], None)


def names_of(rule: Rule | Part, facts: FactDictionary) -> Iterator[Name]:
    """Give every name a rule or part looks at: its check, its award, its parts, its condition last."""
    yield from check_names(rule.check, facts)
    yield from award_names(rule.award, facts)
    for part in (rule.parts or []) if isinstance(rule, Rule) else []:
        yield from names_of(part, facts)
    yield from check_names(rule.when, facts)


def fact_ids(rule: Rule | Part, facts: FactDictionary) -> list[str]:
    """Give the ids of the facts that a rule or part looks at, in reading order, each once."""
    found: dict[str, None] = {}
    for name, row in names_of(rule, facts):
        if row is not None and row.field_id(name) is not None:
            continue
        fid = facts.find(name)
        if fid is not None:
            found[fid] = None
    return list(found)


def facts_used(standard: ResolvedStandard, tier: str) -> list[str]:
    """Give the ids of the facts that a tier's rules look at, in the order of the rules, each once."""
    return list(dict.fromkeys(f for rule in standard.rules.get(tier, ()) for f in fact_ids(rule, standard.facts)))


def looks_at_site(rule: Rule | Part, facts: FactDictionary) -> bool:
    """Tell whether a rule or part looks at the site block: at a place's name, or by another of its fields."""
    return any(
        name in SITE_FIELDS and facts.find(name) is None and (row is None or row.field_id(name) is None)
        for name, row in names_of(rule, facts)
    )
