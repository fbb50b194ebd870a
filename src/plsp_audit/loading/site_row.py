"""One site that stands in a table: a row of cells or a line of JSONL, read where it is wanted.

Such objects are small and travel to worker processes; what they say is put together there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from plsp_audit.loading.characters import UNREADABLE, printable
from plsp_audit.loading.observe import whole_word
from plsp_audit.loading.read_file import RawDocument, read_bytes
from plsp_audit.loading.site_columns import NEEDED, Heads
from plsp_audit.loading.site_heads import Column, Path
from plsp_audit.loading.tree import Tree
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.text import folded
from plsp_audit.model.values import SEPARATORS, UNKNOWN_WORDS, ValueFault, read_yes_no, shown

_TOTALS = frozenset(
    {"合计", "总计", "小计", "累计", "共计", "汇总", "平均", "平均分", "平均值", "均值", "total", "sum", "average"}
)
_NO = frozenset({"否", "no", "false"})
_YES = frozenset({"是", "yes", "true"})


class _Read(NamedTuple):
    tree: dict[str, Any]
    problems: tuple[Problem, ...]
    hard: bool
    at: dict[tuple[str | int, ...], int]


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
        if self._read.hard:
            raise InputError(self._read.problems)
        return self._read.tree

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
    def _read(self) -> _Read:
        return _Reader(self).read()


class _Reader:
    """Puts a row together."""

    def __init__(self, row: CellsDocument) -> None:
        self.row = row
        self.problems: list[Problem] = []
        self.tree: dict[str, Any] = {"plsp": "site/1"}
        self.at: dict[tuple[str | int, ...], int] = {}
        self.marks: dict[Path, dict[str, str]] = {}

    def fault(self, code: str, column: int, /, **params: str) -> None:
        name = code if "." in code else f"site_table.{code}"
        self.problems.append(Problem(name, params, self.row._cell(column)))

    def read(self) -> _Read:
        columns, cells = self.row.heads.columns, self.row.cells
        if self._is_none():
            return _Read(self.tree, tuple(self.problems), True, self.at)
        bad = {column for column, *_ in self.row.faults}
        for at, code, words in self.row.faults:
            self.fault(code, at, value=shown(words))
        if not printable("".join(cell for cell in cells if cell)):
            bad |= self._unreadable()
        for number in range(len(columns), len(cells)):
            if cells[number] is not None or self.row.heads.sheet is None:
                self.fault("cell_without_head", number, value=shown(cells[number] or ""), count=str(len(columns)))
                break
        for number, (column, cell) in enumerate(zip(columns, cells, strict=False)):
            if cell is None or number in bad and column.path[:1] not in (("site",), ("inspection",)):
                continue
            if column.kind == "blank":
                self.fault("cell_without_head", number, value=shown(cell), count=str(len(columns)))
            elif column.kind != "skip":
                self._put(number, column, cell)
        self._finish()
        return _Read(self.tree, tuple(self.problems), False, self.at)

    def _is_none(self) -> bool:
        """Tell, after saying so, that the row is no site: a sum, or a remark below the table."""
        heads, cells = self.row.heads, self.row.cells
        filled = [number for number, cell in enumerate(cells) if cell is not None]
        naming = [n for n in (heads.at.get(("site", "id")), heads.at.get(("site", "name"))) if n is not None]
        named = [n for n in naming if n in filled]
        for number in [*filled[:1], *named]:
            if folded((cells[number] or "")[:20]).rstrip(":") in _TOTALS:
                self.fault("totals_row", number, value=shown(cells[number] or ""))
                return True
        if named and len(filled) > 1:
            return False
        at = filled[0] if filled else 0
        self.fault("lone_cell" if len(filled) == 1 else "not_a_site_row", at, value=shown(cells[at] or ""))
        return True

    def _unreadable(self) -> set[int]:
        bad = set()
        for number, cell in enumerate(self.row.cells):
            found = UNREADABLE.search(cell or "")
            if found is not None:
                self.fault("control_character", number, char=f"U+{ord(found[0]):04X}")
                bad.add(number)
        return bad

    def _put(self, number: int, column: Column, cell: str) -> None:
        path, value = column.path, cell
        made: Any = value
        if column.kind == "mark":
            self._mark(number, column, cell)
            return
        if column.kind == "list":
            made = [piece.strip() for piece in _pieces(cell)]
        elif column.kind == "deducts" and len(pieces := _pieces(cell)) > 1:
            self._set(path[:2], [{"deduct": piece.strip()} for piece in pieces])
            for i in range(len(pieces)):
                self.at[*path[:2], i] = number
            return
        elif column.kind == "members":
            made = "、".join(line.strip() for line in cell.split("\n") if line.strip())
        elif column.kind == "records" and whole_word(cell) is None:
            self.fault("records_in_cell", number, label=column.label, value=shown(cell))
            return
        elif column.kind == "not_rated" and folded(cell) in _NO | _YES:
            if folded(cell) in _YES:
                self.fault("not_rated_reason", number)
            return
        self._set(path, made)

    def _set(self, path: Path, value: Any) -> None:
        node: Any = self.tree
        for step in path[:-1]:
            node = node.setdefault(step, {})
            if isinstance(node, list):
                node = node[0]
        if isinstance(value, list) and isinstance(old := node.get(path[-1]), dict):
            value[0].update(old)
        node[path[-1]] = value

    def _mark(self, number: int, column: Column, cell: str) -> None:
        if folded(cell) in UNKNOWN_WORDS:
            return
        try:
            mark = "有" if read_yes_no(cell) else "无"
        except ValueFault as fault:
            self.fault(f"input.{fault.fault.code}", number, label=column.label, **fault.fault.params)
            return
        self.marks.setdefault(column.path[:2], {})[column.path[2]] = mark

    def _finish(self) -> None:
        for path, marks in self.marks.items():
            self._set(path, self._members(path, marks))
        for path, rest in self.row.heads.rest.items():
            counts = self.tree.get("facts", {}).get(path[1])
            if path not in self.marks and isinstance(counts, dict):
                counts.update(dict.fromkeys((*self._unmarked(path, counts), *rest), "未查"))
        waivers = self.tree.get("waivers")
        if waivers is not None:
            self.tree["waivers"] = [{"rule": rule, **entry} for rule, entry in waivers.items()]
            for i, rule in enumerate(waivers):
                self.at["waivers", i] = self.row.heads.at["waivers", rule]
        for block, key in NEEDED:
            self.tree.setdefault(block, {}).setdefault(key, None)

    def _members(self, path: Path, marks: dict[str, str]) -> dict[str, list[str]]:
        """Give a choices fact of which each option has a column: what is blank or has none was not looked at."""
        found = {mark: [o for o, given in marks.items() if given == mark] for mark in ("有", "无")}
        found["未查"] = [*self._unmarked(path, marks), *self.row.heads.rest.get(path, ())]
        return {mark: options for mark, options in found.items() if options or mark == "有"}

    def _unmarked(self, path: Path, marks: dict[str, Any]) -> list[str]:
        columns = (c.path for c in self.row.heads.columns if c.path[:2] == path and len(c.path) == 3)
        return [option for *_, option in columns if option not in marks]


def _pieces(cell: str) -> list[str]:
    return [piece for line in cell.split("\n") for piece in SEPARATORS.split(line) if piece.strip()]


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
            raise InputError([p.at(self._below(p.place)) for p in error.problems]) from None

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
