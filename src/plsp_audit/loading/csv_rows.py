"""CSV as rows, one at a time: whatever separates the cells, in UTF-8 or GB18030, with the lines people see."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

from plsp_audit.loading.rows import MAX_COLUMNS, Row, Sheet
from plsp_audit.loading.text_file import plain_cell, text_encoding, text_lines
from plsp_audit.model.problem import InputError, Place, Problem

_SIGNS = ",;\t"
_LOOKED_AT = 30


def csv_sheet(path: Path, file: str, tell: Callable[[Problem], None]) -> Sheet:
    """Open a CSV file.

    Args:
        path: The file.
        file: The name under which problems are reported.
        tell: Takes the warning that it is GB18030.

    Returns:
        Its rows. Going through them raises InputError where quotes do not match or a row has too many cells.

    Raises:
        InputError: It cannot be read as text.
    """
    encoding = text_encoding(path, file)
    if encoding == "gb18030":
        tell(Problem("file_read_as_gb18030", {}, Place(file), severity="warning"))
    lines = text_lines(path, encoding)
    first = list(islice(lines, _LOOKED_AT))
    return Sheet(file, None, _rows(chain(first, lines), _separator(first), file))


def _separator(lines: list[str]) -> str:
    """Give the sign that stands most often in the line that has most of any: titles above the heads have few."""
    return max(_SIGNS, key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _rows(lines: Iterator[str], separator: str, file: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            found = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError([_fault(error, begins, reader.line_num, file)]) from None
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError([Problem("file_unreadable", {"file": file, "reason": reason}, Place(file))]) from None
        if len(found) > MAX_COLUMNS:
            raise InputError([Problem("site_table.too_many_columns", {"limit": str(MAX_COLUMNS)}, Place(file, begins))])
        breaks: tuple[int, ...] = ()
        if reader.line_num > begins:
            breaks = tuple(_line_ends(cell) for cell in found)
        yield Row(begins, [plain_cell(cell) for cell in found], (), breaks)


def _line_ends(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")


def _fault(error: csv.Error, begins: int, line: int, file: str) -> Problem:
    """Say what the reader could not make sense of: most often a quotation mark too many or too few."""
    words = str(error)
    if "limit" in words or "unexpected end" in words:
        return Problem("site_table.quote_not_closed", {"line": str(begins)}, Place(file, begins))
    if "expected after" in words:
        return Problem("site_table.text_after_quote", {}, Place(file, line))
    return Problem("input.bad_csv", {"fault": words}, Place(file, line))
