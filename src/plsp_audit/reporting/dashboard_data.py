"""What the dashboard says of groups and areas, as compact JSON values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from plsp_audit.model.base import plain, rounded
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.rollup import Area, DimensionArea, Group, RuleRow, Summary
from plsp_audit.reporting.wording import clean

NAME_LIMIT = 120
_LEVELS = {"total": 0, "city": 1, "county": 2}
_BREAKS_OUT = (
    (b"<", b"\\u003c"),
    (b">", b"\\u003e"),
    (b"&", b"\\u0026"),
    ("\u2028".encode(), b"\\u2028"),
    ("\u2029".encode(), b"\\u2029"),
)


def packed(value: Any) -> bytes:
    """Give a value as JSON that can stand inside a `<script>`: no text in it can end the element or open a comment."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    for sign, written in _BREAKS_OUT:
        raw = raw.replace(sign, written)
    return raw


def two_places(value: Fraction | None) -> int | float | None:
    """Give a number as it is printed: to 2 decimals, half up."""
    return None if value is None else plain(rounded(value, 2))


def rate(value: Fraction | None) -> int | float | None:
    """Give a rate of 0 to 1 as it is printed: a percentage to 2 decimals, half up."""
    return None if value is None else plain(rounded(value * 100, 2))


class Texts:
    """Texts that stand once and are named by their number.

    Args:
        lang: The language of the note that a text was cut.
        limit: The most characters of a text.
    """

    def __init__(self, lang: Lang, limit: int) -> None:
        self.all: list[str] = []
        self._lang = lang
        self._limit = limit
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """Give the number of a text, made safe to lay out; -1 for none."""
        if not text:
            return -1
        found = self._numbers.get(text)
        if found is None:
            shown = clean(text, self._lang, self._limit)
            # Only what is short is looked for again: long texts differ, and would be kept twice.
            found = self._numbers.get(shown, -1) if shown != text else -1
            if found < 0:
                found = len(self.all)
                self.all.append(shown)
                self._numbers[shown] = found
            if len(text) <= self._limit:
                self._numbers[text] = found
        return found


class GroupData:
    """A group of the summary as the page reads it. Tiers, grades, dimensions and rules are named by their place.

    Args:
        group: The group.
        names: The names of places, shared by all groups.
        lang: The language of the page.
    """

    def __init__(self, group: Group, names: Texts, lang: Lang) -> None:
        self._group = group
        self._names = names
        self._lang = lang
        self._tiers = {tier.id: at for at, tier in enumerate(group.tiers)}
        self._grades = {grade.id: at for at, grade in enumerate(group.grades)}
        self._dimensions = {dimension.id: at for at, dimension in enumerate(group.dimension_titles)}
        self._rules: dict[tuple[str, str], int] = {}
        self._heads: list[list[Any]] = []
        self._most_failed = [self._failed(row) for row in group.rules if row.short]

    def tier(self, tier: str | None) -> int:
        """Give the number of a tier; -1 for all."""
        return self._tiers.get(tier or "", -1)

    def grade(self, grade: str | None) -> int:
        """Give the number of a grade; -1 for none."""
        return self._grades.get(grade or "", -1)

    def dimension(self, dimension: str) -> int:
        """Give the number of a dimension; -1 for one that the group does not have."""
        return self._dimensions.get(dimension, -1)

    def rule(self, tier: str, rule: str, title: str, dimension: str, level: str) -> int:
        """Give the number of a rule of a tier; its words stand once."""
        key = (tier, rule)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = len(self._heads)
            words = self._text(rule), self._text(title, 400)
            self._heads.append([*words, self.dimension(dimension), level, self.tier(tier)])
        return found

    def known_rule(self, tier: str, rule: str) -> int:
        """Give the number of a rule that was named before; -1 for any other."""
        return self._rules.get((tier, rule), -1)

    def value(self) -> dict[str, Any]:
        """Give what the page reads, with the rules that were named so far."""
        group = self._group
        return {
            "id": self._text(group.standard_id),
            "title": self._text(group.standard_title, 200),
            "grades": [[g.id, self._text(g.title), two_places(g.from_)] for g in group.grades],
            "tiers": [self._text(tier.title) for tier in group.tiers],
            "dims": [[d.id, self._text(d.title)] for d in group.dimension_titles],
            "areas": [self._area(area) for area in group.areas],
            "rates": [self._rates(area) for area in group.dimensions],
            "failed": self._most_failed,
            "rules": self._heads,
        }

    def _text(self, text: str, limit: int = NAME_LIMIT) -> str:
        return clean(text, self._lang, limit)

    def _where(self, area: Area | DimensionArea) -> list[int]:
        number = self._names.number
        return [_LEVELS[area.level], *map(number, (area.province, area.city, area.county)), self.tier(area.tier)]

    def _area(self, area: Area) -> list[Any]:
        drawn = [area.sampled.checked, area.sampled.of] if area.sampled else None
        scores = [two_places(value) for value in (area.mean, area.median, area.highest, area.lowest)]
        by_grade = [area.by_grade[grade.id] for grade in self._group.grades]
        return [*self._where(area), area.sites, area.rated, area.not_rated, area.no_score, by_grade, *scores, drawn]

    def _rates(self, area: DimensionArea) -> list[Any]:
        ids = [dimension.id for dimension in self._group.dimension_titles]
        return [*self._where(area), area.rated, [rate(area.rates[i]) for i in ids], [area.counted[i] for i in ids]]

    def _failed(self, row: RuleRow) -> list[Any]:
        number = self.rule(row.tier, row.id, row.title, row.dimension, row.level)
        lost = two_places(row.points_lost)
        return [number, row.failing, row.partial, row.not_checked, row.applicable, rate(row.rate), lost]


def where_counted(summary: Summary, groups: Iterable[GroupData]) -> dict[str, tuple[int, int | None]]:
    """Give for every site's id the number of its group, and its rank where it has one."""
    found: dict[str, tuple[int, int | None]] = {}
    for at, (group, _) in enumerate(zip(summary.groups, groups, strict=True)):
        found.update((row.id, (at, row.rank)) for row in group.ranking)
        found.update((row.id, (at, None)) for row in group.unscored)
    return found
