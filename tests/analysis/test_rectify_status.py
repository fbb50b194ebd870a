"""Where rectification stands: what counts as open, done, verified and overdue, and what speaks against itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plsp_audit.analysis.rectify_status import Status, status
from plsp_audit.model.ledger import Entry, LedgerRow
from tests.analysis.factory_rectify import INSPECTED, entry, row

ONE = entry()
DUE = INSPECTED + timedelta(days=15)
TODAY = DUE + timedelta(days=5)


def of(*rows: LedgerRow, entries: tuple[Entry, ...] = (ONE,), today: date = TODAY, **more: Any) -> Status:
    return status({e.key: e for e in entries}, rows, (), today, **more)


def codes(found: Status) -> list[str]:
    return [problem.code.removeprefix("ledger.") for problem in found.remarks]


@pytest.mark.parametrize(
    ("filled", "standing", "overdue", "told"),
    [
        ({}, "open", True, []),
        ({"progress": "none"}, "open", True, []),
        ({"progress": "started"}, "open", True, []),
        ({"progress": "done", "done": DUE}, "done", False, []),
        ({"done": DUE}, "done", False, []),
        ({"progress": "done"}, "done", False, ["done_undated"]),
        ({"progress": "done", "done": DUE, "reviewer": "王", "opinion": "passed"}, "verified", False, []),
        ({"done": DUE, "reviewer": "王", "opinion": "passed", "closed": False}, "verified", False, []),
        ({"progress": "done", "done": DUE, "reviewer": "王", "closed": True}, "verified", False, []),
        ({"done": DUE, "closed": True}, "verified", False, ["closed_unreviewed"]),
        ({"progress": "done", "reviewer": "王", "closed": True}, "verified", False, ["verified_undated"]),
        ({"progress": "done", "done": DUE, "reviewer": "王", "opinion": "failed"}, "open", True, []),
        ({"progress": "done", "done": DUE, "opinion": "passed"}, "verified", False, ["opinion_unsigned"]),
        (
            {"progress": "done", "done": DUE, "reviewer": "王", "opinion": "failed", "closed": True},
            "open", True, ["closed_failed"],
        ),
        ({"progress": "none", "done": DUE}, "open", True, ["done_not_done"]),
        (
            {"progress": "started", "done": DUE, "reviewer": "王", "closed": True},
            "open", True, ["done_not_done", "verified_not_done"],
        ),
        ({"progress": "done", "done": INSPECTED - timedelta(days=1)}, "done", False, ["done_before"]),
        ({"progress": "done", "done": TODAY + timedelta(days=1)}, "done", False, ["done_after"]),
        ({"done": TODAY + timedelta(days=1)}, "open", True, ["done_after"]),
    ],
)  # fmt: skip
def test_what_a_row_comes_to(filled: dict[str, Any], standing: str, overdue: bool, told: list[str]) -> None:
    found = of(row(ONE, **filled))
    assert (found.cases[0].standing, found.cases[0].overdue, codes(found)) == (standing, overdue, told)


@pytest.mark.parametrize(("after", "overdue"), [(-1, False), (0, False), (1, True)])
def test_nothing_is_overdue_on_the_day_of_its_deadline(after: int, overdue: bool) -> None:
    assert of(row(ONE), today=DUE + timedelta(days=after)).total.overdue == overdue


def test_without_a_deadline_nothing_is_overdue() -> None:
    never = entry(due=None)
    assert of(row(never), entries=(never,), today=date(2030, 1, 1)).total.overdue == 0


def test_what_was_done_after_its_deadline_is_late() -> None:
    found = of(row(ONE, progress="done", done=DUE + timedelta(days=1)))
    assert (found.total.late, found.total.overdue) == (1, 0)


def test_a_changed_deadline_is_told_and_counts_only_where_asked() -> None:
    changed = row(ONE, due=TODAY + timedelta(days=30))
    found = of(changed)
    assert (found.total.overdue, codes(found)) == (1, ["due_changed"])
    assert found.remarks[0].place.cell == "J6"
    found = of(changed, changed_deadlines=True)
    assert (found.total.overdue, codes(found)) == (0, [])


def test_contradictions_are_told_at_their_cells() -> None:
    found = of(row(ONE, done=INSPECTED - timedelta(days=1), closed=True))
    assert {p.code.removeprefix("ledger."): p.place.cell for p in found.remarks} == {
        "done_before": "L6",
        "closed_unreviewed": "M6",
    }


def test_a_finding_without_a_row_is_missing() -> None:
    two = entry(rule=2)
    found = of(row(ONE), entries=(ONE, two))
    assert [case.standing for case in found.cases] == ["open", "missing"]
    assert (found.total.total, found.total.missing, found.total.overdue) == (2, 1, 1)


def test_a_row_twice_in_a_file_counts_once_and_is_named() -> None:
    found = of(row(ONE), row(ONE, line=9, progress="done", done=DUE))
    assert (found.total.total, codes(found), found.remarks[0].place.cell) == (1, ["twice"], "P9")
    assert found.cases[0].standing == "done"


def test_an_untouched_row_of_another_file_says_nothing() -> None:
    filled = row(ONE, file="b.xlsx", progress="done", done=DUE)
    for rows in ([row(ONE), filled], [filled, row(ONE)], [filled, row(ONE, file="c.xlsx"), filled]):
        found = of(*rows[:2])
        assert (found.cases[0].standing, codes(found)) == ("done", [])


def test_of_rows_that_differ_the_one_that_claims_least_counts() -> None:
    found = of(row(ONE, progress="done", done=DUE), row(ONE, file="b.xlsx", progress="started"))
    assert (found.cases[0].standing, codes(found)) == ("open", ["differ"])
    assert "b.xlsx" in found.remarks[0].message()


def test_counts_by_county_and_by_rule_add_up() -> None:
    entries = tuple(entry(s, r, county) for s, county in ((1, "兴庆区"), (2, "西夏区")) for r in (1, 2, 3))
    rows = [row(e, progress="done", done=DUE) for e in entries if e.rule == "NX-S-01"]
    found = of(*rows, *(row(e) for e in entries[1:3]), entries=entries)
    assert [c.county for c in found.counties] == ["西夏区", "兴庆区"]
    for name in ("total", "open", "done", "verified", "missing", "overdue"):
        total = getattr(found.total, name)
        assert total == sum(getattr(c.count, name) for c in found.counties)
        assert total == sum(getattr(r.count, name) for r in found.rules)
    count = found.total
    assert count.total == count.open + count.done + count.verified + count.missing == 6
    assert next(r for r in found.rules if r.rule == "NX-S-01").sites == 2


def test_a_row_of_no_register_counts_too() -> None:
    found = of(row(ONE), row(entry(rule=9)))
    assert found.total.total == 2


def test_a_day_that_cannot_be_read_is_not_told_as_left_out_too() -> None:
    told: dict[str, Any] = {"progress": "done", "reviewer": "王", "opinion": "passed"}
    assert codes(of(row(ONE, **told, said=told | {"done": "月底"}))) == []
    assert codes(of(row(ONE, **told))) == ["verified_undated"]
