"""Deadlines in working days, held to the holidays of 2018 as the State Council gave them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.analysis.workdays import Workdays, workdays

NATIONAL_DAY = [(date(2018, 10, day), False) for day in range(1, 8)]
MADE_UP = [(date(2018, 9, 29), True), (date(2018, 9, 30), True)]
YEAR = workdays([*NATIONAL_DAY, *MADE_UP])
DAYS = st.dates(date(2018, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2018, 10, 23), 0, date(2018, 10, 23)),
        (date(2018, 10, 23), 1, date(2018, 10, 24)),
        (date(2018, 10, 26), 1, date(2018, 10, 29)),  # from a Friday
        (date(2018, 10, 27), 1, date(2018, 10, 29)),  # from a Saturday
        (date(2018, 9, 28), 1, date(2018, 9, 29)),  # a Saturday that is worked
        (date(2018, 9, 28), 2, date(2018, 9, 30)),
        (date(2018, 9, 28), 3, date(2018, 10, 8)),  # after the holidays
        (date(2018, 9, 28), 15, date(2018, 10, 24)),
    ],
)
def test_working_days_leave_out_holidays_and_count_made_up_days(start: date, days: int, due: date) -> None:
    assert YEAR.after(start, days) == due


@given(DAYS, st.integers(0, 200), st.lists(st.tuples(DAYS, st.booleans()), max_size=40))
def test_a_period_has_as_many_working_days_as_asked(start: date, days: int, listed: list[tuple[date, bool]]) -> None:
    calendar = workdays(listed)
    due = calendar.after(start, days)
    passed = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(calendar.works, passed)) == days
    assert not days or calendar.works(due)


def test_years_without_a_holiday_are_named() -> None:
    assert YEAR.unknown_years(date(2018, 12, 1), date(2019, 1, 15)) == [2019]
    assert YEAR.unknown_years(date(2018, 12, 1), date(2018, 12, 31)) == []


def test_a_period_beyond_the_calendar_ends() -> None:
    with pytest.raises(ValueError, match="working days"):
        Workdays().after(date(9999, 12, 30), 5)
