"""The first pages of a Word report: the site, its score and grade, the dimensions and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from plsp_audit.reporting.charts import LETTERS, short
from plsp_audit.reporting.docx_paper import Column, Paper, cell, plain
from plsp_audit.reporting.docx_parts import WIDE, Cell, Line, Row, paragraph, table
from plsp_audit.reporting.docx_styles import (
    BIG,
    CELL,
    FULL,
    GAP,
    GROUP_FILL,
    HEAD,
    HEAD_FILL,
    KEY,
    MARK,
    NORMAL,
    OPEN,
    RANGE,
    SAID,
    SUB,
    TRACK,
    VERDICT,
)
from plsp_audit.reporting.rows import DimensionRow, Entry, Headline

_KEY_WIDE = 26.0
_LABEL_WIDE, _VALUE_WIDE = 40.0, 20.0
_TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_MOST_COLUMNS = 60
"""A table holds 63."""

_FINENESS = (200, 100, 40, 20)
"""Into how many steps the bars are cut: the finest that the table's columns allow."""

_WHITE = "FFFFFF"
_GAP = "\u00a0"


def draw_site(paper: Paper) -> None:
    """Draw what was inspected, when and by whom: two entries a row."""
    paper.heading("site")
    entries = (*paper.view.site, *paper.view.inspection)
    widths = (_KEY_WIDE, WIDE / 2 - _KEY_WIDE) * 2
    paper.put(table(widths, [_entries(entries[at : at + 2]) for at in range(0, len(entries), 2)]))


def _entries(entries: Sequence[Entry]) -> Row:
    cells: list[Cell] = []
    for entry in entries:
        cells.append(Cell((Line(entry.label, HEAD),), fill=HEAD_FILL, middle=True))
        cells.append(Cell((Line(entry.value),), span=3 if len(entries) == 1 else 1, middle=True))
    return Row(tuple(cells))


def draw_outcome(paper: Paper) -> None:
    """Draw score, grade and coverage, and what caps or could change the grade."""
    view, head = paper.view, paper.view.headline
    paper.heading("outcome")
    if head and head.value:
        cells = list(_headline(paper, head))
        paper.put(table([WIDE / len(cells)] * len(cells), [Row(tuple(cells), height=22)]))
    else:
        paper.write(view.status_label, VERDICT)
        if view.reason:
            paper.write(paper.told(paper.say("heading.reason"), view.reason), NORMAL)
        if head:
            coverage = head.coverage + paper.bracketed(head.coverage_count)
            paper.write(paper.told(paper.say("headline.coverage"), coverage), NORMAL)
    for item in view.statements:
        paper.put(paragraph(Line(item.text, SAID, mark="·" if item.kind == "note" else "▲")))


def _headline(paper: Paper, head: Headline) -> Iterator[Cell]:
    def box(key: str, value: str, *below: str, style: str = BIG) -> Cell:
        said = (paper.say(f"headline.{key}"), KEY)
        return cell(said, (value, style), *((text, SUB) for text in below), align="center")

    full = paper.say("headline.full_marks", points=head.full_marks) if head.full_marks else ""
    yield box("score", head.value, full, paper.say("headline.rounded", points=head.rounded) if head.rounded else "")
    grades = (paper.say("headline.grade_span"), head.grade_span) if head.grade_span else ()
    yield box("grade", head.grade or paper.say("headline.none"), *grades)
    yield box("coverage", head.coverage, head.coverage_count)
    if head.span:
        yield box("span", head.span, head.complete, style=RANGE)


def draw_dimensions(paper: Paper) -> None:
    """Draw the points of each dimension, and its rate as a bar."""
    view = paper.view
    weighted = any(row.weight for row in view.dimensions)
    marked = any(row.pass_mark for row in view.dimensions)
    still_open = any(row.span for row in view.dimensions)
    paper.heading("dimensions")
    columns: list[Column | None] = [
        (paper.label("rule.dimension"), 0),
        (paper.say("dimension.weight"), 16) if weighted else None,
        (paper.label("score.points"), 16),
        (paper.label("score.awarded"), 16),
        (paper.say("dimension.rate"), 18),
        (paper.say("dimension.span"), 26) if still_open else None,
        (paper.say("dimension.pass_mark"), 26) if marked else None,
    ]
    rows = []
    for row in (*view.dimensions, *((view.total,) if view.total else ())):
        below = paper.bracketed(paper.say("dimension.below")) if row.below_pass_mark else ""
        numbers = [row.weight] * weighted + [row.points, row.awarded, row.rate]
        numbers += [row.span] * still_open + [row.pass_mark] * marked
        fill = "" if row.id else GROUP_FILL
        cells = [Cell((Line(row.title, tail=below),), fill=fill)]
        cells += (cell((text, CELL), align="right", fill=fill) for text in numbers)
        rows.append(Row(tuple(cells), keep=bool(row.id)))
    paper.grid([column for column in columns if column], rows)
    paper.small_heading(paper.say("dimension.chart"))
    paper.put(_bars(view.dimensions))
    explained = [paper.say("dimension.chart_open")] * still_open + [paper.say("dimension.chart_mark")] * marked
    paper.write(paper.say("text.comma").join(explained), SUB if explained else GAP)


def _bars(rows: Sequence[DimensionRow]) -> Any:
    """Draw each rate as shaded cells; the pale part is what open items could still earn, a red line the pass mark.

    The columns are cut wherever one of the bars ends, as finely as a table may be.
    """
    for fineness in _FINENESS:
        cuts = {round(tick * fineness) for tick in _TICKS}
        for row in rows:
            shares = (row.share, row.share_high, row.share_pass)
            cuts |= {round(share * fineness) for share in shares if share is not None}
        if len(cuts) <= _MOST_COLUMNS:
            break
    places = sorted(cuts)
    unit = (WIDE - _LABEL_WIDE - _VALUE_WIDE) / fineness
    widths = [_LABEL_WIDE, *((end - start) * unit for start, end in pairwise(places)), _VALUE_WIDE]
    drawn = [Row(_bar(row, places, fineness), keep=True, height=5.6, exact=True) for row in rows]
    drawn.append(Row(tuple(_scale(places, fineness)), keep=True, height=5, exact=True))
    return table(widths, drawn, borders=False, padding=False)


def _bar(row: DimensionRow, places: Sequence[int], fineness: int) -> tuple[Cell, ...]:
    cells = [Cell((Line(short(row.title, LETTERS) + _GAP, align="right"),), middle=True)]
    if row.share is None:
        cells.append(Cell((Line("", GAP),), span=len(places) - 1))
    else:
        full = round(row.share * fineness)
        reach = max(full, round((row.share_high or 0) * fineness))
        mark = None if row.share_pass is None else round(row.share_pass * fineness)
        ends = sorted({0, full, reach, fineness} | ({mark} if mark is not None else set()))
        for start, end in pairwise(ends):
            fill = FULL if end <= full else OPEN if end <= reach else TRACK
            edges = [("top", _WHITE, 32), ("bottom", _WHITE, 32)]
            edges += [("right", MARK, 12)] if end == mark else []
            span = places.index(end) - places.index(start)
            cells.append(Cell((Line("", GAP),), span, fill, edges=tuple(edges)))
    return (*cells, Cell((Line(_GAP + row.rate),), middle=True))


def _scale(places: Sequence[int], fineness: int) -> Iterator[Cell]:
    """Give the scale below the bars: each label begins at its place."""
    ticks = [round(tick * fineness) for tick in _TICKS]
    yield Cell((Line("", GAP),))
    for start, end in pairwise(ticks):
        label = Line(f"{100 * start // fineness}%", SUB)
        yield Cell((label,), places.index(end) - places.index(start))
    yield Cell((Line("100%", SUB),))


def draw_open(paper: Paper) -> None:
    """Draw the items that are still to be checked."""
    paper.heading("open")
    columns = [
        (paper.label("rule.id"), 17),
        (paper.label("rule.title"), 0),
        (paper.label("rule.level"), 18),
        (paper.label("score.points"), 16),
        (paper.say("rule.possible"), 26),
    ]
    rows = [
        Row((cell((row.id, SUB)), plain(row.title), plain(row.level_label, "center"), plain(row.points, "right"),
             plain(row.span or row.awarded, "right")))
        for row in paper.view.open_items
    ]  # fmt: skip
    paper.grid(columns, rows)
