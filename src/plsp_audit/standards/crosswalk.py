"""Two standards side by side, fact by fact: what each asks of it, for how many points, and which asks more.

The same thing on site is the same fact in every standard, so facts are what two standards are aligned by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import Level
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import ResolvedStandard, Tier
from plsp_audit.standards.coverage import short_clause
from plsp_audit.standards.crosswalk_asks import WHEN_EMPTY, Spot
from plsp_audit.standards.crosswalk_demands import Demand, demands
from plsp_audit.standards.crosswalk_head import HeadRow, head_rows, tier_rows
from plsp_audit.standards.crosswalk_verdict import RANK, VERDICTS, Note, Side, Verdict, judge
from plsp_audit.standards.shares import shares
from plsp_audit.standards.wording_words import squashed


@dataclass(frozen=True, slots=True)
class RuleAsk:
    """What one rule, or one part of it, asks of a fact.

    Attributes:
        part: The number of the part, None for a rule without parts.
        share: The points in percent of the tier's total.
        texts: What it asks, in words.
        limits: When it asks that only, or what else would do, in words.
    """

    rule: str
    title: str
    part: int | None
    level: Level
    points: Fraction
    share: Fraction | None
    clause: str
    texts: tuple[str, ...]
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSide:
    """What one standard asks of a fact. `level` is the weightiest of its rules'; points are those of all of them."""

    asks: tuple[RuleAsk, ...]
    level: Level
    points: Fraction
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, or one field of a fact's rows. A side is None where its standard does not look at it."""

    fact: str
    field: str | None
    label: str
    group: str
    a: RowSide | None
    b: RowSide | None
    verdict: Verdict
    notes: tuple[Note, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule that looks at no fact: the inspectors judge."""

    rule: str
    title: str
    level: Level
    points: Fraction
    share: Fraction | None
    clause: str


@dataclass(frozen=True, slots=True)
class TierCrosswalk:
    """A tier of one standard beside a tier of the other."""

    a: Tier
    b: Tier
    head: tuple[HeadRow, ...]
    rows: tuple[Row, ...]
    judged_a: tuple[Judged, ...]
    judged_b: tuple[Judged, ...]

    def count(self, verdict: Verdict) -> int:
        """Count the facts with a verdict."""
        return sum(row.verdict == verdict for row in self.rows)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Two standards side by side; `lang` is the language of every text in it."""

    a: ResolvedStandard
    b: ResolvedStandard
    lang: Lang
    head: tuple[HeadRow, ...]
    tiers: tuple[TierCrosswalk, ...]

    def say(self, key: str, **params: object) -> str:
        """Give a sentence of the comparison's catalogue."""
        return say(f"compare.{key}", self.lang, **params)


def common_tiers(a: ResolvedStandard, b: ResolvedStandard) -> list[tuple[str, str]]:
    """Give the tiers that two standards both have, in the order of the first."""
    return [(tier.id, tier.id) for tier in a.tiers if b.tier(tier.id) is not None]


def crosswalk(
    a: ResolvedStandard, b: ResolvedStandard, tiers: Sequence[tuple[str, str]], lang: Lang = "zh"
) -> Crosswalk:
    """Put two standards side by side.

    Args:
        a: The first standard.
        b: The second.
        tiers: Pairs of tier ids, of the first and of the second.
        lang: The language of the words.
    """
    whole = tuple(_tier(a, b, one, other, lang) for one, other in tiers)
    return Crosswalk(a, b, lang, tuple(head_rows(a, b, lang)), whole)


def _tier(a: ResolvedStandard, b: ResolvedStandard, one: str, other: str, lang: Lang) -> TierCrosswalk:
    tier_a, tier_b = a.tier(one), b.tier(other)
    assert tier_a is not None, one
    assert tier_b is not None, other
    left, right = _Book(a, one, lang), _Book(b, other, lang)
    spots = _order([*left.spots, *right.spots], a, b)
    rows = tuple(_row(spot, left, right, lang) for spot in spots)
    head = tuple(tier_rows(a, b, one, other, lang))
    return TierCrosswalk(tier_a, tier_b, head, rows, tuple(left.judged()), tuple(right.judged()))


class _Book:
    """One tier of one standard, opened at its facts."""

    def __init__(self, standard: ResolvedStandard, tier: str, lang: Lang) -> None:
        self.standard, self.tier, self.lang = standard, tier, lang
        self.shares = shares(standard, tier)
        self.by_rule = demands(standard, tier, lang)
        self.spots: dict[Spot, list[Demand]] = {}
        for found in self.by_rule.values():
            for demand in found:
                for spot in demand.ask.spots:
                    self.spots.setdefault(spot, []).append(demand)

    def share(self, rule: Rule, points: Fraction) -> Fraction | None:
        per_point = self.shares.get(rule.id)
        return None if per_point is None else points * per_point

    def judged(self) -> Iterator[Judged]:
        """Give the rules that stand in no row."""
        for rule in self.standard.rules.get(self.tier, ()):
            if not any(demand.ask.spots for demand in self.by_rule[rule.id]):
                clause = short_clause(rule, self.standard, self.lang)
                share = self.share(rule, rule.points)
                yield Judged(rule.id, squashed(rule.title), rule.level, rule.points, share, clause)

    def side(self, spot: Spot) -> RowSide | None:
        """Give what stands in the row of a fact."""
        found: dict[tuple[str, int | None], list[Demand]] = {}
        for demand in self.spots.get(spot, ()):
            found.setdefault((demand.rule.id, demand.part), []).append(demand)
        if not found:
            return None
        asks = tuple(self._ask(of_rule) for of_rule in found.values())
        points: dict[str, Fraction] = {}
        rules = {demand.rule.id: demand.rule for demand in self.spots[spot]}
        for ask in asks:
            points[ask.rule] = min(points.get(ask.rule, Fraction(0)) + ask.points, rules[ask.rule].points)
        parts = [self.share(rules[rule], worth) for rule, worth in points.items()]
        known = [share for share in parts if share is not None]
        level = max((ask.level for ask in asks), key=lambda name: RANK[name])
        return RowSide(asks, level, sum(points.values(), Fraction(0)), sum(known, Fraction(0)) if known else None)

    def _ask(self, found: list[Demand]) -> RuleAsk:
        first = found[0]
        limits: dict[str, None] = {}
        for demand in found:
            for condition in sorted(demand.conditions, key=lambda c: c.text):
                if not condition.said:
                    whole = condition.key == WHEN_EMPTY
                    text = condition.text if whole else say("compare.only_when", self.lang, when=condition.text)
                    limits[text] = None
            if demand.alternatives:
                limits[say("compare.otherwise", self.lang)] = None
        return RuleAsk(
            rule=first.rule.id,
            title=squashed(first.rule.title),
            part=first.part,
            level=first.level,
            points=first.points,
            share=self.share(first.rule, first.points),
            clause=short_clause(first.rule, self.standard, self.lang),
            texts=tuple(dict.fromkeys(demand.ask.text for demand in found)),
            limits=tuple(limits),
        )


def _order(spots: Sequence[Spot], a: ResolvedStandard, b: ResolvedStandard) -> list[Spot]:
    """Order facts by group as the dictionary does, a fact before its fields."""
    known = list(dict.fromkeys((*a.facts.facts, *b.facts.facts)))
    groups = list(dict.fromkeys((a.facts.get(fid) or b.facts.facts[fid]).group for fid in known))
    rank = {fid: n for n, fid in enumerate(known)}

    def place(spot: Spot) -> tuple[int, int, int]:
        fact = a.facts.get(spot[0]) or b.facts.facts[spot[0]]
        fields = list(fact.fields)
        field = fields.index(spot[1]) + 1 if spot[1] in fields else 0 if spot[1] is None else len(fields) + 1
        return groups.index(fact.group), rank[spot[0]], field

    return sorted(dict.fromkeys(spots), key=place)


def _row(spot: Spot, left: _Book, right: _Book, lang: Lang) -> Row:
    verdict, notes = judge(left.spots.get(spot, []), right.spots.get(spot, []), spot)
    mine, theirs = left.standard.facts.facts.get(spot[0]), right.standard.facts.facts.get(spot[0])
    fact: Any = mine or theirs
    both = verdict not in ("only_a", "only_b") and mine is not None and theirs is not None
    if both and _kind(mine, spot) != _kind(theirs, spot):
        verdict, notes = "different", (Note("type"),)
    label = squashed(fact.label)
    if spot[1] is not None:
        label = say("compare.field", lang, fact=label, field=squashed(fact.fields[spot[1]].label))
    reasons = tuple(note_text(note, lang) for note in notes)
    return Row(*spot, label, fact.group, left.side(spot), right.side(spot), verdict, notes, reasons)


def _kind(fact: Any, spot: Spot) -> tuple[str, str | None]:
    of = fact.fields.get(spot[1], fact) if spot[1] is not None else fact
    return of.type, of.unit


def note_text(note: Note, lang: Lang) -> str:
    """Put a note into words."""
    names: dict[Side, str] = {side: say(f"compare.side.{side}", lang) for side in ("a", "b")}
    params: dict[str, object] = {"text": note.text, "items": say("wording.list.join", lang).join(note.names)}
    if note.side is not None:
        params |= {"who": names[note.side], "other": names["b" if note.side == "a" else "a"]}
    if note.levels is not None:
        mine, theirs = (say(f"label.level.{level}", lang) for level in note.levels)
        params |= {"level": mine, "other_level": theirs}
    return say(f"compare.note.{note.code}", lang, **params)


def counts(tier: TierCrosswalk) -> dict[Verdict, int]:
    """Count the facts of a tier by verdict."""
    return {verdict: tier.count(verdict) for verdict in VERDICTS}
