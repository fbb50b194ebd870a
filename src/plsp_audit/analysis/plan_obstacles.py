"""What stands between a site and a target that cannot be reached, with everything put right that can be. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plsp_audit.analysis.plan_moves import in_points
from plsp_audit.analysis.plan_problem import Aim, floor_of, rates
from plsp_audit.model.base import rounded
from plsp_audit.model.plan import Obstacle, ObstacleKind
from plsp_audit.model.values import quotient
from plsp_audit.scoring.assess import Assessment, Outcome, triggers
from plsp_audit.scoring.compile import CompiledTier
from plsp_audit.scoring.tally import Sums, tally


def obstacles(compiled: CompiledTier, best: Assessment, aim: Aim) -> list[Obstacle]:
    """Give what is in the way: caps first, then what the score lacks, by how much.

    Args:
        compiled: The tier.
        best: The site with everything put right that can be.
        aim: What it does not reach.
    """
    sums = tally(compiled, best.outcomes).value
    caps = [*_vetoes(compiled, best, aim), *_pass_marks(compiled, sums, aim)]
    lost: list[Obstacle] = []
    if best.rounded is not None and best.rounded < aim.score:
        caps += _limits(compiled, sums, aim)
        lost = [one for outcome in best.outcomes if (one := _lost(compiled, outcome, sums)) is not None]
    named = {one.id for one in caps if one.kind in ("veto", "veto_open")}
    found = [*caps, *sorted((o for o in lost if o.id not in named), key=lambda o: -(o.points or 0))]
    return found or [Obstacle(kind="best", id="", title="")]


def _vetoes(compiled: CompiledTier, best: Assessment, aim: Aim) -> Iterator[Obstacle]:
    standard = compiled.standard
    for outcome in best.outcomes:
        rule = outcome.compiled.rule
        if aim.rank is None or rule.veto is None or standard.grade_rank(rule.veto) <= aim.rank:
            continue
        if triggers(outcome, standard.scoring):
            kind: ObstacleKind = "veto_open" if outcome.state == "not_checked" else "veto"
            cap = standard.grades[standard.grade_rank(rule.veto)].title
            yield Obstacle(kind=kind, id=rule.id, title=rule.title, text=cap)


def _pass_marks(compiled: CompiledTier, sums: Sums, aim: Aim) -> Iterator[Obstacle]:
    cap = compiled.standard.scoring.below_pass_mark
    if cap is None or aim.rank is None or compiled.standard.grade_rank(cap) <= aim.rank:
        return
    for dimension, points, awarded in zip(compiled.dimensions, sums.points, sums.awarded, strict=True):
        if dimension.pass_mark is not None and points and quotient(awarded * 100, points) < dimension.pass_mark:
            rate = rounded(Fraction(quotient(awarded * 100, points)), 2)
            yield Obstacle(kind="pass_mark", id=dimension.id, title=dimension.title, points=rate)


def _limits(compiled: CompiledTier, sums: Sums, aim: Aim) -> Iterator[Obstacle]:
    most, cap = compiled.terms.max_total, compiled.terms.bonus_cap
    if most is not None and not floor_of(aim.score, compiled.standard.scoring.rounding).holds(Fraction(most)):
        yield Obstacle(kind="max_total", id="", title="", points=Fraction(most))
    elif cap is not None and in_points(sums.bonus, compiled) > cap:
        yield Obstacle(kind="bonus_cap", id="", title="", points=in_points(sums.bonus, compiled) - cap)


def _lost(compiled: CompiledTier, outcome: Outcome, sums: Sums) -> Obstacle | None:
    """Give what a rule still keeps from the score, in points of the score."""
    one, state, scoring = outcome.compiled, outcome.state, compiled.standard.scoring
    if state == "info" or (one.place is None and state in ("waived", "not_applicable")):
        return None
    if one.place is None:
        rate, most = Fraction(1, compiled.context.scale), Fraction(one.points if one.level == "bonus" else 0)
    else:
        rate, most = rates(compiled, sums)[one.place], Fraction(one.points)
    counts = outcome.awarded
    if state == "not_checked" and scoring.not_checked == "exclude":
        if one.place is not None and scoring.model != "sum":
            return None
        counts = 0
    out_of_play = state == "waived" or (state == "not_applicable" and one.policy == "exclude")
    if out_of_play and scoring.model != "sum":  # a share of what is in play loses nothing by what is not
        return None
    points = (most - counts) * rate
    if points <= 0:
        return None
    kind: ObstacleKind = "never_full"
    if state in ("not_checked", "waived", "not_applicable"):
        kind = "not_checked" if state == "not_checked" else "waived" if state == "waived" else "not_applicable"
    return Obstacle(kind=kind, id=one.rule.id, title=one.rule.title, points=points)
