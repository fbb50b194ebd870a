"""What a circular (通报) states: counts of the area and its parts, what is done well, what is wrong, what is asked.

These are findings, not sentences; `reporting` puts them into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from plsp_audit.model.result import Status
from plsp_audit.model.rollup import Area, Group, Place, Summary

BulletinLevel = Literal["province", "city", "county"]
"""Whose circular it is: a province's speaks of its cities, a city's of its counties, a county's of its sites."""

Occasion = Literal["self", "acceptance", "recheck", "spot_check", "mixed"]


class SiteName(NamedTuple):
    """A site as it is named in a sentence."""

    id: str
    name: str
    city: str | None
    county: str | None


class Count(NamedTuple):
    """The counts of one tier in one area; `group` says by which standard and bands."""

    group: Group
    area: Area

    @property
    def tier(self) -> str:
        """The tier's id."""
        return self.area.tier or ""


class Excluded(NamedTuple):
    """Sites without a grade for the same reason."""

    status: Status
    reason: str
    sites: tuple[SiteName, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An area of which the circular speaks: the whole, or one city or county of it.

    Attributes:
        counts: By tier, then by group; never added up over groups.
        sites: How many sites were inspected.
        teams: How many inspection teams are named, those of different cities counted apart.
        methods: How it was inspected, what was done most often first.
        first: The first day of inspection, ISO; `last` the last.
        excluded: The sites without a grade, those with the same reason together.
        findings: How many lines the rectification lists have together; `to_rectify` at how many sites.
    """

    place: Place
    counts: tuple[Count, ...]
    sites: int
    teams: int
    methods: tuple[str, ...]
    first: str
    last: str
    excluded: tuple[Excluded, ...]
    findings: int
    to_rectify: int


class Practice(NamedTuple):
    """What sites did well: a bonus earned, or all the points of a dimension. `sites` are the best few of `earned`."""

    kind: Literal["bonus", "full"]
    tier: str
    title: str
    earned: int
    sites: tuple[SiteName, ...]


class Best(NamedTuple):
    """The highest scores of a tier under one standard: the rows of the ranking, ties and all."""

    group: Group
    tier: str
    rows: tuple[tuple[SiteName, str], ...]


class Shortfall(NamedTuple):
    """A requirement that sites fall short of, under whichever standards ask it in the same words."""

    tier: str
    rule: str
    title: str
    failing: int
    partial: int
    applicable: int

    @property
    def short(self) -> int:
        """How many sites fall short."""
        return self.failing + self.partial

    @property
    def rate(self) -> Fraction | None:
        """The share of the applicable sites that fall short."""
        return Fraction(self.short, self.applicable) if self.applicable else None


class Cap(NamedTuple):
    """A rule (veto) or a dimension (pass mark) that keeps the grade of these sites down."""

    kind: Literal["rule", "dimension"]
    tier: str
    title: str
    sites: tuple[SiteName, ...]


class Demands(NamedTuple):
    """What is to be rectified, by priority; `due` says on which day (ISO) how many findings are due, in their order."""

    findings: int
    sites: int
    veto: int
    required: int
    recommended: int
    due: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BulletinFacts:
    """Everything that a circular states.

    Attributes:
        level: Whose circular it is.
        place: Of which area; None where the sites are in several.
        occasion: What kind of inspection it was; `mixed` where there are several and no acceptance among them.
        standards: The titles of the standards.
        whole: The area.
        parts: Its cities or counties; none for a county.
        order: All cities and counties in the order in which they are told.
        practices: Those of most sites first, tier by tier.
        shortfalls: Those of most sites first.
        caps: What keeps grades down.
        open_sites: How many rated sites have rules that were not checked; `undecided` those whose grade these decide.
    """

    summary: Summary
    level: BulletinLevel
    place: Place
    occasion: Occasion
    standards: tuple[str, ...]
    whole: Part
    parts: tuple[Part, ...]
    order: tuple[Place, ...]
    best: tuple[Best, ...]
    practices: tuple[Practice, ...]
    shortfalls: tuple[Shortfall, ...]
    caps: tuple[Cap, ...]
    capped_sites: int
    open_sites: int
    undecided: tuple[SiteName, ...]
    demands: Demands

    @property
    def tiers(self) -> Sequence[str]:
        """The tiers that were inspected, in order."""
        return list(dict.fromkeys(count.tier for count in self.whole.counts))
