"""What a roll-up keeps of a site, and of what all sites of a tier have in common. Pure."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from plsp_audit.model.result import Level, Status
from plsp_audit.model.rollup import Place
from plsp_audit.model.standard import ResolvedStandard

_HEX = re.compile(r"(?:[0-9a-f]{2})+")

NO_RATE = -(2**31)
"""Stands for the rate of a dimension without points."""

RuleHead = tuple[str, str, str, Level]
"""A rule's id, title, dimension and level."""

Outcome = tuple[int, str, int]
"""A rule's number in its shape, its state, and the ten-thousandths of a point it lost."""


@dataclass(eq=False, slots=True)
class Shape:
    """What the sites of one tier under one standard share.

    Attributes:
        bands: Sites with equal bands may be counted in the same grade columns.
        standard: The resolved standard, None where it is not at hand.
        rules: The rules, in the order of the results; outcomes name them by their place here.
        dimensions: Ids and titles of the dimensions, likewise.
        grades: The grades that were given, as id and title, with the highest rounded score of each.
        outcomes: The outcomes of rules, in the order of their codes.
    """

    standard_id: str
    title: str
    digest: str
    tier: str
    bands: tuple[Any, ...]
    standard: ResolvedStandard | None
    rules: list[RuleHead] = field(default_factory=list)
    dimensions: list[tuple[str, str]] = field(default_factory=list)
    grades: dict[tuple[str, str], int] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    _rules: dict[str, int] = field(default_factory=dict)
    _dimensions: dict[str, int] = field(default_factory=dict)
    _codes: dict[Outcome, int] = field(default_factory=dict)

    def rule(self, rule: Mapping[str, Any]) -> int:
        """Give the number of a rule of a result."""
        number = self._rules.get(rule["id"])
        if number is None:
            number = self._rules[rule["id"]] = len(self.rules)
            self.rules.append((rule["id"], rule["title"], rule["dimension"], rule["level"]))
        return number

    def dimension(self, dimension: Mapping[str, Any]) -> int:
        """Give the number of a dimension of a result."""
        number = self._dimensions.get(dimension["id"])
        if number is None:
            number = self._dimensions[dimension["id"]] = len(self.dimensions)
            self.dimensions.append((dimension["id"], dimension["title"]))
        return number

    def code(self, outcome: Outcome) -> int:
        """Give the number that stands for an outcome."""
        code = self._codes.get(outcome)
        if code is None:
            code = self._codes[outcome] = len(self.outcomes)
            self.outcomes.append(outcome)
        return code

    def learn_grade(self, grade: Mapping[str, Any], rounded: int) -> None:
        """Remember that a grade was given at a score: all that is known of bands whose standard is not at hand."""
        key = (grade["id"], grade["title"])
        if rounded > self.grades.get(key, rounded - 1):
            self.grades[key] = rounded


class Site(NamedTuple):
    """What is kept of a site. Numbers are ten-thousandths.

    Attributes:
        rules: The codes of what is not as it should be, as an array of unsigned integers.
        rates: The rates of the dimensions of its shape, as an array of integers.
        grades: The grade, and those of its bounds.
        spot: Whether it was drawn at random, now or by an inspection that this one replaces.
    """

    id: str
    name: str
    shape: Shape
    status: Status
    date: str
    place: Place
    recheck: bool
    spot: bool
    digest: bytes
    reason: str
    score: int
    rounded: int
    grades: tuple[str, str, str]
    checked: int
    applicable: int
    bonus: int
    penalty: int
    capped: tuple[str, ...]
    rules: bytes
    rates: bytes

    @staticmethod
    def packed(digest: str) -> bytes:
        """Give a digest in half its room; any other text as it is."""
        return b"#" + bytes.fromhex(digest) if _HEX.fullmatch(digest) else b" " + digest.encode()

    def input_digest(self) -> str:
        """Give the digest as its result writes it."""
        return self.digest[1:].hex() if self.digest.startswith(b"#") else self.digest[1:].decode()

    def codes(self) -> array[int]:
        """Give the codes of its rules."""
        codes = array("I")
        codes.frombytes(self.rules)
        return codes

    def dimension_rates(self) -> array[int]:
        """Give the rates of its dimensions."""
        rates = array("i")
        rates.frombytes(self.rates)
        return rates
