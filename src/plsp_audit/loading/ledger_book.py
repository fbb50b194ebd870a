"""A workbook that people have worked in, sheet by sheet as they see it: merged cells hold their value in every row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from plsp_audit.loading.read_file import read_limited
from plsp_audit.loading.rows import column_letter
from plsp_audit.loading.workbook import MAX_WORKBOOK
from plsp_audit.model.problem import InputError, Place, Problem

Value = str | int | float | bool | date | None
"""What a cell holds; times of day are dropped, errors and blanks are None."""

_MAX_CELLS = 12_000_000
_MAX_UNPACKED = 2 * 1024 * 1024 * 1024
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        file: The name shown to people.
        rows: All rows from the first; each as long as the widest.
        merged: First and last row, first and last column of every merged range, from 0.
    """

    file: str
    name: str
    visible: bool
    rows: list[list[Value]]
    merged: tuple[tuple[int, int, int, int], ...]

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell; both count from 0."""
        return Place(self.file, sheet=self.name, cell=f"{column_letter(column)}{row + 1}")

    def spread(self, column: int) -> None:
        """Write the value of every range merged downwards into all its rows of one column."""
        for top, bottom, left, _ in self.merged:
            if left == column and bottom > top:
                value = self.rows[top][column]
                for row in range(top + 1, min(bottom + 1, len(self.rows))):
                    self.rows[row][column] = value


def text_of(value: Value) -> str:
    """Give a cell's value as the text a person sees in it; empty for a blank one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()


def read_book(path: Path, shown: str | None = None) -> Iterator[Sheet]:
    """Give the sheets of a workbook, one at a time, hidden ones too.

    Args:
        path: An `.xlsx`, `.xlsm` or `.xls` file.
        shown: The name under which problems are reported; left out, the path as given.

    Raises:
        InputError: It cannot be opened, has a password, or is too large.
    """
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    file = shown or str(path)
    data = read_limited(path, file, MAX_WORKBOOK)
    _refuse_huge(data, file)
    try:
        book = load_workbook(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = tuple((a[0], b[0], a[1], b[1]) for a, b in sheet.merged_cell_ranges or ())
            yield Sheet(file, about.name, about.visible == SheetVisibleEnum.Visible, rows, merged)
    except PasswordError:
        raise InputError([Problem("ledger.password", {}, Place(file))]) from None
    except CalamineError:
        raise InputError([Problem("input.bad_workbook", {}, Place(file))]) from None
    except BaseException as error:
        # What the reader's own language calls a panic comes as no ordinary exception.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError([Problem("input.bad_workbook", {}, Place(file))]) from None


def _value(cell: Any) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, bool | int | float | date):
        return cell
    return str(cell) if isinstance(cell, timedelta) else None


def _refuse_huge(data: bytes, file: str) -> None:
    """Refuse a workbook with a cell so far out that all cells before it would not fit into memory."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise InputError([Problem("ledger.too_large", {"cell": "?"}, Place(file))])
            for part in parts:
                if _SHEET_PART.fullmatch(part.filename):
                    with archive.open(part) as stream:
                        _refuse_far(stream, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise InputError([Problem("input.bad_workbook", {}, Place(file))]) from None


def _refuse_far(stream: Any, file: str) -> None:
    far_row = far_column = 0
    rest = b""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk
        for match in _CELL.finditer(text):
            row, column = int(match[2]), _column_number(match[1])
            if row > far_row or column > far_column:
                far_row, far_column = max(row, far_row), max(column, far_column)
                if far_row * far_column > _MAX_CELLS:
                    cell = (match[1] + match[2]).decode()
                    raise InputError([Problem("ledger.too_large", {"cell": cell}, Place(file))])
        rest = text[-200:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
