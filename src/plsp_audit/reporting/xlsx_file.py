"""The printed page of a worksheet, and the bytes of a workbook: the same for the same content."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plsp_audit.reporting.office import package_day, same_bytes
from plsp_audit.reporting.xlsx_style import BODY_FONT
from plsp_audit.reporting.xlsx_text import cell_text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from plsp_audit.reporting.xlsx_style import Pen

_LONGEST_HEADER = 60
_PAGE_WIDE, _PAGE_TALL = 774.0, 490.0
"""What the margins leave of an A4 page on its side, in points."""

_COLUMN_WIDE = (5.4, 6.1)
"""Points to a unit of column width, by the font that the machine has."""


def new_workbook() -> Workbook:
    """Give a workbook with one sheet, in the font of its text throughout."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    workbook._fonts[0] = Font(name=BODY_FONT, size=10)  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = Font(name=BODY_FONT, size=10)  # type: ignore[attr-defined]
    return workbook


def dress(pen: Pen, head: int, column: str, header: str, footer: str) -> None:
    """Freeze the heads and set up the page: A4 across, as wide as the paper, heads on every page.

    Args:
        pen: The pen by which the sheet was written, to its end.
        head: The last row that stays in place.
        column: The first column that scrolls.
        header: What every page says at its top; shortened, since the format allows 255 characters.
        footer: What every page says at its foot, with `&P` and `&N` for the page and the number of pages.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = pen.sheet
    sheet.freeze_panes = f"{column}{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", "9", 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.47
    margins.top, margins.bottom, margins.header, margins.footer = 0.71, 0.63, 0.31, 0.31
    above, below = sheet.oddHeader, sheet.oddFooter
    if above is not None and below is not None:
        above.right.text, below.center.text = _plain_header(header), footer
        above.right.size = below.center.size = 9
    sheet.sheet_view.showGridLines = False
    _break_pages(pen, head)


def _break_pages(pen: Pen, head: int) -> None:
    """Begin a new page before a block that the page's end would tear, as wide or as narrow as fonts may turn out."""
    from openpyxl.worksheet.pagebreak import Break

    scales = [_PAGE_WIDE / (sum(pen.widths) * wide) for wide in _COLUMN_WIDE]
    breaks: frozenset[int] = frozenset()
    for scale in scales:
        breaks |= frozenset(_torn(pen, head, scale, breaks))
    for row in sorted(breaks):
        rest = breaks - {row}
        if not any(True for scale in scales for _ in _torn(pen, head, scale, rest)):
            breaks = rest
    for row in sorted(breaks):
        pen.sheet.row_breaks.append(Break(id=row - 1))


def _torn(pen: Pen, head: int, scale: float, breaks: frozenset[int]) -> Iterator[int]:
    """Give the first rows of the blocks that a page's end would tear, were the page shrunk by `scale`."""
    heights = [pen.sheet.row_dimensions[row].height or 15 for row in range(1, pen.row)]
    page = _PAGE_TALL / min(scale, 1.0)
    ends = dict(pen.blocks)
    used = 0.0
    for row, height in enumerate(heights, start=1):
        block = sum(heights[row - 1 : ends.get(row, row)])
        full = row in breaks or used + height > page
        if not full and used + block > page and block + heights[head - 1] <= page:
            yield row
            full = True
        if full:
            used = heights[head - 1]
        used += height


def _plain_header(text: str) -> str:
    """Keep a name from being read as codes: `&` starts one, and digits after a font size would join it."""
    line = " ".join(cell_text(text).split())
    return (line if len(line) <= _LONGEST_HEADER else line[: _LONGEST_HEADER - 1] + "…").replace("&", "&&")


def workbook_bytes(workbook: Workbook, title: str, date: str) -> bytes:
    """Give the file, with every date in it that of the inspection.

    Args:
        workbook: The workbook.
        title: The document's title.
        date: The day of the inspection, ISO.
    """
    day = package_day(date)
    properties = workbook.properties
    properties.title, properties.creator = cell_text(title), "plsp-audit"
    properties.created = properties.modified = day
    raw = io.BytesIO()
    workbook.save(raw)
    return same_bytes(raw.getvalue(), day)
