"""What a rule lacks, and what in it has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from plsp_audit.model.problem import Problem
from plsp_audit.model.rules import Rule
from plsp_audit.standards.amounts import View
from plsp_audit.standards.lint_base import SCORED, at_rule, tiers_rules, view
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.truth import by_may_fail
from plsp_audit.standards.walk import nodes

_MAY_BE_ASSUMED = frozenset(Rule.model_fields)


def find(resolution: Resolution) -> Iterator[Problem]:
    """Give the findings of single rules."""
    titles: dict[tuple[str, str], str] = {}
    for tier, rule in tiers_rules(resolution):
        for code, path, params in _faults(rule):
            yield at_rule(resolution, tier, rule, path, code, "", **params)
        first = titles.setdefault((tier, rule.title), rule.id)
        if first != rule.id:
            yield at_rule(resolution, tier, rule, ("title",), "title_twice", other=first)
        yield from _choices(resolution, tier, rule)


def _faults(rule: Rule) -> Iterator[tuple[str, tuple[str | int, ...], dict[str, object]]]:
    if rule.level in (*SCORED, "penalty") and not (rule.remedy or "").strip():
        yield "no_remedy", (), {}
    if rule.level == "info":
        if rule.points:
            yield "info_points", ("points",), {}
        if rule.award is not None:
            yield "info_award", ("award",), {}
    elif not rule.points and rule.veto is None:
        yield "no_worth", ("points",), {}
    if rule.not_applicable is not None and rule.level not in SCORED:
        yield "policy_idle", ("not_applicable",), {"level": rule.level}
    for number, word in enumerate(rule.assumed):
        if word not in _MAY_BE_ASSUMED:
            yield "assumed_unknown", ("assumed", number), {"word": word}


def _choices(resolution: Resolution, tier: str, rule: Rule) -> Iterator[Problem]:
    """Find choices by something that may have no value, which makes the check not applicable."""
    here = view(resolution, tier)
    for node in nodes(rule, resolution.standard.facts):
        if by_may_fail(node.value, View(here.facts, tier, node.row)):
            code = "by_tier" if node.value.by == "tier" else "by_open"
            yield at_rule(resolution, tier, rule, node.path, code, by=node.value.by, tier=tier)
