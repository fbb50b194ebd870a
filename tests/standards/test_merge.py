"""Tailoring: what a child may change, what it must say, and what it may not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.standards.factory_packs import RULES, STANDARD, Packs, line_of, rule


@pytest.fixture
def base(packs: Packs) -> Packs:
    """A parent of two tiers; A-3 is locked and uses a parameter of its own."""
    locked = rule("A-3", locked="是", points=10, check={"fact": "faults", "at_most": "$most"}, clause="二")
    tiers = {"station": [*RULES, locked], "room": [RULES[0]]}
    packs.sound("base", rules=tiers, parameters={"least": {"value": 100, "unit": "㎡"}, "most": {"value": 3}})
    return packs


def child(packs: Packs, **tailoring: Any) -> Any:
    packs.child("s", extends="base", tailoring=tailoring)
    return packs.resolve().standard


def ids(standard: Any, tier: str) -> list[str]:
    return [r.id for r in standard.rules[tier]]


def test_a_child_without_changes_is_its_parent(base: Packs) -> None:
    standard = child(base)
    parent = base.resolve("base").standard
    assert standard.rules == parent.rules
    assert (standard.province, standard.grades, standard.tiers) == (parent.province, parent.grades, parent.tiers)
    assert standard.lineage == ("base", "s")
    assert standard.digest != parent.digest


def test_a_parameter_is_changed_everywhere(base: Packs) -> None:
    standard = child(base, parameters={"least": {"value": 150, "reason": "市局通知要求"}})
    checks = [standard.rules[t][0].check.at_least for t in ("station", "room")]
    assert checks == ["150", "150"]
    [change] = standard.changes
    assert (change.kind, change.target, change.before, change.after, change.reason) == (
        "parameter", "least", "100", "150", "市局通知要求",
    )  # fmt: skip


def test_a_rule_is_removed_from_one_tier_or_from_all(base: Packs) -> None:
    one = child(base, remove=[{"rule": "A-1", "tier": "room", "reason": "村里没有"}])
    assert (ids(one, "station"), ids(one, "room")) == (["A-1", "A-2", "A-3"], [])
    every = child(base, remove=[{"rule": "A-1", "reason": "不再要求"}])
    assert (ids(every, "station"), ids(every, "room")) == (["A-2", "A-3"], [])
    assert [(c.kind, c.tier) for c in every.changes] == [("remove", "station"), ("remove", "room")]


def test_a_rule_is_altered_in_one_tier_or_in_all(base: Packs) -> None:
    one = child(base, alter=[{"rule": "A-1", "tier": "room", "set": {"points": 8, "days": 5}, "reason": "村里从轻"}])
    assert [(one.rules[t][0].points, one.rules[t][0].days) for t in ("station", "room")] == [(60, 30), (8, 5)]
    every = child(base, alter=[{"rule": "A-1", "set": {"points": 8}, "reason": "从轻"}])
    assert [every.rules[t][0].points for t in ("station", "room")] == [8, 8]


def test_a_key_set_to_nothing_is_taken_away(base: Packs) -> None:
    standard = child(base, alter=[{"rule": "A-2", "set": {"award": None}, "reason": "全得全扣"}])
    assert standard.rules["station"][1].award is None


def test_parameters_are_filled_into_what_is_altered(base: Packs) -> None:
    change = {"title": "面积$least以上", "check": {"fact": "area", "above": "$least"}}
    standard = child(base, alter=[{"rule": "A-1", "set": change, "reason": "从严"}],
                     parameters={"least": {"value": 150, "reason": "从严"}})  # fmt: skip
    found = standard.rules["station"][0]
    assert (found.title, found.check.above) == ("面积150㎡以上", "150")


def test_own_files_add_rules(base: Packs) -> None:
    source = [{"id": "own", "title": "市局通知", "outline": [{"at": "甲", "about": "内容"}]}]
    base.child("s", {"room": [rule("B-1", check="access", clause="甲")]}, extends="base", sources=source,
               tiers=[{"id": "room", "title": "村室", "rules": "room.yaml"}])  # fmt: skip
    standard = base.resolve().standard
    assert (ids(standard, "station"), ids(standard, "room")) == (["A-1", "A-2", "A-3"], ["A-1", "B-1"])
    assert standard.rules["room"][1].clause.source == "own"
    assert [t.id for t in standard.tiers] == ["station", "room"]
    assert [t.title for t in standard.tiers] == ["station", "村室"]


def test_an_id_used_twice_names_both_places(base: Packs) -> None:
    base.child("s", {"room": [rule("A-1", check="access")]}, extends="base",
               tiers=[{"id": "room", "title": "村室", "rules": "room.yaml"}])  # fmt: skip
    [problem] = base.faults()
    assert (problem.code, problem.params["rule"]) == ("standard.rule_twice", "A-1")
    assert "base" in problem.params["other"]
    assert line_of(problem) == "A-1"


def test_a_grandchild_changes_what_its_parent_changed(base: Packs) -> None:
    base.child("mid", extends="base", tailoring={"parameters": {"least": {"value": 150, "reason": "市里"}}})
    base.child("s", extends="mid", tailoring={"parameters": {"least": {"value": 200, "reason": "县里"}}})
    standard = base.resolve().standard
    assert standard.parameters["least"].value == "200"
    assert [(c.standard, c.before, c.after) for c in standard.changes] == [("mid", "100", "150"), ("s", "150", "200")]


def test_two_parents_of_a_diamond_both_count(base: Packs) -> None:
    base.child("left", extends="base", tailoring={"remove": [{"rule": "A-2", "reason": "左"}]})
    base.child("right", extends="base", tailoring={"parameters": {"least": {"value": 80, "reason": "右"}}})
    base.child("s", extends=["left", "right"])
    standard = base.resolve().standard
    assert (ids(standard, "station"), standard.parameters["least"].value) == (["A-1", "A-3"], "80")


@pytest.mark.parametrize(
    ("tailoring", "code", "culprit"),
    [
        ({"parameters": {"lest": {"value": 1, "reason": "误"}}}, "no_such_parameter", "value: 1"),
        ({"remove": [{"rule": "A-9", "reason": "误"}]}, "no_such_target", "A-9"),
        ({"remove": [{"rule": "A-2", "tier": "room", "reason": "误"}]}, "no_such_target", "A-2"),
        ({"alter": [{"rule": "A-9", "set": {"points": 1}, "reason": "误"}]}, "no_such_target", "A-9"),
        ({"alter": [{"rule": "A-2", "set": {"id": "B-1"}, "reason": "误"}]}, "id_is_fixed", "B-1"),
        ({"remove": [{"rule": "A-3", "reason": "误"}]}, "locked_rule", "rule: A-3"),
        ({"alter": [{"rule": "A-3", "set": {"days": 60}, "reason": "误"}]}, "locked_rule", "rule: A-3"),
        ({"alter": [{"rule": "A-3", "set": {"points": 12, "days": 60}, "reason": "误"}]}, "locked_rule", "rule: A-3"),
        ({"alter": [{"rule": "A-3", "set": {"points": 9}, "reason": "误"}]}, "locked_points", "9"),
        ({"parameters": {"most": {"value": 9, "reason": "误"}}}, "locked_parameter", "value: 9"),
    ],
)
def test_changes_that_are_refused(base: Packs, tailoring: dict[str, Any], code: str, culprit: str) -> None:
    base.child("s", extends="base", tailoring=tailoring)
    [problem] = base.faults()
    assert problem.code.removesuffix("_near") == f"standard.{code}"
    assert line_of(problem).startswith(culprit)


def test_a_locked_rule_may_be_worth_more(base: Packs) -> None:
    standard = child(base, alter=[{"rule": "A-3", "set": {"points": 12}, "reason": "从严"}])
    assert standard.rules["station"][2].points == 12


@pytest.mark.parametrize(
    "tailoring",
    [
        {"parameters": {"least": {"value": 150}}},
        {"remove": [{"rule": "A-1"}]},
        {"alter": [{"rule": "A-1", "set": {"points": 1}}]},
    ],
)
def test_a_change_without_a_reason_is_refused(base: Packs, tailoring: dict[str, Any]) -> None:
    base.child("s", extends="base", tailoring=tailoring)
    [problem] = base.faults()
    assert (problem.code, problem.params["key"]) == ("schema.missing_key", "reason")


RESTATED: list[tuple[str, Any]] = [
    ("grades", [{"id": "ok", "title": "合格", "from": 70}, {"id": "no", "title": "不合格", "from": 0}]),
    ("scoring", {"bonus_cap": 3}),
    ("dimensions", [{"id": "a", "title": "建设", "weight": 2}]),
]


@pytest.mark.parametrize(("key", "value"), RESTATED)
def test_what_is_restated_needs_a_reason(base: Packs, key: str, value: Any) -> None:
    base.child("s", extends="base", **{key: value})
    assert {p.code for p in base.faults()} == {"standard.reason_wanted"}
    base.child("s", extends="base", tailoring={"reason": "市局决定"}, **{key: value})
    standard = base.resolve().standard
    assert {c.reason for c in standard.changes} == {"市局决定"}


def test_scoring_keeps_what_is_not_restated(base: Packs) -> None:
    base.child("s", extends="base", scoring={"bonus_cap": 3, "reason": "市局决定"})
    standard = base.resolve().standard
    assert (standard.scoring.bonus_cap, standard.scoring.full_marks) == (Fraction(3), Fraction(100))
    [change] = standard.changes
    assert (change.kind, change.target, change.reason) == ("scoring", "bonus_cap", "市局决定")


def test_a_reason_may_stand_with_the_grades(base: Packs) -> None:
    bands = [
        {"id": "ok", "title": "合格", "from": 70, "reason": "市局决定"},
        {"id": "no", "title": "不合格", "from": 0},
    ]
    base.child("s", extends="base", grades=bands)
    assert [g.id for g in base.resolve().standard.grades] == ["ok", "no"]


def test_a_dimension_restated_keeps_what_the_child_does_not_write(packs: Packs) -> None:
    packs.sound("base", dimensions=[{"id": "a", "title": "建设", "weight": 1, "pass_mark": 60}])
    packs.child("s", extends="base", dimensions=[{"id": "a", "weight": 3, "reason": "市局决定"}])
    standard = packs.resolve().standard
    [dimension] = standard.dimensions
    assert (dimension.title, dimension.weight, dimension.pass_mark) == ("建设", Fraction(3), Fraction(60))
    [change] = standard.changes
    assert (change.kind, change.before, change.after, change.reason) == (
        "dimension", {"weight": "1"}, {"weight": "3"}, "市局决定",
    )  # fmt: skip


def test_a_new_dimension_needs_a_title(packs: Packs) -> None:
    packs.sound("s", dimensions=[{"id": "a"}])
    assert ("schema.missing_key", {"key": "title"}) in [(p.code, p.params) for p in packs.faults()]


@pytest.mark.parametrize("key", ["grades", "scoring", "dimensions"])
def test_restating_the_same_is_no_change(base: Packs, key: str) -> None:
    base.child("s", extends="base", **{key: STANDARD[key]})
    assert base.resolve().standard.changes == ()


def test_two_parents_of_their_own_need_no_reasons_from_each_other(packs: Packs) -> None:
    packs.sound("one", rules={"station": [RULES[0]]})
    packs.sound("two", rules={"station": [RULES[1]]}, scoring={"bonus_cap": 3}, grades=RESTATED[0][1])
    packs.child("s", extends=["one", "two"])
    standard = packs.resolve().standard
    assert (ids(standard, "station"), standard.scoring.bonus_cap) == (["A-1", "A-2"], Fraction(3))
    assert (standard.grades[0].id, standard.changes) == ("ok", ())


def test_a_rule_removed_may_be_written_anew(base: Packs) -> None:
    base.child("s", {"station": [rule("A-2", points=7, check="access")]}, extends="base",
               tailoring={"remove": [{"rule": "A-2", "reason": "另行规定"}]},
               tiers=[{"id": "station", "title": "工作站", "rules": "station.yaml"}])  # fmt: skip
    standard = base.resolve().standard
    assert ids(standard, "station") == ["A-1", "A-3", "A-2"]
    assert standard.rules["station"][2].points == 7


@pytest.mark.parametrize(
    "right", [{"remove": [{"rule": "A-2", "reason": "右"}]},
              {"alter": [{"rule": "A-2", "tier": "station", "set": {"points": 3}, "reason": "右"}]}],
)  # fmt: skip
def test_an_arm_of_a_diamond_may_name_what_the_other_removed(base: Packs, right: dict[str, Any]) -> None:
    base.child("left", extends="base", tailoring={"remove": [{"rule": "A-2", "reason": "左"}]})
    base.child("right", extends="base", tailoring=right)
    base.child("s", extends=["left", "right"])
    assert ids(base.resolve().standard, "station") == ["A-1", "A-3"]


def test_a_child_cannot_name_what_its_parent_removed(base: Packs) -> None:
    base.child("mid", extends="base", tailoring={"remove": [{"rule": "A-2", "reason": "市里"}]})
    base.child("s", extends="mid", tailoring={"remove": [{"rule": "A-2", "reason": "县里"}]})
    assert {p.code.removesuffix("_near") for p in base.faults()} == {"standard.no_such_target"}


@pytest.mark.parametrize(
    "tailoring",
    [
        {"parameters": {"least": {"value": 150, "reason": " "}}},
        {"remove": [{"rule": "A-1", "reason": ""}]},
        {"alter": [{"rule": "A-1", "set": {"points": 1}, "reason": "　"}]},
    ],
)
def test_a_blank_is_no_reason(base: Packs, tailoring: dict[str, Any]) -> None:
    base.child("s", extends="base", tailoring=tailoring)
    assert [p.code for p in base.faults()] == ["schema.not_filled"]


@pytest.mark.parametrize(("key", "value"), RESTATED)
def test_a_blank_is_no_reason_for_what_is_restated(base: Packs, key: str, value: Any) -> None:
    base.child("s", extends="base", tailoring={"reason": " "}, **{key: value})
    assert {p.code for p in base.faults()} == {"standard.reason_wanted"}
