"""Writing a worksheet row by row: looks, merged cells and row heights that leave no text cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from plsp_audit.model.base import rounded
from plsp_audit.reporting.xlsx_text import cell_text, lines_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from plsp_audit.model.result import GradeRef
    from plsp_audit.model.standard import ResolvedStandard

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
TALLEST_ROW = 400.0
"""Points; the format ends at 409, longer text goes on in a further row."""

_RANKS = ("A9D18E", "D3E8C4", "FFE699", "F8CBAD", "F4A79A")
_LINE = 1.45
_PADDING = 6.0
_FORMULA_MARKS = ("=", "+", "-", "@", "\t")

Value = str | int | float | Fraction | date | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks."""

    size: float = 10
    bold: bool = False
    font: str = BODY_FONT
    color: str = "000000"
    fill: str = ""
    across: Literal["left", "center", "right"] = "left"
    border: bool = True
    format: str = "General"


@dataclass(frozen=True, slots=True)
class Box:
    """A value, the columns it spans and how it looks."""

    value: Value = None
    look: Look = field(default_factory=Look)
    span: int = 1


TEXT = Look()
MIDDLE = Look(across="center")
HEAD = Look(across="center", bold=True, fill="D9E2EC", font=HEAD_FONT)
LABEL = Look(across="center", fill="EEF2F6")
GROUP = Look(bold=True, fill="EEF2F6", font=HEAD_FONT)
TITLE = Look(size=16, bold=True, font=HEAD_FONT, across="center", border=False)
PLAIN = Look(border=False)
SECTION = Look(size=11, bold=True, font=HEAD_FONT, border=False)


def number(value: Fraction | None, places: int = 2) -> int | float | None:
    """Give the number that a cell shows: rounded half up, since a cell holds no exact fractions."""
    if value is None:
        return None
    short = rounded(value, places)
    return int(short) if short.denominator == 1 else float(short)


@cache
def _styles(look: Look) -> Mapping[str, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color="8C96A0")
    return {
        "font": Font(name=look.font, size=look.size, bold=look.bold, color=look.color),
        "alignment": Alignment(horizontal=look.across, vertical="center", wrap_text=True),
        "fill": PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        "border": Border(side, side, side, side) if look.border else Border(),
        "number_format": look.format,
    }


def _write(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value. Text stays text, whatever it begins with: a formula from a site file must never run."""
    if isinstance(value, Fraction):
        value = number(value)
    if not isinstance(value, str):
        cell.value = value
        return
    text = cell_text(value)
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA_MARKS):
        cell.quotePrefix = True


def rank_fill(at: int, count: int) -> str:
    """Give the colour of the grade at place `at` of `count`: green for the best, red for the last."""
    last = max(count - 1, 1)
    return _RANKS[(2 * at * (len(_RANKS) - 1) + last) // (2 * last)]


def grade_look(standard: ResolvedStandard | None, grade: GradeRef | None, look: Look) -> Look:
    """Give the look in the grade's colour, by its rank: green for the best, red for the last."""
    ids = [g.id for g in standard.grades] if standard else []
    if grade is None or grade.id not in ids:
        return look
    return replace(look, fill=rank_fill(ids.index(grade.id), len(ids)))


class Pen:
    """Writes rows into a worksheet, top down.

    Attributes:
        row: The row that comes next.
        blocks: First and last row of what should not be torn by a page's end.
    """

    def __init__(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet = sheet
        self.widths = tuple(widths)
        self.row = 1
        self.blocks: list[tuple[int, int]] = []
        for column, width in enumerate(self.widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    def line(self, *boxes: Box, height: float = 0) -> int:
        """Write one row and set its height; text that is too long for a row goes on in the next ones.

        Args:
            boxes: What stands in the row, from the left.
            height: The least height in points.

        Returns:
            The number of the (first) row.
        """
        first = self.row
        placed = self._placed(boxes)
        pages = [self._pages(box, start) for box, start in placed]
        count = max(map(len, pages), default=1)
        for page in range(count):
            tallest = height
            for (box, start), shown in zip(placed, pages, strict=True):
                lines = shown[page] if page < len(shown) else []
                value = "".join(lines).strip("\n") if isinstance(box.value, str) else box.value
                self._paint(start, box, value if page == 0 or isinstance(box.value, str) else None)
                tallest = max(tallest, max(len(lines), 1) * box.look.size * _LINE + _PADDING)
            self.sheet.row_dimensions[self.row].height = round(tallest, 1)
            self.row += 1
        return first

    def skip(self, height: float = 8) -> None:
        """Leave a row empty."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    @contextmanager
    def block(self) -> Iterator[None]:
        """Keep the rows that are written within together on a page, where they fit on one."""
        first = self.row
        yield
        self.blocks.append((first, self.row - 1))

    def _placed(self, boxes: Sequence[Box]) -> list[tuple[Box, int]]:
        starts = [1 + sum(box.span for box in boxes[:index]) for index in range(len(boxes))]
        return list(zip(boxes, starts, strict=True))

    def _pages(self, box: Box, start: int) -> list[list[str]]:
        """Break a box's text into lines, as many to a page as a row can show."""
        if not isinstance(box.value, str):
            return [[]]
        room = sum(self.widths[start - 1 : start - 1 + box.span]) - 1
        scale = box.look.size * (1.06 if box.look.bold else 1) / 10
        lines = lines_of(cell_text(box.value), room / scale)
        most = int((TALLEST_ROW - _PADDING) / (box.look.size * _LINE))
        return [lines[at : at + most] for at in range(0, len(lines), most)]

    def _paint(self, start: int, box: Box, value: Value) -> None:
        last = start + box.span - 1
        for column in range(start, last + 1):
            cell = self.sheet.cell(self.row, column)
            for name, style in _styles(box.look).items():
                setattr(cell, name, style)
        _write(self.sheet.cell(self.row, start), value)
        if box.span > 1:
            self.sheet.merge_cells(start_row=self.row, start_column=start, end_row=self.row, end_column=last)
