"""What the numbers of a rule can be, as far as its file settles them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from plsp_audit.model.base import exact
from plsp_audit.model.checks import ByOperand, CountMeasure, FactOperand, PercentMeasure, RatioMeasure, SumMeasure
from plsp_audit.model.facts import Fact, FactDictionary, FactField
from plsp_audit.model.values import ValueFault, read_date, read_number

NUMBER = FactField(label="", type="number")


@dataclass(frozen=True, slots=True)
class View:
    """From where a rule is looked at: the dictionary, the tier, and the row inside `where` and `meets`."""

    facts: FactDictionary
    tier: str
    row: Fact | None = None

    def inside(self, records: str) -> View:
        """Give the view inside the rows of a records fact."""
        return replace(self, row=self.facts.get(records))

    def field(self, name: str) -> FactField | None:
        """Give what is known of a name: a field of the row first, then a fact."""
        if self.row is not None and (found := self.row.field_id(name)) is not None:
            return self.row.fields[found]
        return self.facts.get(name)


def number(text: str, declared: FactField = NUMBER) -> Fraction | None:
    """Read a literal as a number, a date as its day; None when it is neither."""
    try:
        if declared.type == "date":
            return Fraction(read_date(text).first)
        return exact(text)
    except ValueFault:
        return None
    except ValueError:
        try:
            return Fraction(read_number(text, declared.unit, declared.unit_aliases))
        except ValueFault:
            return None


def chosen(spec: ByOperand, view: View) -> tuple[str, ...]:
    """Give the values that a choice by something can come to in this tier."""
    if spec.by == "tier" and view.facts.find("tier") is None:
        found = spec.of.get(view.tier, spec.default)
        return () if found is None else (found,)
    return (*spec.of.values(), *([spec.default] if spec.default is not None else []))


def numbers(spec: Any, view: View, declared: FactField = NUMBER) -> tuple[Fraction, ...] | None:
    """Give every number that an operand can come to; None when that depends on what is found on site."""
    if spec is None or isinstance(spec, FactOperand):
        return None
    texts = chosen(spec, view) if isinstance(spec, ByOperand) else (str(spec),)
    found = [number(text, declared) for text in texts]
    known = tuple(n for n in found if n is not None)
    return known if known and len(known) == len(found) else None


def most(spec: Any, view: View, declared: FactField = NUMBER) -> Fraction | None:
    """Give the largest number that an operand can come to, None when it is open."""
    found = numbers(spec, view, declared)
    return max(found) if found else None


def least(spec: Any, view: View, declared: FactField = NUMBER) -> Fraction | None:
    """Give the smallest number that an operand can come to, None when it is open."""
    found = numbers(spec, view, declared)
    return min(found) if found else None


def measured_as(measure: Any, view: View) -> FactField:
    """Give the declaration by which the bounds of a measure are read."""
    if isinstance(measure, str):
        declared = view.field(measure)
        return declared if declared is not None and declared.type in ("number", "integer", "date") else NUMBER
    return FactField(label="", type="number", unit="%") if isinstance(measure, PercentMeasure) else NUMBER


def largest(measure: Any, view: View) -> Fraction | None:
    """Give the largest value a measure can have, None when it has no end."""
    if isinstance(measure, CountMeasure | SumMeasure | RatioMeasure | PercentMeasure):
        return None
    declared = view.field(str(measure))
    if declared is None:
        return None
    if declared.type == "yes_no":
        return Fraction(1)
    if declared.type == "choices" and not declared.open:
        return Fraction(len(declared.options))
    return None
