"""Two results of a site held against each other, item by item. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from plsp_audit.model.base import rounded
from plsp_audit.model.recheck import STANDING, Item, Members, Outcome, PartItem, Seen, Side
from plsp_audit.model.result import Level, PartResult, PartsCount, RuleResult

_WANTING = ("fail", "partial")
_COUNTED = ("required", "recommended", "penalty")
_NOTHING = PartsCount(asked=0, met=0, unknown=0, missing=[])


def as_stored(seen: Seen) -> Seen:
    """Give a side with the points of its rules as a stored result has them, with 4 decimals.

    Beside a stored 2.6667 an exact 8/3 would seem to have lost something.
    """
    if not seen.exact:
        return seen
    rules = [_stored(rule) for rule in seen.result.rules or []]
    return replace(seen, result=seen.result.model_copy(update={"rules": rules if seen.result.rules else None}))


def _stored(rule: RuleResult) -> RuleResult:
    parts = [part.model_copy(update=_short(part)) for part in rule.parts_detail]
    return rule.model_copy(update={**_short(rule), "parts_detail": parts})


def _short(one: RuleResult | PartResult) -> dict[str, Fraction]:
    return {key: rounded(getattr(one, key), 4) for key in ("points", "awarded", "low", "high")}


def side_of(found: RuleResult | PartResult | None) -> Side | None:
    """Give what was found of a rule or part."""
    if found is None:
        return None
    return Side(found.state, found.points, found.awarded, found.observed, found.reason)


Levels = tuple[Level, Level]
"""A rule's level before and now, which a new standard may have changed."""


def outcome_of(levels: Levels, before: Side | None, after: Side | None) -> Outcome:
    """Tell what became of an item, `partly` not yet told from `open`.

    Args:
        levels: The rule's levels; only what may be a defect is a finding.
        before: What was found before, None where the standard had no such item.
        after: What was found now, likewise.
    """
    was = before is not None and before.state in _WANTING and levels[0] in _COUNTED
    if levels[1] not in _COUNTED:
        return "removed" if was else "extra"
    match after.state if after is not None else "removed":
        case "fail" | "partial":
            return "open" if was else "new"
        case "pass":
            return "fixed" if was else "kept" if before is not None and before.state == "pass" else "met"
        case "not_checked":
            return "unchecked" if was else "not_checked"
        case "not_applicable":
            return "dropped" if was else "out"
        case "waived":
            return "waived" if was else "out"
        case _:
            return "removed" if was else "out"


def _loss(side: Side, level: Level) -> Fraction:
    """Give what share of its points an item lost, so that points raised by a newer standard do not matter."""
    lost = -side.awarded if level == "penalty" else side.points - side.awarded
    return lost / side.points if side.points else Fraction(side.state != "pass")


def members_of(before: PartsCount, after: PartsCount, checked: bool) -> Members:
    """Tell which members were missing and are there now, still missing, newly missing.

    Args:
        before: The count of the older result.
        after: That of the newer one.
        checked: Whether the item was checked at all now.
    """
    old, new = Counter(before.missing), Counter(after.missing)
    gone = tuple((old - new).elements())
    sure = checked and not after.unknown
    return Members(
        there=gone if sure else (),
        still=tuple((old & new).elements()),
        newly=tuple((new - old).elements()),
        unsure=() if sure else gone,
    )


def _told(levels: Levels, before: Side | None, after: Side | None, members: Members) -> tuple[Outcome, bool]:
    """Give the outcome, and whether what was found before is graver now."""
    outcome = outcome_of(levels, before, after)
    if outcome != "open" or before is None or after is None:
        return outcome, False
    was, now = _loss(before, levels[0]), _loss(after, levels[1])
    if now == was:
        # what came instead is told beside it, but something of what was found is put right
        return ("partly" if members.there else "open"), bool(members.newly) and not members.there
    return ("partly", False) if now < was else ("open", True)


def _members(before: RuleResult | PartResult | None, after: RuleResult | PartResult | None) -> Members:
    if before is None or after is None or after.state in ("not_applicable", "waived", "info"):
        return Members()
    if before.state in ("not_applicable", "waived", "info"):
        return members_of(_NOTHING, after.parts, True)
    return members_of(before.parts, after.parts, after.state != "not_checked")


def _parts(levels: Levels, before: RuleResult | None, after: RuleResult | None) -> Iterator[PartItem]:
    """Pair parts by their titles, which stay when a standard's parts move."""
    old = {_name(part, before): part for part in (before.parts_detail if before else [])}
    new = {_name(part, after): part for part in (after.parts_detail if after else [])}
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name), new.get(name)
        one = now or was
        if one is None:
            continue
        members = _members(was, now)
        outcome, worse = _told(levels, side_of(was), side_of(now), members)
        yield PartItem(one.no, one.title, outcome, side_of(was), side_of(now), members, worse)


def _name(part: PartResult, rule: RuleResult | None) -> tuple[str, int]:
    """Give what a part is known by: its title, and which of that title it is."""
    same = [p.no for p in (rule.parts_detail if rule else []) if p.title == part.title]
    return part.title, same.index(part.no)


def compare_rule(before: RuleResult | None, after: RuleResult | None, *, unseen: bool = False, **more: Any) -> Item:
    """Tell what became of one rule; at least one of the two is there.

    Args:
        before: Its older result.
        after: Its newer one.
        unseen: The newer inspection looked at no rule at all, since the site is not rated.
        more: `veto`, `by_standard` of the item.
    """
    one = after or before
    if one is None:
        raise ValueError("neither side has the rule")
    was, now, members = side_of(before), side_of(after), _members(before, after)
    levels = ((before or one).level, one.level)
    outcome, worse = _told(levels, was, now, members)
    if unseen:
        outcome = {"removed": "unchecked", "out": "not_checked"}.get(outcome, outcome)  # type: ignore[assignment]
    parts = tuple(_parts(levels, before, after))
    at = one.clause.at
    return Item(
        id=one.id, title=one.title, dimension=one.dimension, level=one.level, outcome=outcome, before=was, after=now,
        required=one.required, clause=at if isinstance(at, str) else "、".join(at), members=members, parts=parts,
        worse=worse, **more,
    )  # fmt: skip


def items(before: Seen, after: Seen, middle: Mapping[str, RuleResult] | None = None) -> tuple[Item, ...]:
    """Tell what became of every rule, in the order of the newer result, then what only the older one has.

    Args:
        before: The older side.
        after: The newer one.
        middle: The older inspection's rules under the newer standard, where the standards differ and it could be
            scored: what comes out so there already is the standard's doing.
    """
    old = {r.id: r for r in before.result.rules or []}
    new = {r.id: r for r in after.result.rules or []}
    found = []
    for rid in [*new, *(rid for rid in old if rid not in new)]:
        was, now = old.get(rid), new.get(rid)
        plain = compare_rule(was, now)
        unseen = after.result.status == "not_rated"
        standing = middle.get(rid) if middle is not None else None
        by_standard = standing is not None and _by_standard(plain, standing)
        veto = _veto(rid, before, after)
        found.append(compare_rule(was, now, unseen=unseen, veto=veto, by_standard=by_standard))
    return tuple(found)


def _by_standard(item: Item, standing: RuleResult) -> bool:
    """Tell whether the older inspection alone comes out so under the newer standard."""
    if item.outcome == "new":
        return standing.state in _WANTING
    if item.outcome == "fixed":
        return standing.state == "pass"
    return item.outcome == "dropped" and standing.state == "not_applicable"


def _veto(rid: str, before: Seen, after: Seen) -> bool:
    for seen in (after, before):
        if seen.standard is not None:
            rules = seen.standard.rules.get(seen.result.site.tier, ())
            rule = next((r for r in rules if r.id == rid), None)
            if rule is not None:
                return rule.veto is not None
    return any(r.rule == rid and r.priority == "veto" for r in before.result.rectification or [])


def standing(item: Item) -> bool:
    """Tell whether an item is to be put right."""
    return item.outcome in STANDING
