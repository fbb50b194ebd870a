"""One site that stands in a table: a row of cells or a line of JSONL, read where it is wanted.

Such objects are small and travel to worker processes; what they say is put together there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from plsp_audit.loading.read_file import RawDocument, read_bytes
from plsp_audit.loading.site_cells import RowRead, read_cells
from plsp_audit.loading.site_columns import Heads
from plsp_audit.loading.tree import Tree
from plsp_audit.model.problem import InputError, Place, Problem


@dataclass(frozen=True)
class CellsDocument:
    """A row of a table.

    Attributes:
        heads: The columns, shared by all rows.
        row: Its number: the line in CSV, at which it begins.
        cells: Its cells as people see them, blank ones as None.
        faults: By column what is wrong with the cell itself: a code and the text that says more.
        breaks: How many lines each cell goes on for beyond its first, where any does.
    """

    heads: Heads
    row: int
    cells: tuple[str | None, ...]
    faults: tuple[tuple[int, str, str], ...] = ()
    breaks: tuple[int, ...] = ()

    text = ""
    warnings: tuple[Problem, ...] = ()

    @property
    def file(self) -> str:
        """The name of the table shown to people."""
        return self.heads.file

    @property
    def tree(self) -> Tree:
        """The row as an inspection file would say it.

        Raises:
            InputError: The row is no site.
        """
        read = self._read
        if read.tree is None:
            raise InputError(read.problems)
        return read.tree

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with cells of the row, whatever its standard."""
        return self._read.problems

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give the cell from which the value at `path` comes, or what is nearest above it."""
        for length in range(len(path), -1, -1):
            for known in (self._read.at, self.heads.at):
                if path[:length] in known:
                    return self._cell(known[path[:length]])
        return self._cell(0)

    def called(self, path: tuple[str | int, ...]) -> str | None:
        """Give the head of the column from which the value at `path` comes."""
        column = self.heads.at.get(path)
        return self.heads.columns[column].head if column is not None and path else None

    def _cell(self, column: int) -> Place:
        return self.heads.place(self.row + sum(self.breaks[:column]), column)

    @cached_property
    def _read(self) -> RowRead:
        return read_cells(self.heads, self.cells, self.faults, self._cell)


@dataclass(frozen=True)
class LineDocument:
    """A line of JSONL.

    Attributes:
        file: The name of the file shown to people.
        line: The number of the line, from 1.
        data: Its bytes.
    """

    file: str
    line: int
    data: bytes

    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _document(self) -> RawDocument:
        try:
            return read_bytes(self.data, self.file, "json")
        except InputError as error:
            raise InputError([_of_line(p).at(self._below(p.place)) for p in error.problems]) from None

    @property
    def text(self) -> str:
        """The line."""
        return self._document.text

    @property
    def tree(self) -> Tree:
        """What the line says.

        Raises:
            InputError: It is no JSON.
        """
        return self._document.tree

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give the line and column of the value, or the key, at `path`."""
        try:
            return self._below(self._document.place(path, key))
        except InputError:
            return Place(self.file, self.line)

    def called(self, path: tuple[str | int, ...]) -> str | None:
        """Give nothing: what stands in a line is known by its keys."""
        return None

    def _below(self, place: Place) -> Place:
        return replace(place, line=self.line + (place.line or 1) - 1)


def _of_line(problem: Problem) -> Problem:
    """Say of a line what is said of a file: it ends where the line does."""
    return replace(problem, code="site_table.line_unclosed") if problem.code == "json_unclosed" else problem


@dataclass(frozen=True)
class BrokenRow:
    """A place in a table where no row could be read."""

    file: str
    at: Place
    problems: tuple[Problem, ...]

    text = ""
    warnings: tuple[Problem, ...] = ()

    @property
    def tree(self) -> Tree:
        """Nothing.

        Raises:
            InputError: Always, with what is wrong.
        """
        raise InputError(self.problems)

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give where it stands."""
        return self.at

    def called(self, path: tuple[str | int, ...]) -> str | None:
        """Give nothing: what stands in a line is known by its keys."""
        return None


RowDocument: TypeAlias = CellsDocument | LineDocument | BrokenRow
"""One site of a table: what `read_file.RawDocument` is for a file, but small and fit to be sent to a worker.

`tree` raises InputError where the row is broken in itself; `problems` are faults of single cells.
"""
