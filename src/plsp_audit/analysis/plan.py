"""The cheapest set of fixes by which a site reaches a grade or a score. Pure.

A fix is of one rule, takes it to its full points, and costs the rule's `effort` whatever is amiss with it. Rules that
are waived, do not apply or only inform are no fixes. The set is found by `cheapest`, and every score that is promised
is what scoring itself makes of the outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from plsp_audit.analysis.plan_moves import Move, chosen, found, in_points, moves, open_item
from plsp_audit.analysis.plan_obstacles import obstacles
from plsp_audit.analysis.plan_problem import Aim, Choice, all_moves, cheapest, rates, reaches
from plsp_audit.analysis.plan_solve import WORK
from plsp_audit.model.plan import Bound, Kind, OpenItem, Plan, Standing, Step, Target
from plsp_audit.model.result import GradeRef, Result, RuleResult
from plsp_audit.scoring.assess import Assessment, Outcome, assessed, triggers
from plsp_audit.scoring.compile import CompiledTier
from plsp_audit.scoring.tally import tally


@dataclass(frozen=True, slots=True)
class Case:
    """A site that is to be improved, and what its plan starts from.

    Attributes:
        now: The site as it was found.
        first: Open items that are verified before anything else, by the place of the rule.
        start: The outcomes once that is done.
        moves: What can be done from there.
    """

    compiled: CompiledTier
    result: Result
    now: Assessment
    first: Mapping[int, Outcome]
    start: tuple[Outcome, ...]
    moves: Mapping[int, tuple[Move, ...]]

    def standing(self, found: Assessment) -> Standing | None:
        """Say where an assessment stands; None where it has no score."""
        if found.value is None or found.rounded is None or found.grade is None:
            return None
        grade = self.compiled.standard.grades[found.grade]
        return Standing(
            score=Fraction(found.value),
            rounded=Fraction(found.rounded),
            grade=GradeRef(id=grade.id, title=grade.title),
            capped_by=list(found.capped_by),
        )


def make_plan(
    compiled: CompiledTier,
    result: Result,
    assessment: Assessment | None,
    target: Target,
    unknowns: bool = False,
    limit: int = WORK,
) -> Plan:
    """Give the cheapest way to a target, and say so where there is none.

    Args:
        compiled: The tier of the standard.
        result: The site's result with its rectification list, for the words.
        assessment: The arithmetic of the same inspection; None for a site that is not rated.
        target: A grade or a rounded score.
        unknowns: Whether to count on what was not checked being in order, once it has been verified.
        limit: How much work the proof may take.
    """
    plan = Plan(
        tool=result.tool, standard=result.standard, site=result.site, inspection=result.inspection,
        input_digest=result.input_digest, target=target, unknowns=unknowns, status="not_rated", reason=result.reason,
    )  # fmt: skip
    if assessment is None:
        return plan
    case = _case(compiled, result, assessment, unknowns)
    open_items = _open_items(case, {})
    start = assessed(compiled, case.start)
    if start.value is None:
        return plan.model_copy(update={"status": "no_score", "open": open_items})
    aim, now = aim_of(target, compiled), case.standing(assessment)
    more: dict[str, object]
    if reaches(assessment, aim):
        more = {"status": "already", "now": now, "after": now, "effort": Fraction(0), "least_effort": Fraction(0)}
        return plan.model_copy(update={**more, "best": _best(case)[1], "aim": target, "open": open_items})
    choice = cheapest(compiled, case.start, case.moves, aim, limit)
    best, standing = _best(case)
    more = {"now": now, "best": standing, "at_worst": _at_worst(case, aim, limit) if unknowns else None}
    if choice is not None:
        return plan.model_copy(update={**more, "status": "reached", "aim": target, **_steps(case, choice, aim)})
    more |= {"status": "unreachable", "obstacles": obstacles(compiled, best, aim), "open": open_items}
    second = _second(case, best, target)
    if second is None:
        return plan.model_copy(update={**more, "after": now})
    aim = aim_of(second, compiled)
    choice = cheapest(compiled, case.start, case.moves, aim, limit)
    if choice is None:
        raise AssertionError("the best that scoring finds cannot be reached")
    return plan.model_copy(update={**more, "aim": second, **_steps(case, choice, aim)})


def aim_of(target: Target, compiled: CompiledTier) -> Aim:
    """Give a target as numbers."""
    if target.grade is None:
        return Aim(target.score or Fraction(0), None)
    rank = compiled.standard.grade_rank(target.grade.id)
    return Aim(Fraction(compiled.terms.grades[rank]), rank)


def _case(compiled: CompiledTier, result: Result, assessment: Assessment, unknowns: bool) -> Case:
    outcomes, first = assessment.outcomes, dict[int, Outcome]()
    if unknowns and (compiled.standard.scoring.not_checked == "exclude" or assessment.value is None):
        # each item that is checked changes what the score is a share of: they are verified together
        first = {place: found(o) for place, o in enumerate(outcomes) if open_item(o)}
    start = chosen(outcomes, first)
    options = {place: moves(outcome, compiled, unknowns) for place, outcome in enumerate(start)}
    return Case(compiled, result, assessment, first, start, {p: m for p, m in options.items() if m})


def _best(case: Case) -> tuple[Assessment, Standing | None]:
    done = {place: move.outcome for place, move in all_moves(case.moves).items()}
    best = assessed(case.compiled, chosen(case.start, done))
    return best, case.standing(best)


def _second(case: Case, best: Assessment, target: Target) -> Target | None:
    """Give the most that can be reached instead, None where that is no more than there is."""
    now = case.now
    if best.grade is None or best.rounded is None:
        return None
    if target.grade is not None:
        if now.grade is not None and best.grade >= now.grade:
            return None
        grade = case.compiled.standard.grades[best.grade]
        return Target(given=grade.title, grade=GradeRef(id=grade.id, title=grade.title))
    if now.rounded is not None and best.rounded <= now.rounded:
        return None
    return Target(given="", score=Fraction(best.rounded))


def _at_worst(case: Case, aim: Aim, limit: int) -> Bound | None:
    """Give what the target costs should every open item prove as bad as it can; None without any."""
    outcomes = tuple(found(o, good=False) if open_item(o) else o for o in case.now.outcomes)
    if outcomes == case.now.outcomes:
        return None
    options = {place: moves(outcome, case.compiled, False) for place, outcome in enumerate(outcomes)}
    choice = cheapest(case.compiled, outcomes, {p: m for p, m in options.items() if m}, aim, limit)
    if choice is None:
        return Bound(effort=None, fixes=None)
    efforts = [move.effort for move in choice.picks.values()]
    return Bound(effort=sum(efforts, start=Fraction(0)), fixes=len(efforts))


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing that is done: what becomes of the rule at `place`."""

    place: int
    kind: Kind
    before: Outcome
    outcome: Outcome
    effort: Fraction
    worth: Fraction


def _acts(case: Case, choice: Choice, aim: Aim) -> list[_Act]:
    """Give what is done in a sensible order: looking first, then vetoes, then what brings most for its effort."""
    sums = tally(case.compiled, chosen(case.start, {p: m.outcome for p, m in choice.picks.items()})).value
    per_unit = rates(case.compiled, sums)

    def act(place: int, kind: Kind, before: Outcome, after: Outcome, effort: Fraction) -> _Act:
        at = before.compiled.place
        rate = per_unit[at] if at is not None else Fraction(1, case.compiled.context.scale)
        return _Act(place, kind, before, after, effort, (Fraction(after.awarded) - before.low) * rate)

    made = [act(place, "verify", case.now.outcomes[place], after, Fraction(0)) for place, after in case.first.items()]
    for place, move in choice.picks.items():
        before = case.start[place]
        if move.verified is not None:
            made.append(act(place, "verify", before, move.verified, Fraction(0)))
            before = move.verified
        if move.kind == "fix":
            made.append(act(place, "fix", before, move.outcome, move.effort))

    def order(one: _Act) -> tuple[bool, bool, bool, Fraction, int]:
        free = one.kind == "fix" and not one.effort
        merit = one.worth / one.effort if one.effort else one.worth
        return one.kind == "fix", not _blocks(case, one.before, aim), not free, -merit, one.place

    return sorted(made, key=order)


def _blocks(case: Case, outcome: Outcome, aim: Aim) -> bool:
    standard, veto = case.compiled.standard, outcome.compiled.rule.veto
    if aim.rank is None or veto is None or standard.grade_rank(veto) <= aim.rank:
        return False
    return triggers(outcome, standard.scoring)


def _steps(case: Case, choice: Choice, aim: Aim) -> dict[str, object]:
    """Give the steps with what scoring makes of each, and the sums below them."""
    acts = _acts(case, choice, aim)
    done: dict[int, Outcome] = {}
    steps: list[Step] = []
    last = case.now
    for number, act in enumerate(acts, start=1):
        done[act.place] = act.outcome
        last = assessed(case.compiled, chosen(case.now.outcomes, done))
        steps.append(_step(case, number, act, _blocks(case, act.before, aim), last))
    if not reaches(last, aim):
        raise AssertionError("a plan that scoring does not confirm")
    effort = sum((step.effort for step in steps), start=Fraction(0))
    looked = {act.place for act in acts if act.kind == "verify"}
    return {
        "proven": choice.proven,
        "least_effort": effort if choice.proven else choice.least_effort,
        "steps": steps,
        "after": case.standing(last),
        "effort": effort,
        "fixes": sum(step.kind == "fix" for step in steps),
        "verifications": len(looked),
        "open": _open_items(case, dict.fromkeys(looked, True)),
    }


def _step(case: Case, number: int, act: _Act, veto: bool, after: Assessment) -> Step:
    rule = act.before.compiled.rule
    told = case.result.rules[act.place] if case.result.rules else None
    listed = next((r for r in case.result.rectification or [] if r.rule == rule.id), None)
    problem = listed.problem if listed else (told.reason or told.observed) if told else ""
    if act.kind == "verify":
        problem = _unknown(told)
    due = None
    if act.kind == "fix" and rule.level != "bonus":
        due = (date.fromisoformat(case.result.inspection.date) + timedelta(days=rule.days)).isoformat()
    return Step(
        no=number, kind=act.kind, rule=rule.id, title=rule.title, level=rule.level, veto=veto, problem=problem,
        remedy=(rule.remedy or "") if act.kind == "fix" else "", effort=act.effort,
        gain=in_points(act.outcome.awarded, case.compiled) - in_points(act.before.low, case.compiled), due=due,
        after=case.standing(after),
    )  # fmt: skip


def _unknown(told: RuleResult | None) -> str:
    """Say what of a rule was not checked: the reason says so of a whole rule, what was observed of a part of one."""
    if told is None:
        return ""
    return told.reason if told.state == "not_checked" else told.observed or told.reason


def _open_items(case: Case, counted_on: Mapping[int, bool]) -> list[OpenItem]:
    """Give what was not checked, vetoes first, then what could add most."""
    made = []
    for place, outcome in enumerate(case.now.outcomes):
        if not open_item(outcome):
            continue
        rule = outcome.compiled.rule
        told = case.result.rules[place] if case.result.rules else None
        scoring = case.compiled.standard.scoring
        veto = rule.veto is not None and triggers(outcome, scoring, "low") and not triggers(outcome, scoring, "high")
        made.append(
            OpenItem(
                rule=rule.id, title=rule.title, level=rule.level, veto=veto, unknown=_unknown(told),
                gain=in_points(outcome.high, case.compiled) - in_points(outcome.low, case.compiled),
                counted_on=counted_on.get(place, False),
            )
        )  # fmt: skip
    return sorted(made, key=lambda item: (not item.veto, -item.gain))
