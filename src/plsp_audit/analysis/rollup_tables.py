"""The ranking, the rules that fail most, and the sites without a score. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import overload

from plsp_audit.analysis.places import by_pinyin
from plsp_audit.analysis.rollup_site import RuleHead, Shape, Site
from plsp_audit.model.rollup import Place, RankRow, RuleRow, Titled, Unscored

_SCALE = 10_000


class Ranking(Sequence[RankRow]):
    """The rated sites in their order. A row is made when it is read, since a hundred thousand rows take much room."""

    def __init__(self, rows: Sequence[tuple[int, Site]], places: Mapping[Place, Place]) -> None:
        self._rows = rows
        self._places = places

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> RankRow: ...

    @overload
    def __getitem__(self, at: slice) -> Ranking: ...

    def __getitem__(self, at: int | slice) -> RankRow | Ranking:
        if isinstance(at, slice):
            return Ranking(self._rows[at], self._places)
        return self._row(*self._rows[at])

    def __iter__(self) -> Iterator[RankRow]:
        return (self._row(rank, site) for rank, site in self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(site.id for _, site in self._rows))

    def _row(self, rank: int, site: Site) -> RankRow:
        return RankRow(
            rank, site.id, site.name, *self._places[site.place], site.shape.tier,
            Fraction(site.score, _SCALE), Fraction(site.rounded, _SCALE), *site.grades,
            checked=site.checked, applicable=site.applicable,
            bonus=Fraction(site.bonus, _SCALE), penalty=Fraction(site.penalty, _SCALE),
            capped=site.capped, open=_open(site),
        )  # fmt: skip


def _open(site: Site) -> int:
    outcomes = site.shape.outcomes
    return sum(outcomes[code][1] == "not_checked" for code in site.codes())


def ranked(sites: Iterable[Site], tiers: Sequence[Titled]) -> list[tuple[int, Site]]:
    """Give the rated sites with their ranks, tier by tier, the highest score first."""
    by_tier: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        if site.status == "rated":
            by_tier[site.shape.tier].append(site)
    rows: list[tuple[int, Site]] = []
    for tier in tiers:
        rank, score = 0, None
        for place, site in enumerate(sorted(by_tier[tier.id], key=lambda s: (-s.score, s.id)), start=1):
            if site.score != score:
                rank, score = place, site.score
            rows.append((rank, site))
    return rows


def unscored(sites: Iterable[Site], tiers: Sequence[Titled], places: Mapping[Place, Place]) -> tuple[Unscored, ...]:
    """Give the sites that are not rated or have no score: tier by tier, by place and id."""
    ids = [tier.id for tier in tiers]
    rows = [
        Unscored(s.status, s.id, s.name, *places[s.place], s.shape.tier, s.reason, s.date)
        for s in sites
        if s.status != "rated"
    ]
    rows.sort(key=lambda r: (ids.index(r.tier), *map(by_pinyin, (r.province, r.city, r.county)), r.id))
    return tuple(rows)


class _Tally:
    """How one rule came out, while it is counted."""

    def __init__(self, head: RuleHead) -> None:
        self.head = head
        self.sites = 0
        self.states: Counter[str] = Counter()
        self.lost = 0


def _tallies(sites: Iterable[Site]) -> dict[tuple[str, str], _Tally]:
    rated: Counter[Shape] = Counter()
    codes: dict[Shape, Counter[int]] = defaultdict(Counter)
    for site in sites:
        if site.status == "rated":
            rated[site.shape] += 1
            codes[site.shape].update(site.codes())
    found: dict[tuple[str, str], _Tally] = {}
    for shape in sorted(rated, key=lambda s: (s.digest, s.tier)):
        heads = [found.setdefault((shape.tier, head[0]), _Tally(head)) for head in shape.rules]
        for tally in heads:
            tally.sites += rated[shape]
        for code, count in codes[shape].items():
            number, state, lost = shape.outcomes[code]
            heads[number].states[state] += count
            heads[number].lost += lost * count
    return found


def rule_rows(sites: Iterable[Site], tiers: Sequence[Titled], dimensions: Mapping[str, str]) -> tuple[RuleRow, ...]:
    """Give the rules that count against a site: by how many sites fall short, then by points lost."""
    rows = []
    for (tier, rule), tally in _tallies(sites).items():
        _, title, dimension, level = tally.head
        if level not in ("required", "recommended", "penalty"):
            continue
        states = tally.states
        rows.append(RuleRow(
            id=rule, title=title, dimension=dimension, dimension_title=dimensions.get(dimension, dimension),
            level=level, tier=tier, failing=states["fail"], partial=states["partial"],
            not_checked=states["not_checked"],
            applicable=tally.sites - states["not_applicable"] - states["waived"],
            points_lost=Fraction(tally.lost, _SCALE),
        ))  # fmt: skip
    ids = [tier.id for tier in tiers]
    return tuple(sorted(rows, key=lambda row: (-row.short, -row.points_lost, ids.index(row.tier), row.id)))
