"""Sites that want a plan: standards with vetoes, pass marks, caps and efforts, and every set of moves tried."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from hypothesis import strategies as st

from plsp_audit.analysis.plan_moves import Move
from plsp_audit.model.standard import Dimension, Grade, Rounding, Scoring
from plsp_audit.scoring.assess import Assessment, Outcome, assessed
from plsp_audit.scoring.compile import CompiledTier, compile_tier
from tests.property.standards import RULE, SCORING, Pack

GRADES = (("good", 80), ("medium", 60), ("fair", 30), ("poor", 0))
EFFORT = st.sampled_from(["1", "1", "2", "3", "0.5", "4/3", "0"])
VETO = st.sampled_from([None] * 7 + ["poor", "good"])


def _with_terms(rule: dict[str, Any], effort: str, veto: str | None, zero: bool) -> dict[str, Any]:
    more: dict[str, Any] = {"effort": effort}
    if veto is not None and rule.get("level") != "info":
        more |= {"veto": veto} | ({"veto_on": "zero"} if zero else {})
    return rule | more


RULES = st.lists(st.builds(_with_terms, RULE, EFFORT, VETO, st.booleans()), min_size=2, max_size=7).map(
    lambda rules: [{"id": f"R{n}", **r} for n, r in enumerate(rules)]
)
LEVEL = st.sampled_from(["required"] * 4 + ["recommended", "bonus", "bonus", "penalty"])
WORTH = st.sampled_from(["1", "2", "3", "5", "10", "0.5", "7/3"])
JUDGED = st.builds(
    lambda points, level, dimension, policy, choices: {
        "title": "一项", "points": points, "level": level, "dimension": dimension, "na_allowed": "true",
        "not_applicable": policy, "award": {"judged": {"choices": ["0", "0.25"]}} if choices else "judged",
    },
    WORTH, LEVEL, st.sampled_from(["x", "y"]), st.sampled_from(["exclude", "exclude", "full", "zero"]),
    st.sampled_from([False, False, False, False, False, True]),
)  # fmt: skip
JUDGED_RULES = st.lists(st.builds(_with_terms, JUDGED, EFFORT, VETO, st.booleans()), min_size=4, max_size=8).map(
    lambda rules: [{"id": f"R{n}", **r} for n, r in enumerate(rules)]
)
FINDING = st.sampled_from(["0"] * 5 + ["1/4", "1/2", "1/2", "1", "open", "open", "na", "waived"])
"""What becomes of a judged rule: a share of its points, not judged yet, not applicable, or waived."""
FINDINGS = st.lists(FINDING, min_size=8, max_size=8)
ROUNDING = st.one_of(
    st.none(),
    st.builds(
        lambda places, mode: {"places": places, "mode": mode},
        st.integers(0, 2),
        st.sampled_from(["half_up", "half_even", "floor", "ceil"]),
    ),
)
TERMS = st.fixed_dictionaries({
    "scoring": SCORING,
    "rounding": ROUNDING,
    "below": st.sampled_from([None, "medium", "poor", "poor"]),
    "max_total": st.sampled_from([None, None, Fraction(100), Fraction(100), Fraction(159, 2)]),
    "marks": st.tuples(*[st.sampled_from([None, Fraction(60), Fraction(75), Fraction(100)])] * 2),
    "weights": st.tuples(*[st.sampled_from([Fraction(0), Fraction(1), Fraction(3), Fraction(7, 3)])] * 2),
})  # fmt: skip

class Terms(Pack):
    """A generated standard with terms that the usual generator does not vary."""

    def __init__(self, rules: list[dict[str, Any]], terms: dict[str, Any]) -> None:
        super().__init__(rules, terms["scoring"])
        rounding = terms["rounding"]
        scoring: Scoring = self.standard.scoring.model_copy(
            update={
                "rounding": None if rounding is None else Rounding(**rounding),
                "below_pass_mark": terms["below"],
                "max_total": terms["max_total"],
            }
        )
        dimensions = tuple(
            Dimension(id=d.id, title=d.title, weight=weight, pass_mark=mark)
            for d, weight, mark in zip(self.standard.dimensions, terms["weights"], terms["marks"], strict=True)
        )
        grades = tuple(Grade.model_validate({"id": i, "title": i, "from": start}) for i, start in GRADES)
        changes = {"scoring": scoring, "dimensions": dimensions, "grades": grades}
        self.standard = self.standard.model_copy(update=changes)
        self.compiled = compile_tier(self.standard, "room")
        self.describer = type(self.describer)(self.compiled, "test")


def judged_site(rules: list[dict[str, Any]], findings: list[str]) -> dict[str, Any]:
    """Give the blocks of an inspection by which judged rules come out as found."""
    blocks: dict[str, Any] = {"judgements": {}, "not_applicable": {}, "waivers": []}
    for rule, finding in zip(rules, findings, strict=False):
        key, few = rule["id"], isinstance(rule["award"], dict)
        if finding == "na":
            blocks["not_applicable"][key] = "没有"
        elif finding == "waived":
            blocks["waivers"].append({"rule": key, "reason": "改建"})
        elif finding != "open":
            points = Fraction(finding) * Fraction(rule["points"])
            blocks["judgements"][key] = {"points": "0" if few else str(points)}
    return blocks


class Way(NamedTuple):
    """A set of moves: its effort, fixes and verifications, and what scoring makes of it."""

    cost: tuple[Fraction, int, int]
    found: Assessment
    picks: dict[int, Move]


def every_way(
    compiled: CompiledTier, outcomes: tuple[Outcome, ...], moves: dict[int, tuple[Move, ...]]
) -> list[Way]:
    """Give every set of moves there is."""
    ways = []
    for picks in product(*((None, *options) for options in moves.values())):
        made = {place: move for place, move in zip(moves, picks, strict=True) if move is not None}
        done = tuple(made[place].outcome if place in made else o for place, o in enumerate(outcomes))
        effort = sum((move.effort for move in made.values()), start=Fraction(0))
        fixes = sum(move.kind == "fix" for move in made.values())
        looks = sum(move.verified is not None for move in made.values())
        ways.append(Way((effort, fixes, looks), assessed(compiled, done), made))
    return ways
