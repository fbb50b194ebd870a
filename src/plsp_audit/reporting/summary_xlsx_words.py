"""What the sheets of a summary share: its words, and lists that go on in a further sheet before the row limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.rollup import Area, Group, RankRow, Summary, Unscored
from plsp_audit.reporting.summary_xlsx_book import ROW_LIMIT, Book, Page
from plsp_audit.reporting.wording import LONGEST_TEXT, NOTHING, clean, label
from plsp_audit.reporting.xlsx_style import HEAD, MIDDLE, PLAIN, TITLE, Box, Look, number

PERCENT = replace(MIDDLE, format="0.00%")
POINTS = replace(MIDDLE, format="0.00")
SMALL = replace(PLAIN, size=9, color="444444")

_LONGEST_KNOWN = 200

Placed = Area | RankRow | Unscored


def tidy(text: str | None, lang: Lang, limit: int = LONGEST_TEXT) -> str:
    """Make text from a file safe to lay out; short text is said again and again in lists, and remembered."""
    if not text:
        return ""
    return (_known if len(text) <= _LONGEST_KNOWN else clean)(text, lang, limit)


_known = lru_cache(maxsize=8192)(clean)


class Column(NamedTuple):
    """A column of a list: the catalogue's key of its head, and its width."""

    key: str
    width: float


class Words:
    """The words for a summary.

    Args:
        summary: What is told.
        lang: The language of the workbook's own words.
    """

    def __init__(self, summary: Summary, lang: Lang) -> None:
        self.summary = summary
        self.lang = lang
        self.several = len(summary.groups) > 1
        self._provinces = len({place.province for place in summary.places.values()}) > 1

    def say(self, key: str, **params: object) -> str:
        """Give a sentence of the workbook's catalogue."""
        return say(f"summary_book.{key}", self.lang, **params)

    def tier(self, group: Group, tier: str | None) -> str:
        """Give a tier's short name."""
        if tier is None:
            return self.say("area.all_tiers")
        return label(f"tier.{tier}", self.lang, group.tier_title(tier))

    def section(self, group: Group, tier: str | None) -> str:
        """Give the name of one tier under one standard."""
        title = group.tier_title(tier) if tier is not None else self.say("area.every_tier")
        if title == tier:
            title = self.tier(group, tier)
        standard = clean(group.standard_title, self.lang, 200)
        return self.say("area.section", standard=standard, tier=clean(title, self.lang, 200))

    def city(self, row: Placed) -> str:
        """Give the city of a row, after its province where the summary has several."""
        return self.city_of(row.province, row.city)

    def city_of(self, province: str | None, city: str | None) -> str:
        """Give a city's name, after its province where the summary has several."""
        name = tidy(city, self.lang, 100) or self.say("area.unnamed")
        return f"{tidy(province, self.lang, 100)} {name}".strip() if self._provinces else name

    def city_width(self, width: float) -> float:
        """Give the width of the column of cities: wider where provinces stand before them."""
        return width + 14 if self._provinces else width

    def county(self, name: str | None) -> str:
        """Give a county's name."""
        return tidy(name, self.lang, 100) or self.say("area.unnamed")

    def sampled(self, group: Group, area: Area) -> str | None:
        """Say how many sites of an area were drawn, and of how many; of all tiers together, which were."""
        if area.tier is None:
            drawn = [a for a in group.areas if a.sampled and (a.level, a.place) == (area.level, area.place)]
            said = [self.say("sampled.tier", tier=self.tier(group, a.tier), said=self.sampled(group, a)) for a in drawn]
            return "\n".join(said) or None
        if area.sampled is None:
            return None
        key = "all" if area.sampled.checked == area.sites else "some"
        if area.sampled.of is not None:
            key = "of" if key == "all" else "some_of"
        return self.say(f"sampled.{key}", checked=area.sampled.checked, of=area.sampled.of)

    def band(self, group: Group, at: int) -> str:
        """Say a grade with the scores that reach it."""
        grade = group.grades[at]
        above = group.grades[at - 1].from_ if at else None
        if grade.from_ is None:
            return clean(grade.title, self.lang, 60)
        if grade.from_ > 0:
            band = self.say("band.from", **{"from": number_text(grade.from_)})
        elif above is not None:
            band = self.say("band.last", above=number_text(above))
        else:
            band = self.say("band.all")
        return self.say("band.head", title=clean(grade.title, self.lang, 60), band=band)

    def rate(self, value: Fraction | None, look: Look = PERCENT) -> Box:
        """Give the box of a rate of 0 to 1: rounded once, to what the cell shows."""
        return Box(NOTHING if value is None else number(value, 4), look)

    def points(self, value: Fraction | None, look: Look = POINTS) -> Box:
        """Give the box of a score or of points."""
        return Box(NOTHING if value is None else value, look)

    def joined(self, parts: Sequence[str]) -> str:
        """Join statements into one line."""
        return ("；" if self.lang == "zh" else "; ").join(parts) + ("。" if self.lang == "zh" else ".")


class Listing:
    """A list with a title and heads that stays in sight and can be filtered, over as many sheets as it takes.

    Args:
        book: The workbook.
        words: Its words.
        name: The catalogue's name of the sheet.
        columns: The columns.
        note: What stands below the title.
        limit: The rows that a sheet can have.
        draws: Whether charts will follow it.
    """

    def __init__(
        self, book: Book, words: Words, name: str, columns: Sequence[Column], note: str,
        limit: int = ROW_LIMIT, draws: bool = False,
    ) -> None:  # fmt: skip
        self._book, self._words, self._name, self._note = book, words, name, note
        self._columns = columns
        self._limit = limit
        self._draws = draws
        self._sheets = 0
        self.count = 0
        self.page = self._begin()

    def _begin(self) -> Page:
        say = self._words.say
        self._sheets += 1
        name = say(f"sheet.{self._name}")
        if self._sheets > 1:
            name = say("sheet.next", name=name, number=self._sheets)
        page = self._book.page(name, [column.width for column in self._columns], self._draws)
        whole = len(self._columns)
        page.line(Box(say(f"title.{self._name}"), TITLE, whole), height=34)
        page.line(Box(self._note, SMALL, whole), height=18)
        heads = [Box(say(f"column.{column.key}"), HEAD) for column in self._columns]
        self._head = page.line(*heads, height=26)
        return page

    def row(self, *boxes: Box, height: float = 20) -> int:
        """Write one row, into a further sheet where this one is full; give its number in its sheet."""
        if self.page.row >= self._limit:
            self._end()
            self.page = self._begin()
        self.count += 1
        return self.page.line(*boxes, height=height)

    def close(self) -> None:
        """Finish the list; where nothing stands in it, say so."""
        if not self.count:
            self.page.line(Box(self._words.say(f"none.{self._name}"), MIDDLE, len(self._columns)), height=28)
        self._end()

    def _end(self) -> None:
        if self.count:
            self.page.sheet.autofilter(self._head, 0, self.page.row - 1, len(self._columns) - 1)
        say = self._words.say
        self.page.dress((self._head, self._head), 0, say("title.book"), say("page.footer"))
