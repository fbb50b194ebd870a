"""What a circular states, from the roll-up and from the results once more. Pure.

The roll-up has the counts. What it does not keep is gathered here, one result at a time: who inspected and how, the
sites that did something well, what keeps grades down, and what is due when.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from plsp_audit.analysis.bulletin_places import level_of
from plsp_audit.analysis.bulletin_telling import Key, Note, Telling
from plsp_audit.model.bulletin import BulletinFacts, BulletinLevel
from plsp_audit.model.result import Result, RuleResult
from plsp_audit.model.rollup import Place, Summary


class Gathering:
    """Keeps of every result what a circular states and the roll-up does not keep."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._same: dict[object, Any] = {}

    def add(self, result: Result) -> None:
        """Take one result."""
        site, inspection, rated = result.site, result.inspection, result.status == "rated"
        tier, lines = site.tier, result.rectification or ()
        due = sorted(line.due for line in lines if line.due)
        praise = [("bonus", tier, r.title) for r in result.rules or () if r.level == "bonus" and r.awarded > 0]
        praise += [("full", tier, d.title) for d in result.dimensions or () if d.points > 0 and d.awarded >= d.points]
        keep = self._keep
        self._notes.append(Note(
            id=site.id, name=site.name, digest=result.input_digest,
            place=keep(Place(site.province, site.city, site.county)),
            tier=keep(tier), status=result.status, reason=keep((result.reason or "").strip()),
            date=keep(inspection.date), kind=inspection.kind, team=keep(" ".join((inspection.team or "").split())),
            methods=keep(tuple(dict.fromkeys(m for method in inspection.methods if (m := " ".join(method.split()))))),
            score=result.score.value if result.score else Fraction(0),
            praise=keep(tuple(keep(key) for key in praise) if rated else ()),
            caps=keep(tuple(_cap(result, cap) for cap in result.capped_by or ()) if rated else ()),
            open=rated and result.complete is False, undecided=rated and result.grade_low != result.grade_high,
            priorities=keep(tuple(line.priority for line in lines)), due=keep(tuple(due)),
        ))  # fmt: skip

    def _keep(self, value: Any) -> Any:
        """Give the one object that stands for all equal ones."""
        return self._same.setdefault(value, value)

    def facts(
        self, summary: Summary, level: BulletinLevel | None = None, order: Sequence[str] = ()
    ) -> BulletinFacts:
        """Give what the circular states.

        Args:
            summary: What the same results come to.
            level: Whose circular it is; None takes it from where the sites are.
            order: Names of cities or counties in the order in which they shall be told; others follow by sound.
        """
        telling = Telling(summary, level or level_of(summary), order)
        for note in self._notes:
            if (note.id, note.digest) not in summary.superseded:
                telling.take(note)
        return telling.facts()


def _cap(result: Result, cap: str) -> Key:
    rule: RuleResult | None = next((r for r in result.rules or () if r.id == cap), None)
    if rule is not None:
        return "rule", result.site.tier, rule.title
    title = next((d.title for d in result.dimensions or () if d.id == cap), cap)
    return "dimension", result.site.tier, title
