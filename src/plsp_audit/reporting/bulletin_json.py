"""A circular as JSON: what it says, and the counts it states."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from plsp_audit.model.base import plain
from plsp_audit.model.bulletin import BulletinFacts, Count, Part
from plsp_audit.model.bulletin_letter import Letter


def render_bulletin_json(letter: Letter, facts: BulletinFacts) -> bytes:
    """Give the circular as a JSON file, indented, ending in a line feed.

    Args:
        letter: What it says.
        facts: What it states.
    """
    return (json.dumps(as_json(letter, facts), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_json(letter: Letter, facts: BulletinFacts) -> dict[str, Any]:
    """Give the circular as plain JSON values."""
    body = [(passage.lead + passage.text) for passage in letter.body]
    return {
        "plsp": "bulletin/1",
        "number": letter.number,
        "title": letter.whole_title,
        "to": letter.to,
        "body": body,
        "attachments": [
            {"title": one.title, "remarks": list(one.remarks),
             "tables": [{"caption": grid.caption, "heads": [column.head.replace("\n", "") for column in grid.columns],
                         "rows": [[text.replace("\n", " ") for text in row] for row in grid.rows]}
                        for grid in one.grids]}
            for one in letter.attachments
        ],
        "signature": letter.signature,
        "date": letter.date_iso or None,
        "level": facts.level,
        "occasion": facts.occasion,
        "standards": list(facts.standards),
        "whole": _part(facts.whole),
        "parts": [_part(part) for part in facts.parts],
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {
        "province": part.place.province,
        "city": part.place.city,
        "county": part.place.county,
        "sites": part.sites,
        "from": part.first,
        "to": part.last,
        "teams": part.teams,
        "methods": list(part.methods),
        "counts": [_count(count) for count in part.counts],
        "without_grade": [
            {"status": one.status, "reason": one.reason, "sites": [site._asdict() for site in one.sites]}
            for one in part.excluded
        ],
        "findings": part.findings,
        "sites_to_rectify": part.to_rectify,
    }


def _count(count: Count) -> dict[str, Any]:
    area, group = count.area, count.group
    return {
        "standard": group.standard_id,
        "tier": count.tier,
        "sites": area.sites,
        "rated": area.rated,
        "not_rated": area.not_rated,
        "no_score": area.no_score,
        "sampled": area.sampled._asdict() if area.sampled else None,
        "grades": [
            {"id": grade.id, "title": grade.title, "from": _plain(grade.from_), "sites": area.by_grade[grade.id],
             "rate": _plain(area.rate(grade.id))}
            for grade in group.grades
        ],
        "mean": _plain(area.mean),
        "highest": _plain(area.highest),
        "lowest": _plain(area.lowest),
    }  # fmt: skip


def _plain(value: Fraction | None) -> int | float | None:
    return None if value is None else plain(value)
