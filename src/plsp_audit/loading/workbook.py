"""A workbook as rows of text, cells as people see them: computed, shown as a percentage, merged, or an error."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from plsp_audit.loading.read_file import read_limited
from plsp_audit.loading.rows import Row, Sheet
from plsp_audit.loading.workbook_parts import Parts, UnfitWorkbookError
from plsp_audit.loading.workbook_scan import Odd, fit_sheets, odd_cells
from plsp_audit.model.problem import InputError, Place, Problem

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_WORKBOOK: Final = 100 * 1024 * 1024
_DIGITS = 10**15
"""A spreadsheet keeps fifteen digits of a number and makes the rest zeros."""

_HEAD: Final = 4096
_OWN_BOOK: Final = re.compile(rb"creator[^<>]*>plsp-audit<")
_BROKEN = (BadZipFile, ExpatError, zlib.error, LookupError, ValueError, TypeError, OSError, EOFError, RuntimeError,
           ArithmeticError)  # fmt: skip


def workbook_sheets(path: Path, file: str) -> list[Sheet]:
    """Open a workbook.

    Args:
        path: `.xlsx` or `.xlsm`.
        file: The name under which problems are reported.

    Returns:
        Its sheets, hidden ones too, each with its rows. Formulas count as what they came to, merged cells hold
        in every row the value of the first, hidden rows count.

    Raises:
        InputError: It cannot be read, or holds too much.
    """
    data = read_limited(path, file, MAX_WORKBOOK)
    if not data:
        raise InputError([Problem("file_empty", {}, Place(file))])
    with _told(file):
        return _sheets(data, file)


def is_own_book(path: Path | str) -> bool:
    """Tell whether a workbook was written by this program: a report, a ledger or a summary."""
    try:
        with ZipFile(path) as archive, archive.open("docProps/core.xml") as core:
            return _OWN_BOOK.search(core.read(_HEAD)) is not None
    except (*_BROKEN, NotImplementedError):
        return False


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Tell of whatever a damaged workbook makes its readers stumble over as what it is."""
    try:
        yield
    except UnfitWorkbookError as error:
        code = "input.bad_workbook" if error.code == "bad" else f"site_table.{error.code}"
        raise InputError([Problem(code, error.params, Place(file))]) from None
    except _BROKEN:
        raise InputError([Problem("input.bad_workbook", {}, Place(file))]) from None
    except BaseException as error:
        # A fault in compiled code is no Exception; whatever else is not one is no fault of the file.
        if not {"PanicException", "CalamineError"} & {kind.__name__ for kind in type(error).__mro__}:
            raise
        raise InputError([Problem("input.bad_workbook", {}, Place(file))]) from None


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    cells: CalamineSheet
    part: str
    odd: bool


def _sheets(data: bytes, file: str) -> list[Sheet]:
    parts = Parts(ZipFile(io.BytesIO(data)))
    odd = fit_sheets(parts)
    opened = [_Opened(name, cells, parts.sheets[name], odd[name]) for name, cells in _read(data, odd)]
    return [Sheet(file, one.name, _rows(one, parts, file)) for one in opened]


def _read(data: bytes, fit: Container[str]) -> Iterator[tuple[str, CalamineSheet]]:
    from python_calamine import SheetTypeEnum, load_workbook

    book = load_workbook(io.BytesIO(data))
    for number, about in enumerate(book.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet:
            if about.name not in fit:
                raise UnfitWorkbookError("bad")
            yield about.name, book.get_sheet_by_index(number)


def _rows(sheet: _Opened, parts: Parts, file: str) -> Iterator[Row]:
    rows = _seen(sheet, parts)
    while True:
        with _told(file):
            row = next(rows, None)
        if row is None:
            return
        yield row


def _seen(sheet: _Opened, parts: Parts) -> Iterator[Row]:
    start = sheet.cells.start
    left = start[1] if start else 0
    stream = parts.open(sheet.part) if sheet.odd else None
    odd = odd_cells(stream, parts.styles) if stream is not None else iter(())
    at, cells = next(odd, (0, {}))
    merged = _merged(sheet.cells)
    above: dict[int, str | None] = {}
    number = 0
    for number, values in enumerate(sheet.cells.iter_rows(), start=1):
        faults: list[tuple[int, str, str]] = []
        row = [None] * left + [_text(value, left + i, faults) for i, value in enumerate(values)]
        if at == number:
            _mend(row, cells, faults)
            at, cells = next(odd, (0, {}))
        if merged:
            _fill(number - 1, row, merged, above)
        yield Row(number, row, tuple(faults))


def _mend(row: list[str | None], cells: dict[int, Odd], faults: list[tuple[int, str, str]]) -> None:
    """Put right what the reader does not tell."""
    for column, odd in cells.items():
        row += [None] * (column + 1 - len(row))
        if odd.kind in ("error", "empty"):
            code = "error_cell" if odd.kind == "error" else "formula_not_computed"
            row[column] = odd.text or "?"
            faults.append((column, code, odd.text))
        elif (cell := row[column]) is None:
            continue
        elif odd.kind == "%":
            row[column] = f"{_plain(Decimal(odd.text[:40]), 2)}%"
        elif odd.kind == "month":
            row[column] = cell[:7] if len(cell) == 10 else cell
        elif cell.isdecimal():
            row[column] = cell.zfill(int(odd.kind.removeprefix("zeros")))


def _merged(cells: CalamineSheet) -> dict[int, dict[int, int]]:
    """Give by first row of a merged range its column and last row, where it goes over several rows."""
    found: dict[int, dict[int, int]] = {}
    for (top, left), (bottom, _) in cells.merged_cell_ranges or ():
        if bottom > top:
            found.setdefault(top, {})[left] = bottom
    return found


def _fill(number: int, row: list[str | None], merged: dict[int, dict[int, int]], above: dict[int, Any]) -> None:
    """Let each row below the first of a merged range say what people see in it."""
    for column, (last, text) in list(above.items()):
        if number > last:
            del above[column]
        elif column < len(row) and row[column] is None:
            row[column] = text
    for column, last in merged.get(number, {}).items():
        if column < len(row) and row[column] is not None:
            above[column] = last, row[column]


def _text(value: Any, column: int, faults: list[tuple[int, str, str]]) -> str | None:
    """Give a cell as the text a person sees in it: whole numbers without a point, dates in ISO form, yes as 是."""
    kind = value.__class__
    if kind is str:
        return (value if value.isprintable() else value.replace("\r\n", "\n").replace("\r", "\n")).strip() or None
    if kind is float or kind is int:
        if abs(value) >= _DIGITS and value == int(value):
            faults.append((column, "digits_lost", str(int(value))))
        return str(int(value)) if value == int(value) else _plain(Decimal(f"{value:.15g}"))
    if kind is bool:
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value).strip() or None


def _plain(number: Decimal, places: int = 0) -> str:
    """Write a decimal number without exponent and needless zeros, its point moved to the right by `places`."""
    text = f"{Decimal(f'{number:.15g}').scaleb(places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
