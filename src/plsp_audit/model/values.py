"""What a fact can say: the typed values, and how one piece of text is read by its declared type (spec section 3.1).

A value is one of

- `None`: unknown (left out, blank, 未查);
- `ABSENT`: known to be absent (无), for text, date and choice;
- yes_no: `bool`; number, integer: `int` or `Fraction`; text: `str`; date: `Span`;
- choice: the option's id, or the text of an open choice that is none of its options;
- choices: `Members`; counts: `Counts` of option id to number or None;
- records: `list` of rows, each a `dict` of field id to value.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, NamedTuple

from plsp_audit.model.facts import FactField
from plsp_audit.model.problem import enumerated
from plsp_audit.model.text import folded, nearest, nfkc

Number = int | Fraction
Value = Any
MAX_TEXT: Final = 5000
MAX_FAULTS: Final = 1000
"""After so many faults reading goes no further."""
UNKNOWN_WORDS: Final = frozenset({"", "未查"})
ABSENT_WORDS: Final = frozenset({"无", "没有", "未发生", "none"})
SEPARATORS: Final = re.compile(r"[、，,;；]")

_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*(.*)", re.DOTALL)
_DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_DATE_ZH = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号])?")
_COUNTED = re.compile(r"(.+?)[ \u3000]*[:：×xX*]?[ \u3000]*(\d{1,9})[ \u3000]*\w?")
_PIECES = re.compile(r"[、，,;；\s/|+和及与]+")
_YES_NO = {"true": True, "yes": True, "是": True, "有": True, "false": False, "no": False, "否": False}


class _Absent:
    """The one value that says: known to be absent."""

    _one: _Absent | None = None

    def __new__(cls) -> _Absent:
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

    def __reduce__(self) -> tuple[type[_Absent], tuple[()]]:
        return (_Absent, ())

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


class Span(NamedTuple):
    """A date as proleptic ordinals: some day from `first` to `last`, the same for a full date."""

    first: int
    last: int

    def iso(self) -> str:
        """Give `2018-10-31`, or `2018-05` for some day of a month."""
        day = date.fromordinal(self.first)
        return day.isoformat() if self.first == self.last else f"{day.year:04d}-{day.month:02d}"


class Counts(dict[str, Any]):
    """The value of a counts fact: option id to number, None where it was not looked at. Never changed once read."""

    __slots__ = ("_hash",)

    _hash: int

    def __hash__(self) -> int:  # type: ignore[override]
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(frozenset(self.items()))
            return self._hash


@dataclass(frozen=True, slots=True)
class Members:
    """The value of a choices fact.

    Attributes:
        present: Ids (or other texts) that are there.
        absent: Ids that are said not to be there.
        unknown: Ids that were not looked at.
        rest: Whether what stands nowhere is there for `includes` (a mapping without 有).
    """

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    rest: bool = False
    _hash: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.present, self.absent, self.unknown, self.rest)))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value cannot be read: the problem's code and words, and where below the value it stands."""

    code: str
    params: Mapping[str, str]
    path: tuple[str | int, ...] = ()


class ValueFault(Exception):
    """One piece of text that cannot be read as its type."""

    def __init__(self, code: str, **params: str) -> None:
        self.fault = Fault(code, params)
        super().__init__(code)


def exact_number(value: Number) -> Number:
    """Give an int where the number is whole: ints are several times faster."""
    if type(value) is int:
        return value
    return value.numerator if value.denominator == 1 else value


def quotient(top: Number, bottom: Number) -> Number:
    """Divide exactly."""
    if type(top) is int and type(bottom) is int:
        return Fraction(top, bottom) if top % bottom else top // bottom
    return exact_number(Fraction(top) / bottom)


def shown(text: object) -> str:
    """Give the given text for a message, shortened."""
    words = str(text)
    return words if len(words) <= 40 else words[:40] + "…"


@lru_cache(maxsize=2048)
def _units(unit: str | None, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(folded(u) for u in (unit, *aliases) if u)


def read_number(text: str, unit: str | None = None, aliases: tuple[str, ...] = ()) -> Number:
    """Read `120`, `1,200.5`, `120㎡`: digits, thousands commas in groups of three, the unit or one of its aliases.

    Raises:
        ValueFault: `not_a_number` or `wrong_unit`.
    """
    if text.isdigit() and text.isascii() and len(text) <= 15:
        return int(text)
    match = _NUMBER.fullmatch(nfkc(text)) if len(text) <= 60 else None
    if match is None:
        raise ValueFault("not_a_number", value=shown(text))
    rest = match[4]
    if rest and folded(rest) not in _units(unit, aliases):
        wrong_unit = not re.search(r"[0-9.:,/+\-]", rest) and len(rest) <= 8
        if wrong_unit and unit:
            raise ValueFault("wrong_unit", value=shown(text), given=rest, unit=unit)
        raise ValueFault("not_a_number" if not wrong_unit else "no_unit_here", value=shown(text), given=rest)
    number = exact_number(Fraction(match[2].replace(",", "") + (match[3] or "")))
    return -number if match[1] else number


def read_date(text: str) -> Span:
    """Read 2018-10-31, 2018/10/31, 2018.10.31, 2018年10月31日, or a month of these.

    Raises:
        ValueFault: `not_a_date` or `no_such_day`.
    """
    plain = nfkc(text) if len(text) <= 40 else ""
    if match := _DATE.fullmatch(plain):
        year, month, day = match[1], match[3], match[4]
    elif match := _DATE_ZH.fullmatch(plain):
        year, month, day = match[1], match[2], match[3]
    else:
        raise ValueFault("not_a_date", value=shown(text))
    try:
        if day is not None:
            ordinal = date(int(year), int(month), int(day)).toordinal()
            return Span(ordinal, ordinal)
        last = calendar.monthrange(int(year), int(month))[1]
        return Span(date(int(year), int(month), 1).toordinal(), date(int(year), int(month), last).toordinal())
    except ValueError:  # also IllegalMonthError
        raise ValueFault("no_such_day", value=shown(text)) from None


def read_yes_no(text: str) -> bool:
    """Read 是/否, 有/无, true/false, yes/no.

    Raises:
        ValueFault: `not_yes_no`.
    """
    plain = folded(text) if len(text) <= 20 else text
    found = _YES_NO.get(plain)
    if found is not None:
        return found
    if plain in ABSENT_WORDS:
        return False
    raise ValueFault("not_yes_no", value=shown(text))


def offered(field: FactField) -> str:
    """Give the labels of a field's options for a message, at most twelve."""
    labels = [o.label for o in field.options.values()]
    return enumerated(labels[:12] + ["…"] * (len(labels) > 12))


def read_option(field: FactField, text: str) -> str:
    """Give the option's id, or for an open field the text itself.

    Raises:
        ValueFault: `not_offered` (with the options that are), or `text_too_long`.
    """
    if len(text) > MAX_TEXT:
        raise ValueFault("text_too_long", limit=str(MAX_TEXT))
    found = field.options.get(text) and text or field.option_id(text)
    if found:
        return found
    if field.open:
        return text.strip()
    code, params = _not_offered(field, text)
    raise ValueFault(code, **params)


def run_together(field: FactField, text: str) -> list[str]:
    """Give the labels of the options that a text names one after the other; none where it is anything else."""
    pieces = [piece for piece in _PIECES.split(text) if piece] if len(text) <= 400 else []
    found = [field.option_id(piece) for piece in pieces] if 1 < len(pieces) <= 20 else []
    return [field.options[key].label for key in found if key is not None] if all(found) else []


def _not_offered(field: FactField, text: str) -> tuple[str, dict[str, str]]:
    """Say what is wrong with a text that is no option: several in one, or misspelt."""
    params = {"value": shown(text), "offered": offered(field)}
    if run_together(field, text):
        return "one_option" if field.type == "choice" else "members_not_parted", params
    names = {name: o.label for key, o in field.options.items() for name in (o.label, *o.aliases, key)}
    counted = _COUNTED.fullmatch(text.strip()) if field.type == "counts" and len(text) <= 100 else None
    if counted is not None and (key := field.option_id(counted[1])) is not None:
        label = field.options[key].label
        return "count_in_text", {**params, "option": label, "count": nfkc(counted[2])}
    near = nearest(text, names, 1)
    return ("not_offered_near", {**params, "near": names[near[0]]}) if near else ("not_offered", params)


def _read_text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueFault("text_too_long", limit=str(MAX_TEXT))
    return text


def _read_integer(text: str, unit: str | None, aliases: tuple[str, ...]) -> Number:
    number = read_number(text, unit, aliases)
    if not isinstance(number, int):
        raise ValueFault("not_whole", value=shown(text))
    return number


def scalar_reader(field: FactField) -> Callable[[str], Value]:
    """Give the function that reads one piece of text as `field` declares it; no value for unknown or absent words.

    It raises ValueFault. For choices and counts it reads one member.
    """
    unit, aliases = field.unit, field.unit_aliases
    match field.type:
        case "yes_no":
            return read_yes_no
        case "number":
            return lambda text: read_number(text, unit, aliases)
        case "integer":
            return lambda text: _read_integer(text, unit, aliases)
        case "date":
            return read_date
        case "text":
            return _read_text
        case _:
            return lambda text: read_option(field, text)
