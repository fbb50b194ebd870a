"""Plans worked out by hand: what is a fix, what must be in the set, what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from plsp_audit.analysis.plan import make_plan
from plsp_audit.analysis.plan_target import read_target
from plsp_audit.model.base import plain
from plsp_audit.model.plan import Plan, Target
from plsp_audit.model.result import GradeRef
from plsp_audit.reporting.plan_view import PlanView
from tests.property.plans import Terms
from tests.property.standards import Seen

SCORING: dict[str, Any] = {
    "model": "normalised", "full_marks": Fraction(100), "base": Fraction(0), "not_applicable": "exclude",
    "not_checked": "zero", "max_total": Fraction(100), "bonus_cap": None,
}  # fmt: skip
TERMS: dict[str, Any] = {
    "scoring": SCORING, "rounding": {"places": 0, "mode": "half_up"}, "below": None, "max_total": Fraction(100),
    "marks": (None, None), "weights": (Fraction(3), Fraction(7)),
}  # fmt: skip
GOOD = Target(given="good", grade=GradeRef(id="good", title="good"))


def rule(rid: str, points: object = 10, effort: object = 1, **more: Any) -> dict[str, Any]:
    given = {"id": rid, "title": rid, "dimension": "x", "points": str(points), "effort": str(effort), **more}
    return given if {"award", "check", "parts"} & set(more) else {**given, "award": "judged"}


def planned(
    rules: list[dict[str, Any]],
    awarded: Mapping[str, object],
    target: Target = GOOD,
    unknowns: bool = False,
    facts: dict[str, Seen] | None = None,
    waivers: list[dict[str, str]] | None = None,
    **terms: Any,
) -> Plan:
    scoring = SCORING | {key: terms.pop(key) for key in list(terms) if key in SCORING and key != "max_total"}
    pack = Terms(rules, TERMS | {"scoring": scoring} | terms)
    judged = {key: {"points": str(value)} for key, value in awarded.items()}
    result, assessment = pack.score(facts or {}, judgements=judged, waivers=waivers or [])
    return make_plan(pack.compiled, result, assessment, target, unknowns)


def fixes(plan: Plan) -> list[str]:
    return [step.rule for step in plan.steps]


def score(value: object) -> Target:
    return Target(given=str(value), score=Fraction(str(value)))


def test_the_best_bargain_is_not_always_in_the_cheapest_set() -> None:
    """40 of 200 points are lacking. The best bargain brings 24 for 4, and needs 5 more; the two others cost 8."""
    rules = [rule("A", 24, 4), rule("B", 20, 4), rule("C", 20, 4), rule("D", 16, 5), rule("E", 120)]
    plan = planned(rules, {"A": 0, "B": 0, "C": 0, "D": 0, "E": 120})
    assert (plan.status, plan.fixes, plan.proven) == ("reached", 2, True)
    assert plan.effort == 8
    assert fixes(plan) == ["A", "B"]
    assert [step.after and step.after.score for step in plan.steps] == [72, 82]


def test_of_equal_effort_fewer_fixes_then_the_higher_score_then_the_order() -> None:
    rules = [rule("A", 10, 1), rule("B", 10, 1), rule("C", 20, 2), rule("D", 20, 2), rule("E", 40)]
    given = {"A": 0, "B": 0, "C": 0, "D": 0, "E": 40}
    assert fixes(planned(rules, given, score(60))) == ["C"]
    rules[3]["points"] = "21"
    assert fixes(planned(rules, given, score(59))) == ["D"]


@pytest.mark.parametrize(
    ("rounding", "count"),
    [(None, 3), ({"places": 0, "mode": "half_up"}, 2), ({"places": 0, "mode": "floor"}, 3),
     ({"places": 0, "mode": "ceil"}, 2), ({"places": 0, "mode": "half_even"}, 2)],
)  # fmt: skip
def test_the_score_is_rounded_before_it_is_graded(rounding: Any, count: int) -> None:
    """77.5, then 79.5 with two fixes: that is 80 by every rounding but down."""
    rules = [rule("A", 1), rule("B", 1), rule("C", 1), rule("D", "77.5"), rule("E", "19.5", 9)]
    plan = planned(rules, {"A": 0, "B": 0, "C": 0, "D": "77.5", "E": 0}, rounding=rounding)
    assert plan.fixes == count


def test_a_veto_is_put_right_whatever_it_costs_and_first() -> None:
    rules = [rule("A", 1, 50, veto="poor"), rule("B", 30), rule("C", 69)]
    plan = planned(rules, {"A": 0, "B": 0, "C": 69})
    assert fixes(plan) == ["A", "B"]
    assert [step.veto for step in plan.steps] == [True, False]
    assert [step.after and step.after.grade.id for step in plan.steps] == ["medium", "good"]
    # a score is a score: no veto counts
    assert fixes(planned(rules, {"A": 0, "B": 0, "C": 69}, score(99))) == ["B"]
    # one that caps at a grade that will do, or that triggers on nothing only, is left alone
    mild = [rule("A", 1, 50, veto="good"), *rules[1:]]
    assert fixes(planned(mild, {"A": 0, "B": 0, "C": 69})) == ["B"]
    zero = [rule("A", 1, 50, veto="poor", veto_on="zero"), *rules[1:]]
    assert fixes(planned(zero, {"A": "0.5", "B": 0, "C": 69})) == ["B"]


def test_a_pass_mark_asks_for_fixes_in_its_own_dimension() -> None:
    rules = [rule("A", 8, 3), rule("B", 2), rule("C", 40, 1, dimension="y"), rule("D", 50, dimension="y")]
    given = {"A": 0, "B": 2, "C": 0, "D": 50}
    assert fixes(planned(rules, given)) == ["C"]
    plan = planned(rules, given, below="medium", marks=(Fraction(60), None))
    assert sorted(fixes(plan)) == ["A", "C"]
    assert planned(rules, given, score(90), below="medium", marks=(Fraction(60), None)).effort == 1


def test_weights_decide_what_a_point_is_worth() -> None:
    """x has weight 3 and y 7: 10 points of 50 are worth 6 in x and 14 in y."""
    rules = [rule("A", 10), rule("B", 40), rule("C", 10, dimension="y"), rule("D", 40, dimension="y")]
    plan = planned(rules, {"A": 0, "B": 36, "C": 0, "D": 40}, score(90), model="weighted")
    assert fixes(plan) == ["C"]
    assert plan.after
    assert plan.after.score == Fraction(3, 10) * 72 + 70


def test_bonus_counts_up_to_its_cap_and_a_penalty_by_what_it_costs() -> None:
    rules = [rule("A", 20, 9), rule("B", 80), rule("P", 4, 2, level="penalty"),
             rule("X", 3, 1, level="bonus"), rule("Y", 3, 1, level="bonus")]  # fmt: skip
    given: dict[str, object] = {"A": 0, "B": 80, "P": 1, "X": 0, "Y": 0}
    assert sorted(fixes(planned(rules, given, score(80)))) == ["X"]
    assert sorted(fixes(planned(rules, given, score(83)))) == ["X", "Y"]
    assert sorted(fixes(planned(rules, given, score(86)))) == ["P", "X", "Y"]
    assert fixes(planned(rules, given, score(86), bonus_cap=Fraction(4))) == ["A"]
    step = next(s for s in planned(rules, given, score(86)).steps if s.rule == "P")
    assert step.gain == 3
    assert step.effort == 2
    assert all(s.due is None for s in planned(rules, given, score(86)).steps if s.level == "bonus")


def test_a_sum_with_a_base() -> None:
    rules = [rule("A", 20, 3, level="penalty"), rule("B", 30, 1, level="penalty")]
    plan = planned(rules, {"A": 0, "B": 10}, score(75), model="sum", base=Fraction(100))
    assert plan.now
    assert plan.now.score == 60
    assert fixes(plan) == ["B"]


def test_what_is_waived_not_applicable_or_only_told_is_no_fix() -> None:
    rules = [rule("A", 30), rule("B", 30, when={"fact": "y1"}), rule("I", 0, level="info", check="y2"), rule("C", 40)]
    plan = planned(rules, {"A": 0, "B": 0, "C": 0}, facts={"y1": Seen("否", False), "y2": Seen("否", False)},
                   waivers=[{"rule": "A", "reason": "改建"}])  # fmt: skip
    assert fixes(plan) == ["C"]
    assert plan.after
    assert plan.after.score == 100


def test_the_target_may_be_reached_already() -> None:
    plan = planned([rule("A", 10), rule("B", 2)], {"A": 10, "B": 0})
    assert (plan.status, plan.steps) == ("already", [])
    assert plan.effort == 0


def test_what_was_not_checked_is_no_fix_and_is_named_as_in_the_way() -> None:
    rules = [rule("A", 30, veto="poor"), rule("B", 10), rule("C", 60)]
    plan = planned(rules, {"B": 0, "C": 60})
    assert plan.status == "unreachable"
    assert [(o.kind, o.id, o.text) for o in plan.obstacles] == [("veto_open", "A", "poor")]
    assert plan.best
    assert plan.best.score == 70
    assert (plan.aim, plan.steps) == (None, [])


def test_with_unknowns_the_fewest_are_verified_that_spare_most_effort() -> None:
    rules = [rule("A", 20), rule("B", 20), rule("C", 20, 5), rule("D", 40)]
    plan = planned(rules, {"C": 0, "D": 40}, unknowns=True)
    assert [(s.kind, s.rule) for s in plan.steps] == [("verify", "A"), ("verify", "B")]
    assert plan.verifications == 2
    assert plan.effort == 0
    assert plan.at_worst
    assert plan.at_worst.fixes == 2
    assert plan.at_worst.effort == 2
    assert [(o.rule, o.counted_on) for o in plan.open] == [("A", True), ("B", True)]
    nearly = planned(rules, {"C": 0, "D": 40}, score(100), unknowns=True)
    assert [(s.kind, s.rule) for s in nearly.steps] == [("verify", "A"), ("verify", "B"), ("fix", "C")]


def test_an_open_item_with_a_known_defect_is_verified_and_fixed() -> None:
    branches = [{"when": "y1", "points": "4"}, {"when": "y2", "points": "6"}]
    rules = [rule("A", 20, 2, award={"deduct": branches}), rule("D", 80)]
    plan = planned(rules, {"D": 80}, score(100), unknowns=True, facts={"y1": Seen("是", True)})
    assert [(s.kind, plain(s.gain), plain(s.effort)) for s in plan.steps] == [("verify", 6, 0), ("fix", 4, 2)]
    assert fixes(planned(rules, {"D": 80}, score(96), unknowns=True, facts={"y1": Seen("是", True)})) == ["A"]


def test_where_the_unchecked_leaves_the_score_all_of_it_is_verified_first() -> None:
    rules = [rule("A", 20), rule("B", 20), rule("C", 20, 5), rule("D", 40)]
    plan = planned(rules, {"C": 0, "D": 40}, not_checked="exclude", unknowns=True)
    assert plan.now
    assert plan.now.score == Fraction(200, 3)
    assert [(s.kind, s.rule) for s in plan.steps] == [("verify", "A"), ("verify", "B")]
    assert fixes(planned(rules, {"C": 0, "D": 40}, not_checked="exclude")) == ["C"]


def test_nothing_checked_is_no_score_and_verifying_may_give_one() -> None:
    rules = [rule("A", 20), rule("B", 20)]
    plan = planned(rules, {}, not_checked="exclude")
    assert (plan.status, len(plan.open)) == ("no_score", 2)
    plan = planned(rules, {}, not_checked="exclude", unknowns=True)
    assert (plan.status, plan.now, plan.verifications) == ("reached", None, 2)


def test_an_award_that_never_gives_full_points_promises_none() -> None:
    few = rule("A", 20, award={"judged": {"choices": ["0", "5"]}})
    plan = planned([few, rule("B", 80)], {"A": 0, "B": 75})
    assert fixes(plan) == ["A"]
    assert plan.steps[0].gain == 5
    plan = planned([few, rule("B", 80)], {"A": 0, "B": 75}, score(90))
    assert plan.status == "unreachable"
    assert [(o.kind, o.id, plain(o.points or Fraction(0))) for o in plan.obstacles] == [("never_full", "A", 15)]
    assert plan.aim
    assert plan.aim.score == 85


def test_parts_that_do_not_apply_and_count_as_nothing_stay_lost() -> None:
    parts = [{"title": "甲", "points": "6", "check": "y1"},
             {"title": "乙", "points": "4", "check": "y2", "when": "y3"}]  # fmt: skip
    facts = {"y1": Seen("否", False), "y3": Seen("否", False)}
    for policy, gain in (("zero", 6), ("exclude", 10), ("full", 6)):
        one = rule("A", 10, parts=parts, not_applicable=policy)
        plan = planned([one, rule("B", 90, 9)], {"B": 80}, score(86), facts=facts)
        assert plan.steps[0].gain == gain, policy


def test_the_most_that_can_be_reached_is_planned_instead() -> None:
    rules = [rule("A", 30), rule("B", 30, 2), rule("C", 20, 4), rule("D", 20)]
    plan = planned(rules, {"A": 0, "B": 0, "C": 0})
    assert plan.status == "reached"
    plan = planned(rules, {"B": 0, "C": 0})
    assert plan.status == "unreachable"
    assert plan.aim
    assert plan.aim.grade
    assert (plan.aim.grade.id, fixes(plan)) == ("fair", ["B"])
    lost = [(o.kind, o.id, plain(o.points or Fraction(0))) for o in plan.obstacles]
    assert lost == [("not_checked", "A", 30), ("not_checked", "D", 20)]


@pytest.mark.parametrize(
    ("more", "target", "kind"),
    [
        ({"max_total": Fraction(79)}, GOOD, "max_total"),
        ({"below": "medium", "marks": (Fraction(95), None)}, GOOD, "pass_mark"),
        ({"full_marks": Fraction(60), "max_total": None}, GOOD, "best"),
        ({"bonus_cap": Fraction(1), "max_total": None}, Target(given="120", score=Fraction(120)), "bonus_cap"),
    ],
)
def test_caps_are_named(more: dict[str, Any], target: Target, kind: str) -> None:
    few = rule("A", 10, award={"judged": {"choices": ["0", "5"]}}) if kind == "pass_mark" else rule("A", 10)
    rules = [few, rule("B", 10), rule("C", 80, dimension="y"), rule("Z", 10, level="bonus")]
    plan = planned(rules, {"A": 0, "B": 0, "C": 80, "Z": 0}, target, **more)
    assert plan.status == "unreachable"
    assert kind in [o.kind for o in plan.obstacles]


def test_a_site_that_is_not_rated_has_no_plan() -> None:
    pack = Terms([rule("A")], TERMS)
    result, _ = pack.score({}, judgements={"A": {"points": "0"}})
    away = result.model_copy(update={"status": "not_rated", "reason": "装修"})
    plan = make_plan(pack.compiled, away, None, GOOD)
    assert (plan.status, plan.reason, plan.now) == ("not_rated", "装修", None)


def test_targets_as_people_write_them() -> None:
    standard = Terms([rule("A")], TERMS).standard
    assert read_target(" Good ", standard) == GOOD.model_copy(update={"given": "Good"})
    assert read_target("92", standard) == score(92)
    assert read_target("９２．５分", standard) == Target(given="９２．５分", score=Fraction(185, 2))
    assert read_target("很好", standard) is None


def test_a_plan_that_is_not_proven_says_what_any_way_takes_at_least() -> None:
    rules = [rule("A", 24, 4), rule("B", 20, 4), rule("C", 20, 5), rule("D", 16, 3), rule("E", 120)]
    pack = Terms(rules, TERMS)
    judged = {key: {"points": "120" if key == "E" else "0"} for key in "ABCDE"}
    result, assessment = pack.score({}, judgements=judged)
    rough = make_plan(pack.compiled, result, assessment, GOOD, limit=0)
    exact = make_plan(pack.compiled, result, assessment, GOOD)
    assert (rough.proven, exact.proven) == (False, True)
    assert rough.effort is not None
    assert exact.effort is not None
    assert rough.least_effort is not None
    assert rough.least_effort <= exact.effort <= rough.effort
    said = list(PlanView(rough, pack.standard, "zh").notes())
    assert any("未能证明" in text for text in said)
    assert not any("已证明" in text for text in said)
