"""Where rectification stands by the ledgers that came back: open, done, verified, overdue. Pure.

Every finding of the registers is in exactly one of open, done, verified and missing; overdue ones are among the open.
What a ledger says against itself is told with its cell, and never counts for more than its least.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from plsp_audit.analysis.places import by_pinyin
from plsp_audit.analysis.rectify_remarks import contradictions
from plsp_audit.model.ledger import Entry, LedgerRow, RowState, Stray
from plsp_audit.model.problem import Problem

K = TypeVar("K")
Standing = Literal["open", "done", "verified", "missing"]
_RANK: Mapping[RowState, int] = {"open": 0, "done": 1, "verified": 2}


@dataclass(frozen=True, slots=True)
class Case:
    """One finding, and where it stands.

    Attributes:
        row: The row that counts for it; None where no ledger has one.
        standing: `open`, `done` (claimed, not reviewed), `verified`, or `missing` (its row is in no ledger).
        due: The deadline that counts.
        overdue: Open after its deadline.
        late: Done or verified, but after its deadline.
    """

    entry: Entry
    row: LedgerRow | None
    standing: Standing
    due: date | None
    overdue: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings stand where; `total` is the sum of open, done, verified and missing."""

    total: int = 0
    open: int = 0
    done: int = 0
    verified: int = 0
    missing: int = 0
    overdue: int = 0
    late: int = 0
    started: int = 0

    @staticmethod
    def of(cases: Iterable[Case]) -> Count:
        """Count cases."""
        found: Counter[str] = Counter()
        for case in cases:
            found["total"] += 1
            found[case.standing] += 1
            found["overdue"] += case.overdue
            found["late"] += case.late
            found["started"] += case.standing == "open" and case.row is not None and case.row.progress == "started"
        return Count(**found)


@dataclass(frozen=True, slots=True)
class CountyCount:
    """The count of a county."""

    city: str | None
    county: str | None
    count: Count


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The count of a rule, over all sites."""

    standard: str
    rule: str
    title: str
    sites: int
    count: Count


@dataclass(frozen=True, slots=True)
class Status:
    """Where everything stands as of `today`.

    Attributes:
        cases: Every finding, by county, site and rule as the registers have them.
        strays: Rows that could not be matched; in no count.
        remarks: What is odd or speaks against itself, each with its cell.
    """

    today: date
    total: Count
    counties: tuple[CountyCount, ...]
    rules: tuple[RuleCount, ...]
    cases: tuple[Case, ...]
    strays: tuple[Stray, ...]
    remarks: tuple[Problem, ...]


def status(
    entries: Mapping[str, Entry],
    rows: Sequence[LedgerRow],
    strays: Sequence[Stray],
    today: date,
    *,
    changed_deadlines: bool = False,
    remarks: Iterable[Problem] = (),
) -> Status:
    """Tell where every finding stands.

    Args:
        entries: What the ledgers were made of, by identity.
        rows: Their rows, in the order in which they were read.
        strays: The rows that could not be matched.
        today: The day by which is judged what is overdue; nothing is overdue on the very day of its deadline.
        changed_deadlines: Whether a deadline that was changed in the ledger counts, instead of the original one.
        remarks: What was odd when they were read.
    """
    told = list(remarks)
    by_key: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        by_key[row.entry.key].append(row)
    known = {**entries, **{key: several[0].entry for key, several in by_key.items() if key not in entries}}
    cases = []
    for key, entry in known.items():
        counts = _counting(by_key[key], told) if key in by_key else None
        cases.append(_case(entry, counts, today, changed_deadlines))
        if counts is not None:
            told += contradictions(counts, today, changed_deadlines)
    cases.sort(key=lambda case: (by_pinyin(case.entry.city), by_pinyin(case.entry.county)))
    return Status(today, Count.of(cases), _counties(cases), _rules(cases), tuple(cases), tuple(strays), tuple(told))


def _counting(several: Sequence[LedgerRow], remarks: list[Problem]) -> LedgerRow:
    """Give the row that counts of those with one identity: of what differs, that which claims least."""
    in_file: dict[str, LedgerRow] = {}
    for row in several:
        first = in_file.setdefault(row.place.file, row)
        if first is not row:
            remarks.append(Problem("ledger.twice", {"first": first.place.text()}, row.place, severity="warning"))
    filled = [row for row in several if any(row.filled)] or [several[0]]
    if len({row.filled for row in filled}) > 1:
        places = "、".join(row.place.text() for row in filled[1:])
        remarks.append(Problem("ledger.differ", {"others": places}, filled[0].place, severity="warning"))
    return min(filled, key=lambda row: _RANK[row.state])


def _case(entry: Entry, row: LedgerRow | None, today: date, changed: bool) -> Case:
    due = row.due if changed and row is not None and row.due is not None else entry.due
    if row is None:
        return Case(entry, None, "missing", due)
    standing: Standing = row.state
    if standing == "done" and row.progress is None and row.done is not None and row.done > today:
        standing = "open"  # a day to come is a plan
    late = standing != "open" and due is not None and row.done is not None and row.done > due
    return Case(entry, row, standing, due, standing == "open" and due is not None and due < today, late)


def _counties(cases: Sequence[Case]) -> tuple[CountyCount, ...]:
    return tuple(CountyCount(*place, Count.of(some)) for place, some in
                 _by(cases, lambda case: (case.entry.city, case.entry.county)).items())  # fmt: skip


def _rules(cases: Sequence[Case]) -> tuple[RuleCount, ...]:
    found = [
        RuleCount(standard, rule, some[0].entry.title, len({case.entry.site for case in some}), Count.of(some))
        for (standard, rule), some in _by(cases, lambda case: (case.entry.standard, case.entry.rule)).items()
    ]
    return tuple(sorted(found, key=lambda r: (-r.count.overdue, -r.count.open, -r.count.total, r.standard, r.rule)))


def _by(cases: Sequence[Case], key: Callable[[Case], K]) -> dict[K, list[Case]]:
    found: dict[K, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    return found
