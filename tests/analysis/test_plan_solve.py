from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plsp_audit.analysis.plan_solve import Group, Item, Option, Solution, solve

OPTIONS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5)), min_size=1, max_size=2)
ITEMS = st.lists(st.tuples(OPTIONS, st.sampled_from([False, False, False, True])), max_size=4)
GROUP = st.tuples(ITEMS, st.sampled_from([1, 1, 2, 3, 0]), st.sampled_from([0, 0, 3, 6]), st.sampled_from([None, 0, 4]))


def _groups(drawn: list[Any]) -> list[Group]:
    bit, made = 0, []
    for items, worth, need, room in drawn:
        group = []
        for options, forced in items:
            own = []
            for cost, gain in options:
                own.append(Option(cost, gain, 1 << bit))
                bit += 1
            group.append(Item(tuple(own), forced))
        made.append(Group(tuple(group), worth, need, None if need else room))
    return made


def _by_trying(groups: list[Group], need: int) -> tuple[int, int, int] | None:
    items = [(g, item) for g, group in enumerate(groups) for item in group.items]
    ways = product(*((*item.options, *(() if item.forced else (Option(0, 0, 0),))) for _, item in items))
    found = []
    for way in ways:
        sums = [0] * len(groups)
        for (g, _), option in zip(items, way, strict=True):
            sums[g] += option.gain
        counted = [g.worth * (s if g.room is None else min(s, g.room)) for g, s in zip(groups, sums, strict=True)]
        if sum(counted) >= need and all(s >= g.need for g, s in zip(groups, sums, strict=True)):
            found.append((sum(o.cost for o in way), -sum(counted), -sum(o.mark for o in way)))
    return min(found) if found else None


@settings(max_examples=150, deadline=None)
@given(st.lists(GROUP, min_size=1, max_size=3), st.integers(0, 20))
def test_it_is_the_best_of_all_choices(drawn: list[Any], need: int) -> None:
    groups = _groups(drawn)
    found, best = solve(groups, need), _by_trying(groups, need)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert found.proven
    assert (found.cost, -found.gain) == best[:2]
    assert found.least == found.cost
    if all(group.worth and group.room is None for group in groups):
        assert -found.mark == best[2]


def _alike(efforts: list[int], gains: list[int], need: int, limit: int = 6_000_000) -> Solution:
    count = len(efforts)
    pairs = zip(efforts, gains, strict=True)
    items = [Item((Option(e * 10_000 + 1, g, 1 << (count - 1 - at)),)) for at, (e, g) in enumerate(pairs)]
    groups = [Group(tuple(items[at::5]), 1, sum(o.options[0].gain for o in items[at::5]) // 2) for at in range(5)]
    found = solve(groups, need, limit)
    assert found is not None
    return found


def test_many_rules_alike_are_no_trouble() -> None:
    """120 rules of equal effort and nearly equal points, half of every dimension asked for: few partial choices."""
    gains = [1000 + at * 7 % 11 for at in range(120)]
    found = _alike([1] * 120, gains, sum(gains) * 6 // 10, limit=200_000)
    assert found.proven
    count, most = 0, 0
    while most < sum(gains) * 6 // 10:
        count += 1
        most = sum(sorted(gains)[-count:])
    assert found.cost == count * 10_001


def test_a_choice_that_is_not_proven_says_so_and_how_far_off_it_may_be() -> None:
    efforts = [100 + at * 37 % 101 for at in range(40)]
    found = _alike(efforts, [e * 10 + at % 3 for at, e in enumerate(efforts)], 18_000, limit=500)
    assert not found.proven
    assert 0 < found.least <= found.cost
    better = _alike(efforts, [e * 10 + at % 3 for at, e in enumerate(efforts)], 18_000, limit=20_000_000)
    assert found.least <= better.cost <= found.cost


def test_greed_is_not_enough() -> None:
    """The best bargain, 60 for 10, leaves 40 to buy for 9: 19. The two others cost 18."""
    items = tuple(Item((Option(cost, gain, 0),)) for cost, gain in ((10, 60), (9, 50), (9, 50)))
    assert solve([Group(items, 1)], 100) == Solution(18, 100, 0, True, 18)
    assert solve([Group(items, 1)], 161) is None
    assert solve([Group((Item((), forced=True),), 1)], 0) is None
