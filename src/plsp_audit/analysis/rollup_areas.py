"""Counts, middles and mean rates by area and tier. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
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


class Samples:
    """What was only sampled, and of how many.

    Args:
        given: By tier, `city/tier` or `city/county/tier`, the number of sites there are.
        divided: The tiers and places whose sites stand under several standards or sets of bands.
        places: All places of the batch.
    """

    def __init__(self, given: Mapping[str, int | None], divided: set[tuple[str, Place]], places: set[Place]) -> None:
        self._given = {squeezed(key): count for key, count in given.items()}
        self._divided = divided
        self._counties = Counter(place._replace(county=None) for place in places)
        self._one_place = len(places) == 1

    def of(self, tier: str, level: AreaLevel, place: Place, bucket: _Bucket) -> Sampled | None:
        """Give how many sites of an area were drawn, and of how many where that is known for this very area."""
        told, of = self._told(tier, level, place)
        checked = bucket.sites if told else bucket.spot
        if not checked:
            return None
        known = of is not None and of >= checked and (tier, place) not in self._divided
        return Sampled(checked, of if known else None)

    def _told(self, tier: str, level: AreaLevel, place: Place) -> tuple[bool, int | None]:
        """Tell whether an area was named as sampled, and of how many.

        A city's number is that of its only county, and that of the whole where there is no other city.
        """
        if level == "total" and len(self._counties) == 1:
            (place,) = self._counties
        city, told, of = place._replace(county=None), False, None
        fits = {"total": True, "city": len(self._counties) == 1, "county": self._one_place}
        named = [(tier, fits)]
        if place.city:
            named.append((f"{place.city}/{tier}", {"total": True, "city": True, "county": self._counties[city] == 1}))
        if place.county:
            named.append((f"{place.city or ''}/{place.county}/{tier}", {"county": True}))
        for key, levels in named:
            if (known := squeezed(key)) in self._given:
                told, of = True, self._given[known] if levels.get(level) else None
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
