"""A workbook of any length, written row by row as it comes: nothing but the row at hand is kept in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from plsp_audit.reporting.office import package_day
from plsp_audit.reporting.xlsx_style import BODY_FONT, PLAIN, TALLEST_ROW, Box, Look, Value, number
from plsp_audit.reporting.xlsx_text import cell_text, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROW_LIMIT = 1_048_576
"""The rows that a sheet can have."""

_LINE, _PADDING = 1.45, 5.0
_FORMULA_MARKS = ("=", "+", "-", "@", "\t")
_RICH = ("<r>", "</r>")
_PAGE_WIDE, _PAGE_TALL, _COLUMN_WIDE = 774.0, 490.0, 5.4
"""What the margins leave of an A4 page on its side, and a unit of column width, in points."""

_LONGEST_HEADER, _LONGEST_KNOWN = 60, 200


def _fit(text: str, columns: float) -> tuple[str, int]:
    """Give text as a cell can hold it, and the lines it takes."""
    held = cell_text(text)
    if held.startswith(_RICH[0]) and held.endswith(_RICH[1]):
        held += " "  # else it is taken for the mark-up of a string in several fonts, and copied unescaped
    return held, len(lines_of(held, columns))


_known_fit = lru_cache(maxsize=8192)(_fit)
"""Lists say the same again and again; long text is mostly said once and not worth the room."""


class Page:
    """A worksheet, written top down. Rows count from 0.

    Attributes:
        row: The next row.
        tall: How tall all rows are so far, in points.

    Args:
        book: The workbook it belongs to.
        sheet: The worksheet.
        widths: The widths of the columns.
        draws: Whether a chart will stand on it; only then are the heights of all rows remembered.
    """

    def __init__(self, book: Book, sheet: Worksheet, widths: Sequence[float], draws: bool) -> None:
        self.sheet = sheet
        self.widths = tuple(widths)
        self.row = 0
        self.tall = 0.0
        self._breaks: list[int] = []
        self._book = book
        self._draws = draws
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)

    def line(self, *boxes: Box, height: float = 0) -> int:
        """Write one row, as high as its text needs.

        Args:
            boxes: What stands in it, from the left.
            height: The least height in points.

        Returns:
            Its number.
        """
        at, column = self.row, 0
        shown: list[tuple[Value, Box]] = []
        for box in boxes:
            value, lines = box.value, 1
            if isinstance(value, str):
                value, lines = self._fitted(value, box, column)
            shown.append((value, box))
            height = max(height, lines * box.look.size * _LINE + _PADDING)
            column += box.span
        height = round(min(height, TALLEST_ROW), 1)
        self.sheet.set_row(at, height)
        column = 0
        for value, box in shown:
            look = self._book.format(box.look, value)
            if box.span > 1:
                self.sheet.merge_range(at, column, at, column + box.span - 1, "", look)
            self._write(at, column, value, look)
            column += box.span
        return self._next(height)

    def _next(self, height: float) -> int:
        """Go on to the next row; give the number of the one that was written."""
        at = self.row
        self.row += 1
        self.tall += height
        if not self._draws:
            self.sheet.row_info.pop(at - 2, None)
            self.sheet.row_sizes.pop(at - 2, None)
        return at

    def skip(self, height: float = 8) -> None:
        """Leave a row empty."""
        # A row in which nothing is written loses its height on the way: a blank of no look keeps it.
        self.sheet.set_row(self.row, height)
        self.sheet.write_blank(self.row, 0, None, self._book.format(PLAIN))
        self._next(height)

    def break_at(self, row: int) -> None:
        """Begin a new printed page with a row."""
        self._breaks.append(row)
        self.sheet.set_h_pagebreaks(sorted(self._breaks))

    def dress(
        self, heads: tuple[int, int], column: int, header: str, footer: str, *, repeated: bool = True
    ) -> None:
        """Freeze the heads and set up the page: A4 across, as wide as the paper, heads on every page.

        Args:
            heads: The first and the last of the rows that stand on every page; what is above stays in sight too.
            column: How many columns do not scroll.
            header: What every page says at its top; shortened, since the format allows 255 characters.
            footer: What every page says at its foot, with `&P` and `&N` for the page and the number of pages.
            repeated: Whether the heads stand on every page; else on the first alone.
        """
        sheet = self.sheet
        sheet.freeze_panes(heads[1] + 1, column)
        if repeated:
            sheet.repeat_rows(*heads)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.47, right=0.47, top=0.71, bottom=0.63)
        line = " ".join(cell_text(header).split())
        line = line if len(line) <= _LONGEST_HEADER else line[: _LONGEST_HEADER - 1] + "…"
        sheet.set_header("&R&9 " + line.replace("&", "&&"), {"margin": 0.31})
        sheet.set_footer("&C&9 " + footer, {"margin": 0.31})
        sheet.hide_gridlines(2)

    def room(self, head: float) -> float:
        """Give the points that a printed page has below heads of `head` points, as far as that can be told."""
        scale = min(_PAGE_WIDE / (sum(self.widths) * _COLUMN_WIDE), 1.0)
        return _PAGE_TALL / scale - head

    def _fitted(self, text: str, box: Box, start: int) -> tuple[str, int]:
        room = sum(self.widths[start : start + box.span]) - (1.8 if box.look.across == "left" else 1)
        scale = box.look.size * (1.06 if box.look.bold else 1) / 10
        return (_known_fit if len(text) <= _LONGEST_KNOWN else _fit)(text, room / scale)

    def _write(self, row: int, column: int, value: Value, look: Format) -> None:
        """Write a value. Text stays text, whatever it begins with: a formula from a site file must never run."""
        if isinstance(value, Fraction):
            value = number(value)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, look)
        else:
            self.sheet.write_number(row, column, value, look)


class _Sink:
    """Where the archive goes. Once it is given up, its end is swallowed: an archive that is dropped still writes it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.given_up = False

    def write(self, content: bytes) -> int:
        return len(content) if self.given_up else self._file.write(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self.given_up else self._file.seek(offset, whence)

    def tell(self) -> int:
        return 0 if self.given_up else self._file.tell()

    def flush(self) -> None:
        if not self.given_up:
            self._file.flush()


class Book:
    """The workbook while it is written, by `book(…)`."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[Look, bool], Format] = {}

    def page(self, name: str, widths: Sequence[float], draws: bool = False) -> Page:
        """Begin a new sheet."""
        return Page(self, self.workbook.add_worksheet(name), widths, draws)

    def format(self, look: Look, value: Value = None) -> Format:
        """Give the format of a look; text that looks like a formula is marked as text for whoever edits it."""
        marked = isinstance(value, str) and value.startswith(_FORMULA_MARKS)
        made = self._formats.get((look, marked))
        if made is None:
            properties: dict[str, Any] = {
                "font_name": look.font, "font_size": look.size, "bold": look.bold, "font_color": f"#{look.color}",
                "align": look.across, "valign": "vcenter", "text_wrap": True, "num_format": look.format,
            }  # fmt: skip
            if look.across == "left" and look.border:
                properties["indent"] = 1
            if look.fill:
                properties["bg_color"] = f"#{look.fill}"
            if look.border:
                properties |= {"border": 1, "border_color": "#8C96A0"}
            if marked:
                properties["quote_prefix"] = True
            made = self._formats[look, marked] = self.workbook.add_format(properties)
        return made


@contextmanager
def book(target: Path | BinaryIO, title: str, day: str) -> Iterator[Book]:
    """Write a workbook; the same content gives the same bytes.

    Args:
        target: Where to; a path is replaced only by a workbook that is whole.
        title: The document's title.
        day: The day that stands for every date in it, ISO.

    Raises:
        OSError: It cannot be written; what stood there before still does.
    """
    folder = target.parent if isinstance(target, Path) else None
    with tempfile.TemporaryDirectory(prefix=".plsp-", dir=folder, ignore_cleanup_errors=True) as room:
        if not isinstance(target, Path):
            with _written(target, Path(room), title, day) as made:
                yield made
            return
        whole = Path(room) / "whole.xlsx"
        with whole.open("wb") as file, _written(file, Path(room), title, day) as made:
            yield made
        whole.replace(target)


@contextmanager
def _written(file: BinaryIO, room: Path, title: str, day: str) -> Iterator[Book]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    look = {"font_name": BODY_FONT, "font_size": 10}
    options = {"constant_memory": True, "tmpdir": str(room), "default_format_properties": look}
    sink = _Sink(file)
    workbook = Workbook(sink, options)
    workbook.use_zip64()
    workbook.set_properties({"title": cell_text(title), "author": "plsp-audit", "created": package_day(day)})
    try:
        yield Book(workbook)
        workbook.close()
    except XlsxWriterException as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
    finally:
        sink.given_up = True
        for sheet in workbook.worksheets():
            sheet._opt_close()  # it does so itself only where all went well, and Windows removes no open file
