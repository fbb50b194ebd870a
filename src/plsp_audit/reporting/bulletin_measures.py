"""The measures of a circular's page, worked out once from the layout for Word and for PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from plsp_audit.model.bulletin_layout import Layout
from plsp_audit.model.bulletin_letter import Grid, Letter
from plsp_audit.reporting.bulletin_title import title_lines
from plsp_audit.reporting.xlsx_text import lines_of

ClosingPlace = Literal["flow", "same", "next", "after_blank"]
"""Where the closing (版记) stands: at the foot of the last page, of the one after it, or of the second after it, where
the one between is blank. `flow` puts it behind everything, to see what room there is."""

CLOSING_PITCH = Fraction(26)
"""Points from line to line in the closing."""

_TABLE_PITCH = Fraction(10, 7)
"""From line to line in tables, for the size of their type: 15 points where it is 10.5."""

TABLE_SIDE = Fraction(3, 5)
"""Millimetres between a table's text and the lines beside it."""

POINT = Fraction(254, 720)
"""Millimetres of a point."""

_HALF = Fraction(1, 2)
_MARK_TO_TITLE = Fraction(6, 5)
_TALLEST_WHOLE = Fraction(1, 2)
"""The part of a page's height above which a row may be torn."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in points."""

    layout: Layout

    @property
    def text_width(self) -> Fraction:
        """Between the margins."""
        paper = self.layout.paper
        return (paper.width - paper.left - paper.right) / POINT

    @property
    def text_height(self) -> Fraction:
        """Between the margins, from the top down."""
        paper = self.layout.paper
        return (paper.height - paper.top - paper.bottom) / POINT

    @property
    def pitch(self) -> Fraction:
        """From line to line, so that the page holds its lines."""
        return _down(self.text_height / self.layout.grid.lines)

    @property
    def character(self) -> Fraction:
        """From character to character, so that the line holds its characters."""
        return _down(self.text_width / self.layout.grid.characters)

    @property
    def spacing(self) -> Fraction:
        """What is added to the width of a character; below 0 where they are set closer."""
        return self.character - self.layout.sizes.body

    @property
    def table_pitch(self) -> Fraction:
        """From line to line in tables."""
        return _down(self.layout.sizes.table * _TABLE_PITCH)

    def mark_lines(self, letter: Letter) -> tuple[str, ...]:
        """The organ's mark: on one line, unless that would set it hardly larger than the title."""
        most = self.text_width / (self.layout.sizes.title * _MARK_TO_TITLE)
        return (letter.mark,) if units(letter.mark) <= most else title_lines([letter.mark], int(most), letter.lang)

    def mark(self, letter: Letter) -> Fraction:
        """The size of the organ's mark: as large as the layout allows and its longest line holds."""
        size, longest = self.layout.sizes.mark, max(map(units, self.mark_lines(letter)))
        return min(size, Fraction(int(self.text_width / max(longest, Fraction(1)) * 2), 2))

    def date_right(self) -> Fraction:
        """How far the date keeps from the right margin."""
        return self.layout.ending.date_right * self.character

    def signature_right(self, letter: Letter) -> Fraction:
        """How far the signature keeps from the right margin, so that it stands centred over the date."""
        wide = (units(letter.date) - units(letter.signature)) * _HALF * self.character
        return max(self.date_right() + wide, Fraction(0))

    def widths(self, grid: Grid) -> list[Fraction]:
        """The widths of a table's columns."""
        shares = sum(Fraction(str(column.share)) for column in grid.columns)
        return [Fraction(str(column.share)) / shares * self.text_width for column in grid.columns]


def torn(grid: Grid, measures: Measures) -> frozenset[int]:
    """Give the rows of a table that a page's end may tear: those so tall that else half a page would stay empty."""
    side, size = TABLE_SIDE / POINT, measures.layout.sizes.table
    rooms = [max(width - 2 * side, size) / size * 2 for width in measures.widths(grid)]
    most = measures.text_height * _TALLEST_WHOLE / measures.table_pitch
    return frozenset(
        at for at, row in enumerate(grid.rows)
        if max(len(lines_of(text, float(room))) for text, room in zip(row, rooms, strict=True)) > most
    )  # fmt: skip


def _down(value: Fraction) -> Fraction:
    """Round down to hundredths, so that what is laid side by side never outgrows its room."""
    return Fraction(int(value * 100), 100)


def units(text: str) -> Fraction:
    """Give the width of a text in characters; letters and digits count half."""
    return sum((Fraction(1) if ord(char) > 0x2E7F or char in "〔〕“”—" else _HALF for char in text), Fraction(0))
