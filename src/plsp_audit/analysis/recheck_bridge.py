"""The way from one score to another, line by line, adding up exactly. Pure.

A normalised score is a quotient, S = F × A ÷ P, and what changed is the awarded points A and the points in play P. With
m = (1/P + 1/P′) ÷ 2 and n = (A + A′) ÷ (2 P P′)

    S′ - S = F × (ΔA × m - ΔP × n)

exactly, and both ΔA and ΔP are sums over the rules. So a rule's line is F × (Δa × m - Δp × n): what it won or lost
itself, and what its coming into play or going out of it does to the weight of all others. The means over before and
after take no side: no order of the rules enters, the way back is the same with the other sign, and a rule at which
nothing changed has no line. Weighted scores are such a quotient of dimensions, each of them one of rules.

This also holds between two standards that divide alike. Where they do not (another model, other full marks or weights)
a rule's line is the difference of what it contributes to either score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from plsp_audit.analysis.recheck_compose import Composition, Dimension, Piece
from plsp_audit.model.recheck import Bridge, Line, Outcome

_ZERO = Fraction(0)
Titles = Mapping[str, tuple[str, Outcome | None]]
"""By rule id, its title and what became of it; their order is that of the lines."""


def bridge(before: Composition, after: Composition, titles: Titles) -> Bridge:
    """Give the way from one score to another.

    Args:
        before: The older score.
        after: The newer one.
        titles: Every rule of either.
    """
    alike = _alike(before, after)
    changes = _changes(before, after) if alike else _differences(before, after)
    lines = []
    for rid, (title, outcome) in titles.items():
        change = changes.get(rid, _ZERO) + after.extras.get(rid, _ZERO) - before.extras.get(rid, _ZERO)
        play = (rid in before.pieces) != (rid in after.pieces)
        if change:
            lines.append(Line("rule", change, rid, title, play, outcome))
    for line in (
        Line("base", _base(after) - _base(before)),
        Line("bonus_cap", after.cut - before.cut),
        Line("limit", after.limit - before.limit),
        Line("recorded", after.recorded - before.recorded),
    ):
        if line.change:
            lines.append(line)
    rounding = (after.rounded - after.value) - (before.rounded - before.value)
    return Bridge(before.value, after.value, tuple(lines), rounding, "change" if alike else "share")


def _alike(before: Composition, after: Composition) -> bool:
    """Tell whether both scores divide in the same way."""
    old, new = before.scoring, after.scoring
    if old.model != new.model:
        return False
    if old.model == "sum":
        return True
    weights = {name: d.weight for name, d in before.dimensions.items()}
    same = all(weights.get(name, d.weight) == d.weight for name, d in after.dimensions.items())
    return old.full_marks == new.full_marks and (old.model == "normalised" or same)


def _differences(before: Composition, after: Composition) -> dict[str, Fraction]:
    old, new = before.shares(), after.shares()
    return {rid: new.get(rid, _ZERO) - old.get(rid, _ZERO) for rid in {**old, **new}}


def unexplained(start: tuple[Fraction, Fraction], end: tuple[Fraction, Fraction]) -> Bridge:
    """Give the way between two scores (exact, rounded) of which nothing more is known."""
    change = end[0] - start[0]
    lines = (Line("whole", change),) if change else ()
    return Bridge(start[0], end[0], lines, (end[1] - start[1]) - change, "whole")


def _base(one: Composition) -> Fraction:
    return one.scoring.base if one.scoring.model == "sum" else _ZERO


def _changes(before: Composition, after: Composition) -> dict[str, Fraction]:
    """Give what each scored rule does to the score, as far as it does anything."""
    match after.scoring.model:
        case "sum":
            steps = _steps(before.pieces, after.pieces)
            return {rid: won for rid, won, _ in steps}
        case "normalised":
            return _normalised(before, after)
        case _:
            found: dict[str, Fraction] = {}
            # a rule may stand in two dimensions, where a standard moved it
            for rid, change in _weighted(before, after):
                found[rid] = found.get(rid, _ZERO) + change
            return found


def _steps(before: Mapping[str, Piece], after: Mapping[str, Piece]) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Give by how much each rule's awarded points and points in play changed."""
    for rid in dict.fromkeys([*before, *after]):
        old, new = before.get(rid), after.get(rid)
        won = (new.awarded if new else _ZERO) - (old.awarded if old else _ZERO)
        yield rid, won, (new.points if new else _ZERO) - (old.points if old else _ZERO)


def _means(old: tuple[Fraction, Fraction], new: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """Give m and n of a quotient whose numerator and denominator change from `old` to `new`."""
    (top, bottom), (top_after, bottom_after) = old, new
    return (1 / bottom + 1 / bottom_after) / 2, (top + top_after) / (2 * bottom * bottom_after)


def _totals(one: Composition) -> tuple[Fraction, Fraction]:
    pieces = one.pieces.values()
    return sum((p.awarded for p in pieces), _ZERO), sum((p.points for p in pieces), _ZERO)


def _normalised(before: Composition, after: Composition) -> dict[str, Fraction]:
    m, n = _means(_totals(before), _totals(after))
    full = after.scoring.full_marks
    return {rid: full * (won * m - came * n) for rid, won, came in _steps(before.pieces, after.pieces)}


def _weighted(before: Composition, after: Composition) -> Iterator[tuple[str, Fraction]]:
    m, n = _means(_weights(before), _weights(after))
    full = after.scoring.full_marks
    for name in dict.fromkeys([*before.dimensions, *after.dimensions]):
        old, new = before.dimensions.get(name), after.dimensions.get(name)
        pieces, pieces_after = _of(before, name), _of(after, name)
        if old is not None and new is not None:
            inner_m, inner_n = _means((old.awarded, old.points), (new.awarded, new.points))
            for rid, won, came in _steps(pieces, pieces_after):
                yield rid, full * old.weight * m * (won * inner_m - came * inner_n)
        elif new is not None:
            yield from ((rid, full * part) for rid, part in _whole(pieces_after, new, m, n))
        elif old is not None:
            yield from ((rid, -full * part) for rid, part in _whole(pieces, old, m, n))


def _weights(one: Composition) -> tuple[Fraction, Fraction]:
    dimensions = one.dimensions.values()
    return sum((d.weight * d.rate for d in dimensions), _ZERO), sum((d.weight for d in dimensions), _ZERO)


def _of(one: Composition, dimension: str) -> dict[str, Piece]:
    return {rid: piece for rid, piece in one.pieces.items() if piece.dimension == dimension}


def _whole(
    pieces: Mapping[str, Piece], dimension: Dimension, m: Fraction, n: Fraction
) -> Iterator[tuple[str, Fraction]]:
    """Share out among its rules a dimension that comes into play, or goes out of it, as a whole."""
    for rid, piece in pieces.items():
        yield rid, dimension.weight * (piece.awarded * m - piece.points * n) / dimension.points
