"""The header row of a table of sites: which row it is, what its columns hold, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plsp_audit.loading.rows import Sheet, cell_place, column_letter
from plsp_audit.loading.site_heads import Column, HeadFault, Path, column_of
from plsp_audit.loading.site_names import TableNames
from plsp_audit.model.catalogue import say
from plsp_audit.model.problem import InputError, Place, Problem, Worded

NEEDED: Final[tuple[Path, ...]] = (("site", "id"), ("site", "name"), ("site", "tier"), ("inspection", "date"))
"""What every row must say, so that a table without such a column is none."""

MAX_HINTS = 20


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of one table.

    Attributes:
        file: The name shown to people.
        sheet: The sheet's name; None for CSV.
        columns: What each column holds, from the first.
        at: By place in an inspection file, and by what is above it: the column.
        options: By place of a fact that has a column an option: all its options in the order of the dictionary.
    """

    file: str
    sheet: str | None
    columns: tuple[Column, ...]
    at: Mapping[tuple[str | int, ...], int]
    options: Mapping[Path, tuple[str, ...]]

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell; `column` counts from 0, `row` from 1 and is a line in CSV."""
        return cell_place(self.file, self.sheet, row, column)


def known_heads(cells: Sequence[str | None], names: TableNames) -> int:
    """Count the cells that can be heads; 0 without one that says which site a row is."""
    found = [column for cell in cells if cell and len(cell) <= 200 and (column := _sure(cell, names)) is not None]
    if not {("site", "id"), ("site", "name")} & {column.path for column in found}:
        return 0
    return len(found)


def _sure(cell: str, names: TableNames) -> Column | None:
    column = column_of(cell, names, hints=False)
    return column if isinstance(column, Column) and column.path else None


def read_heads(sheet: Sheet, row: int, cells: Sequence[str | None], names: TableNames) -> Heads:
    """Read a header row.

    Args:
        sheet: The table.
        row: The number of the row.
        cells: Its cells.
        names: What heads may name.

    Raises:
        InputError: Heads that nobody knows, columns that stand twice or are missing: all of them.
    """
    problems: list[Problem] = []
    columns: list[Column] = []
    for number, cell in enumerate(cells):
        column = column_of(cell or "", names, hints=len(problems) < MAX_HINTS)
        if isinstance(column, HeadFault):
            problems.append(_problem(column.code, sheet.place(row, number), **column.params))
            column = Column((), "skip")
        columns.append(column._replace(head=" ".join((cell or "").split())))
    problems += _twice(columns, cells, [sheet.place(row, number) for number in range(len(cells))])
    given = {column.path for column in columns}
    missing = [path for path in NEEDED if path not in given]
    if missing:
        words = [say(f"label.{'inspection' if p[0] == 'inspection' else 'site'}.{p[1]}") for p in missing]
        heads = Worded("、".join(words), ", ".join(".".join(p) for p in missing))
        problems.append(_problem("no_column", sheet.place(row, 0), heads=heads))
    if problems:
        raise InputError(problems)
    return Heads(sheet.file, sheet.name, tuple(columns), _at(columns), _options(columns, names))


def _problem(code: str, place: Place, /, **params: str) -> Problem:
    return Problem(f"site_table.{code}", params, place)


def _twice(columns: Sequence[Column], cells: Sequence[str | None], places: Sequence[Place]) -> Iterable[Problem]:
    seen: dict[Path, int] = {}
    whole: dict[Path, int] = {}
    for number, column in enumerate(columns):
        path = column.path
        if not path:
            continue
        option = path[:2] if path[0] == "facts" and len(path) == 3 else None
        first = seen.setdefault(path, number)
        if option is not None and first == number:
            first = seen.get(option, number)
            whole.setdefault(option, number)
        elif first == number:
            first = whole.get(path, number)
        if first != number:
            yield _problem("column_twice", places[number], head=cells[number] or "", other=cells[first] or "",
                           first=column_letter(first), second=column_letter(number))  # fmt: skip


def _at(columns: Sequence[Column]) -> dict[tuple[str | int, ...], int]:
    found: dict[tuple[str | int, ...], int] = {}
    for number, column in enumerate(columns):
        for length in range(2, len(column.path) + 1):
            found.setdefault(column.path[:length], number)
        if len(column.path) == 1:
            found[column.path] = number
    found[()] = found.get(("site", "id"), 0)
    return found


def _options(columns: Sequence[Column], names: TableNames) -> dict[Path, tuple[str, ...]]:
    """Give the options of facts that have a column an option, also those without: nobody looked at them."""
    given: dict[Path, list[str]] = {}
    for column in columns:
        if column.path[:1] == ("facts",) and len(column.path) == 3:
            given.setdefault(column.path[:2], []).append(column.path[2])
    found: dict[Path, tuple[str, ...]] = {}
    for path, named in given.items():
        facts = names.facts(path[1])
        known = [o for o in facts[0].options if o in named or all(o in fact.options for fact in facts)]
        found[path] = tuple(dict.fromkeys((*known, *sorted(named))))
    return found
