"""The summary sheet (汇总): site, outcome, dimensions with a chart, and what the standard decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import say
from plsp_audit.reporting.wording import clean
from plsp_audit.reporting.xlsx_score import ScoreData
from plsp_audit.reporting.xlsx_style import (
    HEAD,
    LABEL,
    MIDDLE,
    SECTION,
    TEXT,
    TITLE,
    Box,
    Look,
    Pen,
    Value,
    grade_look,
    number,
)

if TYPE_CHECKING:
    from openpyxl.chart.title import Title
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (12, 12, 12, 13) * 3
"""Three blocks across, each a label and three columns for what stands beside it."""

_WHOLE = len(WIDTHS)
_STATES = ("pass", "partial", "fail", "not_checked", "not_applicable", "waived", "info")
_LEVELS = ("required", "recommended", "bonus", "penalty", "info")
_SMALL = Look(size=9, color="444444", border=False)

Pair = tuple[str, Value | Box]


def draw_summary(sheet: Worksheet, data: ScoreData) -> tuple[Pen, int]:
    """Draw the sheet; give the pen and the row below which it scrolls."""
    pen = Pen(sheet, WIDTHS)
    head = pen.line(Box(data.say("title.summary"), TITLE, _WHOLE), height=36)
    result = data.result
    sections: list[tuple[str, bool, Callable[[Pen, ScoreData], None]]] = [
        ("site", True, _site),
        ("outcome", True, _outcome),
        ("dimensions", any(d.rate is not None for d in result.dimensions or ()), _dimensions),
        ("states", bool(result.rules), _states),
        ("remarks", True, _remarks),
        ("assumed", bool(result.rules), _assumed),
    ]
    for name, wanted, draw in sections:
        if wanted:
            pen.skip(6)
            first = pen.line(Box(data.say(f"summary.{name}"), SECTION, _WHOLE), height=20)
            draw(pen, data)
            pen.blocks.append((first, first + 1 if name in ("remarks", "assumed") else pen.row - 1))
    pen.skip(8)
    for key, value in (("digest", data.view.origin.digest), ("input_digest", data.view.origin.input_digest)):
        pen.line(Box(f"{data.say(f'summary.{key}')}  {value}", _SMALL, _WHOLE))
    pen.line(Box(data.view.origin.tool, _SMALL, _WHOLE))
    return pen, head


def _site(pen: Pen, data: ScoreData) -> None:
    _pairs(pen, [(entry.label, entry.value) for entry in (*data.view.site, *data.view.inspection)])


def _pairs(pen: Pen, pairs: Sequence[Pair]) -> None:
    """Write labels and values, three pairs a row; the last value of a row takes what is left of it."""
    for at in range(0, len(pairs), 3):
        boxes: list[Box] = []
        for label, value in pairs[at : at + 3]:
            boxes += [Box(label, LABEL), replace(value if isinstance(value, Box) else Box(value, TEXT), span=3)]
        rest = _WHOLE - sum(box.span for box in boxes)
        boxes[-1] = replace(boxes[-1], span=boxes[-1].span + rest)
        pen.line(*boxes, height=20)


def _outcome(pen: Pen, data: ScoreData) -> None:
    result, score = data.result, data.result.score
    if result.status != "rated" or score is None:
        _pairs(pen, [(data.say("summary.status"), data.view.status_label)])
        if data.view.reason:
            _pairs(pen, [(data.say("summary.reason"), data.view.reason)])
        _pairs(pen, [(data.say(f"summary.{key}"), value) for key, value in _coverage(data)])
    else:
        big = Look(size=14, bold=True, across="center", format="0.00")
        grade = Box(result.grade.title if result.grade else data.say("score.no_grade"), replace(big, format="General"))
        bounds = replace(MIDDLE, format="0.00")
        pairs: list[Pair] = [
            ("score", Box(score.value, big)),
            ("grade", replace(grade, look=grade_look(data.standard, result.grade, grade.look))),
            ("rounded", Box(score.rounded, MIDDLE)),
            ("low", Box(score.low, bounds)),
            ("high", Box(score.high, bounds)),
            ("capped_by", _names(data, result.capped_by or [])),
            ("grade_low", Box(_grade(data, result.grade_low), MIDDLE)),
            ("grade_high", Box(_grade(data, result.grade_high), MIDDLE)),
        ]
        _pairs(pen, [(data.say(f"summary.{key}"), value) for key, value in (*pairs, *_coverage(data))])
        pen.line(Box(data.say("summary.bounds_explained"), _SMALL, _WHOLE))


def _coverage(data: ScoreData) -> list[Pair]:
    result = data.result
    if result.coverage is None:
        return []
    checked, applicable = result.coverage.checked, result.coverage.applicable
    rate = data.view.headline.coverage if data.view.headline else ""
    covered = data.say("summary.coverage_value", rate=rate, checked=checked, applicable=applicable)
    complete = data.say("summary.complete_yes" if result.complete else "summary.complete_no")
    pairs: list[Pair] = [("coverage", Box(covered, MIDDLE)), ("complete", Box(complete, MIDDLE))]
    if result.score is not None:
        pairs.append(("bonus", Box(result.bonus or Fraction(0), MIDDLE)))
        pairs.append(("penalty", Box(abs(result.penalty or Fraction(0)), MIDDLE)))
    return pairs


def _remarks(pen: Pen, data: ScoreData) -> None:
    for statement in data.view.statements:
        pen.line(Box(statement.text, TEXT, _WHOLE), height=20)


def _grade(data: ScoreData, grade: str | None) -> str:
    titles = {g.id: g.title for g in data.standard.grades} if data.standard else {}
    if data.result.grade:
        titles.setdefault(data.result.grade.id, data.result.grade.title)
    return clean(titles.get(grade or "", grade), data.lang, 60)


def _names(data: ScoreData, ids: Sequence[str]) -> str:
    rules = {rule.id: f"{rule.id} {rule.title}" for rule in data.result.rules or ()}
    dimensions = {d.id: d.title for d in data.result.dimensions or ()}
    names = [clean(rules.get(name) or dimensions.get(name, name), data.lang, 200) for name in ids]
    return "\n".join(names) or data.say("summary.not_capped")


def _dimensions(pen: Pen, data: ScoreData) -> None:
    keys = ("dimension", "points", "awarded", "low", "high", "rate")
    heads = [Box(data.say(f"summary.{key}"), HEAD) for key in keys]
    head = pen.line(replace(heads[0], span=2), *heads[1:], height=22)
    percent = replace(MIDDLE, format="0.0%")
    rows = data.result.dimensions or []
    for row in rows:
        rate = None if row.rate is None else number(row.rate, 4)
        points = (row.points, row.awarded, row.low, row.high)
        title = Box(clean(row.title, data.lang, 100), TEXT, 2)
        pen.line(title, *(Box(value, MIDDLE) for value in points), Box(rate, percent), height=24)
    sums = [sum((getattr(d, key) for d in rows), Fraction(0)) for key in ("points", "awarded", "low", "high")]
    total = number(sums[1] / sums[0], 4) if sums[0] else None
    bold = replace(MIDDLE, bold=True, fill="EEF2F6")
    boxes = (Box(data.say("summary.total"), bold, 2), *(Box(value, bold) for value in sums))
    pen.line(*boxes, Box(total, replace(bold, format="0.0%")), height=24)
    _chart(pen, data, head, len(rows))


def _chart(pen: Pen, data: ScoreData, head: int, count: int) -> None:
    """Put a bar chart of the rates beside the table, and empty rows below where the table is shorter."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList

    chart = BarChart()
    chart.type, chart.gapWidth, chart.legend = "bar", 60, None
    chart.title = _chart_title(data.say("summary.chart"))
    chart.add_data(Reference(pen.sheet, min_col=7, min_row=head + 1, max_row=head + count), titles_from_data=False)
    chart.set_categories(Reference(pen.sheet, min_col=1, min_row=head + 1, max_row=head + count))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, 1, 0.2
    chart.y_axis.number_format, chart.y_axis.crosses, chart.y_axis.majorGridlines = "0%", "max", None
    chart.x_axis.delete = chart.y_axis.delete = False
    series = chart.series[0]
    series.graphicalProperties.solidFill = "4A7AA8"
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, numFmt="0.0%")
    used = sum(pen.sheet.row_dimensions[row].height or 15 for row in range(head, pen.row))
    tall = min(max(used, 64 + 24 * count), 400)
    chart.height, chart.width = tall / 72 * 2.54, 11
    pen.sheet.add_chart(chart, f"H{head}")
    if tall > used:
        pen.skip(tall - used)


def _chart_title(text: str) -> Title:
    """Give a title in the size of the text; the format's own is that of a heading."""
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

    look = CharacterProperties(sz=1000, b=True)
    run = RegularTextRun(rPr=look, t=text)
    body = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])
    return Title(tx=Text(rich=body), overlay=False)


def _states(pen: Pen, data: ScoreData) -> None:
    rules = data.result.rules or []
    found = Counter((rule.level, rule.state) for rule in rules)
    levels = [level for level in _LEVELS if any(rule.level == level for rule in rules)]
    states = [state for state in _STATES if any(rule.state == state for rule in rules)]
    heads = [say(f"label.state.{state}", data.lang) for state in states]
    heads = [data.say("summary.level"), *heads, data.say("summary.all_states")]
    pen.line(Box(heads[0], HEAD, 2), *(Box(text, HEAD) for text in heads[1:]), height=22)
    for level in levels:
        counts = [found[level, state] for state in states]  # type: ignore[index]
        label = say(f"label.level.{level}", data.lang)
        pen.line(Box(label, TEXT, 2), *(Box(count, MIDDLE) for count in (*counts, sum(counts))), height=20)


def _assumed(pen: Pen, data: ScoreData) -> None:
    for row in data.view.assumptions:
        where = [Box(row.where, TEXT, 3)] if row.where else []
        pen.line(*where, Box(row.text, TEXT, _WHOLE - 3 * len(where)), height=20)
