"""How a finding is told: at the place of its culprit, as a warning."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plsp_audit.model.problem import Place, Problem
from plsp_audit.model.rules import Part, Rule
from plsp_audit.standards.amounts import View
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.wording_value import shown

SCORED = ("required", "recommended")

__all__ = ["SCORED", "Path", "at_rule", "items", "shown", "tiers_rules", "view", "warning"]

Path = tuple[str | int, ...]


def warning(code: str, place: Place, **params: object) -> Problem:
    """Give the warning of `lint.<code>`; numbers are written as people write them."""
    words = {key: value if isinstance(value, str) else _word(value) for key, value in params.items()}
    return Problem(f"lint.{code}", words, place, severity="warning")


def _word(value: object) -> str:
    return shown(value) if isinstance(value, Fraction) else str(value)


def at_rule(
    resolution: Resolution, tier: str, rule: Rule, path: Path, code: str, name: str = "", /, **params: object
) -> Problem:
    """Give a warning at a rule or something in it, which is called `name`, else by the rule's id."""
    return warning(code, resolution.rule_place(tier, rule.id, *path), rule=name or rule.id, **params)


def tiers_rules(resolution: Resolution) -> Iterator[tuple[str, Rule]]:
    """Give every rule with its tier."""
    for tier, rules in resolution.standard.rules.items():
        for rule in rules:
            yield tier, rule


def items(rule: Rule) -> Iterator[tuple[str, Rule | Part, Path]]:
    """Give what of a rule has a check or an award of its own: each part, or the rule; with its name and path."""
    if rule.parts is None:
        yield rule.id, rule, ()
    for number, part in enumerate(rule.parts or []):
        yield f"{rule.id}/{number + 1}", part, ("parts", number)


def view(resolution: Resolution, tier: str) -> View:
    """Give the view from a tier."""
    return View(resolution.standard.facts, tier)
