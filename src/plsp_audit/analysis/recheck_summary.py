"""Many sites inspected twice: what rose and fell, what was fixed, and what still stands. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Literal

from plsp_audit.analysis.places import by_pinyin, one_name
from plsp_audit.model.recheck import FINDINGS, STANDING, Outcome, Recheck, RecheckSummary, Tally
from plsp_audit.model.result import Result
from plsp_audit.model.rollup import Place

Move = Literal["up", "down", "same", "none"]
Named = tuple[str, str]


def summary(found: Sequence[Recheck], only_before: Iterable[Result], only_after: Iterable[Result]) -> RecheckSummary:
    """Add up what many sites came to.

    Args:
        found: The sites that both sides have.
        only_before: The results of sites that only BEFORE has.
        only_after: Those of sites that only AFTER has.
    """
    return RecheckSummary(
        sites=tuple(found),
        only_before=tuple((r.site.id, r.site.name) for r in only_before),
        only_after=tuple((r.site.id, r.site.name) for r in only_after),
        moves=Counter(score_move(one) for one in found),
        grade_moves=Counter(one.grade_move or "none" for one in found),
        counts=_counts(found),
        counties=_counties(found),
        rules=_rules(found),
        standing=standing(found),
    )


def score_move(one: Recheck) -> Move:
    """Tell whether a site's exact score rose or fell."""
    change = one.change
    if change is None:
        return "none"
    return "up" if change > 0 else "down" if change < 0 else "same"


def standing(found: Sequence[Recheck]) -> tuple[Recheck, ...]:
    """Give the sites with something still to be put right: those with a veto first, then by their number."""

    def grave(one: Recheck) -> tuple[int, int]:
        vetoes = sum(item.veto and item.outcome in STANDING for item in one.items)
        return -vetoes, -one.count(*STANDING)

    return tuple(sorted((one for one in found if one.count(*STANDING)), key=grave))


def _counts(found: Iterable[Recheck]) -> Mapping[Outcome, int]:
    return Counter(item.outcome for one in found for item in one.items if item.outcome in FINDINGS)


def _counties(found: Sequence[Recheck]) -> tuple[Tally, ...]:
    places = [Place(s.province, s.city, s.county) for s in (one.after.result.site for one in found)]
    names = one_name(places)
    groups: dict[Place, list[Recheck]] = defaultdict(list)
    for one, place in zip(found, places, strict=True):
        groups[names[place]].append(one)
    order = sorted(groups, key=lambda place: [by_pinyin(name) for name in place])
    return tuple(
        Tally(tuple(part or "" for part in place), place.county or place.city or place.province or "",
              _counts(groups[place]), len(groups[place]))
        for place in order
    )  # fmt: skip


def _rules(found: Iterable[Recheck]) -> tuple[Tally, ...]:
    """Count by rule; rules of one id under two standards or tiers are two."""
    counts: dict[Hashable, Counter[Outcome]] = defaultdict(Counter)
    heads: dict[Hashable, tuple[tuple[str, ...], str]] = {}
    for one in found:
        result = one.after.result
        for item in one.items:
            if item.outcome in FINDINGS:
                key = (result.standard.id, result.site.tier, item.id)
                heads.setdefault(key, (key, item.title))
                counts[key][item.outcome] += 1
    tallies = [Tally(*heads[key], counts[key], counts[key].total()) for key in counts]
    return tuple(sorted(tallies, key=lambda t: (-sum(t.counts.get(o, 0) for o in STANDING), -t.sites, t.key)))
