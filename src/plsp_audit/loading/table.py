"""A table, CSV or XLSX, as rows of text; every cell knows where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plsp_audit.loading.csv_rows import csv_sheet
from plsp_audit.loading.rows import Sheet, cell_place
from plsp_audit.loading.workbook import workbook_sheets
from plsp_audit.model.problem import InputError, Place, Problem, enumerated
from plsp_audit.model.text import folded
from plsp_audit.model.values import shown as shortened

BOOKS = (".xlsx", ".xlsm")
LOOKED_AT = 30
"""So many rows may stand above the heads: a title, who filled it in."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it.

    Attributes:
        file: The name shown to people.
        sheet: The sheet's name; None for CSV.
        header: The heads as written.
        head_row: The number of the row that holds them, from 1.
        rows: Each with its number and its cells as text, blank cells as None; blank rows are left out.
    """

    file: str
    sheet: str | None
    header: tuple[str, ...]
    head_row: int
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell; `column` counts from 0."""
        return cell_place(self.file, self.sheet, row, column)

    def column(self, names: Sequence[str]) -> int | None:
        """Give the place of the first head that is one of `names`, None when there is none."""
        wanted = {folded(n) for n in names}
        return next((i for i, head in enumerate(self.header) if folded(head) in wanted), None)


def read_tables(path: Path, heads: Sequence[str], shown: str | None = None) -> list[Table]:
    """Read a CSV file, or every sheet of a workbook that holds a header row.

    Args:
        path: `.xlsx` or `.xlsm` is a workbook, anything else CSV (comma, semicolon or tab).
        heads: Names of which a header row holds at least two; rows above it (a title) are passed over.
        shown: The name under which problems are reported.

    Raises:
        InputError: It cannot be read, or holds no such header row.
    """
    file = shown or str(path)
    book = path.suffix.lower() in BOOKS
    sheets = workbook_sheets(path, file) if book else [csv_sheet(path, file, lambda _: None)]
    known = {folded(h) for h in heads}
    found = [table for sheet in sheets if (table := _table(sheet, known)) is not None]
    if not found:
        raise InputError([Problem("input.no_header", {"heads": enumerated(heads)}, Place(file))])
    return found


def _table(sheet: Sheet, known: set[str]) -> Table | None:
    for number, row in enumerate(sheet.rows, start=1):
        if sum(folded(cell) in known for cell in row.cells if cell) >= 2:
            body = [below for below in sheet.rows if not below.blank]
            faults = [
                Problem(f"site_table.{code}", {"value": shortened(words)}, sheet.place(below.number, column))
                for below in body
                for column, code, words in below.faults
            ]
            if faults:
                raise InputError(faults)
            header = tuple(cell or "" for cell in row.cells)
            rows = tuple((below.number, tuple(below.cells)) for below in body)
            return Table(sheet.file, sheet.name, header, row.number, rows)
        if number == LOOKED_AT:
            return None
    return None
