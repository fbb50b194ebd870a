"""A county's roster as an inspection of tier `network`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from plsp_audit.analysis.network import network_facts
from plsp_audit.loading.roster import Roster
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.roster import Planned
from plsp_audit.model.values import Span

RECORDS = "network.sites"


def _row(row: Planned) -> dict[str, str]:
    """Give a row of the records fact; what is unknown is left out."""
    found: dict[str, str] = {"tier": row.tier}
    for key in ("name", "town", "village"):
        if (text := getattr(row, key)) is not None:
            found[key] = text
    for key, value in (("planned", row.planned), ("opened", row.opened), ("adviser", row.adviser)):
        if value is False:
            found[key] = "无"
        elif isinstance(value, Span):
            found[key] = value.iso()
        elif isinstance(value, str):
            found[key] = value
    return found


def network_site(
    roster: Roster, facts: FactDictionary, standard: str, places: Mapping[str, str | None], on: str
) -> str:
    """Write the inspection file of a roster, as JSON text.

    Args:
        roster: The roster of one county.
        facts: The dictionary; facts that it does not know are left out.
        standard: The standard's id.
        places: Province, city and county where the roster does not name them.
        on: The day of the inspection, in ISO form.
    """
    site: dict[str, Any] = {
        key: getattr(roster, key) or places.get(key) for key in ("province", "city", "county")
    }  # fmt: skip
    county = site["county"]
    found = {key: value for key, value in network_facts(roster.rows).items() if facts.find(key) is not None}
    seen: dict[str, Any] = {key: str(value) for key, value in found.items() if value is not None}
    if facts.find(RECORDS) is not None:
        seen[RECORDS] = [_row(row) for row in roster.rows]
    body = {
        "plsp": "site/1",
        "site": {"id": f"network-{county}" if county else "network", "tier": "network",
                 "name": f"{county or '县(市、区)'}公共法律服务网络",
                 **{k: v for k, v in site.items() if v}},
        "standard": standard,
        "inspection": {"date": on, "kind": "self", "methods": ["平台数据"]},
        "facts": seen,
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def last_day(roster: Roster) -> str | None:
    """Give the last day that the roster names, in ISO form: the inspection's day where none is given."""
    return date.fromordinal(roster.latest.last).isoformat() if roster.latest is not None else None
