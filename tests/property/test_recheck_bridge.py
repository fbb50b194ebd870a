"""The bridge between two scores adds up exactly, whatever the standard and whatever was seen."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plsp_audit.analysis.recheck import recheck
from plsp_audit.analysis.recheck_bridge import bridge
from plsp_audit.analysis.recheck_compose import compose
from plsp_audit.model.recheck import FINDINGS, STANDING, Bridge, Seen
from plsp_audit.model.result import Result
from tests.property.standards import FACTS_SEEN, RULES, SCORING, Pack
from tests.property.standards import Seen as Fact

PICKS = st.lists(st.booleans(), min_size=20, max_size=20)
MODELS = st.sampled_from(["normalised", "weighted", "sum"])
WAIVED = st.sets(st.sampled_from(["R0", "R1", "R2"]))


def _score(pack: Pack, facts: dict[str, Fact], picks: list[bool], waived: set[str]) -> Result:
    declared = {key: "不适用" for key, pick in zip(sorted(pack.names.may_be_na), picks, strict=False) if pick}
    waivers = [{"rule": rid, "reason": "改建"} for rid in sorted(waived & pack.names.rules)]
    return pack.score(facts, not_applicable=declared, waivers=waivers)[0]


def _titles(*results: Result) -> dict[str, Any]:
    return {rule.id: (rule.title, None) for result in results for rule in result.rules or []}


def _adds_up(found: Bridge, before: Result, after: Result) -> None:
    assert before.score is not None
    assert after.score is not None
    assert sum((line.change for line in found.lines), Fraction(0)) == after.score.value - before.score.value
    assert found.change + found.rounding == after.score.rounded - before.score.rounded
    assert all(line.change for line in found.lines)
    assert not [line for line in found.lines if line.kind in ("recorded", "whole")]


@settings(max_examples=80)
@given(RULES, SCORING, MODELS, FACTS_SEEN, FACTS_SEEN, PICKS, PICKS, WAIVED, WAIVED)
def test_under_one_standard(
    rules: list[dict[str, Any]],
    scoring: dict[str, Any],
    model: str,
    first: dict[str, Fact],
    second: dict[str, Fact],
    picks: list[bool],
    later_picks: list[bool],
    waived: set[str],
    later_waived: set[str],
) -> None:
    pack = Pack(rules, scoring | {"model": model})
    before, after = _score(pack, first, picks, waived), _score(pack, second, later_picks, later_waived)
    old, new = (compose(Seen(result, pack.standard)) for result in (before, after))
    assert (old is None, new is None) == (before.score is None, after.score is None)
    if old is None or new is None:
        return
    titles = _titles(before, after)
    found = bridge(old, new, titles)
    _adds_up(found, before, after)
    back = {line.rule or line.kind: line.change for line in bridge(new, old, titles).lines}
    assert back == {line.rule or line.kind: -line.change for line in found.lines}
    mixed = dict(reversed(titles.items()))
    assert {line.rule: line.change for line in bridge(old, new, mixed).lines if line.kind == "rule"} == {
        line.rule: line.change for line in found.lines if line.kind == "rule"
    }
    same = {rule.id for rule in before.rules or []} & {
        one.id for one, other in zip(before.rules or [], after.rules or [], strict=True)
        if (one.state, one.awarded) == (other.state, other.awarded)
    }  # fmt: skip
    assert not same & {line.rule for line in found.lines}


@settings(max_examples=40)
@given(RULES, SCORING, RULES, SCORING, FACTS_SEEN, FACTS_SEEN)
def test_between_two_standards(
    rules: list[dict[str, Any]],
    scoring: dict[str, Any],
    later_rules: list[dict[str, Any]],
    later_scoring: dict[str, Any],
    first: dict[str, Fact],
    second: dict[str, Fact],
) -> None:
    old_pack, new_pack = Pack(rules, scoring), Pack(later_rules, later_scoring)
    before, middle, after = old_pack.score(first)[0], new_pack.score(first)[0], new_pack.score(second)[0]
    sides = [Seen(before, old_pack.standard), Seen(middle, new_pack.standard), Seen(after, new_pack.standard)]
    old, between, new = (compose(side) for side in sides)
    if old is None or between is None or new is None:
        return
    titles = _titles(before, after)
    _adds_up(bridge(old, between, titles), before, middle)
    _adds_up(bridge(between, new, titles), middle, after)
    _adds_up(bridge(old, new, titles), before, after)


@settings(max_examples=60)
@given(RULES, SCORING, FACTS_SEEN, FACTS_SEEN, WAIVED)
def test_no_finding_is_lost_and_nothing_unseen_is_fixed(
    rules: list[dict[str, Any]],
    scoring: dict[str, Any],
    first: dict[str, Fact],
    second: dict[str, Fact],
    waived: set[str],
) -> None:
    pack = Pack(rules, scoring)
    before, after = _score(pack, first, [], set()), _score(pack, second, [], waived)
    found = recheck(Seen(before, pack.standard), Seen(after, pack.standard))
    by_id = {rule.id: rule for rule in after.rules or []}
    listed = {item.rule for item in before.rectification or []}
    findings = {item.id for item in found.items if item.outcome in FINDINGS and item.outcome != "new"}
    assert findings == listed
    for item in found.items:
        state = by_id[item.id].state
        assert (item.outcome == "fixed") == (item.id in listed and state == "pass")
        if item.outcome in STANDING:
            assert state in ("fail", "partial")
    now = {item.rule for item in after.rectification or []}
    assert {item.id for item in found.items if item.outcome in STANDING} == now
