"""Checks compiled to functions of what was seen."""

from __future__ import annotations

from typing import Any

from plsp_audit.model.checks import (
    AllCheck,
    AnyCheck,
    EachCheck,
    FactCheck,
    JudgedCheck,
    MeasureCheck,
    NotCheck,
)
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.model.text import folded
from plsp_audit.model.values import Value, shown
from plsp_audit.scoring.comparing import compare, outside
from plsp_audit.scoring.leaves import compile_leaf
from plsp_audit.scoring.measures import compile_measure, declared_of
from plsp_audit.scoring.operands import NO_VALUE, Context, compile_operand, name_of
from plsp_audit.scoring.rowchecks import compile_row_check
from plsp_audit.scoring.verdict import (
    MET,
    NA,
    NO,
    NOTHING,
    UNKNOWN,
    YES,
    CheckFn,
    Finding,
    Scope,
    leaf,
)
from plsp_audit.standards.wording import missing_label

OPEN_ROWS = Finding(UNKNOWN, 1, 0, 1, (), True)


def compile_check(check: Any, ctx: Context) -> CheckFn:
    """Compile one check.

    Args:
        check: A check of the model whose names and literals lint has passed.
        ctx: The dictionary, the tier, and the row where there is one.

    Raises:
        TypeError: A judged check inside another one; lint refuses it.
    """
    match check:
        case FactCheck():
            return compile_leaf(check, ctx, _label(check, ctx))
        case MeasureCheck():
            return _measured(check, ctx)
        case EachCheck():
            return _each(check, ctx)
        case AllCheck():
            return _all([compile_check(child, ctx) for child in check.all])
        case AnyCheck():
            return _any([compile_check(child, ctx) for child in check.any], _label(check, ctx))
        case NotCheck():
            inner = compile_check(check.not_, ctx)
            flip = (YES, UNKNOWN, NO, NA)
            return leaf(lambda s: flip[inner(s).verdict], _label(check, ctx))
        case JudgedCheck() | _:
            raise TypeError(check)


def _label(check: Any, ctx: Context) -> str:
    facts = ctx.facts
    if ctx.row is not None:
        fields = {key: Fact(**dict(field)) for key, field in ctx.row.fields.items()}
        names = {folded(n): key for key, f in fields.items() for n in (*f.aliases, f.label, key)}
        facts = FactDictionary(facts={**facts.facts, **fields}, names={**facts.names, **names})
    return missing_label(check, facts, ctx.lang)


def _all(children: list[CheckFn]) -> CheckFn:
    def finding(scope: Scope) -> Finding:
        verdict, asked, met, unknown, unbounded = NA, 0, 0, 0, False
        missing: tuple[str, ...] = ()
        of: tuple[str, ...] = ()
        for child in children:
            part = child(scope)
            if part.verdict == NA:
                continue
            verdict = min(verdict, part.verdict)
            asked += part.asked
            met += part.met
            unknown += part.unknown
            if part.missing:
                missing += part.missing
                of += part.of or ("",) * len(part.missing)
            unbounded = unbounded or part.open
        return Finding(verdict, asked, met, unknown, missing, unbounded, of)

    return finding


def _any(children: list[CheckFn], label: str) -> CheckFn:
    def verdict(scope: Scope) -> int:
        best = -1
        for child in children:
            found = child(scope).verdict
            if found == YES:
                return YES
            if found != NA:
                best = max(best, found)
        return NA if best < 0 else best

    return leaf(verdict, label)


def _measured(check: MeasureCheck, ctx: Context) -> CheckFn:
    spec = check.measure()
    measure = compile_measure(spec, ctx, compile_check)
    declared = declared_of(spec, ctx)
    operator = check.operator() or ""
    raw = check.operand(operator)
    operands = [compile_operand(o, declared, ctx) for o in (raw if isinstance(raw, list) else [raw])]

    def verdict(scope: Scope) -> int:
        seen = measure(scope)
        wanted: list[Value] = [o.get(scope) for o in operands]
        if seen is None or any(w is NO_VALUE for w in wanted):
            return NA
        if any(w is None for w in wanted):
            return outside(seen, wanted) if operator == "between" else UNKNOWN
        return compare(operator, seen, wanted if operator in ("between", "one_of") else wanted[0])

    return leaf(verdict, _label(check, ctx))


def row_label(fact: Fact, row: Any, number: int, lang: Any = "zh") -> str:
    """Name a row by what its first known choice or text says, else by its number."""
    for key, field in fact.fields.items():
        value = row.get(key)
        if isinstance(value, str) and field.type in ("choice", "text"):
            return field.options[value].label if value in field.options else shown(value)
    return f"第{number}条" if lang == "zh" else f"row {number}"


def _each(check: EachCheck, ctx: Context) -> CheckFn:
    spec = check.each
    named = name_of(spec.of, ctx)
    fact: Any = named.declared
    where = compile_row_check(spec.where, fact, ctx, compile_check) if spec.where is not None else None
    meets = compile_row_check(spec.meets, fact, ctx, compile_check)
    label = check.title or fact.label
    empty = {"met": MET, "not_applicable": NOTHING}.get(spec.when_empty or "", Finding(NO, 1, 0, 0, (label,)))

    def finding(scope: Scope) -> Finding:
        rows = named.get(scope)
        if rows is None:
            return OPEN_ROWS
        met = unknown = looked = 0
        missing: list[str] = []
        for number, row in enumerate(rows, start=1):
            chosen = where(scope, row) if where is not None else YES
            if chosen not in (YES, UNKNOWN):
                continue
            looked += 1
            verdict = UNKNOWN if chosen == UNKNOWN else meets(scope, row)
            if verdict == YES:
                met += 1
            elif verdict == UNKNOWN:
                unknown += 1
            elif verdict == NO:
                missing.append(row_label(fact, row, number, ctx.lang))
        asked = met + unknown + len(missing)
        if not looked:
            return empty
        if not asked:
            return NOTHING
        return Finding(NO if missing else UNKNOWN if unknown else YES, asked, met, unknown, tuple(missing))

    return finding
