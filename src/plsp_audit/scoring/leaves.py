"""One fact against one operator: the leaves of a check."""

from __future__ import annotations

from plsp_audit.model.checks import FactCheck
from plsp_audit.model.text import nfkc, squeezed
from plsp_audit.model.values import ABSENT, Members
from plsp_audit.scoring.comparing import comparison
from plsp_audit.scoring.members import excludes, includes
from plsp_audit.scoring.names import named
from plsp_audit.scoring.operands import NO_VALUE, Context, Named, name_of, number_operand
from plsp_audit.scoring.verdict import FLIP, NA, NO, UNKNOWN, YES, CheckFn, Scope, VerdictFn, leaf


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
        return found if wanted else FLIP[found]

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


def compile_leaf(check: FactCheck, ctx: Context, label: str) -> CheckFn:
    """Compile a check of one fact. `label` is the words under which it is reported as missing."""
    known = name_of(check.fact, ctx)
    operator = check.operator()
    match operator:
        case None:
            get = known.get
            return leaf(lambda s: UNKNOWN if (value := get(s)) is None else YES if value is True else NO, label)
        case "includes":
            return includes(check, known, ctx)
        case "excludes":
            return leaf(excludes(check, known), label)
        case "named":
            return leaf(_named(check, known), label)
        case "mentions":
            return leaf(_mentions(check, known), label)
        case "filled":
            return leaf(_filled(known, bool(check.filled), ctx), label)
        case "within_days":
            return leaf(_within_days(check, known, ctx), label)
        case _:
            return leaf(comparison(check, operator, known, ctx), label)
