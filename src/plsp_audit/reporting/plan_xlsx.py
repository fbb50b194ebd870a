"""An improvement plan as a workbook: the steps, and what was not checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import Lang
from plsp_audit.model.plan import Plan
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.plan_view import PlanView, StepRow
from plsp_audit.reporting.wording import clean, day
from plsp_audit.reporting.xlsx_file import dress, new_workbook, workbook_bytes
from plsp_audit.reporting.xlsx_style import HEAD, LABEL, MIDDLE, SECTION, TEXT, TITLE, Box, Look, Pen, Value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = {
    "no": 6.0,
    "rule": 11.0,
    "kind": 9.0,
    "title": 24.0,
    "problem": 26.0,
    "remedy": 26.0,
    "effort": 7.0,
    "gain": 7.0,
    "after": 9.0,
    "grade": 9.0,
    "due": 12.0,
}
"""The columns of the steps in their order, with their widths: together one A4 page across."""

_OPEN = {"no": 6.0, "rule": 11.0, "kind": 9.0, "title": 44.0, "unknown": 50.0, "could": 11.0, "counted": 11.0}
_SMALL = Look(size=9, color="444444", border=False)
_RED = replace(MIDDLE, bold=True, color="B00020")


def render_plan_xlsx(plan: Plan, standard: ResolvedStandard, lang: Lang = "zh") -> bytes:
    """Write the plan as a workbook. The same plan gives the same bytes."""
    view = PlanView(plan, standard, lang)
    workbook = new_workbook()
    sheet = workbook.worksheets[0]
    sheet.title = view.say("book.steps")
    pen, head = _plan(sheet, view)
    dress(pen, head, "D" if view.steps else "A", view.subject, view.say("book.footer"))
    if view.open:
        sheet = workbook.create_sheet()
        sheet.title = view.say("book.open")
        pen, head = _open(sheet, view)
        dress(pen, head, "C", view.subject, view.say("book.footer"))
    return workbook_bytes(workbook, f"{view.say('title')} {view.subject}", plan.inspection.date)


def _plan(sheet: Worksheet, view: PlanView) -> tuple[Pen, int]:
    pen = Pen(sheet, list(COLUMNS.values()))
    whole = len(COLUMNS)
    head = pen.line(Box(view.say("title"), TITLE, whole), height=36)
    pairs = [
        (view.say("book.site"), view.subject),
        (view.say("book.standard"), f"{clean(view.plan.standard.title, view.lang, 200)}  {view.tier}"),
        (view.say("book.date"), day(view.plan.inspection.date, view.lang)),
        (view.say("target.label"), view.target),
    ]
    for label, text in pairs:
        pen.line(Box(label, LABEL, 2), Box(text, TEXT, whole - 2), height=20)
    for text in (*view.outcome(), view.instead()):
        if text:
            pen.line(Box(text, Look(size=11, bold=True), whole), height=22)
    if view.obstacles:
        pen.skip()
        pen.line(Box(view.say("heading.obstacles"), SECTION, whole), height=20)
        pen.line(Box(view.say("column.obstacle"), HEAD, whole - 1), Box(view.say("column.points"), HEAD), height=20)
        for row in view.obstacles:
            pen.line(Box(row.text, TEXT, whole - 1), Box(row.points, MIDDLE), height=20)
    if view.steps:
        pen.skip()
        head = pen.line(*(Box(view.say(f"column.{name}"), HEAD) for name in COLUMNS), height=32)
        for step in view.steps:
            _step(pen, step, view)
        total = Box(view.say("step.total"), LABEL, 6)
        pen.line(total, Box(view.plan.effort, replace(MIDDLE, bold=True)), Box(None, LABEL, 4), height=22)
    pen.skip(4)
    for text in view.notes():
        pen.line(Box(text, _SMALL, whole))
    return pen, head


def _step(pen: Pen, row: StepRow, view: PlanView) -> None:
    due: Value = date.fromisoformat(row.due) if row.due else None
    pen.line(
        Box(row.no, MIDDLE),
        Box(row.rule, MIDDLE),
        Box(row.kind, _RED if row.veto else MIDDLE),
        Box(row.title, TEXT),
        Box(row.problem, TEXT),
        Box(row.remedy, TEXT),
        Box(row.effort, MIDDLE),
        Box(row.gain, MIDDLE),
        Box(row.score, replace(MIDDLE, format="0.00")),
        Box(row.grade, MIDDLE),
        Box(due, replace(MIDDLE, format=view.say("book.date_format"))),
        height=30,
    )


def _open(sheet: Worksheet, view: PlanView) -> tuple[Pen, int]:
    pen = Pen(sheet, list(_OPEN.values()))
    pen.line(Box(view.say("heading.open", count=len(view.open)), TITLE, len(_OPEN)), height=34)
    head = pen.line(*(Box(view.say(f"column.{name}"), HEAD) for name in _OPEN), height=24)
    for number, row in enumerate(view.open, start=1):
        pen.line(
            Box(number, MIDDLE),
            Box(row.rule, MIDDLE),
            Box(row.kind, MIDDLE),
            Box(row.title, TEXT),
            Box(row.unknown, TEXT),
            Box(row.gain, MIDDLE),
            Box(row.counted, MIDDLE),
            height=24,
        )
    return pen, head
