"""The summary of many rechecks as a workbook: overview, sites, what still stands, by county, by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from plsp_audit.reporting.recheck_rows import speaker
from plsp_audit.reporting.recheck_summary_view import Cell, Row, SummaryView
from plsp_audit.reporting.xlsx_file import dress, new_workbook, workbook_bytes
from plsp_audit.reporting.xlsx_style import HEAD, MIDDLE, PLAIN, TEXT, TITLE, Box, Pen

if TYPE_CHECKING:
    from openpyxl import Workbook

_SCORE: Final = replace(MIDDLE, format="0.00")
_WIDE: Final = 22.0
"""From this width on a column holds text that begins at its left."""

_COUNTS: Final = (9.0,) * 5


def render_summary_recheck_xlsx(view: SummaryView) -> bytes:
    """Write the summary as a workbook. The same rechecks give the same bytes."""
    workbook, said = new_workbook(), speaker(view.lang)
    sheet = workbook.worksheets[0]
    sheet.title = said("sheet.overview")
    pen = Pen(sheet, (120.0,))
    head = pen.line(Box(view.title, TITLE), height=34)
    pen.line(Box(view.subtitle, replace(TITLE, size=11, bold=False)), height=20)
    for item in view.statements:
        pen.line(Box(("· " if item.kind == "note" else "▲ ") + item.text, PLAIN), height=20)
    pen.skip()
    for text in view.unpaired:
        pen.line(Box(text, PLAIN), height=20)
    dress(pen, head, "A", view.title, said("sheet.footer"))
    if view.claims:
        _table(workbook, "claims", view.claim_heads, view.claims, (22.0, 36.0, 12.0, 40.0, 40.0, 14.0), view)
    _table(workbook, "sites", view.site_heads, view.sites, (22.0, 44.0, 11.0, 11.0, 16.0, *_COUNTS), view)
    _table(workbook, "standing", view.standing_heads, view.standing, (22.0, 44.0, 22.0, 16.0, 11.0, 60.0), view)
    _table(workbook, "counties", view.county_heads, view.counties, (32.0, 9.0, *_COUNTS, 9.0), view)
    _table(workbook, "rules", view.rule_heads, view.rules, (16.0, 66.0, 9.0, *_COUNTS, 9.0), view)
    return workbook_bytes(workbook, view.title, view.date_iso)


def _table(
    workbook: Workbook, name: str, heads: Sequence[str], rows: Sequence[Row], widths: Sequence[float], view: SummaryView
) -> None:
    said = speaker(view.lang)
    sheet = workbook.create_sheet()
    sheet.title = said(f"sheet.{name}")
    pen = Pen(sheet, widths)
    head = pen.line(*(Box(text, HEAD) for text in heads), height=24)
    for row in rows:
        pen.line(*(_box(cell, width) for cell, width in zip(_values(row), widths, strict=True)), height=18)
    if not rows:
        pen.line(Box(said("many.none_standing"), TEXT, len(widths)), height=20)
    elif head == 1:
        sheet.auto_filter.ref = f"A{head}:{sheet.cell(head, len(widths)).column_letter}{pen.row - 1}"
    dress(pen, head, "C", view.title, said("sheet.footer"))


def _values(row: Row) -> list[Cell]:
    """Give the cells, lists of names as text."""
    return [text if isinstance(cell, tuple) else cell for cell, text in zip(row.cells, row.texts, strict=True)]


def _box(cell: Cell, width: float) -> Box:
    if isinstance(cell, Fraction):
        return Box(cell, _SCORE)
    if isinstance(cell, tuple):
        raise TypeError(cell)
    return Box(cell, TEXT if isinstance(cell, str) and width >= _WIDE else MIDDLE)
