"""Native charts, drawn by whatever program opens the workbook: grades by county, and the rules that fail most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from plsp_audit.model.rollup import Area, Group
from plsp_audit.reporting.summary_xlsx_book import Book, Page
from plsp_audit.reporting.summary_xlsx_words import Words
from plsp_audit.reporting.wording import clean
from plsp_audit.reporting.xlsx_style import rank_fill

_MOST_BARS = 40
_MOST_CHARTS = 8
_BAR_HEIGHT = 26
_WIDTH = 900
_ROW_PIXELS = 20
_POINTS = 0.75
_LINE = {"color": "#8C96A0", "width": 0.75}
_GRID = {"visible": True, "line": {"color": "#D5DADF", "width": 0.5}}


@dataclass(slots=True)
class GradeChart:
    """The rows of one tier under one standard, as they were written.

    Attributes:
        column: Where the counts of the group's first grade stand.
        rows: By level, the areas and their rows.
    """

    group: Group
    tier: str | None
    column: int
    rows: dict[str, list[tuple[Area, int]]] = field(default_factory=dict)

    def take(self, area: Area, row: int) -> None:
        """Remember where an area was written."""
        self.rows.setdefault(area.level, []).append((area, row))

    def bars(self) -> tuple[str, list[tuple[Area, int]]]:
        """Give the level that is drawn and its rows: counties, or cities where there are too many counties."""
        for level in ("county", "city"):
            found = self.rows.get(level, [])
            if 2 <= len(found) <= _MOST_BARS:
                return level, found
        return "", []


def draw_grades(book: Book, page: Page, words: Words, charts: Sequence[GradeChart]) -> None:
    """Draw how the grades are spread over the counties, a stacked bar for each, below the table."""
    drawn = [c for c in charts if c.tier is not None and c.group.grades and c.bars()[1]]
    paper = _Paper(page, 90)
    for chart in drawn[:_MOST_CHARTS]:
        level, rows = chart.bars()
        title = words.say(f"chart.grades_{level}", name=words.section(chart.group, chart.tier))
        made = _bars(book, words, title)
        names = _names(words, level, [area for area, _ in rows])
        first, last = rows[0][1], rows[-1][1]
        from_ = 0 if level == "city" or isinstance(names[0], list) else 1
        grades = chart.group.grades
        for at, grade in enumerate(grades):
            counts = [area.by_grade[grade.id] for area, _ in rows]
            made.add_series({
                "name": clean(grade.title, words.lang, 60),
                "categories": [page.sheet.name, first, from_, last, 1 if level == "county" else 0],
                "values": [page.sheet.name, first, chart.column + 2 * at, last, chart.column + 2 * at],
                "categories_data": names, "values_data": counts,
                "fill": {"color": f"#{rank_fill(at, len(grades))}"}, "border": _LINE, "gap": 45,
                "data_labels": {"value": True, "font": {"size": 9}, "num_format": "0;;"},
            })  # fmt: skip
        paper.place(made, len(rows))


def _names(words: Words, level: str, areas: Sequence[Area]) -> list[Any]:
    """Give the names of the bars; counties of one name in several cities stand with their cities."""
    cities = [words.city(area) for area in areas]
    counties = [words.county(area.county) for area in areas]
    if level == "city":
        return cities
    return counties if len(set(counties)) == len(counties) else [cities, counties]


@dataclass(frozen=True, slots=True)
class RuleChart:
    """The first rows of one tier in the list of rules that fail most.

    Attributes:
        columns: Where the title, the failing and the partial sites stand.
    """

    name: str
    first: int
    titles: tuple[str, ...]
    failing: tuple[int, ...]
    partial: tuple[int, ...]
    columns: tuple[int, int, int]


def draw_rules(book: Book, page: Page, words: Words, charts: Sequence[RuleChart]) -> None:
    """Draw the rules by which most sites fall short, the failing and the partial sites stacked."""
    paper = _Paper(page, 30)
    for chart in charts[:_MOST_CHARTS]:
        title = words.say("chart.rules", name=chart.name)
        made = _bars(book, words, title)
        last = chart.first + len(chart.titles) - 1
        series = (("failing", chart.failing, chart.columns[1], "F4A79A"),
                  ("partial", chart.partial, chart.columns[2], "FFE699"))  # fmt: skip
        for key, counts, column, fill in series:
            made.add_series({
                "name": words.say(f"column.{key}"),
                "categories": [page.sheet.name, chart.first, chart.columns[0], last, chart.columns[0]],
                "values": [page.sheet.name, chart.first, column, last, column],
                "categories_data": list(chart.titles), "values_data": list(counts),
                "fill": {"color": f"#{fill}"}, "border": _LINE, "gap": 45,
                "data_labels": {"value": True, "font": {"size": 9}, "num_format": "0;;"},
            })  # fmt: skip
        paper.place(made, len(chart.titles))


def _bars(book: Book, words: Words, title: str) -> Any:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_x_axis({
        "name": words.say("chart.sites"), "name_font": {"size": 9, "bold": False}, "min": 0, "num_format": "0",
        "major_gridlines": _GRID, "line": _LINE, "num_font": {"size": 9},
    })  # fmt: skip
    chart.set_y_axis({
        "reverse": True, "line": _LINE, "num_font": {"size": 9}, "major_gridlines": {"visible": False},
        "interval_unit": 1,
    })  # fmt: skip
    chart.set_legend({"position": "top", "font": {"size": 9}})
    return chart


class _Paper:
    """Where charts stand below a table: each whole on a printed page, the first on a new one."""

    def __init__(self, page: Page, head: float) -> None:
        self._page = page
        self._room = int(page.room(head) / _POINTS) - _ROW_PIXELS
        self._used = self._room

    def place(self, chart: Any, bars: int) -> None:
        """Put a chart below what was written, and leave the rows that it covers empty."""
        page, height = self._page, min(150 + _BAR_HEIGHT * bars, self._room)
        rows = height // _ROW_PIXELS + 2
        if self._used + rows * _ROW_PIXELS > self._room:
            self._used = 0
            page.break_at(page.row)
        self._used += rows * _ROW_PIXELS
        chart.set_size({"width": _WIDTH, "height": height})
        page.sheet.insert_chart(page.row, 0, chart, {"object_position": 1, "y_offset": 6})
        for _ in range(rows):
            page.skip(_ROW_PIXELS * _POINTS)
