"""Where rectification stands, as a workbook: by county, by rule, what is overdue, every finding, what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from plsp_audit.analysis.rectify_status import Case, Count, Status
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.rectify_sheet import LedgerSheet, Table
from plsp_audit.reporting.rectify_status_view import (
    COUNTS,
    counts_of,
    county_name,
    headline,
    problems_of,
    several_cities,
)
from plsp_audit.reporting.summary_xlsx_book import ROW_LIMIT, Book, book
from plsp_audit.reporting.wording import clean, day
from plsp_audit.reporting.xlsx_style import GROUP, MIDDLE, TEXT, Box, Look

_TOTAL = replace(GROUP, across="center")
_RED = replace(MIDDLE, bold=True, color="B00020")
_STANDING: Final = {"open": MIDDLE, "done": MIDDLE, "verified": replace(MIDDLE, color="2E6B3A"), "missing": _RED}


class _Writer:
    def __init__(self, made: Book, found: Status, lang: Lang, limit: int) -> None:
        self._made, self._found, self._lang, self._limit = made, found, lang, limit
        self._cities = several_cities(found)
        self._dated = replace(MIDDLE, format=say("rectify.sheet.date_format", lang))

    def sheet(self, name: str, notes: Sequence[str], columns: dict[str, float], frozen: int = 0) -> LedgerSheet:
        title = say(f"rectify.status.title.{name}", self._lang)
        table = Table(f"status_{name}", title, notes, list(columns), list(columns.values()), words="rectify.column",
                      frozen=frozen)  # fmt: skip
        return LedgerSheet(self._made, table, self._lang, self._limit)

    def note(self, name: str) -> list[str]:
        date = day(self._found.today.isoformat(), self._lang)
        return [say(f"rectify.status.note.{name}", self._lang, date=date)]

    def place(self, city: str | None, county: str | None) -> str:
        return county_name(city, county, self._lang, cities=self._cities)

    def counts(self, count: Count, look: Look = MIDDLE) -> list[Box]:
        shown = zip(COUNTS, counts_of(count), strict=True)
        return [Box(n, _RED if name in ("overdue", "missing") and n and look is MIDDLE else look) for name, n in shown]

    def counties(self) -> None:
        """Draw the counts by county, and their sum."""
        columns = {"county": 24.0, **dict.fromkeys(COUNTS, 13.0), "rate": 13.0}
        notes = [*headline(self._found, self._lang), *self.note("counts")]
        sheet = self.sheet("counties", notes, columns)
        for row in self._found.counties:
            name = self.place(row.city, row.county)
            sheet.row([Box(name, MIDDLE), *self.counts(row.count), self._rate(row.count, MIDDLE)])
        total = self._found.total
        if len(self._found.counties) > 1:
            name = say("rectify.status.sum", self._lang)
            sheet.row([Box(name, _TOTAL), *self.counts(total, _TOTAL), self._rate(total, _TOTAL)])
        sheet.close(say("rectify.status.none", self._lang))

    def _rate(self, count: Count, look: Look) -> Box:
        """Give the share of findings that are verified, as a percentage."""
        from fractions import Fraction

        from plsp_audit.reporting.xlsx_style import number

        share = number(Fraction(count.verified, count.total), 4) if count.total else None
        return Box(share, replace(look, format="0.00%"))

    def rules(self) -> None:
        """Draw the counts by rule."""
        columns = {"rule": 13.0, "title": 48.0, "sites": 9.0, **dict.fromkeys(COUNTS, 11.0)}
        sheet = self.sheet("rules", self.note("rules"), columns)
        for row in self._found.rules:
            boxes = [Box(clean(row.rule, self._lang, 60), MIDDLE), Box(clean(row.title, self._lang, 400), TEXT)]
            sheet.row([*boxes, Box(row.sites, MIDDLE), *self.counts(row.count)])
        sheet.close(say("rectify.status.none", self._lang))

    def overdue(self) -> None:
        """Draw what is overdue, the longest first."""
        columns = {"no": 6.0, "county": 14.0, "site": 34.0, "rule": 12.0, "title": 40.0, "owner": 12.0, "due": 12.0,
                   "days": 10.0, "progress": 16.0}  # fmt: skip
        sheet = self.sheet("overdue", self.note("overdue"), columns)
        late = sorted(
            (case for case in self._found.cases if case.overdue), key=lambda case: case.due or case.entry.inspected
        )
        for number, case in enumerate(late, start=1):
            said = case.row.said.get("progress", "") if case.row is not None else ""
            days = (self._found.today - case.due).days if case.due is not None else None
            owner = clean(case.entry.owner, self._lang, 100)
            sheet.row([
                Box(number, MIDDLE), *self._finding(case), Box(owner, MIDDLE), Box(case.due, self._dated),
                Box(days, _RED), Box(clean(said, self._lang, 200), TEXT),
            ])  # fmt: skip
        sheet.close(say("rectify.status.none_overdue", self._lang))

    def cases(self) -> None:
        """Draw every finding."""
        columns = {"no": 6.0, "county": 14.0, "site": 32.0, "rule": 12.0, "title": 36.0, "priority": 9.0, "owner": 11.0,
                   "due": 12.0, "standing": 11.0, "overdue": 8.0, "done_on": 12.0, "reviewer": 11.0,
                   "place": 34.0}  # fmt: skip
        sheet = self.sheet("cases", self.note("cases"), columns)
        for number, case in enumerate(self._found.cases, start=1):
            sheet.row([Box(number, MIDDLE), *self._finding(case), *self._standing(case)])
        sheet.close(say("rectify.status.none", self._lang))

    def _finding(self, case: Case) -> list[Box]:
        entry, lang = case.entry, self._lang
        return [
            Box(self.place(entry.city, entry.county), MIDDLE), Box(clean(entry.site_name, lang, 200), TEXT),
            Box(clean(entry.rule, lang, 60), MIDDLE), Box(clean(entry.title, lang, 400), TEXT),
        ]  # fmt: skip

    def _standing(self, case: Case) -> list[Box]:
        entry, row, lang = case.entry, case.row, self._lang
        return [
            Box(say(f"label.priority.{entry.priority}", lang), MIDDLE), Box(clean(entry.owner, lang, 100), MIDDLE),
            Box(case.due, self._dated), Box(say(f"rectify.standing.{case.standing}", lang), _STANDING[case.standing]),
            Box(say("rectify.status.yes", lang) if case.overdue else None, _RED),
            Box(row.done if row is not None else None, self._dated),
            Box(clean(row.reviewer, lang, 100) if row is not None else None, MIDDLE),
            Box(row.place.text() if row is not None else None, TEXT),
        ]  # fmt: skip

    def problems(self) -> None:
        """Draw what somebody should look at, each with its cell."""
        columns = {"no": 6.0, "file": 34.0, "sheet": 16.0, "cell": 9.0, "message": 90.0}
        sheet = self.sheet("problems", self.note("problems"), columns)
        for number, problem in enumerate(problems_of(self._found), start=1):
            place = problem.place
            sheet.row([
                Box(number, MIDDLE), Box(clean(place.file, self._lang, 400), TEXT),
                Box(clean(place.sheet, self._lang, 100), MIDDLE), Box(clean(place.cell, self._lang, 20), MIDDLE),
                Box(clean(problem.message(self._lang), self._lang), TEXT),
            ])  # fmt: skip
        sheet.close(say("rectify.status.none_problems", self._lang))


def write_status_xlsx(target: Path | BinaryIO, found: Status, lang: Lang = "zh", *, limit: int = ROW_LIMIT) -> None:
    """Write where rectification stands as a workbook; the same ledgers and day give the same bytes.

    Args:
        target: Where to; a path is replaced only by a workbook that is whole.
        found: Where everything stands.
        lang: The language of the workbook's own words.
        limit: The rows that a sheet can have.

    Raises:
        OSError: It cannot be written; what stood there before still does.
    """
    with book(target, say("rectify.status.title.counties", lang), found.today.isoformat()) as made:
        writer = _Writer(made, found, lang, limit)
        for draw in (writer.counties, writer.rules, writer.overdue, writer.cases, writer.problems):
            draw()
