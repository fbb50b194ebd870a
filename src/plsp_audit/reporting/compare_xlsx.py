"""Two standards side by side as a workbook: an overview, and a sheet a tier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import say
from plsp_audit.reporting.compare_text import (
    STRICTER,
    asked_all,
    bases,
    levels,
    reason,
    side_title,
    tier_title,
    verdict_counts,
)
from plsp_audit.reporting.wording import clean
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
    Value,
    number,
)
from plsp_audit.standards.crosswalk import Crosswalk, Judged, Row, RowSide, TierCrosswalk
from plsp_audit.standards.crosswalk_head import HeadRow

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FILLS = {"a": "FCE4D6", "b": "DDEBF7", "different": "FFF2CC", "same": "E2EFDA"}
"""The colours of what one side asks more, of what is not comparable, and of what is the same."""

_SIDE = {"asked": 29.0, "level": 9.0, "points": 7.0, "share": 7.5, "rules": 17.0}
_WIDTHS = (5.0, 14.0, *_SIDE.values(), *_SIDE.values(), 8.5, 22.0)
_HEAD_WIDTHS = (22.0, 62.0, 62.0)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_SMALL = Look(size=9, color="444444", border=False)


def render_compare_xlsx(walk: Crosswalk) -> bytes:
    """Write the comparison as a workbook. The same standards give the same bytes."""
    workbook = new_workbook()
    title = walk.say("heading", a=walk.a.title, b=walk.b.title)
    sheet = workbook.worksheets[0]
    sheet.title = walk.say("sheet.head")
    dress(_overview(sheet, walk), 1, "B", title, walk.say("sheet.footer"))
    taken = {sheet.title.casefold()}
    for tier in walk.tiers:
        sheet = workbook.create_sheet()
        sheet.title = _sheet_title(walk.say("sheet.rows", tier=tier_title(tier, walk)), taken)
        pen, head = _tier(sheet, tier, walk)
        dress(pen, head, "C", title, walk.say("sheet.footer"))
    return workbook_bytes(workbook, title, max(walk.a.issued or "", walk.b.issued or ""))


def _sheet_title(text: str, taken: set[str]) -> str:
    """Give a title that the format allows and no other sheet has."""
    plain = _FORBIDDEN.sub(" ", clean(text)).strip()[:_LONGEST_TITLE] or "1"
    title, count = plain, 1
    while title.casefold() in taken:
        count += 1
        ending = f" {count}"
        title = plain[: _LONGEST_TITLE - len(ending)] + ending
    taken.add(title.casefold())
    return title


def _overview(sheet: Worksheet, walk: Crosswalk) -> Pen:
    pen = Pen(sheet, _HEAD_WIDTHS)
    pen.line(Box(walk.say("title"), TITLE, 3), height=36)
    for tier in walk.tiers:
        pen.line(Box(tier_title(tier, walk), LABEL), Box(verdict_counts(tier, walk), TEXT, 2), height=20)
    for key in ("note_verdict", "note_points"):
        pen.line(Box(walk.say(key), _SMALL, 3))
    pen.skip()
    _pairs(pen, walk.head, walk)
    for tier in walk.tiers:
        pen.skip()
        with pen.block():
            pen.line(Box(walk.say("section.rows", tier=tier_title(tier, walk)), SECTION, 3), height=20)
            _pairs(pen, tier.head, walk)
    return pen


def _pairs(pen: Pen, rows: Sequence[HeadRow], walk: Crosswalk) -> None:
    heads = (walk.say("column.item"), side_title("a", walk), side_title("b", walk))
    pen.line(*(Box(text, HEAD) for text in heads), height=22)
    for row in rows:
        if row.a or row.b:
            values = (Box(clean(text) or walk.say("none"), TEXT) for text in (row.a, row.b))
            pen.line(Box(row.label, LABEL), *values, height=20)


def _tier(sheet: Worksheet, tier: TierCrosswalk, walk: Crosswalk) -> tuple[Pen, int]:
    pen = Pen(sheet, _WIDTHS)
    whole = len(_WIDTHS)
    pen.line(Box(walk.say("section.rows", tier=tier_title(tier, walk)), TITLE, whole), height=34)
    for side, standard in (("a", walk.a), ("b", walk.b)):
        pen.line(Box(f"{side_title(side, walk)}  {clean(standard.title)}", PLAIN, whole), height=18)
    head = _heads(pen, walk)
    if not tier.rows:
        pen.line(Box(walk.say("nothing"), TEXT, whole), height=22)
    no = 0
    for group, rows in groupby(tier.rows, key=lambda row: row.group):
        if group:
            pen.line(Box(clean(group), GROUP, whole), height=20)
        for row in rows:
            no += 1
            _row(pen, no, row, walk)
    _judged(pen, tier, walk)
    return pen, head


def _heads(pen: Pen, walk: Crosswalk) -> int:
    keys = ("asked", "level", "points", "share", "basis")
    sides = [walk.say(f"column.{key}", side=walk.say(f"side.{side}")) for side in ("a", "b") for key in keys]
    ends = [walk.say(f"column.{key}") for key in ("verdict", "reason")]
    heads = [walk.say("column.no"), walk.say("column.fact"), *sides, *ends]
    return pen.line(*(Box(text, HEAD) for text in heads), height=32)


def _side(side: RowSide | None, fill: str, walk: Crosswalk) -> list[Box]:
    if side is None:
        return [Box(walk.say("none"), MIDDLE), *(Box(None, MIDDLE) for _ in range(4))]
    values: list[Value] = [levels(side, walk), number(side.points), number(side.share, 1), bases(side, walk)]
    return [Box(asked_all(side, walk), replace(TEXT, fill=fill)), *(Box(value, MIDDLE) for value in values)]


def _row(pen: Pen, no: int, row: Row, walk: Crosswalk) -> None:
    more = STRICTER.get(row.verdict)
    fills = {side: FILLS[side] if more == side else "" for side in ("a", "b")}
    verdict = replace(MIDDLE, fill=FILLS[more or row.verdict])
    pen.line(
        Box(no, MIDDLE),
        Box(clean(row.label), TEXT),
        *_side(row.a, fills["a"], walk),
        *_side(row.b, fills["b"], walk),
        Box(walk.say(f"verdict.{row.verdict}"), verdict),
        Box(reason(row, walk), TEXT),
        height=22,
    )


def _judged(pen: Pen, tier: TierCrosswalk, walk: Crosswalk) -> None:
    """List side by side the rules that no row shows."""
    pairs = [("a", tier.judged_a), ("b", tier.judged_b)]
    pen.line(Box(walk.say("section.judged"), GROUP, len(_WIDTHS)), height=22)
    if not any(rules for _, rules in pairs):
        pen.line(Box(walk.say("section.judged_none"), TEXT, len(_WIDTHS)), height=20)
    for at in range(max(len(rules) for _, rules in pairs)):
        boxes = [Box(None, MIDDLE, 2)]
        for _, rules in pairs:
            boxes += _judged_side(rules[at] if at < len(rules) else None, walk)
        pen.line(*boxes, Box(None, MIDDLE, 2), height=22)


def _judged_side(rule: Judged | None, walk: Crosswalk) -> list[Box]:
    if rule is None:
        return [Box(None, MIDDLE) for _ in _SIDE]
    basis = f"{rule.rule}\n{clean(rule.clause)}"
    level = say(f"label.level.{rule.level}", walk.lang)
    values: list[Value] = [level, number(rule.points), number(rule.share, 1), basis]
    return [Box(clean(rule.title), TEXT), *(Box(value, MIDDLE) for value in values)]
