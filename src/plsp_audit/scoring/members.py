"""Which members a list or a count of things holds."""

from __future__ import annotations

from typing import Any

from plsp_audit.model.checks import FactCheck
from plsp_audit.model.values import Members, Value
from plsp_audit.scoring.operands import NO_VALUE, Context, Named, Operand, number_operand
from plsp_audit.scoring.verdict import NA, NO, UNKNOWN, YES, CheckFn, Finding, Scope, VerdictFn


def member_states(value: Value, member: str, least: Any) -> int:
    """Tell whether one member is there: for choices by `includes`, for counts at least so many."""
    if value is None or least is None:
        return UNKNOWN
    if isinstance(value, Members):
        if member in value.present:
            return YES
        if member in value.unknown:
            return UNKNOWN
        return YES if value.rest and member not in value.absent else NO
    if isinstance(value, dict):
        count = value.get(member, 0)
        return UNKNOWN if count is None else YES if count >= least else NO
    return NO


def includes(check: FactCheck, known: Named, ctx: Context) -> CheckFn:
    """Compile the check that a list holds all of its members, or as many of them as are needed."""
    get, declared = known.get, known.declared
    wanted = check.includes or []
    pairs = wanted.items() if isinstance(wanted, dict) else [(w, "1") for w in wanted]
    members: list[tuple[str, str, Operand]] = []
    for name, least in pairs:
        member = declared.option_id(name) or name
        label = declared.options[member].label if member in declared.options else name
        members.append((member, label, number_operand(least, ctx)))
    need = number_operand(check.need, ctx) if check.need is not None else None
    count = len(members)
    unseen, whole = Finding(UNKNOWN, count, 0, count), Finding(YES, count, count, 0)
    plain = need is None and all(least.fn is None and least.const is not NO_VALUE for _, _, least in members)
    ids = frozenset(member for member, _, _ in members)
    of_list = (declared.label,)

    def finding(scope: Scope) -> Finding:
        value = get(scope)
        if value is None and plain:
            return unseen
        if plain and type(value) is Members and not value.unknown and not value.rest:
            if ids <= value.present:
                return whole
            absent = tuple([label for member, label, _ in members if member not in value.present])
            return Finding(NO, count, count - len(absent), 0, absent, False, of_list * len(absent))
        met, unknown, missing = 0, 0, []
        for member, label, least in members:
            enough = least.get(scope)
            if enough is NO_VALUE:
                return Finding(NA, 0, 0, 0)
            state = member_states(value, member, enough)
            if state == YES:
                met += 1
            elif state == UNKNOWN:
                unknown += 1
            else:
                missing.append(label)
        if need is not None:
            return _needed(need.get(scope), met, unknown, tuple(missing))
        verdict = NO if missing else UNKNOWN if unknown else YES
        return Finding(verdict, count, met, unknown, tuple(missing), False, of_list * len(missing))

    return finding


def _needed(need: Any, met: int, unknown: int, missing: tuple[str, ...]) -> Finding:
    if need is NO_VALUE:
        return Finding(NA, 0, 0, 0)
    if need is None:
        return Finding(UNKNOWN, 1, 0, 1)
    asked = int(need) if need == int(need) else int(need) + 1
    met = min(met, asked)
    unknown = min(unknown, asked - met)
    if met == asked:
        return Finding(YES, asked, met, 0)
    verdict = UNKNOWN if met + unknown >= asked else NO
    return Finding(verdict, asked, met, unknown, missing)


def excludes(check: FactCheck, known: Named) -> VerdictFn:
    """Compile the check that a list holds none of the members."""
    unwanted = frozenset(known.declared.option_id(w) or w for w in check.excludes or [])

    def verdict(scope: Scope) -> int:
        value = known.get(scope)
        if value is None:
            return UNKNOWN
        if isinstance(value, Members):
            if value.present & unwanted:
                return NO
            return UNKNOWN if value.unknown & unwanted else YES
        if isinstance(value, dict):
            counts = [value.get(member, 0) for member in unwanted]
            return NO if any(counts) else UNKNOWN if None in counts else YES
        return YES

    return verdict
