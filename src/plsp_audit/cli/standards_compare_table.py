"""Two standards side by side on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plsp_audit.cli.grid import grid, heading, lines
from plsp_audit.cli.screen import Screen
from plsp_audit.model.catalogue import say
from plsp_audit.reporting.compare_text import asked, points, reason, rule_name, side_title, tier_title, verdict_counts
from plsp_audit.standards.crosswalk import Crosswalk, Judged, RowSide, TierCrosswalk
from plsp_audit.standards.crosswalk_head import HeadRow

if TYPE_CHECKING:
    from rich.console import RenderableType


def drawing(walk: Crosswalk, encoding: str) -> RenderableType:
    """Draw the comparison: what the standards say of themselves, then fact by fact, a tier after the other."""
    from rich.console import Group
    from rich.text import Text

    screen = Screen(walk.lang, encoding)
    blocks: list[RenderableType] = [heading(walk.say("title"), screen)]
    blocks += lines([f"{side_title(s, walk)}  {t.title}" for s, t in (("a", walk.a), ("b", walk.b))], screen)
    blocks += [Text(), _pairs(walk.head, walk, screen)]
    for tier in walk.tiers:
        title = walk.say("section.rows", tier=tier_title(tier, walk))
        blocks += [Text(), heading(title, screen), _pairs(tier.head, walk, screen), Text(), _facts(tier, walk, screen)]
        blocks += lines([verdict_counts(tier, walk)], screen)
        blocks += _judged(tier, walk, screen)
    return Group(*blocks, Text(), *lines([walk.say("note_verdict"), walk.say("note_points")], screen))


def _pairs(rows: Sequence[HeadRow], walk: Crosswalk, screen: Screen) -> RenderableType:
    columns = [(walk.say("column.item"), "short"), (side_title("a", walk), "text"), (side_title("b", walk), "text")]
    none = walk.say("none")
    return grid(columns, [(row.label, row.a or none, row.b or none) for row in rows if row.a or row.b], screen)


def _facts(tier: TierCrosswalk, walk: Crosswalk, screen: Screen) -> RenderableType:
    sides = [(walk.say("column.asked", side=walk.say(f"side.{side}")), "text") for side in ("a", "b")]
    ends = [(walk.say("column.verdict"), "word"), (walk.say("column.reason"), "short")]
    columns = [(walk.say("column.fact"), "short"), *sides, *ends]
    rows = [
        (row.label, _side(row.a, walk), _side(row.b, walk), walk.say(f"verdict.{row.verdict}"), reason(row, walk))
        for row in tier.rows
    ]
    return grid(columns, rows, screen)


def _side(side: RowSide | None, walk: Crosswalk) -> str:
    if side is None:
        return walk.say("none")
    found = []
    for ask in side.asks:
        level = say(f"label.level.{ask.level}", walk.lang)
        name = f"{rule_name(ask, walk)} {level} {points(ask.points, ask.share, walk)} {ask.clause}"
        found.append(f"{name}\n{asked(ask, walk)}")
    return "\n".join(found)


def _judged(tier: TierCrosswalk, walk: Crosswalk, screen: Screen) -> list[RenderableType]:
    if not tier.judged_a and not tier.judged_b:
        return []
    from rich.text import Text

    count = max(len(tier.judged_a), len(tier.judged_b))
    rows = []
    for at in range(count):
        rows.append([_rule(rules[at] if at < len(rules) else None, walk) for rules in (tier.judged_a, tier.judged_b)])
    columns = [(side_title(side, walk), "text") for side in ("a", "b")]
    return [Text(), heading(walk.say("section.judged"), screen), grid(columns, rows, screen)]


def _rule(rule: Judged | None, walk: Crosswalk) -> str:
    if rule is None:
        return walk.say("none")
    level = say(f"label.level.{rule.level}", walk.lang)
    return f"{rule.rule} {level} {points(rule.points, rule.share, walk)} {rule.clause}\n{rule.title}"
