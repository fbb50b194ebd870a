"""A score taken apart into what each rule contributes. Pure.

This reads the rule results of one site under its standard and follows spec section 4, 3; a property test holds it
against the score that scoring gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from plsp_audit.model.recheck import Seen
from plsp_audit.model.result import RuleResult
from plsp_audit.model.standard import ResolvedStandard, Scoring

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A scored rule in play: its points, what was awarded of them, and its dimension."""

    dimension: str
    points: Fraction
    awarded: Fraction


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension in play: its weight, its points and what was awarded of them."""

    weight: Fraction
    points: Fraction
    awarded: Fraction

    @property
    def rate(self) -> Fraction:
        """What was awarded ÷ points."""
        return self.awarded / self.points


@dataclass(frozen=True, slots=True)
class Composition:
    """A score, taken apart. Everything but `pieces` is in points of the score.

    Attributes:
        pieces: The scored rules in play, by id.
        extras: What bonus rules add and penalties cost (negative), by id.
        cut: What the cap of the bonus takes away, 0 or negative.
        limit: What holding the total between 0 and its maximum adds or takes away.
        recorded: The score as recorded less the sum of everything here: not 0 only where numbers were stored rounded.
        value: The score as recorded.
    """

    scoring: Scoring
    pieces: Mapping[str, Piece]
    extras: Mapping[str, Fraction]
    dimensions: Mapping[str, Dimension]
    cut: Fraction
    limit: Fraction
    recorded: Fraction
    value: Fraction
    rounded: Fraction

    def shares(self) -> dict[str, Fraction]:
        """Give what each scored rule contributes to the score."""
        full, total = self.scoring.full_marks, sum((p.points for p in self.pieces.values()), _ZERO)
        weight = sum((d.weight for d in self.dimensions.values()), _ZERO)
        found = {}
        for rid, piece in self.pieces.items():
            if self.scoring.model == "sum":
                found[rid] = piece.awarded
            elif self.scoring.model == "normalised":
                found[rid] = full * piece.awarded / total
            else:
                among = self.dimensions.get(piece.dimension)
                found[rid] = full * among.weight * piece.awarded / (weight * among.points) if among else _ZERO
        return found


def compose(seen: Seen) -> Composition | None:
    """Take a score apart; None without a score, or without its standard."""
    standard, score = seen.standard, seen.result.score
    if standard is None or score is None:
        return None
    rules = seen.result.rules or []
    pieces = _pieces(rules, standard, seen.result.site.tier)
    scoring = standard.scoring
    dimensions = _dimensions(pieces, standard)
    extras = {
        r.id: r.awarded
        for r in rules
        if r.level in ("bonus", "penalty") and not (r.state == "not_checked" and scoring.not_checked == "exclude")
    }
    bonus = sum((extras[r.id] for r in rules if r.level == "bonus" and r.id in extras), _ZERO)
    cut = min(scoring.bonus_cap - bonus, _ZERO) if scoring.bonus_cap is not None else _ZERO
    bare = Composition(scoring, pieces, extras, dimensions, cut, _ZERO, _ZERO, score.value, score.rounded)
    base = scoring.base if scoring.model == "sum" else _ZERO
    raw = base + sum(bare.shares().values(), _ZERO) + sum(extras.values(), _ZERO) + cut
    held = max(raw, _ZERO) if scoring.max_total is None else min(max(raw, _ZERO), scoring.max_total)
    return Composition(scoring, pieces, extras, dimensions, cut, held - raw, score.value - held, score.value,
                       score.rounded)  # fmt: skip


def _pieces(rules: list[RuleResult], standard: ResolvedStandard, tier: str) -> dict[str, Piece]:
    policies = {r.id: r.not_applicable or standard.scoring.not_applicable for r in standard.rules.get(tier, ())}
    found = {}
    for rule in rules:
        if rule.level not in ("required", "recommended") or rule.state == "waived":
            continue
        if rule.state == "not_applicable" and policies.get(rule.id, "exclude") == "exclude":
            continue
        if rule.state == "not_checked" and standard.scoring.not_checked == "exclude":
            continue
        found[rule.id] = Piece(rule.dimension, rule.points, rule.awarded)
    return found


def _dimensions(pieces: Mapping[str, Piece], standard: ResolvedStandard) -> dict[str, Dimension]:
    found = {}
    for dimension in standard.dimensions:
        among = [p for p in pieces.values() if p.dimension == dimension.id]
        points = sum((p.points for p in among), _ZERO)
        if points:
            found[dimension.id] = Dimension(dimension.weight, points, sum((p.awarded for p in among), _ZERO))
    return found
