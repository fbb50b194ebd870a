"""What two standards, or two versions of one, have differently for the rules of a site's tier. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from plsp_audit.model.recheck import RuleChange, Seen
from plsp_audit.model.result import RuleResult
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import ResolvedStandard

_ASKS: Final = ("check", "award", "parts", "when")
_OTHER: Final = ("veto", "veto_on", "dimension", "not_applicable")
_SCORING: Final = (
    "model", "full_marks", "base", "not_applicable", "not_checked", "rounding", "max_total", "bonus_cap",
    "below_pass_mark",
)  # fmt: skip


def rule_changes(before: Seen, after: Seen, middle: Mapping[str, RuleResult] | None = None) -> tuple[RuleChange, ...]:
    """Give the rules that were added, removed, or changed in what they ask and give.

    Args:
        before: The older side.
        after: The newer one, whose order counts.
        middle: The older inspection's rules under the newer standard: requirements that name the site are then
            compared as of one site.
    """
    old = {r.id: r for r in before.result.rules or []}
    new = {r.id: r for r in after.result.rules or []}
    asked = dict(middle) if middle is not None else new
    rules, rules_after = _rules(before), _rules(after)
    found = []
    for rid in [*new, *(rid for rid in old if rid not in new)]:
        was, now = old.get(rid), new.get(rid)
        if was is None or now is None:
            found.append(_only(was, now))
        elif what := tuple(_differing(was, asked.get(rid, now), rules.get(rid), rules_after.get(rid))):
            found.append(RuleChange(rid, now.title, "changed", was.points, now.points, was.level, now.level,
                                    was.required, asked.get(rid, now).required, what))  # fmt: skip
    return tuple(found)


def _rules(seen: Seen) -> dict[str, Rule]:
    return {r.id: r for r in seen.standard.rules.get(seen.result.site.tier, ())} if seen.standard is not None else {}


def _only(was: RuleResult | None, now: RuleResult | None) -> RuleChange:
    if now is not None:
        return RuleChange(now.id, now.title, "added", None, now.points, None, now.level, "", now.required)
    if was is None:
        raise ValueError("neither side has the rule")
    return RuleChange(was.id, was.title, "removed", was.points, None, was.level, None, was.required, "")


def _differing(was: RuleResult, now: RuleResult, rule: Rule | None, rule_after: Rule | None) -> Iterator[str]:
    if was.points != now.points:
        yield "points"
    if was.level != now.level:
        yield "level"
    if rule is None or rule_after is None:
        if was.required != now.required:
            yield "asks"
        return
    if any(getattr(rule, key) != getattr(rule_after, key) for key in _ASKS):
        yield "asks"
    yield from (key for key in _OTHER if getattr(rule, key) != getattr(rule_after, key))


def scoring_changes(before: ResolvedStandard | None, after: ResolvedStandard | None) -> tuple[str, ...] | None:
    """Give the keys of scoring, grades and dimensions that differ; None where a standard is not at hand."""
    if before is None or after is None:
        return None
    found = [key for key in _SCORING if getattr(before.scoring, key) != getattr(after.scoring, key)]
    if [(g.id, g.from_) for g in before.grades] != [(g.id, g.from_) for g in after.grades]:
        found.append("grades")
    used = [{d.id: (d.weight, d.pass_mark) for d in one.dimensions} for one in (before, after)]
    if used[0] != used[1]:
        found.append("dimensions")
    return tuple(found)
