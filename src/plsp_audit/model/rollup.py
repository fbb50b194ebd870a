"""What many results come to: counts by area and tier, rates, ranking, and the rules that fail most.

Every rate is worked out from counts. Sites that are not rated, or have no score, are in no denominator, and sites under
different standards or grade bands are never counted in one grade column: each such set is a `Group` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from plsp_audit.model.result import Level, Status

AreaLevel = Literal["total", "city", "county"]


class Place(NamedTuple):
    """Where a site is; None where its file does not say."""

    province: str | None
    city: str | None
    county: str | None


class GradeInfo(NamedTuple):
    """A grade of a band set, reached from `from_` on; None where the standard is not at hand."""

    id: str
    title: str
    from_: Fraction | None


class Titled(NamedTuple):
    """A tier or a dimension: its id and title."""

    id: str
    title: str


class NotRated(NamedTuple):
    """A site that is not rated (暂不参评), and why."""

    id: str
    name: str
    county: str | None
    reason: str


class Sampled(NamedTuple):
    """How many sites were drawn, and of how many; None where nobody said."""

    checked: int
    of: int | None


@dataclass(frozen=True, slots=True)
class Area:
    """The sites of one group in one area: all, or those of one tier.

    Attributes:
        level: `total` is the whole group, its places are None.
        tier: The tier's id; None for all tiers together.
        by_grade: How many sites have each grade of the group, best first, 0 included.
        mean: Mean of the scores of the rated sites, likewise `median`, `highest` and `lowest`; None without any.
        sampled: Where sites of the tier were drawn at random: how many, and of how many.
    """

    level: AreaLevel
    province: str | None
    city: str | None
    county: str | None
    tier: str | None
    sites: int
    rated: int
    not_rated: int
    no_score: int
    by_grade: Mapping[str, int]
    mean: Fraction | None
    median: Fraction | None
    highest: Fraction | None
    lowest: Fraction | None
    not_rated_sites: tuple[NotRated, ...] = ()
    sampled: Sampled | None = None

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.province, self.city, self.county)

    def rate(self, grade: str) -> Fraction | None:
        """Give the share of the rated sites that have `grade`; None where none is rated."""
        return Fraction(self.by_grade[grade], self.rated) if self.rated else None


@dataclass(frozen=True, slots=True)
class DimensionArea:
    """The mean rates of an area's rated sites by dimension.

    Attributes:
        rates: By dimension, the mean of the sites' rates, 0 to 1; None where no site has points in it.
        counted: By dimension, how many sites that is the mean of.
    """

    level: AreaLevel
    province: str | None
    city: str | None
    county: str | None
    tier: str | None
    rated: int
    rates: Mapping[str, Fraction | None]
    counted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How a rule came out at the rated sites of a tier.

    Attributes:
        failing: Sites at which it failed.
        partial: Sites at which it was met in part.
        not_checked: Sites at which it applies and was not checked; they are among the applicable.
        applicable: Sites at which it applies and is not waived.
        points_lost: What the failing and the partial sites lost by it, summed up, in the standard's points.
    """

    id: str
    title: str
    dimension: str
    dimension_title: str
    level: Level
    tier: str
    failing: int
    partial: int
    not_checked: int
    applicable: int
    points_lost: Fraction

    @property
    def short(self) -> int:
        """How many sites fall short: failing or partial."""
        return self.failing + self.partial

    @property
    def rate(self) -> Fraction | None:
        """The share of the applicable sites that fall short."""
        return Fraction(self.short, self.applicable) if self.applicable else None


@dataclass(frozen=True, slots=True)
class RankRow:
    """A rated site in the order of its tier.

    Attributes:
        rank: Sites with equal scores share a rank, and the next one counts them all: 1, 2, 2, 4.
        score: The score, to 4 decimals.
        rounded: The score that counts for the grade.
        capped: The rules and dimensions that keep the grade down.
        open: How many rules were not checked.
    """

    rank: int
    id: str
    name: str
    province: str | None
    city: str | None
    county: str | None
    tier: str
    score: Fraction
    rounded: Fraction
    grade: str
    grade_low: str
    grade_high: str
    checked: int
    applicable: int
    bonus: Fraction
    penalty: Fraction
    capped: tuple[str, ...]
    open: int

    @property
    def coverage(self) -> Fraction | None:
        """Rules checked ÷ rules applicable."""
        return Fraction(self.checked, self.applicable) if self.applicable else None


@dataclass(frozen=True, slots=True)
class Unscored:
    """A site without a score, and why."""

    status: Status
    id: str
    name: str
    province: str | None
    city: str | None
    county: str | None
    tier: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sites of one standard and one set of grade bands.

    Attributes:
        grades: The bands, best first.
        tiers: The tiers that were inspected, in the standard's order.
        dimension_titles: The dimensions, in the standard's order.
        areas: Tier by tier, then all tiers together (tier None): the whole, its cities, its counties.
        dimensions: In the same order, of the areas with a rated site.
        rules: The rules of every tier, those at which most sites fall short first.
        ranking: The rated sites, tier by tier, the highest score first; made row by row as they are read.
        unscored: The sites that are not rated or have no score.
    """

    standard_id: str
    standard_title: str
    grades: tuple[GradeInfo, ...]
    tiers: tuple[Titled, ...]
    dimension_titles: tuple[Titled, ...]
    areas: tuple[Area, ...]
    dimensions: tuple[DimensionArea, ...]
    rules: tuple[RuleRow, ...]
    ranking: Sequence[RankRow]
    unscored: tuple[Unscored, ...]

    def tier_title(self, tier: str | None) -> str:
        """Give a tier's title; the id itself where there is none."""
        return next((t.title for t in self.tiers if t.id == tier), tier or "")

    def grade_title(self, grade: str) -> str:
        """Give a grade's title; the id itself where there is none."""
        return next((g.title for g in self.grades if g.id == grade), grade)

    def total(self, tier: str | None = None) -> Area:
        """Give the row of the whole group, or of the whole of one tier."""
        return next(a for a in self.areas if a.level == "total" and a.tier == tier)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch comes to. A site that was inspected again counts once, by its newest inspection.

    Attributes:
        groups: By standard and grade bands, the one with most sites first.
        oldest: The first inspection date, ISO, of what counts; `newest` the last; empty without a site.
        places: How a place that a site names is called here: 银川 and 银川市 are one.
        superseded: The inspections that do not count, as site id and input digest.
    """

    groups: tuple[Group, ...]
    sites: int
    rated: int
    not_rated: int
    no_score: int
    oldest: str
    newest: str
    places: Mapping[Place, Place] = field(default_factory=dict)
    superseded: frozenset[tuple[str, str]] = frozenset()

    def counts(self, result: Mapping[str, Any]) -> bool:
        """Tell whether a result (its JSON mapping) counts, or a newer inspection of the site replaced it."""
        return (result["site"]["id"], result["input_digest"]) not in self.superseded

    def place(self, site: Mapping[str, Any]) -> Place:
        """Give the place of a result's `site` block as it is called here."""
        named = Place(site.get("province"), site.get("city"), site.get("county"))
        return self.places.get(named, named)


class ErrorRow(NamedTuple):
    """One line of what could not be assessed: where, what is wrong, what would be right."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    fault: str = ""
    remedy: str = ""
