"""One name for a place that files write in several ways: 银川 and 银川市. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from plsp_audit.model.places import without_suffix
from plsp_audit.model.rollup import Place
from plsp_audit.model.text import nfkc

_BLANKS = re.compile(r"\s+")


def by_pinyin(name: str | None) -> tuple[bool, bytes]:
    """Give the key by which names are sorted: as GB 18030 has them, by sound for all common characters; none last."""
    return name is None, (name or "").encode("gb18030", "replace")


def one_name(places: Iterable[Place]) -> dict[Place, Place]:
    """Give for every place the name under which it is counted.

    White space and widths never matter. A name without its suffix is the one with it, where its province or city has
    only one such: 伊宁 stays by itself beside 伊宁市 and 伊宁县. A province left out is that of the other sites of the
    city, where these agree. Nothing else is guessed.
    """
    given = sorted(set(places), key=lambda p: [by_pinyin(name) for name in p])
    found = {place: Place(*(_BLANKS.sub("", nfkc(name or "")) or None for name in place)) for place in given}
    full = _full((None, p.province) for p in found.values())
    found = {raw: p._replace(province=full.get((None, p.province), p.province)) for raw, p in found.items()}
    full = _full((p.province, p.city) for p in found.values())
    found = {raw: p._replace(city=full.get((p.province, p.city), p.city)) for raw, p in found.items()}
    found = _with_province(found)
    full = _full((p[:2], p.county) for p in found.values())
    return {raw: p._replace(county=full.get((p[:2], p.county), p.county)) for raw, p in found.items()}


def _full(names: Iterable[tuple[Hashable, str | None]]) -> dict[tuple[Hashable, str | None], str]:
    """Give for each name without a suffix the one with it, where its parent has exactly one."""
    longer: dict[tuple[Hashable, str | None], set[str]] = defaultdict(set)
    distinct = {(parent, name) for parent, name in names if name}
    for parent, name in distinct:
        if (base := without_suffix(name)) != name:
            longer[parent, base].add(name)
    return {(parent, base): next(iter(one)) for (parent, base), one in longer.items() if len(one) == 1}


def _with_province(found: Mapping[Place, Place]) -> dict[Place, Place]:
    known: dict[str, set[Place]] = defaultdict(set)
    for place in found.values():
        if place.province and place.city:
            known[place.city].add(place._replace(county=None))
            known[without_suffix(place.city)].add(place._replace(county=None))
    filled = {}
    for raw, place in found.items():
        among = known.get(place.city or "", set())
        if place.province is None and len(among) == 1:
            (one,) = among
            place = place._replace(province=one.province, city=one.city)
        filled[raw] = place
    return filled
