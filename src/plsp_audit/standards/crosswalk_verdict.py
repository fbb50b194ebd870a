"""Which of two standards asks more of a fact, and in what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from plsp_audit.model.result import Level
from plsp_audit.standards.crosswalk_asks import Ask, Condition, Spot, implies, spots_of, tree_implies
from plsp_audit.standards.crosswalk_demands import Demand

Verdict = Literal["a_stricter", "b_stricter", "same", "different", "only_a", "only_b"]
VERDICTS: Final[tuple[Verdict, ...]] = ("a_stricter", "b_stricter", "same", "different", "only_a", "only_b")
Side = Literal["a", "b"]

RANK: Final[dict[Level, int]] = {"required": 3, "penalty": 3, "recommended": 2, "bonus": 1, "info": 0}
"""How much it matters that an ask is missed: a required and a penalty rule both take points off."""


@dataclass(frozen=True, slots=True)
class Note:
    """In what one side asks more, or why the two cannot be held against each other.

    Attributes:
        code: The sentence, by its key in the catalogue.
        side: The side that asks more; None where neither is said to.
        names: Members, options or words that it is about.
        text: Further words: an ask, a condition.
        levels: The levels of the stricter side and of the other, where they are the point.
    """

    code: str
    side: Side | None = None
    names: tuple[str, ...] = ()
    text: str = ""
    levels: tuple[Level, Level] | None = None


def judge(left: Sequence[Demand], right: Sequence[Demand], spot: Spot) -> tuple[Verdict, tuple[Note, ...]]:
    """Hold what two tiers demand of one fact against each other."""
    if not left or not right:
        return ("only_a" if left else "only_b"), ()
    left, right = _weighed(left), _weighed(right)
    more_left = [y for y in left if not _met(y, right, left, spot)]
    more_right = [y for y in right if not _met(y, left, right, spot)]
    if not more_left and not more_right:
        return "same", ()
    if more_left and more_right and not any(_alike(x.ask, y.ask) for x in left for y in right):
        return "different", (Note("apart"),)
    notes = [*_notes(more_left, right, "a", spot), *_notes(more_right, left, "b", spot)]
    verdict: Verdict = "different" if more_left and more_right else "a_stricter" if more_left else "b_stricter"
    return verdict, _merged(notes)


def _weighed(demands: Sequence[Demand]) -> Sequence[Demand]:
    """Leave out what is only shown, where the same fact is scored as well."""
    return [demand for demand in demands if demand.level != "info"] or demands


def _alike(one: Ask, other: Ask) -> bool:
    return implies(one, other) or implies(other, one) or (one.subject == other.subject and one.kind == other.kind)


def _ways(demand: Demand, spot: Spot) -> frozenset[frozenset[Spot]]:
    """Give what other facts would do in its place; what of them would do is held against each other in their rows."""
    return frozenset(spots for tree in demand.alternatives if spot not in (spots := spots_of(tree)))


def _implies(one: Demand, other: Demand) -> bool:
    """Tell whether one ask settles another; how points fall off means nothing to a rule that is never scored."""
    wanted = replace(other.ask, graded=one.ask.graded) if other.level == "info" else other.ask
    return implies(one.ask, wanted)


def _covers(one: Demand, other: Demand, spot: Spot) -> bool:
    beside = all(any(tree_implies(mine, tree) for mine in one.beside) for tree in other.beside)
    return beside and _implies(one, other) and _as_wide(one, other, spot)


def _as_wide(one: Demand, other: Demand, spot: Spot) -> bool:
    """Tell whether a demand weighs as much, holds as often and has as few ways out as another."""
    if RANK[one.level] < RANK[other.level] or not one.conditions <= other.conditions:
        return False
    return _ways(one, spot) <= _ways(other, spot)


def _choice(demand: Demand, among: Sequence[Demand]) -> list[Demand]:
    """Give the demands on the same fact of which one is enough, this one among them."""
    if demand.choice is None:
        return [demand]
    return [x for x in among if x.rule is demand.rule and x.part == demand.part and x.choice == demand.choice]


def _met(wanted: Demand, others: Sequence[Demand], own: Sequence[Demand], spot: Spot) -> bool:
    """Tell whether a site that meets the other standard meets a demand of this one.

    Where either side leaves a choice, each thing that the other lets a site choose must be one that this one does.
    """
    ours = _choice(wanted, own)
    if any(all(any(_covers(x, y, spot) for y in ours) for x in _choice(first, others)) for first in others):
        return True
    return _enough(wanted, others, spot)


def _enough(wanted: Demand, others: Sequence[Demand], spot: Spot) -> bool:
    """Tell whether so many of some members are there because each of so many is asked by itself."""
    if wanted.ask.kind != "need" or not wanted.ask.bound.numbers or not isinstance(wanted.ask.value, frozenset):
        return False
    named = {
        x.ask.value
        for x in others
        if x.choice is None
        and x.ask.kind == "member"
        and x.ask.subject == wanted.ask.subject
        and _as_wide(x, wanted, spot)
    }
    return len(named & wanted.ask.value) >= max(wanted.ask.bound.numbers)


def _notes(more: Sequence[Demand], others: Sequence[Demand], side: Side, spot: Spot) -> list[Note]:
    """Say in what a side asks more; at the least, that the other leaves another way."""
    found = list(_each_note(more, others, side, spot))
    return found or [Note("otherwise", side)] if more else []


def _each_note(more: Sequence[Demand], others: Sequence[Demand], side: Side, spot: Spot) -> Iterator[Note]:
    for wanted in more:
        implying = [x for x in others if _implies(x, wanted)]
        if implying:
            near = max(implying, key=lambda x: (RANK[x.level], -len(x.conditions - wanted.conditions)))
            yield from _narrower(wanted, near, side, spot)
            continue
        yield _harder(wanted.ask, [x.ask for x in others], side)


def _narrower(wanted: Demand, near: Demand, side: Side, spot: Spot) -> Iterator[Note]:
    """Say why an ask that is as strict still asks less."""
    if RANK[near.level] < RANK[wanted.level]:
        yield Note("level", side, levels=(wanted.level, near.level))
    if not near.conditions <= wanted.conditions:
        yield Note("when", side, text=_texts(near.conditions - wanted.conditions))
    if near.choice is not None and wanted.choice is None or not _ways(near, spot) <= _ways(wanted, spot):
        yield Note("otherwise", side)


def _texts(conditions: frozenset[Condition]) -> str:
    return "；".join(sorted(c.text for c in conditions))


_PLAIN: Final = {"one_of": "options", "named": "names", "mentions": "words", "need": "need", "within": "within"}


def _harder(wanted: Ask, others: Sequence[Ask], side: Side) -> Note:
    """Say in what an ask goes beyond those of the other side."""
    alike = [x for x in others if x.subject == wanted.subject and x.kind == wanted.kind]
    if wanted.kind in ("member", "lacks"):
        return _member(wanted, alike, others, side)
    near = next((x for x in (*alike, *others) if implies(wanted, x)), None)
    if near is None and alike:
        return Note("steps" if _steps_only(wanted, alike[0]) else "truth" if wanted.kind == "truth" else "apart")
    if near is None or near.subject != wanted.subject:
        return Note("extra", side, (wanted.text,))
    if wanted.kind in ("low", "high") and near.kind == wanted.kind:
        if wanted.bound == near.bound:
            return Note("graded", side)
        return Note(f"{wanted.kind}_date" if wanted.date else wanted.kind, side)
    if near.kind == wanted.kind or wanted.kind in ("one_of", "named"):
        return Note(_PLAIN.get(wanted.kind, "apart"), side)
    return Note("extra", side, (wanted.text,))


def _member(wanted: Ask, alike: Sequence[Ask], others: Sequence[Ask], side: Side) -> Note:
    """Say of a member whether it is asked in greater number, where others may stand in for it, or besides."""
    if any(x.value == wanted.value for x in alike):
        return Note("counts", side, (wanted.name,))
    some = [x.value for x in others if x.kind == "need" and x.subject == wanted.subject]
    if wanted.kind == "member" and any(isinstance(value, frozenset) and wanted.value in value for value in some):
        return Note("need", side)
    return Note("members" if wanted.kind == "member" else "lacks", side, (wanted.name,))


def _steps_only(one: Ask, other: Ask) -> bool:
    return one.kind == other.kind == "low" and one.bound == other.bound


def _merged(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Give each note once, those of one side about members as one."""
    found: dict[tuple[object, ...], Note] = {}
    for note in notes:
        key = (note.code, note.side, note.text, note.levels)
        before = found.get(key)
        names = note.names if before is None else tuple(dict.fromkeys((*before.names, *note.names)))
        found[key] = Note(note.code, note.side, names, note.text, note.levels)
    return tuple(found.values())
