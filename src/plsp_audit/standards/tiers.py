"""Finding a tier by any of the names that people give it."""

from __future__ import annotations

from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.problem import Worded, bracketed, enumerated
from plsp_audit.model.standard import ResolvedStandard, Tier
from plsp_audit.model.text import folded


def usual_name(tier: str, lang: Lang = "zh") -> str:
    """Give what a tier id is usually called, the id itself for one of a standard's own."""
    return say(f"label.tier.{tier}", lang) if known(f"label.tier.{tier}", lang) else tier


def find_tier(standard: ResolvedStandard, name: str) -> Tier | None:
    """Give the tier of that id, title or usual name, None when the standard has none."""
    wanted = folded(name)
    return next((t for t in standard.tiers if wanted in map(folded, (t.id, t.title, usual_name(t.id)))), None)


def tier_names(standard: ResolvedStandard) -> Worded:
    """List the tiers of a standard for a message."""
    return enumerated(bracketed(t.id, t.title) for t in standard.tiers)
