"""A site and a target as whole numbers for the solver, and the solver's answer as moves. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from plsp_audit.analysis.plan_moves import Move
from plsp_audit.analysis.plan_solve import WORK, Group, Item, Option, solve
from plsp_audit.model.standard import Rounding
from plsp_audit.model.values import Number
from plsp_audit.scoring.assess import Assessment, Outcome, triggers
from plsp_audit.scoring.compile import CompiledTier
from plsp_audit.scoring.tally import Sums, extras, tally


class Aim(NamedTuple):
    """What is to be reached: a rounded score, and the place of the worst grade that will do; None for any."""

    score: Fraction
    rank: int | None


class Choice(NamedTuple):
    """The moves to make, by the place of the rule; whether nothing is cheaper, and the least effort of any choice."""

    picks: dict[int, Move]
    proven: bool
    least_effort: Fraction


class Floor(NamedTuple):
    """Where the scores begin that are rounded to something; `above` leaves out the beginning itself."""

    value: Fraction
    above: bool = False

    def holds(self, score: Fraction) -> bool:
        """Tell whether a score is one of them."""
        return score > self.value if self.above else score >= self.value


def reaches(found: Assessment, aim: Aim) -> bool:
    """Tell whether an assessment reaches the aim."""
    if found.rounded is None or found.grade is None:
        return False
    return found.grade <= aim.rank if aim.rank is not None else found.rounded >= aim.score


def floor_of(wanted: Fraction, rounding: Rounding | None) -> Floor:
    """Give the scores that come to `wanted` or more once they are rounded."""
    if rounding is None:
        return Floor(wanted)
    scale = 10**rounding.places
    units = math.ceil(wanted * scale)
    half = Fraction(2 * units - 1, 2 * scale)
    match rounding.mode:
        case "floor":
            return Floor(Fraction(units, scale))
        case "ceil":
            return Floor(Fraction(units - 1, scale), above=True)
        case "half_even":
            return Floor(half, above=units % 2 == 1)
        case _:
            return Floor(half)


def rates(compiled: CompiledTier, sums: Sums) -> list[Fraction]:
    """Give what one unit of awarded points is worth in the score, by the place of the dimension."""
    terms, model = compiled.terms, compiled.standard.scoring.model
    if model == "sum":
        return [Fraction(1, compiled.context.scale)] * len(sums.points)
    if model == "normalised":
        whole = sum(sums.points)
        return [Fraction(terms.full_marks) / whole if whole else Fraction(0)] * len(sums.points)
    weight = sum((Fraction(w) for w, p in zip(terms.weights, sums.points, strict=True) if p), start=Fraction(0))
    if not weight:
        return [Fraction(0)] * len(sums.points)
    full = Fraction(terms.full_marks)
    return [full * w / (weight * p) if p else Fraction(0) for w, p in zip(terms.weights, sums.points, strict=True)]


def unclamped(compiled: CompiledTier, sums: Sums) -> Fraction:
    """Give the score before it is held between 0 and the most there is."""
    base = Fraction(compiled.terms.base) if compiled.standard.scoring.model == "sum" else Fraction(0)
    bonus, penalty = extras(sums, compiled)
    awarded = zip(rates(compiled, sums), sums.awarded, strict=True)
    return base + sum((rate * Fraction(a) for rate, a in awarded), start=Fraction(0)) + bonus - penalty


def cheapest(
    compiled: CompiledTier,
    outcomes: tuple[Outcome, ...],
    moves: Mapping[int, tuple[Move, ...]],
    aim: Aim,
    limit: int = WORK,
) -> Choice | None:
    """Give the cheapest moves that reach the aim; None where all of them do not.

    Cheapest by effort, then by the number of fixes, then of verifications; then the highest score, then the rules that
    stand first in the standard.

    Args:
        compiled: The tier.
        outcomes: Its rules as they are now, those in play being the same after every move.
        moves: What can be done, by the place of the rule.
        aim: What is to be reached.
        limit: How much work the proof may take.
    """
    problem = _Problem(compiled, outcomes, moves, aim)
    need = problem.need()
    if need is None:
        return None
    groups, scaled = problem.groups(need)
    solution = solve(groups, scaled, limit)
    if solution is None:
        return None
    least = Fraction(solution.least // problem.count**2, problem.effort_scale)
    return Choice(problem.picks(solution.mark), solution.proven, least)


class _Problem:
    """The whole numbers of one site and aim."""

    def __init__(
        self, compiled: CompiledTier, outcomes: tuple[Outcome, ...], moves: Mapping[int, tuple[Move, ...]], aim: Aim
    ) -> None:
        self.compiled, self.outcomes, self.moves, self.aim = compiled, outcomes, moves, aim
        self.sums = tally(compiled, outcomes).value
        self.rates = rates(compiled, self.sums)
        self.count = len(outcomes) + 1
        efforts = [move.effort for options in moves.values() for move in options]
        self.effort_scale = math.lcm(1, *(effort.denominator for effort in efforts))
        self.forced = {place: self._unblocking(place) for place in compiled.vetoes if self._blocks(outcomes[place])}

    def need(self) -> Floor | None:
        """Give how much the score lacks; None where the standard gives no such score."""
        wanted = floor_of(self.aim.score, self.compiled.standard.scoring.rounding)
        most = self.compiled.terms.max_total
        if most is not None and not wanted.holds(Fraction(most)):
            return None
        if wanted.holds(Fraction(0)):
            return Floor(Fraction(0))
        return Floor(wanted.value - unclamped(self.compiled, self.sums), wanted.above)

    def _blocks(self, outcome: Outcome) -> bool:
        """Tell whether a rule's veto keeps the grade below the aim."""
        standard, veto = self.compiled.standard, outcome.compiled.rule.veto
        if self.aim.rank is None or veto is None or standard.grade_rank(veto) <= self.aim.rank:
            return False
        return triggers(outcome, standard.scoring)

    def _unblocking(self, place: int) -> tuple[Move, ...]:
        return tuple(move for move in self.moves.get(place, ()) if not self._blocks(move.outcome))

    def groups(self, need: Floor) -> tuple[list[Group], int]:
        """Give the solver's groups, and the need in its units: dimensions, then bonus, then penalty."""
        count = len(self.compiled.dimensions)
        places: list[list[int]] = [[] for _ in range(count + 2)]
        for place, outcome in enumerate(self.outcomes):
            if place in self.moves or place in self.forced:
                one = outcome.compiled
                places[one.place if one.place is not None else count + (one.level == "penalty")].append(place)
        point = Fraction(1, self.compiled.context.scale)
        worths = [*self.rates, point, point]
        rooms = [None] * count + [self._room(places[count]), None]
        units = [
            math.lcm(1 if room is None else room.denominator,
                     *(Fraction(m.gain).denominator for p in group for m in self.moves.get(p, ())))
            for group, room in zip(places, rooms, strict=True)
        ]  # fmt: skip
        scale = math.lcm(*((worth / unit).denominator for worth, unit in zip(worths, units, strict=True)))
        made = []
        for at, (group, unit) in enumerate(zip(places, units, strict=True)):
            worth = worths[at] / unit * scale
            least = math.ceil(self._pass_mark(at) * unit) if at < count else 0
            room = rooms[at]
            items = [self._item(place, unit, keep=bool(worth) or least > 0) for place in group]
            made.append(Group(tuple(i for i in items if i.options or i.forced), int(worth), max(least, 0),
                              None if room is None else int(room * unit)))  # fmt: skip
        lacking = need.value * scale
        return made, math.floor(lacking) + 1 if need.above else math.ceil(lacking)

    def _item(self, place: int, unit: int, keep: bool) -> Item:
        forced = place in self.forced
        options = [
            Option(self._cost(move), int(move.gain * unit), self._mark(place, move))
            for move in (self.forced[place] if forced else self.moves[place])
            if forced or (keep and move.gain > 0)
        ]
        return Item(tuple(options), forced)

    def _cost(self, move: Move) -> int:
        """Count effort, then fixes, then verifications, so that one number compares all three."""
        effort = int(move.effort * self.effort_scale)
        return (effort * self.count + (move.kind == "fix")) * self.count + (move.verified is not None)

    def _mark(self, place: int, move: Move) -> int:
        """Give one of two bits a rule, the first rules the greatest: a rule is fixed, or only verified."""
        return (2 if move.kind == "fix" else 1) << 2 * (len(self.outcomes) - 1 - place)

    def _pass_mark(self, at: int) -> Fraction:
        """Give the units that a dimension lacks of its pass mark, where missing it keeps the grade below the aim."""
        standard, dimension = self.compiled.standard, self.compiled.dimensions[at]
        cap, mark = standard.scoring.below_pass_mark, dimension.pass_mark
        points = self.sums.points[at]
        if cap is None or mark is None or not points or self.aim.rank is None:
            return Fraction(0)
        if standard.grade_rank(cap) <= self.aim.rank:
            return Fraction(0)
        return Fraction(mark * points / 100 - self.sums.awarded[at])

    def _room(self, places: Sequence[int]) -> Fraction | None:
        """Give how much bonus still counts, in the tier's units; None where all that can be earned does."""
        cap = self.compiled.terms.bonus_cap
        if cap is None:
            return None
        room = max(cap * self.compiled.context.scale - Fraction(self.sums.bonus), Fraction(0))
        most = sum(max((m.gain for m in self.moves.get(p, ())), default=0) for p in places)
        return room if most > room else None

    def picks(self, mark: int) -> dict[int, Move]:
        """Give the moves of the solver's choice."""
        found: dict[int, Move] = {}
        last = len(self.outcomes) - 1
        for place, options in self.moves.items():
            bits = mark >> 2 * (last - place) & 3
            if bits:
                found[place] = next(move for move in options if self._mark(0, move) >> 2 * last == bits)
        return found


def all_moves(moves: Mapping[int, Sequence[Move]]) -> dict[int, Move]:
    """Give the move of every rule that brings most."""

    def most(move: Move) -> tuple[Number, bool, bool]:
        return move.gain, move.outcome.state == "pass", move.kind == "verify"

    return {place: max(options, key=most) for place, options in moves.items()}
