"""A table, CSV or XLSX, as rows of text; every cell knows where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plsp_audit.loading.decode import decode
from plsp_audit.loading.read_file import read_limited
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.text import folded

MAX_WORKBOOK = 100 * 1024 * 1024
MAX_COLUMNS = 2000


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
        if self.sheet is None:
            return Place(self.file, row, None)
        return Place(self.file, sheet=self.sheet, cell=f"{column_letter(column)}{row}")

    def column(self, names: Sequence[str]) -> int | None:
        """Give the place of the first head that is one of `names`, None when there is none."""
        wanted = {folded(n) for n in names}
        return next((i for i, head in enumerate(self.header) if folded(head) in wanted), None)


def column_letter(column: int) -> str:
    """Give a column's letters: 0 is A, 26 is AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


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
    book = path.suffix.lower() in (".xlsx", ".xlsm")
    sheets: Iterable[tuple[str | None, list[list[str | None]]]] = (
        _workbook(path, file) if book else [(None, _csv(path, file))]
    )
    known = {folded(h) for h in heads}
    found = [table for sheet, rows in sheets if (table := _table(file, sheet, rows, known)) is not None]
    if not found:
        raise InputError([Problem("input.no_header", {"heads": "、".join(heads)}, Place(file))])
    return found


def _table(file: str, sheet: str | None, rows: list[list[str | None]], known: set[str]) -> Table | None:
    for number, row in enumerate(rows[:30], start=1):
        if sum(folded(cell) in known for cell in row if cell) >= 2:
            header = tuple(cell or "" for cell in row)
            body = tuple(
                (below, tuple(cells))
                for below, cells in enumerate(rows[number:], start=number + 1)
                if any(cell is not None for cell in cells)
            )
            return Table(file, sheet, header, number, body)
    return None


def _csv(path: Path, file: str) -> list[list[str | None]]:
    text = decode(read_limited(path, file), file).text
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError([Problem("input.bad_csv", {"fault": str(error)}, Place(file))]) from None
    return [[cell.strip() or None for cell in row[:MAX_COLUMNS]] for row in rows]


def _workbook(path: Path, file: str) -> Iterator[tuple[str, list[list[str | None]]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    data = read_limited(path, file, MAX_WORKBOOK)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            yield sheet.title, [[_text(cell) for cell in row[:MAX_COLUMNS]] for row in rows]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError, EOFError):
        raise InputError([Problem("input.bad_workbook", {}, Place(file))]) from None


def _text(value: Any) -> str | None:
    """Give a cell as the text a person sees in it: whole numbers without a point, dates in ISO form, yes as 是."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip() or None
