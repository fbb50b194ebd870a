"""What holds of scoring whatever was seen under whatever standard, and that a second reading of the contract agrees."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plsp_audit.model.result import Result
from plsp_audit.reporting.json_file import json_line
from tests.property import oracle_totals
from tests.property.standards import (
    DIMENSIONS,
    FACTS_SEEN,
    KNOWN,
    POINTS,
    POSITIVE,
    RULES,
    SCORING,
    Pack,
    Seen,
)

INSPECTIONS = st.lists(FACTS_SEEN, min_size=1, max_size=4)


def _declared(pack: Pack, picks: list[bool]) -> dict[str, str]:
    return {key: "不适用" for key, pick in zip(sorted(pack.names.may_be_na), picks, strict=False) if pick}


@settings(max_examples=60)
@given(RULES, SCORING, INSPECTIONS, st.lists(st.booleans(), min_size=20, max_size=20), st.booleans())
def test_a_second_reading_of_the_contract_agrees(
    rules: list[dict[str, Any]],
    scoring: dict[str, Any],
    inspections: list[dict[str, Seen]],
    picks: list[bool],
    waive: bool,
) -> None:
    pack = Pack(rules, scoring)
    declared = _declared(pack, picks)
    waived = {"R0"} if waive else set()
    waivers = [{"rule": "R0", "reason": "改建"}] if waive else []
    for facts in inspections:
        _, found = pack.score(facts, not_applicable=declared, waivers=waivers)
        wanted = oracle_totals.score(
            pack.sheet(facts), {"scoring": scoring, "dimensions": DIMENSIONS}, rules, set(declared), waived
        )
        scale = pack.compiled.context.scale
        for outcome in found.outcomes:
            told = (outcome.state, Fraction(outcome.low) / scale, Fraction(outcome.high) / scale)
            assert told == wanted["rules"][outcome.compiled.rule.id], outcome.compiled.rule.id
        assert (found.applicable, found.checked) == wanted["coverage"]
        assert found.value == wanted["value"]
        if wanted["value"] is not None:
            assert (found.low, found.high) == (wanted["low"] or 0, wanted["high"] or 0)


@settings(max_examples=40)
@given(RULES, SCORING, FACTS_SEEN)
def test_bounds_and_round_trip(rules: list[dict[str, Any]], scoring: dict[str, Any], facts: dict[str, Seen]) -> None:
    result, _ = Pack(rules, scoring).score(facts)
    for told in result.rules or []:
        assert told.low <= told.high
        assert told.low <= told.awarded <= told.high
        least = told.low if told.level == "penalty" else -1000 if "floor" in str(rules) else 0
        assert least <= told.awarded <= told.points
        if told.level == "penalty":
            assert -told.points <= told.low <= told.high <= 0
    if result.score is not None:
        assert result.score.low <= result.score.high
    line = json_line(result)
    assert json_line(Result.model_validate_json(line)) == line
    again, _ = Pack(rules, scoring).score(facts)
    assert json_line(again) == line


@settings(max_examples=30)
@given(RULES, SCORING, FACTS_SEEN, st.randoms(use_true_random=False))
def test_order_never_matters(
    rules: list[dict[str, Any]], scoring: dict[str, Any], facts: dict[str, Seen], rng: Any
) -> None:
    def shuffled(node: Any) -> Any:
        if isinstance(node, dict):
            items = list(node.items())
            rng.shuffle(items)
            return {k: v if k in ("steps", "between", "ratio", "percent") else shuffled(v) for k, v in items}
        if isinstance(node, list):
            return rng.sample(node, len(node))
        return node

    first, _ = Pack(rules, scoring).score(facts)
    moved = {name: Seen(shuffled(seen.written), None) for name, seen in shuffled(facts).items()}
    mixed = [shuffled(rule) if "parts" not in rule else rule for rule in shuffled(rules)]
    second, _ = Pack(mixed, scoring).score(moved)
    assert first.score == second.score
    assert (first.grade, first.grade_low, first.grade_high) == (second.grade, second.grade_low, second.grade_high)
    by_id = {r.id: r for r in second.rules or []}
    for told in first.rules or []:
        other = by_id[told.id]
        assert (told.state, told.low, told.high, told.parts.asked) == (
            other.state,
            other.low,
            other.high,
            other.parts.asked,
        )
        assert len(told.parts.missing) == len(other.parts.missing)


AWARD = st.one_of(
    st.none(), st.just("share"), POINTS.map(lambda n: {"each_missing": n}), POINTS.map(lambda n: {"each_met": n})
)
PLAIN = st.builds(
    lambda points, check, award, dimension: {"points": points, "check": check, "dimension": dimension}
    | ({"award": award} if award is not None else {}),
    POINTS, POSITIVE, AWARD, st.sampled_from(["x", "y"]),
)  # fmt: skip
PLAIN_RULES = st.lists(PLAIN, min_size=1, max_size=5).map(
    lambda rules: [{"id": f"R{n}", **r} for n, r in enumerate(rules)]
)
USED = ("y1", "y2", "y3", "n1", "n2", "m1", "m2", "k1")


def _completed(draw: Any, seen: Seen, name: str) -> Seen:
    """Give what may turn out on a second visit: everything unknown becomes something."""
    written = seen.written
    if seen.meaning is None:
        return draw(KNOWN[name].filter(lambda s: "未查" not in str(s.written) and "None" not in str(s.written)))
    if isinstance(seen.meaning, dict) and "rest" in seen.meaning and seen.meaning["open"]:
        there = {m for m in seen.meaning["open"] if draw(st.booleans())}
        gone = seen.meaning["open"] - there
        rest = (
            {"p", "q", "r"} - seen.meaning["hasnt"] - seen.meaning["open"]
            if seen.meaning["rest"]
            else seen.meaning["has"]
        )
        return Seen({"有": sorted(rest | there), "无": sorted(seen.meaning["hasnt"] | gone)}, "complete")
    if name == "k1" and None in seen.meaning.values():
        return Seen({k: v if v is not None else str(draw(st.integers(0, 3))) for k, v in written.items()}, "complete")
    return seen


@settings(max_examples=40)
@given(PLAIN_RULES, SCORING, FACTS_SEEN, st.data())
def test_every_completion_lies_within_the_bounds(
    rules: list[dict[str, Any]], scoring: dict[str, Any], facts: dict[str, Seen], data: st.DataObject
) -> None:
    pack = Pack(rules, scoring | {"not_checked": "zero"})
    before, open_ = pack.score(facts)
    done = {name: _completed(data.draw, seen, name) for name, seen in facts.items() if name in USED}
    after, closed = pack.score(done)
    assert closed.complete or closed.value is None
    for one, other in zip(before.rules or [], after.rules or [], strict=True):
        assert one.low <= other.low
        assert other.high <= one.high
    if closed.value is not None and open_.value is not None:
        assert open_.low <= closed.value <= open_.high
        assert (open_.grade_low or 0) >= (closed.grade or 0) >= (open_.grade_high or 0)


def _better(name: str, seen: Seen) -> Seen:
    """Give the same fact with what was missing put right."""
    if name.startswith("y"):
        return Seen("是", True)
    if name.startswith("n"):
        return Seen("1000", Fraction(1000))
    return Seen({"p": "9", "q": "9", "r": "9"}, None) if name == "k1" else Seen(["p", "q", "r"], None)


@settings(max_examples=30)
@given(PLAIN_RULES, SCORING, FACTS_SEEN, st.sampled_from(USED))
def test_fixing_something_never_lowers_a_score(
    rules: list[dict[str, Any]], scoring: dict[str, Any], facts: dict[str, Seen], name: str
) -> None:
    pack = Pack(rules, scoring | {"not_checked": "zero"})
    _, before = pack.score(facts)
    _, after = pack.score({**facts, name: _better(name, facts[name])})
    for one, other in zip(before.outcomes, after.outcomes, strict=True):
        assert one.low <= other.low
    if before.value is not None and after.value is not None:
        assert before.value <= after.value
        assert (before.grade or 0) >= (after.grade or 0)
