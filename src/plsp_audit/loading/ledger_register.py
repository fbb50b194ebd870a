"""The hidden sheet of a ledger that keeps what it was made of."""

from __future__ import annotations

from datetime import date

from plsp_audit.loading.ledger_book import Sheet
from plsp_audit.model.ledger import REGISTER, REGISTER_FIELDS, REGISTER_MARK, Entry, key_parts
from plsp_audit.model.problem import InputError, Problem

_PRIORITIES = ("veto", "required", "recommended")


def is_register(sheet: Sheet) -> bool:
    """Tell whether a sheet is a ledger's register, whatever it is called now."""
    first = sheet.rows[0] if sheet.rows else []
    return len(first) > 1 and first[0] == REGISTER and (first[1] or "").startswith("ledger/")


def read_register(sheet: Sheet) -> tuple[dict[str, Entry], list[Problem]]:
    """Give the entries by identity, and a remark for each line that was damaged.

    Raises:
        InputError: It was written by a newer program, or its heads are gone.
    """
    mark = sheet.rows[0][1] or ""
    if mark != REGISTER_MARK:
        raise InputError([Problem("ledger.newer", {"value": mark}, sheet.place(0, 1))])
    heads = [value or "" for value in sheet.rows[1]] if len(sheet.rows) > 1 else []
    if any(name not in heads for name in REGISTER_FIELDS):
        raise InputError([Problem("ledger.register_heads", {}, sheet.place(1, 0))])
    columns = {name: heads.index(name) for name in REGISTER_FIELDS}
    entries: dict[str, Entry] = {}
    remarks = []
    for at, row in enumerate(sheet.rows[2:], start=2):
        said = {name: row[column] or "" for name, column in columns.items()}
        if not any(said.values()):
            continue
        entry = _entry(said)
        if entry is None:
            remarks.append(Problem("ledger.register_row", {}, sheet.place(at, 0), severity="warning"))
        else:
            entries[entry.key] = entry
    return entries, remarks


def _entry(said: dict[str, str]) -> Entry | None:
    parts = key_parts(said["key"])
    if parts is None or said["priority"] not in _PRIORITIES:
        return None
    try:
        due = date.fromisoformat(said["due"]) if said["due"] else None
    except ValueError:
        return None
    return Entry(
        key=said["key"],
        site=parts.site,
        site_name=said["site_name"],
        city=said["city"] or None,
        county=said["county"] or None,
        tier=said["tier"],
        standard=parts.standard,
        rule=parts.rule,
        title=said["title"],
        priority=said["priority"],  # type: ignore[arg-type]
        due=due,
        inspected=parts.inspected,
        owner=said["owner"] or None,
    )
