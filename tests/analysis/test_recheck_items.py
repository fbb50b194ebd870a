"""What became of each item between two inspections."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from plsp_audit.analysis.recheck_items import as_stored, compare_rule
from plsp_audit.model.recheck import FINDINGS, Members, Outcome
from plsp_audit.model.result import Level, RuleResult, State
from tests.analysis.factory_recheck import NO, UNSEEN, YES, asks, count, pack, pair, part, seen, told

FAIL, HALF, PASS = told("fail", 0), told("partial", 2), told("pass", 4)
LEFT: dict[State, Outcome] = {
    "not_checked": "unchecked", "not_applicable": "dropped", "waived": "waived",
}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (FAIL, PASS, "fixed"),
        (HALF, PASS, "fixed"),
        (FAIL, FAIL, "open"),
        (HALF, HALF, "open"),
        (FAIL, HALF, "partly"),
        (HALF, FAIL, "open"),
        (PASS, FAIL, "new"),
        (PASS, HALF, "new"),
        (PASS, PASS, "kept"),
        (told("not_checked"), FAIL, "new"),
        (told("not_applicable"), FAIL, "new"),
        (told("waived"), FAIL, "new"),
        (None, FAIL, "new"),
        (told("not_checked"), PASS, "met"),
        (told("not_applicable"), PASS, "met"),
        (None, PASS, "met"),
        (FAIL, None, "removed"),
        (PASS, None, "out"),
        (PASS, told("not_checked"), "not_checked"),
        (PASS, told("not_applicable"), "out"),
        (PASS, told("waived"), "out"),
    ],
)
def test_outcomes(before: RuleResult | None, after: RuleResult | None, outcome: Outcome) -> None:
    assert compare_rule(before, after).outcome == outcome


@pytest.mark.parametrize("state", LEFT)
@pytest.mark.parametrize("before", [FAIL, HALF])
def test_what_nobody_looked_at_is_not_fixed(before: RuleResult, state: State) -> None:
    item = compare_rule(before, told(state))
    assert item.outcome == LEFT[state]
    assert item.outcome in FINDINGS


def test_worse_is_still_open_and_said_to_be_worse() -> None:
    assert compare_rule(HALF, FAIL).worse
    assert not compare_rule(FAIL, FAIL).worse


@pytest.mark.parametrize("level", ["bonus", "info"])
def test_bonus_and_information_are_no_findings(level: Level) -> None:
    assert compare_rule(told("fail", level=level), told("pass", 4, level=level)).outcome == "extra"


def test_a_penalty_is_a_finding_while_it_costs_something() -> None:
    costs, less = told("fail", -4, level="penalty"), told("partial", -1, level="penalty")
    nothing = told("pass", 0, level="penalty")
    assert compare_rule(costs, nothing).outcome == "fixed"
    assert compare_rule(costs, less).outcome == "partly"
    assert compare_rule(less, costs).worse
    assert compare_rule(nothing, less).outcome == "new"


def test_raised_points_do_not_make_an_item_seem_mended() -> None:
    """Half of 4 points before, half of 8 under the new standard: still as bad."""
    assert compare_rule(told("partial", 2), told("partial", 4, points=8)).outcome == "open"


def test_a_finding_is_not_lost_where_a_new_standard_only_rewards_it() -> None:
    bonus = told("fail", level="bonus")
    assert compare_rule(FAIL, bonus).outcome == "removed"
    assert compare_rule(PASS, bonus).outcome == "extra"
    assert compare_rule(bonus, FAIL).outcome == "new"


def test_what_a_penalty_costs_is_compared_with_what_points_were_lost() -> None:
    """Half of the points lost before, a quarter of the penalty now."""
    assert compare_rule(HALF, told("partial", -1, level="penalty")).outcome == "partly"
    assert compare_rule(HALF, told("fail", -4, level="penalty")).worse


def members(before: RuleResult, after: RuleResult) -> Members:
    return compare_rule(before, after).members


def test_members_that_came_and_went() -> None:
    before = told("partial", 2, parts=count(("打印机", "电话机"), asked=4))
    after = told("partial", 2, parts=count(("电话机", "档案柜"), asked=4))
    item = compare_rule(before, after)
    assert item.members == Members(there=("打印机",), still=("电话机",), newly=("档案柜",))
    assert item.outcome == "partly"
    assert not item.worse


def test_at_equal_points_only_something_new_missing_is_worse() -> None:
    before = told("partial", 2, parts=count(("打印机",), asked=4))
    after = told("partial", 2, parts=count(("打印机", "档案柜"), asked=4))
    item = compare_rule(before, after)
    assert (item.outcome, item.worse) == ("open", True)


def test_a_member_of_which_nothing_is_known_is_not_there() -> None:
    before = told("partial", 2, parts=count(("打印机", "电话机"), asked=4))
    after = told("not_checked", 2, parts=count(("电话机",), unknown=1, asked=4))
    assert members(before, after) == Members(still=("电话机",), unsure=("打印机",))


def test_members_of_one_name_are_counted() -> None:
    before = told("partial", 1, parts=count(("职责", "职责"), asked=4))
    after = told("partial", 2, parts=count(("职责",), asked=4))
    assert members(before, after) == Members(there=("职责",), still=("职责",))


def test_what_comes_into_play_lacks_what_it_lacks() -> None:
    after = told("partial", 2, parts=count(("电话机",), asked=2))
    assert members(told("not_applicable"), after) == Members(newly=("电话机",))
    assert members(told("partial", 2, parts=count(("电话机",), asked=2)), told("not_applicable")) == Members()


def test_parts_are_told_one_by_one_and_known_by_their_titles() -> None:
    before = told("fail", 0, details=(part(1, "挂牌", "fail", ("牌",)), part(2, "摘旧牌", "fail")))
    after = told("partial", 2, details=(part(1, "摘旧牌", "fail"), part(2, "挂牌", "pass"), part(3, "亮灯", "fail")))
    item = compare_rule(before, after)
    assert [(p.no, p.title, p.outcome) for p in item.parts] == [
        (1, "摘旧牌", "open"),
        (2, "挂牌", "fixed"),
        (3, "亮灯", "new"),
    ]
    assert item.parts[1].members == Members(there=("牌",))
    assert item.outcome == "partly"


def test_parts_of_one_title_are_paired_in_their_order() -> None:
    before = told("fail", 0, details=(part(1, "一项", "fail"), part(2, "一项", "pass")))
    after = told("fail", 0, details=(part(1, "一项", "pass"), part(2, "一项", "fail")))
    assert [p.outcome for p in compare_rule(before, after).parts] == ["fixed", "new"]


def test_a_rule_without_a_side_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        compare_rule(None, None)


def test_the_order_is_that_of_the_newer_standard_then_what_only_the_older_has() -> None:
    old = pack(asks("R1", "y1"), asks("R2", "y2"), asks("R3", "y3"))
    new = pack(asks("R3", "y3"), asks("R4", "y1"), asks("R1", "y1"))
    found = pair(seen(old, y1=NO, y2=NO, y3=YES), seen(new, y1=YES, y2=NO, y3=UNSEEN))
    assert [(item.id, item.outcome) for item in found.items] == [
        ("R3", "not_checked"),
        ("R4", "met"),
        ("R1", "fixed"),
        ("R2", "removed"),
    ]


def test_stored_numbers_are_compared_as_they_were_stored() -> None:
    """Two of three members: 8/3 now, 2.6667 in the file of last time. Nothing came or went."""
    third = {"fact": "m1", "includes": ["p", "q", "r"]}
    rule = asks("R1", "y1", 4) | {"check": third, "award": "share"}
    made = pack(rule, asks("R2", "y2"))
    exact = seen(made, m1=type(YES)(["甲账", "乙账"], None), y2=NO)
    assert exact.result.rules is not None
    assert exact.result.rules[0].awarded == Fraction(8, 3)
    earlier = seen(made, m1=type(YES)(["甲账", "乙账"], None), y2=YES)
    before = replace(as_stored(earlier), exact=False)
    found = pair(before, exact)
    assert [item.outcome for item in found.items] == ["open", "new"]
    assert found.bridge is not None
    assert [line.rule for line in found.bridge.lines if line.kind == "rule"] == ["R2"]
    assert sum(line.change for line in found.bridge.lines) == found.change
