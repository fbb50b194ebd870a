"""One fact against one operator: the leaves of a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plsp_audit.model.checks import FactCheck, FactOperand
from plsp_audit.model.facts import FactField
from plsp_audit.model.text import nfkc, squeezed
from plsp_audit.model.values import ABSENT, Members, Span, Value, exact_number
from plsp_audit.scoring.measures import Interval
from plsp_audit.scoring.names import named, same_place
from plsp_audit.scoring.operands import (
    NO_VALUE,
    Context,
    Named,
    Operand,
    compile_operand,
    name_of,
    number_operand,
    read_literal,
)
from plsp_audit.scoring.verdict import NA, NO, UNKNOWN, YES, CheckFn, Finding, Scope, VerdictFn, leaf

_FLIP = (YES, UNKNOWN, NO, NA)


def compare(operator: str, seen: Interval, wanted: Any) -> int:
    """Hold everything a number may be against a bound (a pair for `between`, a list for `one_of`)."""
    low, high = seen
    match operator:
        case "at_least":
            return YES if low is not None and low >= wanted else NO if high is not None and high < wanted else UNKNOWN
        case "above":
            return YES if low is not None and low > wanted else NO if high is not None and high <= wanted else UNKNOWN
        case "at_most":
            return YES if high is not None and high <= wanted else NO if low is not None and low > wanted else UNKNOWN
        case "below":
            return YES if high is not None and high < wanted else NO if low is not None and low >= wanted else UNKNOWN
        case "is":
            if low is not None and low == high == wanted:
                return YES
            inside = (low is None or low <= wanted) and (high is None or high >= wanted)
            return UNKNOWN if inside else NO
        case "is_not":
            return _FLIP[compare("is", seen, wanted)]
        case "between":
            return min(compare("at_least", seen, wanted[0]), compare("at_most", seen, wanted[1]))
        case _:
            return max(compare("is", seen, one) for one in wanted)


def _day(operator: str, wanted: Span, literal: bool) -> Any:
    """Give the day of a month that a literal bound means: until its last day, from its first."""
    if not literal:
        return wanted
    return wanted.last if operator in ("at_most", "above") else wanted.first


def compare_dates(operator: str, seen: Span, wanted: Any) -> int:
    """Hold a date, or some day of a month, against a day (int), against another such date, or against a list."""
    if operator == "between":
        return min(compare_dates("at_least", seen, wanted[0]), compare_dates("at_most", seen, wanted[1]))
    if operator == "one_of":
        return max(compare_dates("is", seen, one) for one in wanted)
    if operator == "is_not":
        return _FLIP[compare_dates("is", seen, wanted)]
    low, high = (wanted, wanted) if isinstance(wanted, int) else wanted
    if operator == "is":
        if seen.last < low or seen.first > high:
            return NO
        return YES if low == high == seen.first == seen.last else UNKNOWN
    if low == high:
        return compare(operator, Interval(seen.first, seen.last), low)
    sides = {compare(operator, Interval(seen.first, seen.last), day) for day in (low, high)}
    return sides.pop() if len(sides) == 1 else UNKNOWN


def _equal(declared: FactField, is_place: bool) -> Callable[[Value, Value], bool]:
    if is_place:
        return lambda value, wanted: same_place(value, wanted)
    if declared.type == "text":
        return lambda value, wanted: squeezed(value) == squeezed(wanted)
    return lambda value, wanted: bool(value == wanted)


def _within(seen: Value, wanted: Value, literal: bool) -> int:
    """Tell whether a date is the wanted one; a literal month holds all its days."""
    if literal and wanted.first != wanted.last:
        if seen.first >= wanted.first and seen.last <= wanted.last:
            return YES
        return NO if seen.last < wanted.first or seen.first > wanted.last else UNKNOWN
    return compare_dates("is", seen, wanted)


def _one_end(kind: str, value: Value, wanted: list[Value], literal: list[bool]) -> int:
    """Tell what one end of a range settles while the other is unknown: a value beyond it is outside."""
    for end, bound, fixed in zip(("at_least", "at_most"), wanted, literal, strict=True):
        if bound is ABSENT:
            return NO
        if bound is not None and kind == "date" and compare_dates(end, value, _day(end, bound, fixed)) == NO:
            return NO
    return UNKNOWN if kind == "date" else outside(Interval(value, value), wanted)


def outside(seen: Interval, wanted: list[Any]) -> int:
    """Tell whether a number is outside a range of which an end is unknown (None)."""
    sides = zip(("at_least", "at_most"), wanted, strict=True)
    return NO if any(w is not None and compare(end, seen, w) == NO for end, w in sides) else UNKNOWN


def _comparison(check: FactCheck, operator: str, known: Named, ctx: Context) -> VerdictFn:
    declared, get = known.declared, known.get
    raw = check.operand(operator)
    specs = raw if isinstance(raw, list) else [raw]
    operands = [compile_operand(spec, declared, ctx) for spec in specs]
    literal = [not isinstance(spec, FactOperand) for spec in specs]
    equal = _equal(declared, known.is_place)
    many = operator in ("between", "one_of")
    if all(o.fn is None for o in operands):
        plain = _against_constants(operator, known, [o.const for o in operands])
        if plain is not None:
            return plain

    def held(value: Value, wanted: list[Value]) -> int:
        if declared.type == "date":
            if operator in ("is", "is_not", "one_of"):
                found = max(_within(value, w, fixed) for w, fixed in zip(wanted, literal, strict=True))
                return _FLIP[found] if operator == "is_not" else found
            ends = ("at_least", "at_most") if operator == "between" else (operator,)
            days = [_day(op, w, fixed) for op, w, fixed in zip(ends, wanted, literal, strict=True)]
            return compare_dates(operator, value, days if many else days[0])
        if declared.type in ("number", "integer"):
            return compare(operator, Interval(value, value), wanted if many else wanted[0])
        found = YES if any(equal(value, w) for w in wanted) else NO
        return _FLIP[found] if operator == "is_not" else found

    def verdict(scope: Scope) -> int:
        value = get(scope)
        wanted = [o.get(scope) for o in operands]
        if any(w is NO_VALUE for w in wanted):
            return NA
        if value is ABSENT:
            return YES if operator == "is_not" else NO
        if value is None:
            return UNKNOWN
        if any(w is None for w in wanted):
            return _one_end(declared.type, value, wanted, literal) if operator == "between" else UNKNOWN
        if any(w is ABSENT for w in wanted):
            return YES if operator == "is_not" else NO
        return held(value, wanted)

    return verdict


def _against_constants(operator: str, known: Named, wanted: list[Value]) -> VerdictFn | None:
    """Give the short way for what most rules ask: a number against a number, an option or a yes against literals."""
    get, kind, one = known.get, known.declared.type, wanted[0]
    if any(w is NO_VALUE for w in wanted):
        return None
    if kind in ("number", "integer") and operator in ("at_least", "at_most", "above", "below"):
        if operator in ("at_least", "below"):
            at, under = (YES, NO) if operator == "at_least" else (NO, YES)
            return lambda s: UNKNOWN if (v := get(s)) is None else at if v >= one else under
        over, at = (YES, NO) if operator == "above" else (NO, YES)
        return lambda s: UNKNOWN if (v := get(s)) is None else over if v > one else at
    if kind in ("choice", "yes_no") and operator in ("is", "one_of", "is_not"):
        among = frozenset(wanted)
        inside, outside = (NO, YES) if operator == "is_not" else (YES, NO)
        return lambda s: UNKNOWN if (v := get(s)) is None else inside if v in among else outside
    return None


def _filled(known: Named, wanted: bool, ctx: Context) -> VerdictFn:
    get = known.get
    named_members = ctx.included.get(known.fact_id or "", frozenset())

    def verdict(scope: Scope) -> int:
        value = get(scope)
        if value is None:
            return UNKNOWN
        if value is ABSENT:
            found = NO
        elif isinstance(value, Members):
            rest = named_members - value.absent - value.unknown if value.rest else frozenset()
            found = YES if value.present or rest else UNKNOWN if value.unknown else NO
        elif isinstance(value, dict):
            counts = value.values()
            found = YES if any(n for n in counts if n is not None) else UNKNOWN if None in counts else NO
        elif isinstance(value, str | list):
            found = YES if value else NO
        else:
            found = YES
        return found if wanted else _FLIP[found]

    return verdict


def _within_days(check: FactCheck, known: Named, ctx: Context) -> VerdictFn:
    start = name_of(str(check.of), ctx).get
    limit = number_operand(check.within_days, ctx)

    def verdict(scope: Scope) -> int:
        day, since, days = known.get(scope), start(scope), limit.get(scope)
        if since is ABSENT or days is NO_VALUE:
            return NA
        if day is ABSENT:
            return NO
        if since is None or day is None:
            return UNKNOWN
        least, most = day.first - since.last, day.last - since.first
        if most < 0:
            return NO
        if days is None:
            return UNKNOWN
        if least >= 0 and most <= days:
            return YES
        return NO if least > days else UNKNOWN

    return verdict


def _mentions(check: FactCheck, known: Named) -> VerdictFn:
    wanted = [squeezed(w) for w in check.mentions or []]

    def verdict(scope: Scope) -> int:
        value = known.get(scope)
        if value is None:
            return UNKNOWN
        if value is ABSENT:
            return NO
        text = squeezed(value)
        return YES if any(w in text for w in wanted) else NO

    return verdict


def _named(check: FactCheck, known: Named) -> VerdictFn:
    template = nfkc(str(check.named))

    def verdict(scope: Scope) -> int:
        value = known.get(scope)
        if value is None:
            return UNKNOWN
        return NO if value is ABSENT else named(value, template, scope.site)

    return verdict


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


def _includes(check: FactCheck, known: Named, ctx: Context) -> CheckFn:
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


def _excludes(check: FactCheck, known: Named) -> VerdictFn:
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


def compile_leaf(check: FactCheck, ctx: Context, label: str) -> CheckFn:
    """Compile a check of one fact. `label` is the words under which it is reported as missing."""
    known = name_of(check.fact, ctx)
    operator = check.operator()
    match operator:
        case None:
            get = known.get
            return leaf(lambda s: UNKNOWN if (value := get(s)) is None else YES if value is True else NO, label)
        case "includes":
            return _includes(check, known, ctx)
        case "excludes":
            return leaf(_excludes(check, known), label)
        case "named":
            return leaf(_named(check, known), label)
        case "mentions":
            return leaf(_mentions(check, known), label)
        case "filled":
            return leaf(_filled(known, bool(check.filled), ctx), label)
        case "within_days":
            return leaf(_within_days(check, known, ctx), label)
        case _:
            return leaf(_comparison(check, operator, known, ctx), label)


__all__ = ["compare", "compare_dates", "compile_leaf", "exact_number", "member_states", "outside", "read_literal"]
