"""The bridge from one score to another, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plsp_audit.analysis.recheck import Middle, recheck
from plsp_audit.model.recheck import Recheck, Seen
from tests.analysis.factory_recheck import NO, UNSEEN, YES, asks, moves, pack, pair, seen


def adds_up(found: Recheck) -> None:
    assert sum(moves(found).values(), Fraction(0)) == found.change


def test_normalised_without_a_change_of_what_applies() -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2", 30))
    found = pair(seen(made, y1=NO, y2=YES), seen(made, y1=YES, y2=YES))
    assert found.change == 25
    assert moves(found) == {"R1": 25}


def test_normalised_with_an_item_that_goes_out_of_play() -> None:
    """20/40 before, 30/30 now. m = (1/40 + 1/30)/2 = 7/240, n = 50/(2 × 40 × 30) = 1/48."""
    made = pack(asks("R1", "y1"), asks("R2", "y2", na_allowed="true"), asks("R3", "y3", 20))
    found = pair(seen(made, y1=NO, y2=NO, y3=YES), seen(made, ("R2",), y1=YES, y2=NO, y3=YES))
    assert found.change == 50
    assert moves(found) == {"R1": Fraction(7000, 240), "R2": Fraction(1000, 48)}
    assert found.bridge is not None
    assert [line.play for line in found.bridge.lines] == [False, True]
    adds_up(found)


def test_an_item_that_was_met_and_goes_out_costs_its_share() -> None:
    """10/20 before, 0/10 now: what was met counts no longer."""
    made = pack(asks("R1", "y1", na_allowed="true"), asks("R2", "y2"))
    found = pair(seen(made, y1=YES, y2=NO), seen(made, ("R1",), y1=YES, y2=NO))
    assert moves(found) == {"R1": -50}


def test_weighted_by_dimensions() -> None:
    """x weighs 3, y weighs 7: a rule of half of y is worth 35."""
    made = pack(asks("R1", "y1"), asks("R2", "y2", dimension="y"), asks("R3", "y3", dimension="y"), model="weighted")
    found = pair(seen(made, y1=YES, y2=NO, y3=NO), seen(made, y1=NO, y2=YES, y3=NO))
    assert moves(found) == {"R1": -30, "R2": 35}


def test_weighted_when_a_whole_dimension_goes_out_of_play() -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2", dimension="y", na_allowed="true"), model="weighted")
    found = pair(seen(made, y1=YES, y2=NO), seen(made, ("R2",), y1=YES, y2=NO))
    assert (found.before.result.score, found.after.result.score) != (None, None)
    assert moves(found) == {"R2": 70}


def test_sum_with_base_and_penalties() -> None:
    penalty = asks("R2", "y2", 8, level="penalty")
    made = pack(asks("R1", "y1"), penalty, model="sum", base=Fraction(50))
    found = pair(seen(made, y1=YES, y2=NO), seen(made, y1=YES, y2=YES))
    assert moves(found) == {"R2": 8}


def test_the_cap_of_the_bonus_has_its_own_line() -> None:
    """Two bonuses of 2 under a cap of 3: the second brings 1."""
    bonus = [asks(f"R{n}", f"y{n}", 2, level="bonus") for n in (2, 3)]
    made = pack(asks("R1", "y1"), *bonus, bonus_cap=Fraction(3), max_total=None)
    found = pair(seen(made, y1=NO, y2=YES, y3=NO), seen(made, y1=NO, y2=YES, y3=YES))
    assert moves(found) == {"R3": 2, "bonus_cap": -1}


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ((YES, NO), (YES, YES), {"R2": Fraction(5), "limit": Fraction(-5)}),  # 100 + 5 is held at 100
        ((NO, YES), (YES, YES), {"R1": Fraction(100), "limit": Fraction(-5)}),
    ],
)
def test_the_highest_total_has_its_own_line(
    before: tuple[object, object], after: tuple[object, object], lines: dict[str, Fraction]
) -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2", 5, level="bonus"))
    sides = [seen(made, y1=one, y2=two) for one, two in (before, after)]  # type: ignore[arg-type]
    found = pair(*sides)
    assert moves(found) == lines
    adds_up(found)


def test_the_lowest_total_has_its_own_line() -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2", 30, level="penalty"), model="sum")
    found = pair(seen(made, y1=YES, y2=YES), seen(made, y1=YES, y2=NO))
    assert moves(found) == {"R2": -30, "limit": 20}
    assert found.change == -10


def test_a_waiver_takes_an_item_out_of_play() -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2"))
    found = pair(seen(made, y1=YES, y2=NO), seen(made, (), ("R2",), y1=YES, y2=NO))
    assert moves(found) == {"R2": 50}
    assert [item.outcome for item in found.items] == ["kept", "waived"]


def test_what_is_unchecked_stays_out_where_the_standard_says_so() -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2"), not_checked="exclude")
    found = pair(seen(made, y1=YES, y2=NO), seen(made, y1=YES, y2=UNSEEN))
    assert moves(found) == {"R2": 50}
    assert [item.outcome for item in found.items] == ["kept", "unchecked"]


def test_rounding_stands_apart() -> None:
    """1/3 and 2/3 of 100 are graded as 33 and 67."""
    made = pack(*(asks(f"R{n}", f"y{n}") for n in (1, 2, 3)))
    found = pair(seen(made, y1=YES, y2=NO, y3=NO), seen(made, y1=YES, y2=YES, y3=NO))
    assert found.bridge is not None
    assert moves(found) == {"R2": Fraction(100, 3)}
    assert found.bridge.rounding == 34 - Fraction(100, 3)


def test_without_a_score_there_is_no_bridge() -> None:
    made = pack(asks("R1", "y1", na_allowed="true"))
    found = pair(seen(made, ("R1",), y1=NO), seen(made, y1=NO))
    assert found.bridge is None
    assert found.change is None
    assert [item.outcome for item in found.items] == ["new"]


def test_without_the_standard_the_change_is_one_line() -> None:
    made = pack(asks("R1", "y1"), asks("R2", "y2"))
    before, after = (Seen(seen(made, y1=YES, y2=fact).result, None, "a.json", exact=False) for fact in (NO, YES))
    found = recheck(before, after)
    assert moves(found) == {"whole": 50}
    assert found.bridge is not None
    assert found.bridge.by == "whole"


OLD = (asks("R1", "y1"), asks("R2", "y2"))


def _raised() -> tuple[Seen, Seen, Seen]:
    """R2 is raised from 10 to 30 points, R3 is new; the site mends R2 and nothing else."""
    old, new = pack(*OLD), pack(asks("R1", "y1"), asks("R2", "y2", 30), asks("R3", "y3"))
    before = {"y1": YES, "y2": NO, "y3": NO}
    return seen(old, **before), seen(new, **before), seen(new, **before | {"y2": YES})


def test_the_standards_part_and_the_sites_part_add_up() -> None:
    before, middle, after = _raised()
    found = recheck(before, after, Middle(middle.result))
    assert found.split == "separated"
    assert found.standard is not None
    assert found.standard.bridge is not None
    assert found.bridge is not None
    assert [found.standard.bridge.start, found.standard.bridge.end] == [50, 20]
    assert [found.bridge.start, found.bridge.end] == [20, 80]
    assert moves(found) == {"R2": 60}
    assert found.standard.bridge.change + found.bridge.change == found.change == 30
    assert {line.rule for line in found.standard.bridge.lines} == {"R2", "R3"}
    assert sum(line.change for line in found.standard.bridge.lines) == -30
    assert [(r.rule, r.kind) for r in found.standard.rules] == [("R2", "changed"), ("R3", "added")]
    assert [(r.points_before, r.points_after) for r in found.standard.rules] == [
        (Fraction(10), Fraction(30)),
        (None, Fraction(10)),
    ]
    assert [(i.id, i.outcome, i.by_standard) for i in found.items] == [
        ("R1", "kept", False),
        ("R2", "fixed", False),
        ("R3", "new", True),
    ]


def test_a_threshold_that_was_raised_is_the_standards_doing() -> None:
    area = {"fact": "n1", "at_least": Fraction(3)}
    rule = asks("R1", "y1") | {"check": area}
    old, new = pack(rule), pack(rule | {"check": area | {"at_least": Fraction(8)}})
    five = type(YES)("5", None)
    found = recheck(seen(old, n1=five), seen(new, n1=five), Middle(seen(new, n1=five).result))
    assert [(i.outcome, i.by_standard) for i in found.items] == [("new", True)]
    assert found.standard is not None
    assert [(r.rule, r.what) for r in found.standard.rules] == [("R1", ("asks",))]
    assert found.bridge is not None
    assert found.bridge.change == 0


def test_results_alone_cannot_tell_the_standard_from_the_site() -> None:
    before, _, after = _raised()
    found = recheck(Seen(before.result, before.standard, "a.json", exact=False), after)
    assert found.split == "mixed"
    assert found.standard is not None
    assert (found.standard.why, found.standard.bridge) == ("results_only", None)
    assert found.bridge is not None
    assert found.bridge.change == 30
    adds_up(found)


def test_standards_that_compute_differently_are_compared_by_what_rules_contribute() -> None:
    old, new = pack(*OLD), pack(*OLD, model="sum", base=Fraction(60))
    found = recheck(seen(old, y1=YES, y2=NO), seen(new, y1=YES, y2=YES))
    assert found.bridge is not None
    assert found.bridge.by == "share"
    assert moves(found) == {"R1": -40, "R2": 10, "base": 60}
    assert found.standard is not None
    assert found.standard.scoring == ("model", "base")
    adds_up(found)


def test_caps_that_are_lifted_and_new() -> None:
    made = pack(asks("R1", "y1", veto="poor"), asks("R2", "y2", veto="poor"), asks("R3", "y3", 80, veto="poor"))
    found = pair(seen(made, y1=NO, y2=YES, y3=NO), seen(made, y1=YES, y2=NO, y3=NO))
    assert [(c.id, c.change, c.best) for c in found.caps] == [
        ("R2", "new", "差"), ("R3", "kept", "差"), ("R1", "lifted", "差")
    ]  # fmt: skip


def test_a_cap_that_was_not_looked_into_again_is_not_lifted() -> None:
    made = pack(asks("R1", "y1", veto="poor"), asks("R2", "y2"))
    found = pair(seen(made, y1=NO, y2=YES), seen(made, y2=YES))
    assert [(c.id, c.change) for c in found.caps] == [("R1", "unchecked")]


@pytest.mark.parametrize(("before", "after", "move"), [(NO, YES, "up"), (YES, NO, "down"), (YES, YES, "same")])
def test_the_grade(before: object, after: object, move: str) -> None:
    made = pack(asks("R1", "y1"))
    sides = [seen(made, y1=fact) for fact in (before, after)]  # type: ignore[arg-type]
    assert pair(*sides).grade_move == move


def test_grades_of_other_bands_are_not_compared() -> None:
    before, _, after = _raised()
    assert after.standard is not None
    bands = tuple(g.model_copy(update={"id": f"{g.id}-neu"}) for g in after.standard.grades)
    other = Seen(after.result, after.standard.model_copy(update={"grades": bands, "digest": "neu"}))
    assert recheck(before, other).grade_move is None
