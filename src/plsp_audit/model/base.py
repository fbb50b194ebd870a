"""The base of every file model, and the exact numbers they hold."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from plsp_audit.model.text import nfkc

_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:\s*/\s*([0-9]+(?:\.[0-9]+)?))?")


class Strict(BaseModel):
    """A frozen model that refuses unknown keys, since an ignored misspelling would quietly change a score."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def exact(value: Any) -> Fraction:
    """Read a number exactly: `6`, `0.5`, `2/3`.

    Raises:
        PydanticCustomError: `not_a_number`, with the text that was given.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    number = _exact_text(str(value)[:60]) if isinstance(value, (str, float)) else None
    if number is None:
        raise PydanticCustomError("not_a_number", "{value} is not a number", {"value": str(value)[:60]})
    return number


@lru_cache(maxsize=4096)
def _exact_text(text: str) -> Fraction | None:
    match = _NUMBER.fullmatch(nfkc(text)) if len(text) <= 40 else None
    if match is None or (match[2] is not None and not Fraction(match[2])):
        return None
    return Fraction(match[1]) / Fraction(match[2] or 1)


def rounded(value: Fraction, places: int) -> Fraction:
    """Round half away from zero to `places` decimals, exactly."""
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def number_text(value: Fraction, places: int = 4) -> str:
    """Write a number in decimal digits, rounded half up (away from zero), without trailing zeros: `90.4762`, `100`."""
    return _digits(value.numerator, value.denominator, places)


@lru_cache(maxsize=65536)
def _digits(numerator: int, denominator: int, places: int) -> str:
    scale = 10**places
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    whole, rest = divmod(units, scale)
    text = f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".") if places else str(whole)
    return f"-{text}" if numerator < 0 < units else text


def plain(value: Fraction) -> int | float:
    """Give the JSON number of `value`: rounded half up to 4 decimals (spec section 4)."""
    return _plain(value.numerator, value.denominator)


@lru_cache(maxsize=65536)
def _plain(numerator: int, denominator: int) -> int | float:
    text = _digits(numerator, denominator, 4)
    return float(text) if "." in text else int(text)


_YES = {"true": True, "yes": True, "是": True, "有": True, "false": False, "no": False, "否": False, "无": False}


def yes_no(value: Any) -> bool:
    """Read a yes or no as the spec lists them: true/false, yes/no, 是/否, 有/无.

    Raises:
        PydanticCustomError: `not_yes_no`.
    """
    if isinstance(value, bool):
        return value
    found = _YES.get(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("not_yes_no", "{value} is neither yes nor no", {"value": str(value)[:60]})
    return found


YesNo = Annotated[bool, BeforeValidator(yes_no)]
"""A yes or no of a file; never YAML 1.1 guesswork such as `on` or `1`."""

Exact = Annotated[
    Fraction,
    BeforeValidator(exact),
    PlainSerializer(plain, return_type=int | float, when_used="json"),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?(/\d+(\.\d+)?)?$"}]}),
]
"""An exact number, never a float; written to JSON rounded half up to 4 decimals."""
