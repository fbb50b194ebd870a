"""The way of a score as a native chart: stacked bars, the lowest of which cannot be seen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from plsp_audit.reporting.charts import short
from plsp_audit.reporting.recheck_steps import Step, axis
from plsp_audit.reporting.xlsx_style import Box, Look, Pen, number

if TYPE_CHECKING:
    from openpyxl.chart import BarChart

_UP, _DOWN, _TOTAL = "4D6E93", "C9887F", "444444"
_LABEL: Final = 36
_WIDE: Final = 25.0
"""Centimetres."""
_ROW: Final = 0.62
"""Centimetres to a bar."""

_ROW_POINTS: Final = 15.0
_PALE: Final = Look(size=8, color="A0A8B0", border=False)
WIDTHS: Final = (3.0, 40.0, 8.0, 8.0, 8.0, 8.0)
"""The columns of the numbers that the chart is drawn from, which are not printed."""


def add_waterfall(pen: Pen, bars: Sequence[Step], title: str) -> None:
    """Draw the way below what was written, with the numbers that it is drawn from at its right.

    Args:
        pen: The pen of the sheet, at the row where the chart goes; `WIDTHS` are its last columns.
        bars: The steps, totals among them.
        title: The chart's title.
    """
    first, column = pen.row, len(pen.widths) - len(WIDTHS) + 2
    height = 2.6 + _ROW * len(bars)
    chart = _chart(pen.sheet, column, (first, first + len(bars) - 1), title)
    _scale(chart, bars)
    chart.width, chart.height = _WIDE, height  # type: ignore[assignment]
    pen.sheet.add_chart(chart, f"A{first}")
    with pen.block():
        for bar in bars:
            label = Box(short(f"{bar.rule} {bar.title}".strip(), _LABEL), _PALE)
            left = [Box(None, _PALE) for _ in range(column - 1)]
            pen.line(*left, label, *(Box(number(value), _PALE) for value in _parts(bar)))
            pen.sheet.row_dimensions[pen.row - 1].height = _ROW_POINTS
        for _ in range(int(height / 2.54 * 72 / _ROW_POINTS) + 1 - len(bars)):
            pen.skip(_ROW_POINTS)


def _parts(bar: Step) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Give what cannot be seen, a total, what was gained, what was lost."""
    if bar.kind == "total":
        return Fraction(0), bar.end, Fraction(0), Fraction(0)
    return min(bar.start, bar.end), Fraction(0), max(bar.move, Fraction(0)), max(-bar.move, Fraction(0))


def _chart(sheet: Any, column: int, rows: tuple[int, int], title: str) -> BarChart:
    from openpyxl.chart import BarChart, Reference, Series
    from openpyxl.chart.shapes import GraphicalProperties

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    chart.title, chart.legend = title, None
    for at, color in enumerate(("", _TOTAL, _UP, _DOWN), start=column + 1):
        series = Series(Reference(sheet, min_col=at, min_row=rows[0], max_row=rows[1]))
        series.graphicalProperties = GraphicalProperties(noFill=True) if not color else GraphicalProperties(
            solidFill=color)  # fmt: skip
        if not color:
            series.graphicalProperties.line.noFill = True
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=column, min_row=rows[0], max_row=rows[1]))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    return chart


def _scale(chart: BarChart, bars: Sequence[Step]) -> None:
    """Let the axis begin near the scores, which would all look alike above 0."""
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties

    low, high, tick = axis(bars)
    scale = chart.y_axis
    scale.scaling.min, scale.scaling.max, scale.majorUnit = float(low), float(high), float(tick)
    scale.number_format = "0.##" if tick.denominator > 1 else "0"
    grid = GraphicalProperties()
    grid.line.solidFill = "D5DADF"
    scale.majorGridlines = ChartLines(spPr=grid)
