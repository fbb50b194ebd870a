"""What a ledger's row says against itself, told with its cell. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plsp_audit.model.ledger import LedgerRow
from plsp_audit.model.problem import Problem


def contradictions(row: LedgerRow, today: date, changed_deadlines: bool = False) -> list[Problem]:
    """Give what is wrong with a row, each at the cell that should be looked at.

    Args:
        row: The row.
        today: The day by which dates are judged.
        changed_deadlines: Whether a deadline that was changed in the ledger counts, and so is not told.
    """
    found = [_told(row, column, code, **params) for column, code, params in _wrong(row, today)]
    if not changed_deadlines and row.due is not None and row.due != row.entry.due:
        was = row.entry.due.isoformat() if row.entry.due is not None else "—"
        found.append(_told(row, "due", "due_changed", now=row.due.isoformat(), was=was))
    return found


def _wrong(row: LedgerRow, today: date) -> Iterator[tuple[str, str, dict[str, str]]]:
    passed = row.closed is True or row.opinion == "passed"
    undated = row.done is None and not row.said.get("done")  # what cannot be read as a day is told where it is read
    if row.done is not None:
        day = {"day": row.done.isoformat()}
        if row.done < row.entry.inspected:
            yield "done", "done_before", {**day, "inspected": row.entry.inspected.isoformat()}
        if row.done > today:
            yield "done", "done_after", {**day, "today": today.isoformat()}
        if row.progress in ("none", "started"):
            yield "progress", "done_not_done", {**day, "said": row.said.get("progress", "")}
    if passed and undated:
        yield "done", "verified_undated", {}
    if row.closed and row.reviewer is None:
        yield "reviewer", "closed_unreviewed", {}
    if row.closed and row.opinion == "failed":
        yield "closed", "closed_failed", {"said": row.said.get("opinion", "")}
    if passed and row.progress in ("none", "started"):
        yield "progress", "verified_not_done", {"said": row.said.get("progress", "")}
    if row.progress == "done" and undated and not passed:
        yield "done", "done_undated", {}
    if row.opinion is not None and row.reviewer is None and not row.closed:
        yield "reviewer", "opinion_unsigned", {}


def _told(row: LedgerRow, column: str, code: str, **params: str) -> Problem:
    place = row.cells.get(column, row.place)
    params = {**params, "site": row.entry.site_name, "rule": row.entry.rule}
    return Problem(f"ledger.{code}", params, place, severity="warning")
