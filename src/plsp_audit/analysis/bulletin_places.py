"""Whose circular it is, and the cities or counties of which it speaks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plsp_audit.analysis.places import by_pinyin
from plsp_audit.model.bulletin import BulletinLevel
from plsp_audit.model.places import same_place
from plsp_audit.model.rollup import Place, Summary
from plsp_audit.model.text import squeezed


def level_of(summary: Summary) -> BulletinLevel:
    """Give the level that fits where the sites are: several cities, several counties, or one."""
    places = set(summary.places.values())
    if len({place[:2] for place in places}) > 1:
        return "province"
    return "city" if len(places) > 1 else "county"


def whole_place(summary: Summary, level: BulletinLevel) -> Place:
    """Give the area that all sites are in, down to the level; None where they are in several."""
    keep = {"province": 1, "city": 2, "county": 3}[level]
    found = []
    for at in range(3):
        names = {place[: at + 1] for place in summary.places.values()}
        found.append(next(iter(names))[at] if at < keep and len(names) == 1 else None)
    return Place(*found)


def part_areas(summary: Summary, level: BulletinLevel, order: Sequence[str] = ()) -> list[Place]:
    """Give the cities of a province's circular, the counties of a city's, in order."""
    if level == "county":
        return []
    places = set(summary.places.values())
    if level == "province":
        places = {place._replace(county=None) for place in places}
    return [place for place in in_order(places, order) if place in places]


def in_order(places: Iterable[Place], order: Sequence[str] = ()) -> list[Place]:
    """Give places with their cities in order: those that `order` names first and in its order, the others by sound."""

    def rank(name: str | None) -> tuple[object, ...]:
        at = next((at for at, given in enumerate(order) if name and same_place(given, name)), len(order))
        return at, *by_pinyin(name)

    given = set(places)
    given |= {place._replace(county=None) for place in given}
    return sorted(given, key=lambda p: (by_pinyin(p.province), rank(p.city), p.county is not None, rank(p.county)))


def within(place: Place, city: str | None, county: str | None) -> bool:
    """Tell whether a place is in the city and county that were asked for; a suffix may be left out."""
    wanted = ((city, place.city), (county, place.county))
    return all(asked is None or (name is not None and same_place(asked, name)) for asked, name in wanted)


def unknown_samples(summary: Summary, sampled: Iterable[str]) -> list[str]:
    """Give the areas that were named as sampled, as `RollUp` takes them, and of which there is no site."""
    places = set(summary.places.values())
    heads = {"", *(f"{p.city}/" for p in places), *(f"{p.city or ''}/{p.county}/" for p in places)}
    known = {squeezed(head + tier) for head in heads for tier in tiers_of(summary)}
    return [name for name in sampled if squeezed(name) not in known]


def tiers_of(summary: Summary) -> list[str]:
    """Give the tiers of which there are sites."""
    return list(dict.fromkeys(tier.id for group in summary.groups for tier in group.tiers))


def unknown_places(summary: Summary, order: Iterable[str]) -> list[str]:
    """Give the names of cities and counties that no site names."""
    known = {name for place in summary.places.values() for name in place[1:] if name}
    return [name for name in order if not any(same_place(name, one) for one in known)]
