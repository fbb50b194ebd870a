"""What can be done about each rule: put it right, or look at what was not checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from plsp_audit.model.awards import BY_CHECK
from plsp_audit.model.checks import JudgedCheck
from plsp_audit.model.result import State
from plsp_audit.model.rules import Rule
from plsp_audit.model.values import Number, exact_number, quotient
from plsp_audit.scoring.assess import Outcome
from plsp_audit.scoring.compile import CompiledTier
from plsp_audit.scoring.outcome import by_points
from plsp_audit.standards.amounts import View
from plsp_audit.standards.reach import reach

SCORED = ("required", "recommended")


class Move(NamedTuple):
    """One way to deal with a rule.

    Attributes:
        kind: `verify` only looks, and finds it as good as it may be; `fix` puts it right.
        verified: The rule as it is found before it is fixed; None where it was checked.
        outcome: The rule afterwards.
        effort: What it costs, 0 for looking.
        gain: What the rule earns more, in the tier's units.
    """

    kind: Literal["verify", "fix"]
    verified: Outcome | None
    outcome: Outcome
    effort: Fraction
    gain: Number


def open_item(outcome: Outcome) -> bool:
    """Tell whether anything of a rule is still unknown that may count."""
    if outcome.state in ("not_applicable", "waived", "info"):
        return False
    return outcome.state == "not_checked" or outcome.low != outcome.high


def found(outcome: Outcome, good: bool = True) -> Outcome:
    """Give an open rule as it would be had it been checked, and found as good or as bad as it may be."""
    core = outcome.core
    state, points = (core.state_high, outcome.high) if good else (core.state_low, outcome.low)
    known = core._replace(state=state, low=points, high=points, state_low=state, state_high=state)
    return outcome._replace(state=state, awarded=points, low=points, high=points, core=known)


def fixed(outcome: Outcome, compiled: CompiledTier) -> Outcome:
    """Give a rule as it is when everything that it asks is there: its points, or the most that it can ever earn."""
    rule, points = outcome.compiled.rule, outcome.compiled.points
    most = _most(outcome, compiled)
    if rule.level == "penalty":
        awarded: Number = exact_number(most - points)
        state: State = "pass" if not awarded else "partial" if awarded > -points else "fail"
    else:
        awarded = exact_number(most)
        met = rule.parts is None and (rule.award is None or isinstance(rule.award, BY_CHECK))
        met = met and not isinstance(rule.check, JudgedCheck)
        state = "pass" if met or not points else by_points(awarded, points)
    core = outcome.core._replace(state=state, low=awarded, high=awarded, state_low=state, state_high=state)
    return outcome._replace(state=state, awarded=awarded, low=awarded, high=awarded, core=core)


def _most(outcome: Outcome, compiled: CompiledTier) -> Number:
    """Give the most that a rule can earn on this site: parts that do not apply and count as nothing stay lost."""
    one, scale = outcome.compiled, compiled.context.scale
    rule, view = one.rule, View(compiled.standard.facts, compiled.tier)
    most = reach(rule, view, rule.level == "penalty").high * scale
    if rule.parts is not None and outcome.core.parts:
        most = _of_parts(rule, outcome, view, scale)
    seen = outcome.high + (one.points if rule.level == "penalty" else 0)
    return min(max(most, seen), one.points)


def _of_parts(rule: Rule, outcome: Outcome, view: View, scale: int) -> Fraction:
    parts, policy = rule.parts or [], outcome.compiled.policy
    total = sum((part.points for part in parts), start=Fraction(0))
    best = in_play = Fraction(0)
    for part, core in zip(parts, outcome.core.parts, strict=True):
        if core.state != "not_applicable":
            best += reach(part, view, rule.level == "penalty").high
            in_play += part.points
        elif policy != "exclude":
            best += part.points if policy == "full" else 0
            in_play += part.points
    return Fraction(best * total / in_play if in_play else best) * scale


def moves(outcome: Outcome, compiled: CompiledTier, unknowns: bool) -> tuple[Move, ...]:
    """Give what can be done about a rule; nothing about what is met, waived, not applicable or information.

    Args:
        outcome: The rule on the site.
        compiled: The tier.
        unknowns: Whether open items may be counted on once they have been looked at.
    """
    if outcome.state in ("not_applicable", "waived", "info"):
        return ()
    unseen = outcome.state == "not_checked"
    made: list[Move] = []
    known = verified = None
    if unknowns and open_item(outcome):
        known = found(outcome)
        verified = known if unseen else None
        made.append(Move("verify", known, known, Fraction(0), _gain(outcome, known)))
    if outcome.state == "pass" or (unseen and (known is None or known.state == "pass")):
        return tuple(made)
    right = fixed(outcome, compiled)
    effort = max(outcome.compiled.rule.effort, Fraction(0))
    made.append(Move("fix", verified, right, effort, _gain(outcome, right)))
    return tuple(made)


def _gain(before: Outcome, after: Outcome) -> Number:
    return exact_number(after.awarded - before.low)


def in_points(units: Number, compiled: CompiledTier) -> Fraction:
    """Give points that are counted in the tier's units."""
    return Fraction(quotient(units, compiled.context.scale))


def chosen(outcomes: tuple[Outcome, ...], done: Mapping[int, Outcome]) -> tuple[Outcome, ...]:
    """Give the outcomes with some of them, by their place, replaced."""
    return tuple(done.get(place, outcome) for place, outcome in enumerate(outcomes))
