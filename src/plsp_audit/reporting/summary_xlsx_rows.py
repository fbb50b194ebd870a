"""Rows of single cells, put into a sheet's file at once.

The rectification list has a dozen lines for every site. Cell by cell through the library's table they took most of the
time that summing up a large batch takes; here what a cell says is made once, by the library, and used again wherever
the same text stands. The file is the same: a test holds both ways against each other.
"""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from plsp_audit.reporting.xlsx_style import Value, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 16_000
"""Characters of a text; the library looks twice at longer ones, since signs beyond U+FFFF count double in a cell."""

_USUAL = 15
"""The height in points of a row of which nothing is said."""

_shown = lru_cache(maxsize=4096)(number)


class Cells:
    """Writes rows of cells past the library's table, for which it must be in its mode of constant memory.

    Args:
        sheet: The worksheet, which is written top down.
    """

    def __init__(self, sheet: Worksheet) -> None:
        from xlsxwriter.utility import _preserve_whitespace, xl_col_to_name
        from xlsxwriter.xmlwriter import XMLwriter

        self._sheet = sheet
        self._preserve = _preserve_whitespace
        self._name = xl_col_to_name
        self._xml = XMLwriter()
        self._letters: list[str] = []

    def begin(self, at: int) -> None:
        """Have what the library still holds written; row `at`, counted from 0, is the next."""
        if self._sheet.previous_row < at:
            self._sheet._write_single_row(at)

    def empty(self, at: int, height: float) -> None:
        """Write a row in which nothing stands. The library forgets the height of one that it is not told to write."""
        if height == _USUAL:
            return
        self.begin(at)
        self._sheet.set_row(at, height)
        self._sheet._write_single_row(at + 1)

    def row(self, at: int, height: float, cells: Sequence[str]) -> None:
        """Write the row that was begun.

        Args:
            at: Its number.
            height: Its height in points.
            cells: What `cell` made, from the left.
        """
        sheet = self._sheet
        while len(self._letters) < len(cells):
            self._letters.append(f'<c r="{self._name(len(self._letters))}')
        sheet.set_row(at, height)
        sheet._check_dimensions(at, 0)
        sheet._check_dimensions(at, len(cells) - 1)
        sheet._write_row(at, None, sheet.row_info[at])
        line = str(at + 1)
        sheet.fh.write("".join([letter + line + cell for letter, cell in zip(self._letters, cells, strict=False)]))
        sheet.fh.write("</row>")
        sheet.previous_row = at + 1

    def cell(self, value: Value, look: Format) -> str:
        """Give what a cell's element says behind the name of the cell."""
        if isinstance(value, Fraction):
            value = _shown(value)
        style = look._get_xf_index()
        if value is None or value == "":
            return f'" s="{style}"/>'
        if isinstance(value, date):
            value = self._sheet._convert_date_time(value)
        if not isinstance(value, str):
            return f'" s="{style}"><v>{value:.16G}</v></c>'
        self._xml.fh = io.StringIO()
        text = self._xml._escape_control_characters(value)
        self._xml._xml_inline_string(text, self._preserve(text), [("s", style)])
        return f'"{self._xml.fh.getvalue()[2:]}'
