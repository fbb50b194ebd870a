"""Values of checks made comparable: bounds that depend on something, whole numbers, names with optional pieces."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from dataclasses import replace
from fractions import Fraction

from plsp_audit.model.checks import ByOperand
from plsp_audit.model.facts import FactField
from plsp_audit.model.text import folded, squeezed
from plsp_audit.standards.amounts import View, number, numbers
from plsp_audit.standards.crosswalk_asks import Bound

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_MOST_OPTIONAL = 8
_OTHERWISE = "~"


def chosen_bound(
    operand: ByOperand,
    view: View,
    chooser: FactField,
    declared: FactField,
    key: Hashable,
    scale: Fraction,
    strict: bool,
) -> Bound:
    """Give a value that is chosen by something as a bound; one chosen by the tier is a plain number."""
    found = tuple(n * scale for n in numbers(operand, view, declared) or ())
    if len(found) == 1:
        return Bound(found, strict)
    pairs = {chooser.option_id(name) or folded(name): number(text, declared) for name, text in operand.of.items()}
    if operand.default is not None:
        pairs[_OTHERWISE] = number(operand.default, declared)
    cases = tuple(sorted((name, value * scale) for name, value in pairs.items() if value is not None))
    return Bound(tuple(sorted(set(found))), strict, cases, key=key)


def whole(bound: Bound, up: bool) -> Bound:
    """Give the bound of whole numbers or days with its end inclusive: more than 2 is at least 3."""
    if not bound.strict or not bound.numbers or bound.cases:
        return bound
    ends = tuple(Fraction(math.floor(n) + 1 if up else math.ceil(n) - 1) for n in bound.numbers)
    return replace(bound, numbers=ends, strict=False)


def spellings(pattern: str) -> list[str]:
    """Give every form of a name that a pattern allows: with and without each piece in brackets."""
    found = [pattern]
    for _ in range(_MOST_OPTIONAL):
        if not any(_OPTIONAL.search(text) for text in found):
            break
        found = [form for text in found for form in _both(text)]
    return list(dict.fromkeys(squeezed(text) for text in found))


def _both(text: str) -> list[str]:
    match = _OPTIONAL.search(text)
    if match is None:
        return [text]
    before, after = text[: match.start()], text[match.end() :]
    return [before + match[1] + after, before + after]
