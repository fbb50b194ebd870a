"""A recheck as JSON: `plsp: recheck/1` for a site, `plsp: recheck-summary/1` for many.

Numbers are rounded half up to 4 decimals like those of a result. A bridge's lines carry the exact number beside it, as
text (`25/3`), so that anybody can add them up.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from plsp_audit.model.base import plain
from plsp_audit.model.recheck import (
    FINDINGS,
    Bridge,
    ClaimCheck,
    Item,
    Members,
    PartItem,
    Recheck,
    RecheckSummary,
    RuleChange,
    Seen,
    Side,
    StandardChange,
    Tally,
)

_DRIVE = re.compile(r"^.*[\\/]")


def recheck_json(found: Recheck) -> dict[str, Any]:
    """Give a site's recheck as plain JSON values."""
    after = found.after.result
    return {
        "plsp": "recheck/1",
        "tool": after.tool,
        "site": after.site.model_dump(mode="json"),
        "before": _side(found.before),
        "after": _side(found.after),
        "late": found.late,
        "change": {
            "score": _number(found.change),
            "exact": _exact(found.change),
            "grade": found.grade_move,
        },
        "split": found.split,
        "standard": _standard(found.standard) if found.standard is not None else None,
        "bridge": _bridge(found.bridge),
        "counts": {outcome: found.count(outcome) for outcome in FINDINGS},
        "items": [_item(item) for item in found.items],
        "caps": [{"id": c.id, "title": c.title, "change": c.change, "best": c.best} for c in found.caps],
        "claims": None if found.claims is None else [_claim(claim) for claim in found.claims],
    }


def summary_json(found: RecheckSummary) -> dict[str, Any]:
    """Give many sites' rechecks as plain JSON values; each site in short."""
    return {
        "plsp": "recheck-summary/1",
        "tool": found.sites[0].after.result.tool if found.sites else None,
        "sites": [_short(one) for one in found.sites],
        "only_before": [{"id": sid, "name": name} for sid, name in found.only_before],
        "only_after": [{"id": sid, "name": name} for sid, name in found.only_after],
        "scores": {move: found.moves.get(move, 0) for move in ("up", "down", "same", "none")},
        "grades": {move: found.grade_moves.get(move, 0) for move in ("up", "down", "same", "none")},
        "counts": {outcome: found.counts.get(outcome, 0) for outcome in FINDINGS},
        "counties": [_tally(t, ("province", "city", "county")) for t in found.counties],
        "rules": [_tally(t, ("standard", "tier", "rule")) for t in found.rules],
        "standing": [one.after.result.site.id for one in found.standing],
    }


def json_text(document: dict[str, Any]) -> bytes:
    """Give a document as a JSON file for people and programs, indented, ending in a line feed."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def file_name(source: str) -> str:
    """Give the name of a file without the way to it, which differs from machine to machine."""
    return _DRIVE.sub("", PurePath(source).as_posix())


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else plain(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _side(seen: Seen) -> dict[str, Any]:
    result = seen.result
    keys = ("score", "grade", "coverage")
    return {
        "file": file_name(seen.source),
        "exact": seen.exact,
        "standard": result.standard.model_dump(mode="json"),
        "inspection": result.inspection.model_dump(mode="json"),
        "input_digest": result.input_digest,
        "status": result.status,
        "reason": result.reason,
        "complete": result.complete,
        **{key: None if (one := getattr(result, key)) is None else one.model_dump(mode="json") for key in keys},
        "grade_low": result.grade_low,
        "grade_high": result.grade_high,
        "capped_by": result.capped_by,
    }


def _bridge(bridge: Bridge | None) -> dict[str, Any] | None:
    if bridge is None:
        return None
    lines = [
        {
            "kind": line.kind,
            "rule": line.rule or None,
            "title": line.title or None,
            "outcome": line.outcome,
            "play": line.play,
            "change": plain(line.change),
            "exact": str(line.change),
        }
        for line in bridge.lines
    ]
    return {
        "by": bridge.by,
        "from": plain(bridge.start),
        "to": plain(bridge.end),
        "change": plain(bridge.change),
        "exact": str(bridge.change),
        "lines": lines,
        "rounding": plain(bridge.rounding),
        "rounding_exact": str(bridge.rounding),
    }


def _standard(change: StandardChange) -> dict[str, Any]:
    middle = change.middle
    return {
        "why": change.why or None,
        "detail": change.detail or None,
        "middle": None if middle is None or middle.score is None or middle.grade is None else {
            "score": middle.score.model_dump(mode="json"),
            "grade": middle.grade.model_dump(mode="json"),
        },
        "bridge": _bridge(change.bridge),
        "aside": list(change.aside),
        "scoring": None if change.scoring is None else list(change.scoring),
        "rules": [_rule_change(rule) for rule in change.rules],
    }  # fmt: skip


def _rule_change(rule: RuleChange) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "kind": rule.kind,
        "what": list(rule.what),
        "points": [_number(rule.points_before), _number(rule.points_after)],
        "level": [rule.level_before, rule.level_after],
        "required": [rule.required_before or None, rule.required_after or None],
    }


def _at(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "state": side.state,
        "points": plain(side.points),
        "awarded": plain(side.awarded),
        "observed": side.observed,
        "reason": side.reason,
    }


def _members(members: Members) -> dict[str, list[str]]:
    return {key: list(getattr(members, key)) for key in ("there", "still", "newly", "unsure")}


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "dimension": item.dimension,
        "level": item.level,
        "outcome": item.outcome,
        "worse": item.worse,
        "veto": item.veto,
        "by_standard": item.by_standard,
        "required": item.required,
        "clause": item.clause,
        "before": _at(item.before),
        "after": _at(item.after),
        "members": _members(item.members),
        "parts": [_part(part) for part in item.parts],
    }


def _part(part: PartItem) -> dict[str, Any]:
    return {
        "no": part.no,
        "title": part.title,
        "outcome": part.outcome,
        "worse": part.worse,
        "before": _at(part.before),
        "after": _at(part.after),
        "members": _members(part.members),
    }


def _claim(check: ClaimCheck) -> dict[str, Any]:
    claim = check.claim
    return {
        "kind": check.kind,
        "rule": check.rule,
        "title": check.title or None,
        "outcome": check.item.outcome if check.item is not None else None,
        "claim": None if claim is None else {
            "done": claim.done, "said": claim.said, "on": claim.on, "by": claim.by, "place": claim.place,
        },
    }  # fmt: skip


def _short(one: Recheck) -> dict[str, Any]:
    before, after = one.before.result, one.after.result
    return {
        "id": after.site.id,
        "name": after.site.name,
        "tier": after.site.tier,
        "county": after.site.county,
        "dates": [before.inspection.date, after.inspection.date],
        "late": one.late,
        "scores": [_number(r.score.value) if r.score is not None else None for r in (before, after)],
        "grades": [r.grade.id if r.grade is not None else None for r in (before, after)],
        "change": _number(one.change),
        "grade": one.grade_move,
        "split": one.split,
        "counts": {outcome: one.count(outcome) for outcome in FINDINGS},
        "claimed_not_fixed": None if one.claims is None else
        [check.rule for check in one.claims if check.kind == "claimed_not_fixed"],
    }  # fmt: skip


def _tally(tally: Tally, keys: tuple[str, ...]) -> dict[str, Any]:
    named = {key: value or None for key, value in zip(keys, tally.key, strict=True)}
    counts = {outcome: tally.counts.get(outcome, 0) for outcome in FINDINGS}
    return {**named, "title": tally.title, "sites": tally.sites, "counts": counts}
