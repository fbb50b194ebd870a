"""Filled ledgers read back: every row matched with the finding it was made of, or named as one that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plsp_audit.loading.ledger_book import BOOKS, Sheet, read_book
from plsp_audit.loading.ledger_heads import Heads, find_heads, head_problems
from plsp_audit.loading.ledger_register import is_register, read_register
from plsp_audit.loading.ledger_row import Reader
from plsp_audit.model.ledger import Entry, LedgerRow, Stray, looks_like_key
from plsp_audit.model.problem import InputError, Place, Problem


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What was read of all files together.

    Attributes:
        entries: What the registers of the files say they were made of, by identity.
        rows: The rows that could be matched, in the order of files, sheets and rows.
        strays: Those that could not.
        remarks: What is odd and does not keep anything from being read, each with its cell.
    """

    entries: Mapping[str, Entry]
    rows: tuple[LedgerRow, ...]
    strays: tuple[Stray, ...]
    remarks: tuple[Problem, ...]


@dataclass(slots=True)
class _Table:
    sheet: Sheet
    heads: Heads


@dataclass(slots=True)
class _Read:
    entries: dict[str, Entry] = field(default_factory=dict)
    tables: list[_Table] = field(default_factory=list)
    unregistered: set[str] = field(default_factory=set)
    remarks: list[Problem] = field(default_factory=list)


def ledger_files(paths: Iterable[Path]) -> list[Path]:
    """Give the workbooks that are named, and those in the folders that are named; lock files are passed over."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if _is_book(p)) if path.is_dir() else [path]
        found += [p for p in inside if p not in found]
    return found


def _is_book(path: Path) -> bool:
    return path.suffix.lower() in BOOKS and not path.name.startswith(("~$", "."))


def is_ledger(path: Path) -> bool:
    """Tell whether a file is a ledger that `rectify` wrote; one that cannot be opened is none."""
    try:
        return path.suffix.lower() in BOOKS and any(map(is_register, read_book(path)))
    except InputError:
        return False


def read_ledgers(paths: Iterable[Path]) -> Ledgers:
    """Read filled ledgers, all of them together.

    Args:
        paths: Workbooks that `rectify` wrote and people have filled, or folders of them.

    Raises:
        InputError: Everything that keeps a file from being read as a ledger.
    """
    read = _Read()
    problems: list[Problem] = []
    for path in ledger_files(paths):
        try:
            _open(path, read)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    reader = Reader(read.entries)
    for table in read.tables:
        reader.table(table.sheet, table.heads)
    remarks = (*read.remarks, *_foreign(read, reader.rows), *reader.remarks)
    return Ledgers(read.entries, tuple(reader.rows), tuple(reader.placed_strays()), remarks)


def _foreign(read: _Read, rows: Iterable[LedgerRow]) -> Iterator[Problem]:
    """Name, file by file, the first of the rows that were pasted from a ledger whose register is not at hand."""
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        if row.entry.key not in read.entries and row.place.file not in read.unregistered:
            found.setdefault(row.place.file, []).append(row)
    for some in found.values():
        yield Problem("ledger.foreign", {"count": str(len(some))}, some[0].place, severity="warning")


def _open(path: Path, read: _Read) -> None:
    tables: list[_Table] = []
    entries: dict[str, Entry] | None = None
    lost: list[Problem] = []
    if path.suffix.lower() not in BOOKS and path.is_file():
        raise InputError([Problem("ledger.not_xlsx", {"suffix": path.suffix}, Place(str(path)))])
    if path.is_file() and not path.stat().st_size:
        raise InputError([Problem("ledger.empty", {}, Place(str(path)))])
    for sheet in read_book(path):
        if is_register(sheet):
            found, remarks = read_register(sheet)
            entries = {**(entries or {}), **found}
            read.remarks += remarks
            if remarks:
                read.unregistered.add(str(path))
            continue
        heads = find_heads(sheet)
        if heads is None:
            lost += _identities(sheet)
        elif _of_ledger(heads):
            tables.append(_Table(sheet, heads))
    if lost:
        raise InputError(lost)
    tables = list(_with_identities(tables, read) if any("key" in t.heads.columns for t in tables) else tables)
    if not tables:
        raise InputError([Problem("ledger.not_a_ledger", {}, Place(str(path)))])
    if entries is None:
        read.remarks.append(Problem("ledger.no_register", {}, Place(str(path)), severity="warning"))
        read.unregistered.add(str(path))
    for table in tables:
        read.remarks += head_problems(table.sheet, table.heads)
    read.entries.update(entries or {})
    read.tables += tables


def _with_identities(tables: Sequence[_Table], read: _Read) -> Iterator[_Table]:
    """Pass over other sheets with similar heads, and say so: a summary that somebody made for himself."""
    for table in tables:
        if "key" in table.heads.columns or table.heads.marked:
            yield table
        else:
            place = table.sheet.place(table.heads.row, 0)
            read.remarks.append(Problem("ledger.sheet_passed_over", {}, place, severity="warning"))


def _of_ledger(heads: Heads) -> bool:
    """Tell a ledger's sheet from others with similar heads, such as that of what was not checked."""
    return "key" in heads.columns or any(column in heads.columns for column in ("progress", "closed", "done"))


def _identities(sheet: Sheet) -> Sequence[Problem]:
    """Name the first identity in a sheet without heads: rows that cannot be read must not be passed over."""
    for at, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if value is not None and looks_like_key(value):
                return [Problem("ledger.no_heads", {}, sheet.place(at, column))]
    return []
