"""The rectification sheet (整改清单) of one site, with columns for the site and the reviewer to fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from plsp_audit.model.result import Rectification
from plsp_audit.reporting.rows import RectifyRow
from plsp_audit.reporting.xlsx_score import ScoreData
from plsp_audit.reporting.xlsx_style import HEAD, MIDDLE, PLAIN, TEXT, TITLE, Box, Pen, Value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = {
    "no": 5.5,
    "item": 19,
    "problem": 20,
    "requirement": 19,
    "remedy": 20,
    "gain": 6.5,
    "priority": 7.5,
    "due": 12,
    "owner": 9,
    "progress": 14,
    "done": 12,
    "review": 13,
}
"""The columns in their order, with their widths: together one A4 page across."""

_ENGLISH = {"priority": 13, "remedy": 17, "problem": 18}
_FILL_IN = replace(HEAD, fill="FFF2CC")


def draw_rectification(sheet: Worksheet, data: ScoreData) -> tuple[Pen, int]:
    """Draw the sheet; give the pen and the row of the column heads."""
    widths = COLUMNS | (_ENGLISH if data.lang == "en" else {})
    pen = Pen(sheet, list(widths.values()))
    pen.line(Box(data.say("title.rectification"), TITLE, len(COLUMNS)), height=36)
    site = data.say("head.site", value=data.view.site_name)
    when = data.say("head.date", value=data.view.date)
    pen.line(Box(site, PLAIN, 5), Box(when, PLAIN, 7), height=20)
    pen.skip(4)
    names = list(COLUMNS)
    heads = [Box(data.say(f"rectification.{name}"), _FILL_IN if name in names[-3:] else HEAD) for name in names]
    head = pen.line(*heads, height=34)
    given = data.result.rectification or []
    for row, line in zip(data.view.rectification, given, strict=True):
        _line(pen, data, row, line)
    if not given:
        text = data.say("rectification.none") if data.result.status == "rated" else _why(data)
        pen.line(Box(text, MIDDLE, len(COLUMNS)), height=28)
        return pen, head
    sheet.auto_filter.ref = f"A{head}:L{pen.row - 1}"
    pen.skip(4)
    pen.line(Box(data.say("rectification.fill"), replace(PLAIN, size=9, color="444444"), len(COLUMNS)))
    return pen, head


def _why(data: ScoreData) -> str:
    return "\n".join(filter(None, (data.view.status_label, data.view.reason)))


def _due(text: str | None, otherwise: str) -> Value:
    """Give a real date where there is one, so that the list sorts and filters by it."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


def _line(pen: Pen, data: ScoreData, row: RectifyRow, line: Rectification) -> None:
    dated = replace(MIDDLE, format=data.say("page.date_format"))
    pen.line(
        Box(row.no, MIDDLE),
        Box(f"{row.rule}\n{row.title}" if row.title else row.rule, TEXT),
        Box(row.problem, TEXT),
        Box(row.requirement, TEXT),
        Box(row.remedy, TEXT),
        Box(line.points_lost, MIDDLE),
        Box(row.priority, replace(MIDDLE, bold=row.veto, color="B00020" if row.veto else "000000")),
        Box(_due(line.due, row.due), dated),
        Box(row.owner, MIDDLE),
        Box(None, TEXT),
        Box(None, dated),
        Box(None, TEXT),
        height=40,
    )
