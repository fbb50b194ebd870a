"""The cheapest way to a target is the cheapest of all ways, whatever the standard and whatever was seen."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from plsp_audit.analysis.plan import aim_of, make_plan
from plsp_audit.analysis.plan_moves import Move, found, moves, open_item
from plsp_audit.analysis.plan_problem import Aim, cheapest, floor_of, reaches
from plsp_audit.model.plan import Target
from plsp_audit.model.result import GradeRef
from plsp_audit.model.standard import Rounding
from plsp_audit.scoring.assess import Outcome, assessed
from plsp_audit.scoring.tally import round_score
from tests.property.plans import FINDINGS, GRADES, JUDGED_RULES, RULES, TERMS, Terms, Way, every_way, judged_site
from tests.property.standards import FACTS_SEEN, Seen

SITE = st.tuples(st.lists(st.booleans(), min_size=20, max_size=20), st.booleans())


def _seen(pack: Terms, facts: dict[str, Seen], site: tuple[list[bool], bool]) -> Any:
    picks, waive = site
    declared = {key: "不适用" for key, pick in zip(sorted(pack.names.may_be_na), picks, strict=False) if pick}
    return pack.score(facts, not_applicable=declared, waivers=[{"rule": "R0", "reason": "改建"}] if waive else [])


def _task(pack: Terms, assessment: Any, unknowns: bool) -> tuple[tuple[Outcome, ...], dict[int, tuple[Move, ...]]]:
    outcomes = assessment.outcomes
    if unknowns and (pack.standard.scoring.not_checked == "exclude" or assessment.value is None):
        outcomes = tuple(found(o) if open_item(o) else o for o in outcomes)
    return outcomes, {p: m for p, o in enumerate(outcomes) if (m := moves(o, pack.compiled, unknowns))}


def _aim(pack: Terms, ways: list[Way], data: st.DataObject) -> Aim:
    """Give an aim that some way reaches, as far as any has a score; sometimes just above or below it."""
    scores = sorted({way.found.value or Fraction(0) for way in ways})
    middle = scores[len(scores) * data.draw(st.integers(0, 9)) // 10]
    one = next(way.found for way in ways if (way.found.value or 0) >= middle)
    if one.rounded is None or one.grade is None:
        return Aim(Fraction(50), None)
    if data.draw(st.booleans()):
        return Aim(Fraction(pack.compiled.terms.grades[one.grade]), one.grade)
    return Aim(Fraction(one.rounded) + data.draw(st.sampled_from([Fraction(0), Fraction(1, 100), Fraction(-1)])), None)


def _compare(pack: Terms, assessment: Any, unknowns: bool, data: st.DataObject) -> None:
    """Hold the answer against trying every way there is."""
    outcomes, options = _task(pack, assessment, unknowns)
    assume(assessed(pack.compiled, outcomes).value is not None)
    ways = every_way(pack.compiled, outcomes, options)
    aim = _aim(pack, ways, data)
    wanted = min((way.cost for way in ways if reaches(way.found, aim)), default=None)
    choice = cheapest(pack.compiled, outcomes, options, aim)
    event(f"{'none' if choice is None else min(len(choice.picks), 4)} moves")
    if wanted is None:
        assert choice is None
        return
    assert choice is not None
    assert choice.proven
    assert choice.least_effort == wanted[0]
    told = next(way for way in ways if way.picks == choice.picks)
    assert told.cost == wanted
    assert reaches(told.found, aim)
    value = max(way.found.value or 0 for way in ways if way.cost == wanted and reaches(way.found, aim))
    assert told.found.value == value, "of equally cheap ways the one with the highest score"


@settings(max_examples=250, deadline=None)
@given(JUDGED_RULES, TERMS, FINDINGS, st.booleans(), st.data())
def test_no_way_is_cheaper(
    rules: list[dict[str, Any]], terms: dict[str, Any], findings: list[str], unknowns: bool, data: st.DataObject
) -> None:
    pack = Terms(rules, terms)
    _, assessment = pack.score({}, **judged_site(rules, findings))
    _compare(pack, assessment, unknowns, data)


@settings(max_examples=100, deadline=None)
@given(RULES, TERMS, FACTS_SEEN, SITE, st.booleans(), st.data())
def test_no_way_is_cheaper_whatever_the_rules_look_at(
    rules: list[dict[str, Any]],
    terms: dict[str, Any],
    facts: dict[str, Seen],
    site: tuple[list[bool], bool],
    unknowns: bool,
    data: st.DataObject,
) -> None:
    pack = Terms(rules, terms)
    _, assessment = _seen(pack, facts, site)
    _compare(pack, assessment, unknowns, data)


TARGET = st.one_of(
    st.sampled_from([Target(given=i, grade=GradeRef(id=i, title=i)) for i, _ in GRADES]),
    st.sampled_from([70, 85, 92, 100, 120]).map(lambda n: Target(given=str(n), score=Fraction(n))),
)


@settings(max_examples=120, deadline=None)
@given(JUDGED_RULES, TERMS, FINDINGS, TARGET, st.booleans())
def test_what_a_plan_says_holds(
    rules: list[dict[str, Any]], terms: dict[str, Any], findings: list[str], target: Target, unknowns: bool
) -> None:
    pack = Terms(rules, terms)
    result, assessment = pack.score({}, **judged_site(rules, findings))
    plan = make_plan(pack.compiled, result, assessment, target, unknowns)
    again = make_plan(pack.compiled, result, assessment, target, unknowns)
    assert plan == again
    aim = aim_of(target, pack.compiled)
    if plan.status == "no_score":
        assert not plan.steps
        return
    assert plan.effort is None or plan.effort == sum((s.effort for s in plan.steps), start=Fraction(0))
    assert plan.fixes == sum(s.kind == "fix" for s in plan.steps)
    assert [s.no for s in plan.steps] == list(range(1, len(plan.steps) + 1))
    if plan.status == "already":
        assert reaches(assessment, aim)
        assert not plan.steps
    elif plan.status == "reached":
        assert plan.steps
        assert plan.steps[-1].after == plan.after
        assert plan.after is not None
        assert plan.best is not None
        if target.grade is not None:
            assert pack.standard.grade_rank(plan.after.grade.id) <= pack.standard.grade_rank(target.grade.id)
        else:
            assert plan.after.rounded >= (target.score or 0)
    else:
        assert plan.obstacles
        if plan.best is not None and plan.steps:
            assert plan.aim is not None
    for step in plan.steps:
        told = next(r for r in result.rules or [] if r.id == step.rule)
        assert told.state not in ("not_applicable", "waived", "info")
        if not unknowns:
            assert told.state in ("partial", "fail")
            assert step.kind == "fix"


@given(
    st.fractions(0, 100, max_denominator=400),
    st.fractions(0, 100, max_denominator=400),
    st.one_of(
        st.none(),
        st.builds(
            Rounding, places=st.integers(0, 3), mode=st.sampled_from(["half_up", "half_even", "floor", "ceil"])
        ),
    ),
)
def test_where_scores_begin_that_round_to_a_grade(
    score: Fraction, wanted: Fraction, rounding: Rounding | None
) -> None:
    floor = floor_of(wanted, rounding)
    for value in (score, wanted, floor.value, floor.value + Fraction(1, 10**6), floor.value - Fraction(1, 10**6)):
        assert floor.holds(value) == (round_score(value, rounding) >= wanted)
