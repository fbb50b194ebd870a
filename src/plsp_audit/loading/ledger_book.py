"""A workbook that people have worked in, each sheet with all its rows at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plsp_audit.loading.rows import cell_place
from plsp_audit.loading.workbook import workbook_sheets
from plsp_audit.model.problem import Place

BOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        file: The name shown to people.
        rows: All rows from the first, each as long as the widest; cells as people see them, blank ones as None.
    """

    file: str
    name: str
    rows: list[list[str | None]]

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell; both count from 0."""
        return cell_place(self.file, self.name, row + 1, column)


def read_book(path: Path, shown: str | None = None) -> Iterator[Sheet]:
    """Give the sheets of a workbook, one at a time, hidden ones too; merged cells hold their value in every row.

    Args:
        path: An `.xlsx` or `.xlsm` file.
        shown: The name under which problems are reported; left out, the path as given.

    Raises:
        InputError: It cannot be read, or holds too much.
    """
    file = shown or str(path)
    for sheet in workbook_sheets(path, file):
        rows: list[list[str | None]] = []
        for row in sheet.rows:
            rows += [[] for _ in range(row.number - 1 - len(rows))]
            rows.append(row.cells)
        wide = max(map(len, rows), default=0)
        yield Sheet(file, sheet.name or "", [[*cells, *[None] * (wide - len(cells))] for cells in rows])
