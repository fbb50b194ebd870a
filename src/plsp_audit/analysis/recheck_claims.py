"""What a rectification ledger claims, held against what the second inspection saw. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plsp_audit.model.recheck import CLAIM_KINDS, Claim, ClaimCheck, ClaimKind, Item, Recheck

_DONE: dict[str, ClaimKind] = {
    "open": "claimed_not_fixed", "partly": "claimed_not_fixed", "new": "claimed_not_fixed",
    "unchecked": "claimed_unchecked", "not_checked": "claimed_unchecked",
    "fixed": "confirmed", "kept": "confirmed", "met": "confirmed",
    "dropped": "moot", "waived": "moot", "removed": "moot", "out": "moot",
}  # fmt: skip
_NOT_DONE: dict[str, ClaimKind] = {
    "open": "open_unclaimed", "partly": "open_unclaimed", "new": "open_unclaimed",
    "unchecked": "unchecked_unclaimed", "not_checked": "unchecked_unclaimed",
    "fixed": "fixed_unclaimed", "kept": "fixed_unclaimed", "met": "fixed_unclaimed",
    "dropped": "moot", "waived": "moot", "removed": "moot", "out": "moot",
}  # fmt: skip
_WAS_FOUND = ("open", "partly", "unchecked", "fixed", "dropped", "waived", "removed")


def with_claims(found: Recheck, claims: Iterable[Claim]) -> Recheck:
    """Give the recheck with a ledger's claims about its site held against it.

    Args:
        found: The recheck.
        claims: All rows of the ledgers; those of other sites are left out.
    """
    site = found.after.result.site.id
    return replace(found, claims=check_claims(found.items, [c for c in claims if c.site == site]))


def check_claims(items: Sequence[Item], claims: Sequence[Claim]) -> tuple[ClaimCheck, ...]:
    """Hold claims against items, the gravest disagreement first: what is claimed to be done, and is not.

    Args:
        items: What became of the rules of one site.
        claims: The rows of one site. Of several rows of a rule each is held against it.
    """
    by_id = {item.id: item for item in items}
    checks = []
    for claim in claims:
        item = by_id.get(claim.rule)
        table = _DONE if claim.done else _NOT_DONE
        kind: ClaimKind = table.get(item.outcome, "unknown") if item is not None else "unknown"
        checks.append(ClaimCheck(kind, claim.rule, item.title if item is not None else "", item, claim))
    claimed = {claim.rule for claim in claims}
    for item in items:
        if item.outcome in _WAS_FOUND and item.id not in claimed:
            checks.append(ClaimCheck(_NOT_DONE[item.outcome], item.id, item.title, item, None))
    places = {item.id: place for place, item in enumerate(items)}
    ranks = {kind: rank for rank, kind in enumerate(CLAIM_KINDS)}
    return tuple(sorted(checks, key=lambda c: (ranks[c.kind], places.get(c.rule, len(places)))))


def strangers(claims: Iterable[Claim], sites: Iterable[str]) -> list[Claim]:
    """Give the claims about sites that were not rechecked."""
    known = set(sites)
    return [claim for claim in claims if claim.site not in known]
