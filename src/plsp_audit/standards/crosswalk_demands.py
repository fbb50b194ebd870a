"""What each rule of a tier demands of which fact: every leaf of its check, award and parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from plsp_audit.model.awards import (
    Award,
    DeductAward,
    MissingBranch,
    OverAward,
    PerAward,
    PerBranch,
    TimesValue,
    WhenBranch,
)
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.checks import Measure
from plsp_audit.model.result import Level
from plsp_audit.model.rules import Part, Rule
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.amounts import View, least, measured_as
from plsp_audit.standards.crosswalk_asks import Ask, Bound, Condition, Group, Tree, grouped
from plsp_audit.standards.crosswalk_read import Reader
from plsp_audit.standards.wording_award import Stake, award_words
from plsp_audit.standards.wording_branch import branch_text
from plsp_audit.standards.wording_words import Words

_NONE = Bound((Fraction(0),))
_LINEAR = ("linear",)
"""Points rise evenly from nothing at 0 to all at the bound, however that is written."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One ask of a rule.

    Attributes:
        part: The number of the part it stands in, None for a rule without parts.
        points: The points of the rule or part.
        alternatives: What would do in its place.
        choice: What tells the group of alternatives that it belongs to; None where there are none.
        beside: What must hold with it for its alternative to be met.
    """

    ask: Ask
    rule: Rule
    part: int | None
    points: Fraction
    conditions: frozenset[Condition]
    alternatives: frozenset[Tree] = frozenset()
    choice: Hashable = None
    beside: frozenset[Tree] = frozenset()

    @property
    def level(self) -> Level:
        """The level of its rule."""
        return self.rule.level


def reader_of(standard: ResolvedStandard, tier: str, lang: Lang) -> Reader:
    """Give what reads the checks of a tier."""
    words = Words(standard.facts, lang, tier, tiers={t.id: t.title for t in standard.tiers})
    return Reader(View(standard.facts, tier), words)


def demands(standard: ResolvedStandard, tier: str, lang: Lang = "zh") -> dict[str, list[Demand]]:
    """Give what each rule of a tier demands, by rule id; nothing for a rule that looks at no fact."""
    reader = reader_of(standard, tier, lang)
    return {rule.id: list(_of_rule(rule, reader)) for rule in standard.rules.get(tier, ())}


def _of_rule(rule: Rule, reader: Reader) -> Iterator[Demand]:
    always = frozenset({reader.condition(rule.when)} if rule.when is not None else ())
    items: list[tuple[int | None, Rule | Part]] = list(enumerate(rule.parts, 1)) if rule.parts else [(None, rule)]
    for number, item in items:
        limits = always
        if isinstance(item, Part) and item.when is not None:
            limits |= {reader.condition(item.when)}
        stake = Stake(item.points, rule.level)
        for tree in (reader.tree(item.check), _awarded(item.award, stake, reader)):
            for ask, way in _leaves(tree, _Way()):
                whole = limits | ask.conditions
                yield Demand(ask, rule, number, item.points, whole, way.alternatives, way.choice, way.beside)


class _Way(NamedTuple):
    """The way down a tree: what would do instead of what stands below, and what must hold beside it."""

    alternatives: frozenset[Tree] = frozenset()
    choice: Hashable = None
    beside: frozenset[Tree] = frozenset()


def _leaves(tree: Tree | None, way: _Way) -> Iterator[tuple[Ask, _Way]]:
    if isinstance(tree, Ask):
        yield tree, way
    elif isinstance(tree, Group):
        for item in tree.items:
            rest = tree.key - {item}
            if tree.either:
                choice = tree if way.choice is None else way.choice
                yield from _leaves(item, _Way(way.alternatives | rest, choice, way.beside))
            else:
                beside = way.beside | rest if way.choice is not None else way.beside
                yield from _leaves(item, _Way(way.alternatives, way.choice, beside))


def _awarded(award: Award | None, stake: Stake, reader: Reader) -> Tree | None:
    match award:
        case OverAward():
            return _over(award, stake, reader, award_words(award, stake, reader.words))
        case PerAward():
            text = award_words(award, stake, reader.words)
            if stake.penalty:
                return _counted(award.per, reader, text)
            return _full_at(award, stake, reader, text)
        case DeductAward():
            found = [_branch(branch, reader) for branch in award.deduct]
            return grouped([tree for tree in found if tree is not None], either=False)
        case _:
            return None


def _branch(branch: object, reader: Reader) -> Tree | None:
    if not isinstance(branch, WhenBranch | PerBranch | MissingBranch):
        return None
    text = branch_text(branch, reader.words)
    if isinstance(branch, PerBranch):
        return _counted(branch.per, reader, text)
    said = replace(reader, say=lambda _leaf, _negated: text)
    return said.tree(branch.when, negated=True) if isinstance(branch, WhenBranch) else said.tree(branch.missing_of)


def _counted(measure: Measure, reader: Reader, text: str) -> Ask:
    """Give what is counted to be taken off: there should be none."""
    subject, spots, _ = reader.measure(measure)
    return Ask(subject, "high", bound=_NONE, spots=spots, text=text)


def _full_at(award: PerAward, stake: Stake, reader: Reader, text: str) -> Ask:
    """Give the number from which on all the points are given."""
    subject, spots, _ = reader.measure(award.per)
    rate = least(award.points, reader.view)
    bound = Bound((stake.points / rate,)) if rate else Bound(key=str(award.points))
    return Ask(subject, "low", bound=bound, graded=("per",), spots=spots, text=text)


def _over(award: OverAward, stake: Stake, reader: Reader, text: str) -> Ask:
    """Give the bound that earns all the points, graded by what less earns."""
    subject, spots, scale = reader.measure(award.over)
    declared = measured_as(award.over, reader.view)
    ask = Ask(subject, "low", spots=spots, text=text, date=declared.type == "date")
    if award.steps is None:
        unit = least(award.unit or "1", reader.view)
        rate = _share(least(award.per_unit, reader.view), stake)
        below = reader.bound(award.below, declared)
        linear = award.whole_units is None and unit and rate and below.numbers == (unit / rate,)
        return replace(ask, bound=reader.bound(award.below, declared, scale),
                       graded=_LINEAR if linear else ("below", rate, unit, award.whole_units))  # fmt: skip
    first, value = award.steps[0]
    steps = []
    for start, worth in award.steps:
        times = isinstance(worth, TimesValue)
        given = least(worth.times if isinstance(worth, TimesValue) else worth, reader.view)
        steps.append((reader.bound(start, declared, scale), times, _share(given, stake)))
    bound = reader.bound(first, declared, scale)
    if isinstance(value, TimesValue) and (slope := least(value.times, reader.view)):
        full = stake.points / slope * scale
        bound = Bound(tuple(max(full, n) for n in bound.numbers)) if bound.numbers else bound
    lowest, rises, rate = steps[-1]
    rising = rises and rate and lowest == _NONE and bound.numbers == (scale / rate,)
    whole = len(steps) == 1 or steps[:-1] == [(bound, False, Fraction(1))]
    return replace(ask, bound=bound, graded=_LINEAR if rising and whole else tuple(steps))


def _share(given: Fraction | None, stake: Stake) -> Fraction | None:
    """Give points as a share of those at stake, so that standards with other points compare."""
    return given / stake.points if given is not None and stake.points else given
