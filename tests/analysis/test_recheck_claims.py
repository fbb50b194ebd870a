"""A ledger's claims held against what was seen."""

from __future__ import annotations

import pytest

from plsp_audit.analysis.recheck_claims import check_claims, strangers, with_claims
from plsp_audit.analysis.recheck_items import compare_rule
from plsp_audit.model.recheck import CLAIM_KINDS, Claim, ClaimKind, Item
from plsp_audit.model.result import RuleResult, State
from tests.analysis.factory_recheck import NO, YES, asks, pack, pair, seen, told


def item(before: State, after: State, rid: str = "R-1") -> Item:
    def one(state: State) -> RuleResult:
        return told(state, {"pass": 4, "partial": 2}.get(state, 0)).model_copy(update={"id": rid})

    return compare_rule(one(before), one(after))


def claim(done: bool, rule: str = "R-1", site: str = "s") -> Claim:
    return Claim(site, rule, done, "已整改" if done else "")


@pytest.mark.parametrize(
    ("before", "after", "done", "kind"),
    [
        ("fail", "fail", True, "claimed_not_fixed"),
        ("fail", "partial", True, "claimed_not_fixed"),
        ("pass", "fail", True, "claimed_not_fixed"),
        ("fail", "not_checked", True, "claimed_unchecked"),
        ("fail", "pass", True, "confirmed"),
        ("fail", "pass", False, "fixed_unclaimed"),
        ("fail", "fail", False, "open_unclaimed"),
        ("fail", "not_checked", False, "unchecked_unclaimed"),
        ("fail", "not_applicable", True, "moot"),
        ("fail", "waived", False, "moot"),
    ],
)
def test_kinds(before: State, after: State, done: bool, kind: ClaimKind) -> None:
    [check] = check_claims([item(before, after)], [claim(done)])
    assert check.kind == kind


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("fail", "pass", ["fixed_unclaimed"]),
        ("fail", "fail", ["open_unclaimed"]),
        ("fail", "not_checked", ["unchecked_unclaimed"]),
        ("pass", "fail", []),
        ("pass", "pass", []),
    ],
)
def test_without_a_row_only_findings_of_last_time_are_named(before: State, after: State, kinds: list[str]) -> None:
    assert [check.kind for check in check_claims([item(before, after)], [])] == kinds


def test_the_gravest_disagreement_comes_first() -> None:
    items = [
        item("fail", "pass", "A"), item("fail", "fail", "B"), item("fail", "fail", "C"), item("fail", "pass", "D"),
        item("fail", "not_checked", "E"),
    ]  # fmt: skip
    checks = check_claims(items, [claim(True, rule) for rule in "ACEX"])
    assert [(check.rule, check.kind) for check in checks] == [
        ("C", "claimed_not_fixed"),
        ("E", "claimed_unchecked"),
        ("D", "fixed_unclaimed"),
        ("B", "open_unclaimed"),
        ("A", "confirmed"),
        ("X", "unknown"),
    ]
    assert CLAIM_KINDS[0] == "claimed_not_fixed"


def test_every_row_of_a_rule_is_held_against_it() -> None:
    kinds = [check.kind for check in check_claims([item("fail", "fail")], [claim(True), claim(False)])]
    assert kinds == ["claimed_not_fixed", "open_unclaimed"]


def test_rows_of_other_sites_are_left_out_and_named() -> None:
    made = pack(asks("R-1", "y1"))
    found = pair(seen(made, y1=NO), seen(made, y1=YES))
    claims = [claim(True, site="s"), claim(True, site="t")]
    told_claims = with_claims(found, claims).claims
    assert told_claims is not None
    assert [check.kind for check in told_claims] == ["confirmed"]
    assert [one.site for one in strangers(claims, ["s"])] == ["t"]
