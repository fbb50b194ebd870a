"""Counts, middles and mean rates by area and tier. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from plsp_audit.analysis.places import by_pinyin
from plsp_audit.analysis.rollup_site import NO_RATE, Site
from plsp_audit.model.rollup import Area, AreaLevel, DimensionArea, GradeInfo, NotRated, Place, Sampled, Titled
from plsp_audit.model.text import squeezed

_SCALE = 10_000
_NOWHERE = Place(None, None, None)


def parts_of(place: Place) -> tuple[Place, Place, Place]:
    """Give the place, its city, and the whole."""
    return place, place._replace(county=None), _NOWHERE


@dataclass(slots=True)
class _Bucket:
    """What is known of the sites of an area, while they are counted."""

    grades: dict[str, int] = field(default_factory=dict)
    scores: list[int] = field(default_factory=list)
    not_rated: list[NotRated] = field(default_factory=list)
    no_score: int = 0
    spot: int = 0
    rates: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def sites(self) -> int:
        return len(self.scores) + len(self.not_rated) + self.no_score

    def take(self, site: Site, place: Place) -> None:
        self.spot += site.spot
        if site.status == "not_rated":
            self.not_rated.append(NotRated(site.id, site.name, place.county, site.reason))
        elif site.status == "no_score":
            self.no_score += 1
        else:
            self.scores.append(site.score)
            self.grades[site.grades[0]] = self.grades.get(site.grades[0], 0) + 1
            for (name, _), rate in zip(site.shape.dimensions, site.dimension_rates(), strict=False):
                if rate != NO_RATE:
                    total, count = self.rates.get(name, (0, 0))
                    self.rates[name] = (total + rate, count + 1)

    def join(self, other: _Bucket) -> None:
        self.spot += other.spot
        self.no_score += other.no_score
        self.scores += other.scores
        self.not_rated += other.not_rated
        for grade, count in other.grades.items():
            self.grades[grade] = self.grades.get(grade, 0) + count
        for name, (total, count) in other.rates.items():
            before = self.rates.get(name, (0, 0))
            self.rates[name] = (before[0] + total, before[1] + count)


@dataclass(frozen=True, slots=True)
class Samples:
    """What was only sampled, and of how many.

    Attributes:
        given: By tier, `city/tier` or `city/county/tier`, the number of sites there are.
        divided: The tiers and places whose sites stand under several standards or sets of bands.
        places: All places of the batch.
    """

    given: Mapping[str, int | None]
    divided: set[tuple[str, Place]]
    places: set[Place]

    def of(self, tier: str, level: AreaLevel, place: Place, bucket: _Bucket) -> Sampled | None:
        """Give how many sites of an area were drawn, and of how many where that is known for this very area."""
        told, of = self._told(tier, level, place)
        checked = bucket.sites if told else bucket.spot
        if not checked:
            return None
        known = of is not None and of >= checked and (tier, place) not in self.divided
        return Sampled(checked, of if known else None)

    def _told(self, tier: str, level: AreaLevel, place: Place) -> tuple[bool, int | None]:
        keys = [(tier, len({p[:2] for p in self.places}) == 1, len(self.places) == 1, True)]
        if place.city:
            keys.append((f"{place.city}/{tier}", True, len({p for p in self.places if p[:2] == place[:2]}) == 1, False))
        if place.county:
            keys.append((f"{place.city or ''}/{place.county}/{tier}", True, True, False))
        given = {squeezed(key): count for key, count in self.given.items()}
        told, of = False, None
        for key, for_city, for_county, for_total in keys:
            if squeezed(key) in given:
                told = True
                fits = {"total": for_total, "city": for_city, "county": for_county}[level]
                of = given[squeezed(key)] if fits else None
        return told, of


def areas_of(
    sites: Iterable[Site],
    places: Mapping[Place, Place],
    tiers: Sequence[Titled],
    grades: Sequence[GradeInfo],
    dimensions: Sequence[Titled],
    samples: Samples,
) -> tuple[tuple[Area, ...], tuple[DimensionArea, ...]]:
    """Give an area for all sites, for every city and county, tier by tier and then for all tiers together."""
    buckets: dict[tuple[str | None, AreaLevel, Place], _Bucket] = defaultdict(_Bucket)
    for site in sorted(sites, key=lambda s: s.id):
        place = places[site.place]
        buckets[site.shape.tier, "county", place].take(site, place)
    for (tier, _, place), bucket in list(buckets.items()):
        buckets[tier, "city", place._replace(county=None)].join(bucket)
    for (tier, level, _), bucket in list(buckets.items()):
        if level == "city":
            buckets[tier, "total", _NOWHERE].join(bucket)
    for (_, level, place), bucket in list(buckets.items()):
        buckets[None, level, place].join(bucket)
    ids = [tier.id for tier in tiers]
    levels = ("total", "city", "county")
    keys = sorted(
        buckets,
        key=lambda k: (ids.index(k[0]) if k[0] in ids else len(ids), levels.index(k[1]), [by_pinyin(n) for n in k[2]]),
    )
    areas = tuple(_area(key, buckets[key], grades, samples) for key in keys)
    return areas, tuple(_rates(key, buckets[key], dimensions) for key in keys if buckets[key].scores)


def _area(
    key: tuple[str | None, AreaLevel, Place], bucket: _Bucket, grades: Sequence[GradeInfo], samples: Samples
) -> Area:
    tier, level, place = key
    scores = sorted(bucket.scores)
    count = len(scores)
    middle = Fraction(scores[(count - 1) // 2] + scores[count // 2], 2 * _SCALE) if count else None
    return Area(
        level, *place, tier,
        sites=bucket.sites, rated=count, not_rated=len(bucket.not_rated), no_score=bucket.no_score,
        by_grade={grade.id: bucket.grades.get(grade.id, 0) for grade in grades},
        mean=Fraction(sum(scores), count * _SCALE) if count else None,
        median=middle,
        highest=Fraction(scores[-1], _SCALE) if count else None,
        lowest=Fraction(scores[0], _SCALE) if count else None,
        not_rated_sites=tuple(sorted(bucket.not_rated, key=lambda site: (by_pinyin(site.county), site.id))),
        sampled=samples.of(tier, level, place, bucket) if tier is not None else None,
    )  # fmt: skip


def _rates(key: tuple[str | None, AreaLevel, Place], bucket: _Bucket, dimensions: Sequence[Titled]) -> DimensionArea:
    tier, level, place = key
    found = {dimension.id: bucket.rates.get(dimension.id, (0, 0)) for dimension in dimensions}
    means = {name: Fraction(total, count * _SCALE) if count else None for name, (total, count) in found.items()}
    counted = {name: count for name, (_, count) in found.items()}
    return DimensionArea(level, *place, tier, rated=len(bucket.scores), rates=means, counted=counted)
