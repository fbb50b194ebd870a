"""Deadlines in working days, with public holidays and the weekends that are worked to make up for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_LONGEST = 366 * 20


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked.

    Attributes:
        off: Holidays that would be working days.
        on: Days at weekends that are worked, to make up for holidays (调休上班).
    """

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Tell whether a day is worked: Monday to Friday but for holidays, and the days that make up for these."""
        return day in self.on or day.weekday() < _SATURDAY and day not in self.off

    def after(self, start: date, days: int) -> date:
        """Give the last day of a period of `days` working days; the day on which it begins is not counted.

        Raises:
            ValueError: So many days lead beyond the calendar.
        """
        day = start
        for _ in range(_LONGEST):
            if days <= 0:
                return day
            try:
                day += timedelta(days=1)
            except OverflowError:
                break
            days -= self.works(day)
        raise ValueError(f"{days} working days after {start}")

    def years(self) -> frozenset[int]:
        """Give the years of which holidays are known."""
        return frozenset(day.year for day in self.off | self.on)

    def unknown_years(self, start: date, end: date) -> list[int]:
        """Give the years from one day to another of which no holidays are known: deadlines in them are not sure."""
        known = self.years()
        return [year for year in range(start.year, end.year + 1) if year not in known]


def workdays(days: Iterable[tuple[date, bool]]) -> Workdays:
    """Give the calendar of listed days, each with whether it is worked; of a day listed twice the last counts."""
    listed = dict(days)
    return Workdays(
        frozenset(day for day, worked in listed.items() if not worked),
        frozenset(day for day, worked in listed.items() if worked),
    )
