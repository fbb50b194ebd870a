"""Names and operands of checks, compiled: what stands behind `at_least`, `is`, `of`, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final

from plsp_audit.model.base import exact
from plsp_audit.model.checks import ByOperand, FactOperand
from plsp_audit.model.facts import Fact, FactDictionary, FactField
from plsp_audit.model.places import same_place
from plsp_audit.model.site import PLACES, SITE_FIELDS
from plsp_audit.model.text import folded, nfkc
from plsp_audit.model.values import ABSENT, Value, ValueFault, exact_number, read_date, read_number, read_yes_no
from plsp_audit.scoring.verdict import Scope

Getter = Callable[[Scope], Value]
NUMBER: Final = FactField(label="", type="number")
TEXT: Final = FactField(label="", type="text")


class _NoValue:
    """Stands for an operand that does not apply."""


NO_VALUE: Final = _NoValue()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known while a tier's rules are compiled.

    Attributes:
        row: The records fact whose row is looked at, inside `where` and `meets`.
        included: By fact id, the members that any `includes` of the tier names.
        scale: Points are counted in units of 1 ÷ scale, so that most of them are whole numbers.
        lang: The language of labels that are put together.
    """

    facts: FactDictionary
    tier: str
    row: Fact | None = None
    included: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scale: int = 1
    lang: Any = "zh"

    def inside(self, records: Fact) -> Context:
        """Give the context inside a row of `records`."""
        return replace(self, row=records)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a check: its declaration, how to get its value, and its fact id (None for fields and site fields)."""

    declared: FactField
    get: Getter
    fact_id: str | None = None
    is_place: bool = False


def name_of(name: str, ctx: Context) -> Named:
    """Find what a name means: the row's field first, then a fact, then a field of the site block.

    Raises:
        KeyError: Nothing has that name; lint says so before anything is compiled.
    """
    if ctx.row is not None and (fid := ctx.row.field_id(name)) is not None:
        return Named(ctx.row.fields[fid], lambda s: s.row.get(fid) if s.row is not None else None)
    found = ctx.facts.find(name)
    if found is not None:
        return Named(ctx.facts.facts[found], lambda s: s.facts.get(found), found)
    if name in SITE_FIELDS:
        return Named(TEXT, lambda s: s.site.get(name), None, name in PLACES)
    raise KeyError(name)


def read_literal(text: str, declared: FactField) -> Value:
    """Read a literal of a check by the type of the fact it is held against.

    Raises:
        ValueFault: It cannot be read so.
    """
    match declared.type:
        case "number" | "integer" | "counts" | "choices" | "records":
            try:
                return exact_number(exact(text))
            except ValueError:
                return read_number(text, declared.unit, declared.unit_aliases)
        case "date":
            return read_date(text)
        case "yes_no":
            return read_yes_no(text)
        case "choice":
            found = declared.option_id(text)
            if found is None and not declared.open:
                raise ValueFault("not_offered", value=text, offered="")
            return found if found is not None else nfkc(text)
        case _:
            return nfkc(text)


@dataclass(frozen=True, slots=True)
class Operand:
    """A compiled operand: a constant, or something to be looked up. Its value may be None (unknown) or NO_VALUE."""

    const: Value = None
    fn: Getter | None = None

    def get(self, scope: Scope) -> Value:
        """Give its value for one site."""
        return self.fn(scope) if self.fn is not None else self.const


def compile_operand(spec: Any, declared: FactField, ctx: Context) -> Operand:
    """Compile a literal, a fact with a factor, or a choice by fact or site field.

    Args:
        spec: As the model holds it.
        declared: What the value is compared with; gives literals their type.
        ctx: Names and tier.
    """
    if isinstance(spec, FactOperand):
        return Operand(fn=_times(name_of(spec.fact, ctx), exact_number(spec.times)))
    if isinstance(spec, ByOperand):
        return _by(spec, declared, ctx)
    if isinstance(spec, Fraction):
        return Operand(exact_number(spec))
    return Operand(read_literal(str(spec), declared))


def number_operand(spec: Any, ctx: Context) -> Operand:
    """Compile an operand where a number is wanted."""
    return compile_operand(spec, NUMBER, ctx)


def points_operand(spec: Any, ctx: Context) -> Operand:
    """Compile an operand that stands for points, in the tier's units."""
    operand, scale = number_operand(spec, ctx), ctx.scale
    get = operand.fn
    if get is None:
        return operand if operand.const is NO_VALUE else Operand(exact_number(operand.const * scale))

    def scaled(scope: Scope) -> Value:
        value = get(scope)
        return value if value is None or value is NO_VALUE else exact_number(value * scale)

    return Operand(fn=scaled)


def _times(named: Named, times: Any) -> Getter:
    get = named.get
    if times == 1:
        return get

    def product(scope: Scope) -> Value:
        value = get(scope)
        if value is None or value is ABSENT:
            return value
        return exact_number(value * times)

    return product


def _by(spec: ByOperand, declared: FactField, ctx: Context) -> Operand:
    values = {key: read_literal(text, declared) for key, text in spec.of.items()}
    default = read_literal(spec.default, declared) if spec.default is not None else NO_VALUE
    if spec.by == "tier" and ctx.facts.find("tier") is None:
        return Operand(values.get(ctx.tier, default))
    named = name_of(spec.by, ctx)
    pick = _picker(named, values, spec.by)

    def chosen(scope: Scope) -> Value:
        key = named.get(scope)
        if key is None:
            return None
        return default if key is ABSENT else pick(key, default)

    return Operand(fn=chosen)


def _picker(named: Named, values: Mapping[str, Value], name: str) -> Callable[[Value, Value], Value]:
    declared = named.declared
    if declared.type in ("choice", "yes_no", "number", "integer", "date"):
        known = {_by_key(key, declared): value for key, value in values.items()}
        return lambda key, default: known.get(key, default)
    if name in PLACES:

        def place(key: Value, default: Value) -> Value:
            return next((v for k, v in values.items() if same_place(k, key)), default)

        return place
    by_fold = {folded(key): value for key, value in values.items()}
    return lambda key, default: by_fold.get(folded(key), default)


def _by_key(key: str, declared: FactField) -> Value:
    try:
        return read_literal(key, declared)
    except ValueFault:
        return key
