"""Many results rolled up, one at a time: counts by area and tier, ranking, and the rules that fail most. Pure.

What is kept of a site is a few short values, so that memory hardly grows with the number of sites. Results carry
numbers of 4 decimals (spec section 4); here they are whole numbers of ten-thousandths, so that every sum is exact.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from plsp_audit.analysis.places import one_name
from plsp_audit.analysis.rollup_areas import Samples, areas_of, parts_of
from plsp_audit.analysis.rollup_site import NO_RATE, Shape, Site
from plsp_audit.analysis.rollup_tables import Ranking, ranked, rule_rows, unscored
from plsp_audit.model.rollup import GradeInfo, Group, Place, Summary, Titled
from plsp_audit.model.standard import ResolvedStandard

_SCALE = 10_000
_DEFECTS = ("fail", "partial")
_OUT_OF_PLAY = ("not_applicable", "waived")


@lru_cache(maxsize=65536)
def _units(value: Any) -> int:
    """Give a number of a result in ten-thousandths, rounded half away from zero were it ever finer."""
    scaled = Fraction(str(value)) * _SCALE
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return whole if scaled >= 0 else -whole


class RollUp:
    """Rolls results up, one at a time, in any order.

    A site counts once. Of several inspections of one site the newest counts, of two on one day the recheck.

    Args:
        standards: The standards of the results, by id or by digest; of one that is not here the bands are unknown, and
            its sites are counted apart from those of any other.
        sampled: What was only sampled: by tier id, or `city/tier`, or `city/county/tier`, of how many sites; None where
            nobody knows. Inspections of the kind `spot_check` are sampled in any case.
    """

    def __init__(
        self, standards: Mapping[str, ResolvedStandard], sampled: Mapping[str, int | None] | None = None
    ) -> None:
        self._standards = standards
        self._sampled = dict(sampled or {})
        self._sites: dict[str, Site] = {}
        self._superseded: set[tuple[str, str]] = set()
        self._shapes: dict[tuple[str, str, str], Shape] = {}
        self._same: dict[type, dict[Any, Any]] = defaultdict(dict)

    def add(self, result: Mapping[str, Any]) -> None:
        """Take one result.

        Args:
            result: The JSON mapping of a result (`plsp: result/1`).
        """
        site = self._site(result)
        before = self._sites.get(site.id)
        if before is not None:
            old, new = sorted((before, site), key=lambda s: (s.date, s.recheck, s.digest))
            spot = old.spot or new.spot
            site = new._replace(spot=spot)
            if old.digest != new.digest:
                self._superseded.add((old.id, old.input_digest()))
        self._sites[site.id] = site

    def finish(self) -> Summary:
        """Give what everything that was taken comes to; more may be taken afterwards."""
        sites = list(self._sites.values())
        places = one_name({s.place for s in sites})
        split: dict[tuple[Any, ...], list[Site]] = defaultdict(list)
        for site in sites:
            split[site.shape.bands].append(site)
        ordered = sorted(split.items(), key=lambda item: (-len(item[1]), item[0][:2], repr(item[0][2:])))
        samples = Samples(self._sampled, _divided(split.values(), places), set(places.values()))
        dates = [s.date for s in sites]
        status = Counter(s.status for s in sites)
        return Summary(
            groups=tuple(_group(members, places, samples) for _, members in ordered),
            sites=len(sites),
            rated=status["rated"],
            not_rated=status["not_rated"],
            no_score=status["no_score"],
            oldest=min(dates, default=""),
            newest=max(dates, default=""),
            places=places,
            superseded=frozenset(self._superseded),
        )

    def _keep(self, value: Any) -> Any:
        """Give the one object that stands for all equal ones."""
        return self._same[type(value)].setdefault(value, value)

    def _shape(self, result: Mapping[str, Any]) -> Shape:
        standard, tier = result["standard"], result["site"]["tier"]
        key = (standard["id"], standard["digest"], tier)
        shape = self._shapes.get(key)
        if shape is None:
            found = self._standards.get(key[1]) or self._standards.get(key[0])
            if found is not None and found.digest not in ("", key[1]):
                found = None
            bands = (key[0], "", *((g.id, g.title, g.from_) for g in found.grades)) if found else key[:2]
            shape = self._shapes[key] = Shape(key[0], standard["title"], key[1], tier, bands, found)
        return shape

    def _site(self, result: Mapping[str, Any]) -> Site:
        shape, site, inspection = self._shape(result), result["site"], result["inspection"]
        status = result["status"]
        rated = status == "rated"
        score, grade = (result.get("score") or {}), (result.get("grade") or {})
        rules = result.get("rules") or () if rated else ()
        codes = array("I", [code for rule in rules if (code := self._code(shape, rule)) is not None])
        if grade:
            shape.learn_grade(grade, _units(score["rounded"]))
        coverage = result.get("coverage") or {}
        keep = self._keep
        return Site(
            id=site["id"], name=site["name"], shape=shape, status=keep(status), date=keep(inspection["date"]),
            place=keep(Place(site.get("province"), site.get("city"), site.get("county"))),
            recheck=inspection.get("kind") == "recheck", spot=inspection.get("kind") == "spot_check",
            digest=Site.packed(result["input_digest"]), reason=keep(result.get("reason") or ""),
            score=_units(score.get("value", 0)), rounded=keep(_units(score.get("rounded", 0))),
            grades=keep((grade.get("id", ""), result.get("grade_low") or "", result.get("grade_high") or "")),
            checked=coverage.get("checked", 0), applicable=coverage.get("applicable", 0),
            bonus=keep(_units(result.get("bonus") or 0)), penalty=keep(_units(result.get("penalty") or 0)),
            capped=keep(tuple(result.get("capped_by") or ())),
            rules=codes.tobytes(), rates=self._rates(shape, result) if rated else b"",
        )  # fmt: skip

    def _code(self, shape: Shape, rule: Mapping[str, Any]) -> int | None:
        """Give the number of what became of a rule; None for what is as it should be."""
        number, state = shape.rule(rule), rule["state"]
        if state in _DEFECTS and rule["level"] != "bonus":
            lost = -_units(rule["awarded"])
            if rule["level"] != "penalty":
                lost += _units(rule["points"])
            return shape.code((number, state, lost))
        if state in _OUT_OF_PLAY or state == "not_checked":
            return shape.code((number, state, 0))
        return None

    def _rates(self, shape: Shape, result: Mapping[str, Any]) -> bytes:
        rates = {}
        for dimension in result.get("dimensions") or ():
            rate = dimension["rate"]
            rates[shape.dimension(dimension)] = NO_RATE if rate is None else _units(rate)
        return array("i", (rates.get(at, NO_RATE) for at in range(len(shape.dimensions)))).tobytes()


def _divided(groups: Iterable[Iterable[Site]], places: Mapping[Place, Place]) -> set[tuple[str, Place]]:
    """Give the tiers and places whose sites stand in several groups: a number that is told of them fits none."""
    found: Counter[tuple[str, Place]] = Counter()
    for members in groups:
        known = {(site.shape.tier, places[site.place]) for site in members}
        found.update({(tier, part) for tier, place in known for part in parts_of(place)})
    return {key for key, count in found.items() if count > 1}


def _in_order(given: Iterable[Titled], standard: ResolvedStandard | None, what: str) -> tuple[Titled, ...]:
    """Give tiers or dimensions in the standard's order, each once; those it does not know follow by id."""
    known = [item.id for item in getattr(standard, what)] if standard else []
    titles = {item.id: item.title for item in getattr(standard, what)} if standard else {}
    distinct: dict[str, str] = {}
    for item in sorted(given):
        distinct.setdefault(item.id, titles.get(item.id, item.title))
    ids = sorted(distinct, key=lambda i: (known.index(i) if i in known else len(known), i))
    return tuple(Titled(i, distinct[i]) for i in ids)


def _grades(shapes: list[Shape]) -> tuple[GradeInfo, ...]:
    standard = shapes[0].standard
    if standard is not None:
        return tuple(GradeInfo(g.id, g.title, g.from_) for g in standard.grades)
    best: dict[tuple[str, str], int] = {}
    for shape in shapes:
        for grade, score in shape.grades.items():
            best[grade] = max(score, best.get(grade, score))
    return tuple(GradeInfo(*grade, None) for grade, _ in sorted(best.items(), key=lambda item: (-item[1], item[0])))


def _group(sites: list[Site], places: Mapping[Place, Place], samples: Samples) -> Group:
    shapes = sorted({s.shape for s in sites}, key=lambda s: (s.digest, s.tier))
    standard = shapes[0].standard
    tiers = _in_order((Titled(s.tier, s.tier) for s in shapes), standard, "tiers")
    given = (Titled(*d) for s in shapes for d in s.dimensions)
    dimensions = _in_order(given, standard, "dimensions")
    grades = _grades(shapes)
    areas, rates = areas_of(sites, places, tiers, grades, dimensions, samples)
    return Group(
        standard_id=shapes[0].standard_id,
        standard_title=shapes[0].title,
        grades=grades,
        tiers=tiers,
        dimension_titles=dimensions,
        areas=areas,
        dimensions=rates,
        rules=rule_rows(sites, tiers, dict(dimensions)),
        ranking=Ranking(ranked(sites, tiers), places),
        unscored=unscored(sites, tiers, places),
    )
