"""A county's roster of planned sites, and the facts of tier `network` that it gives."""

from __future__ import annotations

from dataclasses import dataclass

from plsp_audit.model.values import Span

LEVELS = {"county_center": "center", "station": "station", "room": "room"}
"""Tier of a planned site -> the middle of its facts' ids, as in `network.center.planned`."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of a roster: a site that is planned. None is unknown; `opened` and `adviser` may be known to be absent.

    Attributes:
        opened: The day it opened, or False where it has not.
        adviser: Who advises it, or False where nobody does.
        rated: The grade it was given, or False where it has none.
    """

    tier: str
    name: str | None
    town: str | None
    village: str | None
    planned: Span | None
    opened: Span | bool | None
    adviser: str | bool | None
    rated: str | bool | None = None
