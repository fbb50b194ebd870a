"""The cells of one row put together as an inspection file would say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from plsp_audit.loading.characters import UNREADABLE, printable
from plsp_audit.loading.observe import whole_word
from plsp_audit.loading.site_columns import NEEDED, Heads
from plsp_audit.loading.site_heads import Column, Path
from plsp_audit.model.problem import Place, Problem
from plsp_audit.model.text import folded
from plsp_audit.model.values import SEPARATORS, UNKNOWN_WORDS, ValueFault, read_yes_no, shown

_TOTALS = frozenset(
    {"合计", "总计", "小计", "累计", "共计", "汇总", "平均", "平均分", "平均值", "均值", "total", "sum", "average"}
)
_NO = frozenset({"否", "no", "false"})
_YES = frozenset({"是", "yes", "true"})


class RowRead(NamedTuple):
    """What came of a row.

    Attributes:
        tree: What an inspection file would say; None where the row is no site.
        problems: What is wrong with its cells, whatever the standard.
        at: By place in the tree: the column, for what `Heads.at` does not know.
    """

    tree: dict[str, Any] | None
    problems: tuple[Problem, ...]
    at: dict[tuple[str | int, ...], int]


def read_cells(
    heads: Heads, cells: Sequence[str | None], faults: Sequence[tuple[int, str, str]], place: Callable[[int], Place]
) -> RowRead:
    """Put a row together.

    Args:
        heads: What its columns hold.
        cells: Its cells, blank ones as None.
        faults: By column what is wrong with the cell itself: a problem's code and the text that says more.
        place: Gives the place of a cell by its column.
    """
    return _Reader(heads, cells, faults, place).read()


class _Reader:
    """Puts a row together."""

    def __init__(
        self,
        heads: Heads,
        cells: Sequence[str | None],
        faults: Sequence[tuple[int, str, str]],
        place: Callable[[int], Place],
    ) -> None:
        self.heads, self.cells, self.faults, self.place = heads, cells, faults, place
        self.problems: list[tuple[int, Problem]] = []
        self.tree: dict[str, Any] = {"plsp": "site/1"}
        self.at: dict[tuple[str | int, ...], int] = {}
        self.marks: dict[Path, dict[str, str]] = {}

    def fault(self, code: str, column: int, /, **params: str) -> None:
        name = code if "." in code else f"site_table.{code}"
        self.problems.append((column, Problem(name, params, self.place(column))))

    def read(self) -> RowRead:
        columns, cells = self.heads.columns, self.cells
        if self._is_none():
            return self._done(None)
        bad = {column for column, *_ in self.faults}
        for at, code, words in self.faults:
            self.fault(code, at, value=shown(words))
        if not printable("".join(cell for cell in cells if cell)):
            bad |= self._unreadable()
        for number in range(len(columns), len(cells)):
            if cells[number] is not None or self.heads.sheet is None:
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
        return self._done(self.tree)

    def _done(self, tree: dict[str, Any] | None) -> RowRead:
        in_order = sorted(self.problems, key=lambda found: found[0])
        return RowRead(tree, tuple(problem for _, problem in in_order), self.at)

    def _is_none(self) -> bool:
        """Tell, after saying so, that the row is no site: a sum, or a remark below the table."""
        heads, cells = self.heads, self.cells
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
        for number, cell in enumerate(self.cells):
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
        for path, options in self.heads.options.items():
            marks = self.marks.get(path)
            counts = self.tree.get("facts", {}).get(path[1])
            if marks:
                self._set(path, _members(options, marks))
            elif isinstance(counts, dict):
                counts.update(dict.fromkeys((o for o in options if o not in counts), "未查"))
        waivers = self.tree.get("waivers")
        if waivers is not None:
            self.tree["waivers"] = [{"rule": rule, **entry} for rule, entry in waivers.items()]
            for i, rule in enumerate(waivers):
                self.at["waivers", i] = self.heads.at["waivers", rule]
        for block, key in NEEDED:
            self.tree.setdefault(block, {}).setdefault(key, None)


def _members(options: Sequence[str], marks: Mapping[str, str]) -> dict[str, list[str]]:
    """Give a choices fact of which each option has a column: what is blank or has none was not looked at."""
    found = {mark: [o for o in options if marks.get(o, "未查") == mark] for mark in ("有", "无", "未查")}
    return {mark: members for mark, members in found.items() if members or mark == "有"}


def _pieces(cell: str) -> list[str]:
    return [piece for line in cell.split("\n") for piece in SEPARATORS.split(line) if piece.strip()]
