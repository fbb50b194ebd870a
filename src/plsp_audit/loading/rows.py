"""The rows of a table as they come from a file, before anybody asks what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plsp_audit.model.problem import Place

MAX_COLUMNS = 2000


class Row(NamedTuple):
    """One row.

    Attributes:
        number: Its number from 1; in CSV the line at which it begins.
        cells: Its cells as people see them, blank ones as None.
        faults: By column what is wrong with a cell itself: a problem's code and the text that says more.
        breaks: How many lines each cell goes on for beyond its first; empty where none does.
    """

    number: int
    cells: list[str | None]
    faults: tuple[tuple[int, str, str], ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.faults and all(cell is None for cell in self.cells)


class Sheet(NamedTuple):
    """A CSV file, or one sheet of a workbook. Its rows can be gone through once."""

    file: str
    name: str | None
    rows: Iterator[Row]

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell; `column` counts from 0."""
        return cell_place(self.file, self.name, row, column)


def column_letter(column: int) -> str:
    """Give a column's letters: 0 is A, 26 is AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_place(file: str, sheet: str | None, row: int, column: int) -> Place:
    """Give the place of a cell: a line of CSV, or sheet and cell."""
    if sheet is None:
        return Place(file, row)
    return Place(file, sheet=sheet, cell=f"{column_letter(column)}{row}")
