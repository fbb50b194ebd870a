"""Two standards side by side as one HTML file: nothing to load, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import say
from plsp_audit.model.content import content_dir
from plsp_audit.reporting.compare_text import (
    STRICTER,
    asked,
    percent,
    points,
    reason,
    rule_name,
    side_title,
    tier_title,
    verdict_counts,
)
from plsp_audit.reporting.html import environment
from plsp_audit.reporting.wording import clean, ordinal
from plsp_audit.standards.crosswalk import Crosswalk
from plsp_audit.standards.crosswalk_verdict import VERDICTS

_TEMPLATE = "compare/compare.html.j2"
_STYLE = "compare/compare.css"


def render_compare_html(walk: Crosswalk, *, templates: Sequence[Path] = ()) -> str:
    """Draw the comparison as HTML.

    Args:
        walk: The comparison.
        templates: Folders looked through before the shipped templates.
    """
    from markupsafe import Markup

    jinja = environment((*templates, content_dir("reports")))
    groups = [
        [(group, list(rows)) for group, rows in groupby(tier.rows, key=lambda row: row.group)] for tier in walk.tiers
    ]
    return jinja.get_template(_TEMPLATE).render(
        walk=walk,
        style=Markup(jinja.get_template(_STYLE).render()),
        tiers=list(zip(walk.tiers, groups, strict=True)),
        verdicts=VERDICTS,
        stricter=STRICTER,
        say=walk.say,
        level=lambda name: say(f"label.level.{name}", walk.lang),
        clean=partial(clean, lang=walk.lang),
        number=number_text,
        percent=percent,
        points=partial(points, walk=walk),
        rule_name=partial(rule_name, walk=walk),
        asked=partial(asked, walk=walk),
        reason=partial(reason, walk=walk),
        side_title=partial(side_title, walk=walk),
        tier_title=partial(tier_title, walk=walk),
        verdict_counts=partial(verdict_counts, walk=walk),
        ordinal=partial(ordinal, lang=walk.lang),
    )
