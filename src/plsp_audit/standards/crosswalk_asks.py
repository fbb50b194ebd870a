"""Single asks of a standard: what they look at, what they want, and whether one is at least as strict as another."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Kind = Literal["low", "high", "member", "lacks", "need", "one_of", "truth", "named", "mentions", "filled",
               "within", "other"]  # fmt: skip
Spot = tuple[str, str | None]
"""A fact's id, and the field's where the fact is a list of rows."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that something is held against.

    Attributes:
        numbers: Every number it can come to; empty where that depends on what is found on site.
        strict: Whether the end itself is left out.
        cases: The numbers by the value of what they depend on, other than the tier.
        times: The factor, where the number is so many times a fact.
        key: What tells it from other bounds that have no number.
    """

    numbers: tuple[Fraction, ...] = ()
    strict: bool = False
    cases: tuple[tuple[str, Fraction], ...] = ()
    times: Fraction | None = None
    key: Hashable = None

    def reaches(self, other: Bound, up: bool) -> bool:
        """Tell whether whatever keeps this bound keeps the other, upwards (at least) or downwards (at most)."""
        if self == other:
            return True
        if self.key is not None and self.key == other.key:
            if self.times is not None and other.times is not None:
                return _beyond(self.times, other.times, up)
            mine, theirs = dict(self.cases), dict(other.cases)
            if mine.keys() == theirs.keys():
                return all(self._keeps(mine[name], theirs[name], other, up) for name in mine)
        if not self.numbers or not other.numbers:
            return False
        mine_weakest = min(self.numbers) if up else max(self.numbers)
        theirs_strictest = max(other.numbers) if up else min(other.numbers)
        return self._keeps(mine_weakest, theirs_strictest, other, up)

    def _keeps(self, mine: Fraction, theirs: Fraction, other: Bound, up: bool) -> bool:
        if mine == theirs:
            return self.strict or not other.strict
        return _beyond(mine, theirs, up)


def _beyond(mine: Fraction, theirs: Fraction, up: bool) -> bool:
    return mine >= theirs if up else mine <= theirs


@dataclass(frozen=True, slots=True)
class Condition:
    """Something under which alone an ask holds.

    Attributes:
        key: What tells it from others.
        text: Its words.
        said: Whether the words of the ask already name it.
    """

    key: Hashable
    text: str = field(compare=False)
    said: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked of one subject; equal asks of two standards are the same thing.

    Attributes:
        subject: What is looked at: a fact, a field of each row, a measure.
        kind: What is wanted of it.
        value: What it is held against: members, words, another subject.
        bound: The number it is held against.
        graded: By what steps less is given for less; None where it is all that counts.
        conditions: Under what alone it is asked, inside the check.
        spots: The facts and fields it looks at.
        text: Its words.
        name: The member, option or word that it is about.
        date: Whether the bound is a day.
    """

    subject: Hashable
    kind: Kind
    value: Hashable = None
    bound: Bound = Bound()
    graded: Hashable = None
    conditions: frozenset[Condition] = frozenset()
    spots: tuple[Spot, ...] = field(default=(), compare=False)
    text: str = field(default="", compare=False)
    name: str = field(default="", compare=False)
    date: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a records fact that are counted, or whose field is summed, as a subject."""

    kind: Literal["count", "sum"]
    records: str
    field: Hashable
    where: Tree | None


@dataclass(frozen=True, slots=True)
class Group:
    """Asks that hold together, or of which one is enough."""

    either: bool
    key: frozenset[Tree]
    items: tuple[Tree, ...] = field(compare=False)


Tree = Ask | Group


def grouped(items: list[Tree], either: bool) -> Tree | None:
    """Put asks together; groups of the same kind are dissolved, one alone stays alone."""
    flat: dict[Tree, None] = {}
    for item in items:
        inner = item.items if isinstance(item, Group) and item.either == either else (item,)
        flat.update(dict.fromkeys(inner))
    if len(flat) < 2:
        return next(iter(flat), None)
    return Group(either, frozenset(flat), tuple(flat))


def spots_of(tree: Tree) -> frozenset[Spot]:
    """Give the facts and fields that a tree looks at."""
    if isinstance(tree, Ask):
        return frozenset(tree.spots)
    return frozenset(spot for item in tree.items for spot in spots_of(item))


_SAY_SOMETHING = frozenset({"low", "member", "need", "one_of", "named", "mentions", "within"})
"""Kinds that only hold where there is something: they settle `filled`, as every bound of a day does."""


def implies(one: Ask, other: Ask) -> bool:
    """Tell whether a subject that meets `one` always meets `other`; conditions are not looked at."""
    if one.subject != other.subject:
        return one.kind == other.kind == "low" and _rows_in(one, other) and _bounded(one, other, up=True)
    if other.kind == "filled" and other.value is True and (one.kind in _SAY_SOMETHING or one.date):
        return True
    if one.kind != other.kind:
        return _across(one, other)
    match one.kind:
        case "low" | "high":
            return _bounded(one, other, one.kind == "low")
        case "member":
            return one.value == other.value and one.bound.reaches(other.bound, up=True)
        case "within":
            return one.value == other.value and one.bound.reaches(other.bound, up=False)
        case "one_of" | "named" | "mentions":
            return _set(one.value) <= _set(other.value)
        case "need":
            return _needs(one, other)
        case _:
            return one.value == other.value


def tree_implies(one: Tree | None, other: Tree | None) -> bool:
    """Tell whether whatever meets `one` always meets `other`; None asks nothing."""
    if other is None or one == other:
        return True
    if one is None:
        return False
    if isinstance(other, Group) and not other.either:
        return all(tree_implies(one, item) for item in other.items)
    if isinstance(one, Group) and one.either:
        return all(tree_implies(item, other) for item in one.items)
    if isinstance(one, Group):
        return any(tree_implies(item, other) for item in one.items)
    if isinstance(other, Group):
        return any(tree_implies(one, item) for item in other.items)
    return implies(one, other)


def _rows_in(one: Ask, other: Ask) -> bool:
    """Tell whether every row that one counts is counted by the other."""
    if not isinstance(one.subject, Rows) or not isinstance(other.subject, Rows):
        return False
    counted = one.subject.kind == other.subject.kind == "count" and one.subject.records == other.subject.records
    return counted and tree_implies(one.subject.where, other.subject.where)


def _set(value: Hashable) -> frozenset[Hashable]:
    return value if isinstance(value, frozenset) else frozenset()


def _bounded(one: Ask, other: Ask, up: bool) -> bool:
    if not one.bound.reaches(other.bound, up):
        return False
    same = other.bound.reaches(one.bound, up)
    return not same or one.graded in (None, other.graded)


def _needs(one: Ask, other: Ask) -> bool:
    """So many of some members are, at the worst, so many less of the members that the other counts too."""
    if _set(one.value) == _set(other.value):
        return one.bound.reaches(other.bound, up=True)
    if not one.bound.numbers or not other.bound.numbers:
        return False
    return min(one.bound.numbers) - len(_set(one.value) - _set(other.value)) >= max(other.bound.numbers)


def _across(one: Ask, other: Ask) -> bool:
    match one.kind, other.kind:
        case "one_of", "lacks":
            return other.value not in _set(one.value)
        case "named", "mentions":
            words = [w for w in _set(other.value) if isinstance(w, str)]
            return all(any(w in str(name) for w in words) for name in _set(one.value))
        case "need", "member":
            whole = one.bound.numbers and min(one.bound.numbers) >= len(_set(one.value))
            return bool(whole) and other.value in _set(one.value) and other.bound == PRESENT
        case _:
            return False


WHEN_EMPTY = "when_empty"
"""The key of the condition that there are rows; its words stand by themselves."""

PRESENT = Bound((Fraction(1),))
"""The bound of a member that must merely be there."""

