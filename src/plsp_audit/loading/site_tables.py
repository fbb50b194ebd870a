"""Many sites in one table: JSONL with one site a line, CSV and XLSX with one site a row.

In CSV and XLSX the heads say what the columns hold (`site_heads`), and a blank cell says nothing. What a row says is
the same as an inspection file with the same entries, and has the same fingerprint when that is written by ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from plsp_audit.loading.csv_rows import csv_sheet
from plsp_audit.loading.rows import Row, Sheet
from plsp_audit.loading.site_columns import Heads, known_heads, read_heads
from plsp_audit.loading.site_jsonl import jsonl_rows
from plsp_audit.loading.site_names import TableNames
from plsp_audit.loading.site_row import BrokenRow, CellsDocument, LineDocument, RowDocument
from plsp_audit.loading.table import BOOKS, LOOKED_AT
from plsp_audit.loading.workbook import is_own_book, workbook_sheets
from plsp_audit.model.problem import InputError, Place, Problem

__all__ = ["BrokenRow", "CellsDocument", "LineDocument", "RowDocument", "is_table", "site_rows"]

LINES: Final = (".jsonl", ".ndjson")
TEXTS: Final = (".csv", ".tsv")
OTHERS: Final = (".xls", ".xlsb", ".et", ".ods", ".numbers")
"""Tables in forms that are not read, so that they are told of and not passed over."""

_PASSING = ("~$", ".~", "._")


def is_table(path: Path) -> bool:
    """Tell by its name whether a file is a table of sites; what office programs leave beside open files is none."""
    return path.suffix.lower() in (*LINES, *TEXTS, *BOOKS, *OTHERS) and not path.name.startswith(_PASSING)


def site_rows(
    path: Path, shown: str | None = None, names: TableNames | None = None, tell: Callable[[Problem], None] | None = None
) -> Iterator[RowDocument]:
    """Read a table of sites, one at a time.

    Args:
        path: The table; what it is its name says.
        shown: The name under which problems are reported; left out, the path as given.
        names: What the standards know; left out, only the site file's own words are heads. JSONL needs none.
        tell: Takes warnings about the table as a whole: its encoding, sheets that are passed over.

    Returns:
        Its sites in their order, blank rows and lines left out. A row that is broken in itself is among them, and
        says so when its `tree` is asked for; where reading cannot go on, the last one says so.

    Raises:
        InputError: It cannot be read at all, has no heads, or heads that nobody knows: everything that is wrong.
            It is raised before the first row is given.
    """
    file = shown if shown is not None else str(path)
    heard = tell if tell is not None else _nobody
    suffix = path.suffix.lower()
    if suffix in LINES:
        return jsonl_rows(path, file, heard)
    if suffix in OTHERS:
        raise InputError([Problem("site_table.other_form", {"suffix": suffix}, Place(file))])
    sheets = workbook_sheets(path, file) if suffix in BOOKS else [csv_sheet(path, file, heard)]
    try:
        return _site_rows(sheets, names or TableNames(), file, heard)
    except InputError:
        if suffix in BOOKS and is_own_book(path):
            raise InputError([Problem("site_table.own_book", {}, Place(file))]) from None
        raise


def _nobody(_: Problem) -> None:
    pass


def _site_rows(
    sheets: list[Sheet], names: TableNames, file: str, tell: Callable[[Problem], None]
) -> Iterator[RowDocument]:
    problems: list[Problem] = []
    tables: list[tuple[Heads, Sheet]] = []
    passed: list[Problem] = []
    for sheet in sheets:
        first, end = _begin(sheet)
        row = max(first, key=lambda one: known_heads(one.cells, names), default=None)
        if row is None or not known_heads(row.cells, names):
            problems += end.problems if end is not None else ()
            if first:
                params = {"sheet": sheet.name or ""}
                passed.append(Problem("site_table.sheet_passed_over", params, Place(file), severity="warning"))
            continue
        try:
            heads = read_heads(sheet, row.number, row.cells, names)
        except InputError as error:
            problems += error.problems
            continue
        below = [one for one in first if one.number > row.number]
        tables.append((heads, sheet._replace(rows=chain(below, _again(end) if end is not None else sheet.rows))))
    if problems:
        raise InputError(problems)
    if not tables:
        raise InputError([Problem("site_table.no_header", {}, Place(file))])
    for problem in passed:
        tell(problem)
    return chain.from_iterable(_documents(heads, sheet) for heads, sheet in tables)


def _begin(sheet: Sheet) -> tuple[list[Row], InputError | None]:
    """Give the first rows, and why there are no more where reading them cannot go on."""
    first: list[Row] = []
    try:
        for row in islice(sheet.rows, LOOKED_AT):
            first.append(row)
    except InputError as error:
        return first, error
    return first, None


def _again(error: InputError) -> Iterator[Row]:
    raise error
    yield  # what makes it an iterator


def _documents(heads: Heads, sheet: Sheet) -> Iterator[RowDocument]:
    rows = iter(sheet.rows)
    while True:
        try:
            row = next(rows, None)
        except InputError as error:
            yield BrokenRow(heads.file, error.problems[0].place, error.problems)
            return
        if row is None:
            return
        if not row.blank:
            yield CellsDocument(heads, row.number, tuple(row.cells), row.faults, row.breaks)
