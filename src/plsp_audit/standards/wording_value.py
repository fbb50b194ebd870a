"""Literals and operands in words: `100` → 100㎡, `2018-10-31` → 2018年10月31日, `justice_office` → 司法所."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from pydantic_core import PydanticCustomError

from plsp_audit.model.base import exact, number_text, yes_no
from plsp_audit.model.checks import ByOperand, FactOperand, Operand
from plsp_audit.model.facts import FactField
from plsp_audit.model.text import folded, nfkc
from plsp_audit.standards.wording_words import PLACES, Words, squashed

PLAIN = FactField(label="", type="number")
"""A number without a unit, for points and counts."""

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?")


def shown(value: Fraction) -> str:
    """Write a number in digits; one that has no end within four decimals as a fraction: `2/3`."""
    text = number_text(value)
    return text if exact(text) == value else f"{value.numerator}/{value.denominator}"


def with_unit(number: str, unit: str | None, words: Words) -> str:
    """Put the unit behind a number."""
    if not unit:
        return number
    return f"{number}%" if unit == "%" else words.say("value.unit", number=number, unit=unit)


def literal_number(text: str, of: FactField) -> Fraction | None:
    """Read the number of a literal that may carry the unit of `of`; None when it is none."""
    bare = nfkc(text).replace(",", "")
    for unit in (of.unit, *of.unit_aliases):
        if unit and bare.endswith(nfkc(unit)):
            bare = bare.removesuffix(nfkc(unit))
            break
    try:
        return exact(bare)
    except PydanticCustomError:
        return None


def day_text(text: str, words: Words) -> str:
    """Write a date as its readers do: 2018年10月31日."""
    match = _DATE.fullmatch(nfkc(text))
    if match is None:
        return squashed(text)
    year, month = match[1], str(int(match[2]))
    if match[3] is None:
        return words.say("value.month", year=year, month=month)
    return words.say("value.day", year=year, month=month, day=str(int(match[3])))


def truth_text(value: bool, words: Words) -> str:
    """Write 是 or 否."""
    return words.say("value.yes" if value else "value.no")


def truth(text: str) -> bool | None:
    """Read a literal as a yes or no; None when it is neither."""
    try:
        return yes_no(text)
    except PydanticCustomError:
        return None


def literal_text(text: str, of: FactField, words: Words, scale: int = 1) -> str:
    """Write a literal as a value of `of`; what does not fit stays as it is written.

    Args:
        text: The literal as the author wrote it.
        of: The fact or field it is held against.
        words: The names to use.
        scale: What a number is multiplied by before it is written: 100 for a ratio that is shown in percent.
    """
    match of.type:
        case "number" | "integer" | "counts":
            number = literal_number(text, of)
            if number is None:
                return squashed(text)
            digits = shown(number * scale)
            return shown(number) if scale != 1 and "/" in digits else with_unit(digits, of.unit, words)
        case "date":
            return day_text(text, words)
        case "yes_no":
            found = truth(text)
            return squashed(text) if found is None else truth_text(found, words)
        case "choice" | "choices":
            return words.option(text, of)
        case _:
            return words.quote(squashed(text))


def operand_text(operand: Operand, of: FactField, words: Words, scale: int = 1) -> str:
    """Write what a value is compared with: a literal, another fact, or a value that depends on a fact."""
    match operand:
        case str():
            return literal_text(operand, of, words, scale)
        case FactOperand():
            label = words.label(operand.fact)
            if operand.times == 1:
                return label
            number = shown(operand.times)
            return words.say("value.fraction" if "/" in number else "value.times", fact=label, number=number)
        case ByOperand():
            chosen = _chosen(operand, words)
            return literal_text(chosen, of, words, scale) if chosen is not None else _by_text(operand, of, words, scale)
        case _:
            assert_never(operand)


def amount(operand: Operand | Fraction, words: Words) -> str:
    """Write a number without a unit: points, a number of items, of days."""
    return shown(operand) if isinstance(operand, Fraction) else operand_text(operand, PLAIN, words)


def amount_of(operand: Operand | Fraction, words: Words) -> Fraction | None:
    """Give the number an operand stands for, None when it depends on what is found on site."""
    if isinstance(operand, Fraction):
        return operand
    if isinstance(operand, ByOperand):
        chosen = _chosen(operand, words)
        return None if chosen is None else literal_number(chosen, PLAIN)
    return literal_number(operand, PLAIN) if isinstance(operand, str) else None


def _chosen(operand: ByOperand, words: Words) -> str | None:
    name = folded(operand.by)
    if name == "tier" and words.tier:
        field = words.field("tier")
        for key, value in operand.of.items():
            if folded(key) == folded(words.tier) or field.option_id(key) == words.tier:
                return value
        return operand.default
    if name in PLACES and words.places.get(name):
        # A place may be written with or without its suffix, so only the very same name settles it here.
        return next((v for k, v in operand.of.items() if folded(k) == folded(words.places[name])), None)
    return None


def _by_text(operand: ByOperand, of: FactField, words: Words, scale: int) -> str:
    field = words.field(operand.by)
    cases = [(literal_text(key, field, words), value) for key, value in operand.of.items()]
    if operand.default is not None:
        cases.append((words.say("value.otherwise"), operand.default))
    items = [_case(name, literal_text(value, of, words, scale), words) for name, value in cases]
    return words.say("value.by", fact=squashed(field.label), items=words.join(items))


def _case(name: str, value: str, words: Words) -> str:
    close = value[:1].isdigit() and not name[-1:].isascii()
    return words.say("value.case" if close else "value.case_apart", name=name, value=value)
