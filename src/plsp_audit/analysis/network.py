"""What a county's roster says of its network: planned, built, built on time, advised (facts of tier `network`)."""

from __future__ import annotations

from collections.abc import Sequence

from plsp_audit.model.roster import LEVELS, Planned
from plsp_audit.model.values import Span


def _on_time(row: Planned) -> bool | None:
    """Tell whether a site opened no later than planned; None where the dates do not say."""
    if row.opened is False:
        return False
    if row.planned is None or not isinstance(row.opened, Span):
        return None
    if row.opened.last <= row.planned.last:
        return True
    return False if row.opened.first > row.planned.last else None


def _count(verdicts: Sequence[bool | None]) -> int | None:
    """Count the yes; None where something is unknown, since a count that may be wrong is none."""
    return None if any(v is None for v in verdicts) else sum(bool(v) for v in verdicts)


def network_facts(rows: Sequence[Planned]) -> dict[str, int | None]:
    """Give the network facts of a roster by fact id; None for what the roster leaves unknown.

    `planned` counts the rows of a tier, `built` those that have opened, `on_time` those that opened no later than
    planned, `advised` the villages with an adviser, `rated` all rows that were given a grade.
    """
    facts: dict[str, int | None] = {}
    for tier, level in LEVELS.items():
        of = [row for row in rows if row.tier == tier]
        facts[f"network.{level}.planned"] = len(of)
        facts[f"network.{level}.built"] = _count([None if r.opened is None else r.opened is not False for r in of])
        facts[f"network.{level}.on_time"] = _count([_on_time(r) for r in of])
    rooms = [row for row in rows if row.tier == "room"]
    facts["network.room.advised"] = _count([None if r.adviser is None else bool(r.adviser) for r in rooms])
    facts["network.rated"] = _count([None if r.rated is None else bool(r.rated) for r in rows])
    return facts
