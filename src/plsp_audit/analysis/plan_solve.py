"""The cheapest choice among options that reaches a sum and the sums of some groups: exact, in whole numbers.

Every option costs and gains whole numbers. The items of a group add up on an axis of their own, on which the group may
ask for a least sum and count a greatest one; what counts is worth something towards the sum that all groups must reach.

The proof of minimality is the method: of all partial choices, the only ones given up are those that another one beats
in both cost and gain (by Bellman's argument, whatever completes the one completes the other), those that cannot reach
what is asked with everything that is left, and those that cost more than a choice already in hand even if what is left
could be had in fractions, the best bargains first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

WORK = 6_000_000
"""Partial choices that are looked at before minimality is given up; standards as they are need thousands."""


class Option(NamedTuple):
    """One way to choose an item. Among equals in cost and gain, the greater `mark` is taken; marks add up."""

    cost: int
    gain: int
    mark: int


class Item(NamedTuple):
    """Something that is chosen in one of several ways or, unless it is `forced`, left alone."""

    options: tuple[Option, ...]
    forced: bool = False


class Group(NamedTuple):
    """Items that add up on one axis.

    Attributes:
        worth: What one unit of the axis is worth towards the sum of all.
        need: The least sum; 0 asks for nothing.
        room: The greatest sum that counts towards the sum of all, None for no limit.
    """

    items: tuple[Item, ...]
    worth: int
    need: int = 0
    room: int | None = None

    @property
    def plain(self) -> bool:
        """Whether only the sum of all looks at it."""
        return self.need <= 0 and self.room is None


class Solution(NamedTuple):
    """The choice: what it costs, what it gains towards the sum of all, its marks, and whether nothing is cheaper.

    `least` is what any choice costs at least: the cost itself where that is proven.
    """

    cost: int
    gain: int
    mark: int
    proven: bool
    least: int


State = tuple[int, int, int]
"""A partial choice: cost, gain and mark, the latter two as negative numbers so that states sort by merit."""

START: State = (0, 0, 0)


class _TooMuch(Exception):
    """The work limit is reached."""


def solve(groups: Sequence[Group], need: int, limit: int = WORK) -> Solution | None:
    """Give the cheapest choice that reaches `need`; among equals the one that gains most, then the greatest mark.

    Args:
        groups: What there is to choose from.
        need: What the counted sums of the groups must be worth together.
        limit: Partial choices to look at; beyond it the best choice found so far is given, not proven.

    Returns:
        None where no choice is enough.
    """
    if any(item.forced and not item.options for group in groups for item in group.items):
        return None
    first = _first(groups, need)
    if first is None:
        return None
    search = _Search(groups, need, first.cost, limit)
    try:
        return search.best()
    except _TooMuch:
        least = search.bound()
        return first._replace(least=least, proven=least >= first.cost)


def _counted(group: Group, gain: int) -> int:
    return group.worth * (gain if group.room is None else min(gain, group.room))


# a choice in hand


def _first(groups: Sequence[Group], need: int) -> Solution | None:
    """Give a good choice: everything, then without what is dearest for what it brings, as long as it is enough."""
    found = [_leaner(groups, need, order) for order in (_bargain, _dear)]
    enough = [solution for solution in found if solution is not None]
    return min(enough, key=lambda s: (s.cost, -s.gain, -s.mark)) if enough else None


def _bargain(group: Group, option: Option) -> Fraction:
    return Fraction(group.worth * option.gain, max(option.cost, 1))


def _dear(group: Group, option: Option) -> Fraction:
    return Fraction(-option.cost)


def _leaner(
    groups: Sequence[Group], need: int, order: Callable[[Group, Option], Fraction]
) -> Solution | None:
    chosen = [[max(item.options, key=lambda o: (o.gain, -o.cost)) for item in group.items] for group in groups]
    sums = [sum(option.gain for option in row) for row in chosen]

    def enough() -> bool:
        if any(total < group.need for group, total in zip(groups, sums, strict=True)):
            return False
        return sum(_counted(group, total) for group, total in zip(groups, sums, strict=True)) >= need

    if not enough():
        return None
    places = [(g, i) for g, group in enumerate(groups) for i in range(len(group.items))]
    places.sort(key=lambda place: order(groups[place[0]], chosen[place[0]][place[1]]))
    nothing = Option(0, 0, 0)
    for g, i in places:
        item, kept = groups[g].items[i], chosen[g][i]
        for other in sorted((*item.options, *(() if item.forced else (nothing,)))):
            if other.cost >= kept.cost:
                break
            sums[g] += other.gain - kept.gain
            if enough():
                chosen[g][i] = other
                break
            sums[g] += kept.gain - other.gain
    flat = [option for row in chosen for option in row]
    gain = sum(_counted(group, total) for group, total in zip(groups, sums, strict=True))
    return Solution(sum(o.cost for o in flat), gain, sum(o.mark for o in flat), False, 0)


# what is left, in fractions


class _Bargain(NamedTuple):
    """A step of an item's options on their way from the best bargain to the most that it can bring."""

    cost: int
    gain: int
    group: int
    item: int


def _hull(group: Group, g: int, i: int) -> tuple[_Bargain, list[_Bargain]]:
    """Give what an item costs at least, and the further steps, each a worse bargain than the one before."""
    item = group.items[i]
    points = sorted({(o.cost, group.worth * o.gain) for o in item.options})
    cost, gain = points[0] if item.forced else (0, 0)
    base = _Bargain(cost, gain, g, i)
    steps: list[_Bargain] = []
    while True:
        further = [(c, v) for c, v in points if v > gain]
        if not further:
            return base, steps
        best = max(further, key=lambda p: (Fraction(p[1] - gain, max(p[0] - cost, 1)), p[1]))
        steps.append(_Bargain(max(best[0] - cost, 0), best[1] - gain, g, i))
        cost, gain = best


class _Left:
    """The least that what is left can cost for a gain, could it be had in fractions: a bound from below."""

    def __init__(self, bargains: Iterable[_Bargain], bases: Iterable[_Bargain]) -> None:
        self.base_cost = self.base_gain = 0
        for base in bases:
            self.base_cost += base.cost
            self.base_gain += base.gain
        self.steps = list(bargains)
        self.gains = list(accumulate((b.gain for b in self.steps), initial=0))
        self.costs = list(accumulate((b.cost for b in self.steps), initial=0))

    def least(self, need: int) -> int | None:
        """Give the bound; None where everything that is left is not enough."""
        need -= self.base_gain
        if need <= 0:
            return self.base_cost
        if need > self.gains[-1]:
            return None
        at = bisect_left(self.gains, need)
        step, rest = self.steps[at - 1], need - self.gains[at - 1]
        return self.base_cost + self.costs[at - 1] - (-rest * step.cost // step.gain)


# the search


class _Search:
    """Looks through the groups that ask something for themselves one by one, then through all other items."""

    def __init__(self, groups: Sequence[Group], need: int, most: int, limit: int) -> None:
        self.groups, self.need, self.most, self.budget = groups, need, most, limit
        self.bases: dict[tuple[int, int], _Bargain] = {}
        steps: list[_Bargain] = []
        for g, group in enumerate(groups):
            for i in range(len(group.items)):
                base, more = _hull(group, g, i)
                self.bases[g, i] = base
                steps += more
        self.steps = sorted(steps, key=lambda step: Fraction(step.cost, step.gain))
        ranks: dict[tuple[int, int], int] = {}
        for rank, step in enumerate(self.steps):
            ranks.setdefault((step.group, step.item), rank)
        self.order = sorted(self.bases, key=lambda place: ranks.get(place, len(self.steps)))

    def best(self) -> Solution:
        """Give the best choice."""
        states = [START]
        done: set[tuple[int, int]] = set()
        for g, group in enumerate(self.groups):
            if not group.plain:
                own = self._group(g)
                done |= {place for place in self.order if place[0] == g}
                states = self._joined(states, own, self._left(done))
        for place in self.order:
            if place not in done:
                done.add(place)
                group = self.groups[place[0]]
                states = self._with(states, group.items[place[1]], group.worth, self._left(done))
        enough = [state for state in states if -state[1] >= self.need]
        cost, gain, mark = min(enough)
        return Solution(cost, -gain, -mark, True, cost)

    def bound(self) -> int:
        """Give what any choice costs at least."""
        return self._left(set()).least(self.need) or 0

    def _left(self, done: set[tuple[int, int]]) -> _Left:
        steps = [step for step in self.steps if (step.group, step.item) not in done]
        return _Left(steps, (base for place, base in self.bases.items() if place not in done))

    def _group(self, g: int) -> list[State]:
        """Give the choices within one group that reach what it asks, by what they are worth towards the sum of all."""
        group = self.groups[g]
        places = [place for place in self.order if place[0] == g]
        ahead = sum(max(o.gain for o in group.items[i].options) for _, i in places)
        states, done = [START], set[tuple[int, int]]()
        for place in places:
            done.add(place)
            item = group.items[place[1]]
            ahead -= max(o.gain for o in item.options)
            made = (state for state in self._made(states, item, 1) if ahead - state[1] >= group.need)
            left = self._left(done)
            states = _undominated(state for state in made if self._worth_while(state, left, group))
        reached = ((cost, -_counted(group, -gain), mark) for cost, gain, mark in states if -gain >= group.need)
        return _undominated(sorted(reached))

    def _with(self, states: list[State], item: Item, worth: int, left: _Left) -> list[State]:
        return _undominated(self._pruned(self._made(states, item, worth), left))

    def _joined(self, states: list[State], own: list[State], left: _Left) -> list[State]:
        made: list[State] = []
        for cost, gain, mark in own:
            self._spend(len(states))
            made += self._pruned([(c + cost, v + gain, m + mark) for c, v, m in states], left)
        return _undominated(sorted(made))

    def _made(self, states: list[State], item: Item, worth: int) -> list[State]:
        """Give every state with every way to choose the item, in order."""
        made = [] if item.forced else list(states)
        for option in item.options:
            self._spend(len(states))
            more = worth * option.gain
            made += [(cost + option.cost, gain - more, mark - option.mark) for cost, gain, mark in states]
        made.sort()
        return made

    def _pruned(self, states: Iterable[State], left: _Left) -> list[State]:
        return [state for state in states if self._worth_while(state, left)]

    def _worth_while(self, state: State, left: _Left, group: Group | None = None) -> bool:
        """Tell whether a state can reach the sum, and at no more than the choice in hand costs."""
        gain = -state[1] if group is None else _counted(group, -state[1])
        bound = left.least(self.need - gain)
        return bound is not None and state[0] + bound <= self.most

    def _spend(self, count: int) -> None:
        self.budget -= count
        if self.budget < 0:
            raise _TooMuch


def _undominated(states: Iterable[State]) -> list[State]:
    """Keep of sorted states those that gain more than every cheaper one."""
    kept: list[State] = []
    best: int | None = None
    for state in states:
        if best is None or state[1] < best:
            kept.append(state)
            best = state[1]
    return kept
