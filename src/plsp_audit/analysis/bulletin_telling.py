"""What was kept of the results, added up for the circular of one level. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from plsp_audit.analysis.bulletin_places import in_order, part_areas, whole_place
from plsp_audit.analysis.places import by_pinyin
from plsp_audit.model.base import number_text
from plsp_audit.model.bulletin import (
    Best,
    BulletinFacts,
    BulletinLevel,
    Cap,
    Count,
    Demands,
    Excluded,
    Occasion,
    Part,
    Practice,
    Shortfall,
    SiteName,
)
from plsp_audit.model.result import Status
from plsp_audit.model.rollup import Place, Summary

NAMED = 3
"""How many sites are named as the best of their tier."""

_EXAMPLES = 12
"""Among how many of the best sites the examples of a practice are chosen."""

_DOWNWARDS = ("region_center", "city_center", "county_center", "station", "room", "network")

Key = tuple[str, str, str]


class Note(NamedTuple):
    """What is kept of a result until all are there."""

    id: str
    name: str
    digest: str
    place: Place
    tier: str
    status: Status
    reason: str
    date: str
    kind: str
    team: str
    methods: tuple[str, ...]
    score: Fraction
    praise: tuple[Key, ...]
    caps: tuple[Key, ...]
    open: bool
    undecided: bool
    priorities: tuple[str, ...]
    due: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """What was seen in one place."""

    sites: int = 0
    teams: set[tuple[str | None, str]] = field(default_factory=set)
    methods: Counter[str] = field(default_factory=Counter)
    days: list[str] = field(default_factory=list)
    excluded: dict[tuple[Status, str], list[SiteName]] = field(default_factory=lambda: defaultdict(list))
    findings: int = 0
    to_rectify: int = 0

    def take(self, note: Note, name: SiteName) -> None:
        self.sites += 1
        if note.team:
            self.teams.add((name.city, note.team))
        for method in note.methods:
            self.methods[method] += 1
        self.days = [min([*self.days, note.date]), max([*self.days, note.date])]
        if note.status != "rated":
            self.excluded[note.status, note.reason].append(name)
        self.findings += len(note.priorities)
        self.to_rectify += bool(note.priorities)

    def part(self, place: Place, counts: Sequence[Count]) -> Part:
        excluded = [Excluded(status, reason, _by_place(sites)) for (status, reason), sites in self.excluded.items()]
        excluded.sort(key=lambda e: (e.status == "no_score", _order(e.sites[0])))
        first, last = self.days or ("", "")
        # What was done equally often stays in the order in which it was first seen.
        methods = tuple(name for name, _ in self.methods.most_common())
        return Part(place, tuple(counts), self.sites, len(self.teams), methods, first, last, tuple(excluded),
                    self.findings, self.to_rectify)  # fmt: skip


@dataclass(slots=True)
class _Praise:
    """How many sites earned it, and the best of them by score."""

    count: int = 0
    sites: list[tuple[Fraction, str, SiteName]] = field(default_factory=list)

    def take(self, score: Fraction, name: SiteName) -> None:
        self.count += 1
        self.sites = sorted([*self.sites, (-score, name.id, name)])[:_EXAMPLES]


class Telling:
    """Adds notes up for the circular of one level."""

    def __init__(self, summary: Summary, level: BulletinLevel, order: Sequence[str]) -> None:
        self._summary, self._level, self._order = summary, level, order
        self._whole = _Seen()
        self._parts: dict[Place, _Seen] = defaultdict(_Seen)
        self._kinds: set[str] = set()
        self._praise: dict[Key, _Praise] = defaultdict(_Praise)
        self._caps: dict[Key, list[SiteName]] = defaultdict(list)
        self._capped: list[SiteName] = []
        self._open: list[SiteName] = []
        self._undecided: list[SiteName] = []
        self._priorities: Counter[str] = Counter()
        self._due: Counter[str] = Counter()

    def take(self, note: Note) -> None:
        """Take what was kept of one result."""
        place = self._summary.places.get(note.place, note.place)
        name = SiteName(note.id, note.name, place.city, place.county)
        self._kinds.add(note.kind)
        self._whole.take(note, name)
        self._parts[place._replace(county=None) if self._level == "province" else place].take(note, name)
        self._priorities.update(note.priorities)
        self._due.update(note.due)
        for key in note.praise:
            self._praise[key].take(note.score, name)
        for key in note.caps:
            self._caps[key].append(name)
        for wanted, names in ((note.caps, self._capped), (note.open, self._open), (note.undecided, self._undecided)):
            if wanted:
                names.append(name)

    def facts(self) -> BulletinFacts:
        """Give what the circular states."""
        summary = self._summary
        whole = self._whole.part(whole_place(summary, self._level), _counts(summary, Place(None, None, None), "total"))
        level = "city" if self._level == "province" else "county"
        areas = part_areas(summary, self._level, self._order)
        told = self._priorities
        return BulletinFacts(
            summary=summary,
            level=self._level,
            place=whole.place,
            occasion=self._occasion(),
            standards=tuple(dict.fromkeys(count.group.standard_title for count in whole.counts)),
            whole=whole,
            parts=tuple(self._parts[place].part(place, _counts(summary, place, level)) for place in areas),
            order=tuple(in_order(summary.places.values(), self._order)),
            best=tuple(_best(summary)),
            practices=tuple(self._practices(whole)),
            shortfalls=tuple(_shortfalls(summary)),
            caps=self._all_caps(),
            capped_sites=len(self._capped),
            open_sites=len(self._open),
            undecided=_by_place(self._undecided),
            demands=Demands(whole.findings, whole.to_rectify, told["veto"], told["required"], told["recommended"],
                            tuple(sorted(self._due.items()))),
        )  # fmt: skip

    def _occasion(self) -> Occasion:
        if "acceptance" in self._kinds:
            return "acceptance"
        found: Occasion
        for found in ("self", "recheck", "spot_check"):
            if self._kinds == {found}:
                return found
        return "mixed"

    def _practices(self, whole: Part) -> Iterable[Practice]:
        tiers = list(dict.fromkeys(count.tier for count in whole.counts))
        found = sorted(
            self._praise.items(),
            key=lambda item: (tiers.index(item[0][1]), item[0][0] == "full", -item[1].count, item[0][2]),
        )
        for (kind, tier, title), praise in found:
            sites = tuple(name for *_, name in praise.sites)
            yield Practice("bonus" if kind == "bonus" else "full", tier, title, praise.count, sites)

    def _all_caps(self) -> tuple[Cap, ...]:
        found = sorted(self._caps.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(Cap("rule" if kind == "rule" else "dimension", tier, title, _by_place(sites))
                     for (kind, tier, title), sites in found)  # fmt: skip


def _by_place(sites: Iterable[SiteName]) -> tuple[SiteName, ...]:
    return tuple(sorted(sites, key=_order))


def _order(site: SiteName) -> tuple[object, ...]:
    return by_pinyin(site.city), by_pinyin(site.county), site.id


def _tiers(summary: Summary) -> list[str]:
    """Give the tiers from the centre down; those that only a standard of its own has follow in its order."""
    found = dict.fromkeys(tier.id for group in summary.groups for tier in group.tiers)
    return [*(tier for tier in _DOWNWARDS if tier in found), *(tier for tier in found if tier not in _DOWNWARDS)]


def _counts(summary: Summary, place: Place, level: str) -> list[Count]:
    """Give the counts of an area: tier by tier, and of each tier the groups, the largest first."""
    found = [
        Count(group, area)
        for group in summary.groups
        for area in group.areas
        if area.tier is not None and area.level == level and area.place == place
    ]
    tiers = _tiers(summary)
    return sorted(found, key=lambda count: tiers.index(count.tier))


def _best(summary: Summary) -> Iterable[Best]:
    """Give the highest scores of each tier, where there are enough sites to speak of the best."""
    for tier in _tiers(summary):
        for group in summary.groups:
            rows = [row for row in group.ranking if row.tier == tier]
            top = [row for row in rows if row.rank <= NAMED and row.grade == group.grades[0].id]
            if len(rows) > NAMED and 0 < len(top) <= 2 * NAMED:
                names = [(SiteName(r.id, r.name, r.city, r.county), number_text(r.score, 2)) for r in top]
                yield Best(group, tier, tuple(names))


def _shortfalls(summary: Summary) -> list[Shortfall]:
    """Give the rules that sites fall short of; standards that ask the same in the same words are counted together."""
    found: dict[tuple[str, str, str], Shortfall] = {}
    lost: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for group in summary.groups:
        for row in group.rules:
            key = (row.tier, row.id, row.title)
            old = found.get(key, Shortfall(*key, 0, 0, 0))
            found[key] = Shortfall(*key, old.failing + row.failing, old.partial + row.partial,
                                   old.applicable + row.applicable)  # fmt: skip
            lost[key] += row.points_lost
    tiers = _tiers(summary)
    short = [row for row in found.values() if row.short]
    return sorted(short, key=lambda r: (-r.short, -lost[r.tier, r.rule, r.title], tiers.index(r.tier), r.rule))
