"""A site's recheck as a workbook: outcome with chart, items, the way of the score, claims, the standard's change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from plsp_audit.reporting.recheck_rows import ItemRow, speaker
from plsp_audit.reporting.recheck_steps import Step
from plsp_audit.reporting.recheck_view import RecheckView
from plsp_audit.reporting.recheck_xlsx_chart import WIDTHS, add_waterfall
from plsp_audit.reporting.xlsx_file import dress, new_workbook, workbook_bytes
from plsp_audit.reporting.xlsx_style import (
    GROUP,
    HEAD,
    LABEL,
    MIDDLE,
    PLAIN,
    SECTION,
    TEXT,
    TITLE,
    Box,
    Look,
    Pen,
    number,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

FILLS: Final = {"open": "F4A79A", "new": "F4A79A", "partly": "FFE699", "unchecked": "DDEBF7", "fixed": "D3E8C4"}
_WAY: Final = (12.0, 62.0, 22.0, 16.0, 16.0)
_BAD: Final = Look(bold=True, fill="F3DEDA")
_SMALL: Final = Look(size=9, color="444444", border=False)
_SIGNED: Final = replace(MIDDLE, across="right", format="+0.00;-0.00;0")
_SCORE: Final = replace(MIDDLE, across="right", format="0.00")


def render_recheck_xlsx(view: RecheckView) -> bytes:
    """Write a site's recheck as a workbook. The same recheck gives the same bytes."""
    workbook = new_workbook()
    said = speaker(view.lang)
    sheet = workbook.worksheets[0]
    sheet.title = said("sheet.site")
    header = f"{view.site_name} {view.title}"
    dress(_overview(Pen(sheet, (24.0, 46.0, 46.0, 46.0)), view), 1, "A", header, said("sheet.footer"))
    _items(workbook, view, header)
    if view.steps:
        _way(workbook, view, header)
    if view.claims:
        _claims(workbook, view, header)
    if view.changes or view.change_notes:
        _standard(workbook, view, header)
    return workbook_bytes(workbook, header, view.date_iso)


def _pen(workbook: Workbook, title: str, widths: Sequence[float]) -> Pen:
    sheet = workbook.create_sheet()
    sheet.title = title
    return Pen(sheet, widths)


def _overview(pen: Pen, view: RecheckView) -> Pen:
    said = speaker(view.lang)
    pen.line(Box(view.title, TITLE, 4), height=34)
    pen.line(Box(view.site_name, replace(TITLE, size=13, bold=False), 4), height=26)
    big = replace(MIDDLE, size=15, font=HEAD.font)
    pen.line(*(Box(one.label, HEAD) for one in view.big), height=20)
    pen.line(*(Box(one.value, big) for one in view.big), height=34)
    pen.line(*(Box(one.note, replace(MIDDLE, size=9)) for one in view.big), height=18)
    pen.skip()
    for item in view.statements:
        mark = "· " if item.kind == "note" else "▲ "
        pen.line(Box(mark + item.text, PLAIN, 4), height=17)
    pen.skip()
    pen.line(Box(said("head.pair"), SECTION, 4), height=22)
    for at in range(0, len(view.site), 2):
        pair = view.site[at : at + 2]
        pen.line(*(box for entry in pair for box in (Box(entry.label, LABEL), Box(entry.value, TEXT))), height=17)
    heads = [said(f"column.{key}") for key in ("what", "before", "after")]
    pen.line(Box(heads[0], HEAD), Box(heads[1], HEAD), Box(heads[2], HEAD, 2), height=20)
    for row in view.pair:
        pen.line(Box(row.label, LABEL), Box(row.before, TEXT), Box(row.after, TEXT, 2), height=17)
    return pen


def _items(workbook: Workbook, view: RecheckView, header: str) -> None:
    said = speaker(view.lang)
    pen = _pen(workbook, said("sheet.items"), (11.0, 30.0, 34.0, 34.0, 36.0, 17.0, 13.0))
    keys = ("id", "item", "was", "now", "change", "points_pair", "outcome")
    head = pen.line(*(Box(said(f"column.{key}"), HEAD) for key in keys), height=24)
    for group in view.groups:
        pen.line(Box(group.title, GROUP, len(keys)), height=20)
        for row in group.rows:
            _item(pen, row, view)
    if view.others:
        pen.line(Box(said("head.others"), GROUP, len(keys)), height=20)
        for row in view.others:
            _item(pen, row, view)
    if not view.groups:
        pen.line(Box(said("screen.no_items"), TEXT, len(keys)), height=20)
    if view.kept:
        pen.line(Box(view.kept, _SMALL, len(keys)), height=18)
    dress(pen, head, "C", header, said("sheet.footer"))


def _item(pen: Pen, row: ItemRow, view: RecheckView) -> None:
    pen.line(
        Box(row.id, MIDDLE),
        Box(row.title + row.tags, TEXT),
        Box(row.was_text or row.was, TEXT),
        Box(row.now_text or row.now, TEXT),
        Box("\n".join([row.moved, *row.details]), TEXT),
        Box(row.points, MIDDLE),
        Box(row.outcome_label, replace(MIDDLE, fill=FILLS.get(row.outcome, ""))),
        height=20,
    )


def _way(workbook: Workbook, view: RecheckView, header: str) -> None:
    said = speaker(view.lang)
    chart = len(view.bars) > 2
    pen = _pen(workbook, said("sheet.bridge"), (*_WAY, *WIDTHS) if chart else _WAY)
    head, _ = _steps(pen, view.steps, view)
    if view.bridge_note:
        pen.line(Box(view.bridge_note, _SMALL, 5), height=18)
    if chart:
        pen.skip()
        add_waterfall(pen, view.bars, said("line.chart", before=view.bars[0].running, after=view.bars[-1].running))
    pen.widths = _WAY
    dress(pen, head, "C", header, said("sheet.footer"))
    pen.sheet.print_area = f"A1:E{pen.row - 1}"


def _steps(pen: Pen, steps: Sequence[Step], view: RecheckView) -> tuple[int, int]:
    said = speaker(view.lang)
    keys = ("id", "rule", "outcome", "effect", "running")
    head = pen.line(*(Box(said(f"column.{key}"), HEAD) for key in keys), height=24)
    for step in steps:
        total = step.kind == "total"
        looks = [MIDDLE, TEXT, MIDDLE, _SIGNED, _SCORE]
        values = (step.rule, step.title, step.note, None if total else number(step.shown), number(step.end))
        if total:
            looks = [replace(look, fill="EEF2F6", bold=True) for look in looks]
        pen.line(*map(Box, values, looks), height=18)
    return head, pen.row - 1


def _claims(workbook: Workbook, view: RecheckView, header: str) -> None:
    said = speaker(view.lang)
    pen = _pen(workbook, said("sheet.claims"), (12.0, 42.0, 42.0, 48.0, 15.0))
    keys = ("id", "rule", "claim", "seen", "outcome")
    head = pen.line(*(Box(said(f"column.{key}"), HEAD) for key in keys), height=24)
    for group in view.claims:
        pen.line(Box(group.title, _BAD if group.bad else GROUP, len(keys)), height=20)
        for row in group.rows:
            texts = (Box(text, TEXT) for text in (row.title, row.said, row.seen))
            pen.line(Box(row.rule, MIDDLE), *texts, Box(row.outcome, MIDDLE), height=20)
    dress(pen, head, "C", header, said("sheet.footer"))


def _standard(workbook: Workbook, view: RecheckView, header: str) -> None:
    said = speaker(view.lang)
    pen = _pen(workbook, said("sheet.standard"), (12.0, 52.0, 22.0, 26.0, 36.0))
    head = pen.line(Box(said("head.standard"), SECTION, 5), height=22)
    for text in view.change_notes:
        pen.line(Box(text, PLAIN, 5), height=18)
    if view.changes:
        keys = ("id", "rule", "kind")
        pen.line(*(Box(said(f"column.{key}"), HEAD) for key in keys), Box(said("column.what"), HEAD, 2), height=24)
        for row in view.changes:
            pen.line(Box(row.rule, MIDDLE), Box(row.title, TEXT), Box(row.kind, MIDDLE), Box(row.what, TEXT, 2),
                     height=20)  # fmt: skip
    if len(view.standard_steps) > 2:
        pen.skip()
        _steps(pen, view.standard_steps, view)
    dress(pen, head, "C", header, said("sheet.footer"))
