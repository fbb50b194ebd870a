"""The overview (总览) and the rates by dimension (维度得分率): areas by tier, each band set in columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from plsp_audit.model.rollup import Area, DimensionArea, Group
from plsp_audit.reporting.summary_xlsx_book import Book, Page
from plsp_audit.reporting.summary_xlsx_charts import GradeChart, draw_grades
from plsp_audit.reporting.summary_xlsx_words import PERCENT, POINTS, SMALL, Words
from plsp_audit.reporting.wording import clean, day
from plsp_audit.reporting.xlsx_style import GROUP, HEAD, MIDDLE, SECTION, TEXT, TITLE, Box, Look, rank_fill

_PLACE = ("city", "county", "tier", "sampled")
_COUNTS = ("sites", "rated", "not_rated", "no_score")
_MIDDLES = ("mean", "median", "highest", "lowest")
_FIXED = len(_PLACE) + len(_COUNTS)
_MOST_NAMED = 40
_FILLS = {"total": "E4EAF0", "city": "F3F6F9", "county": ""}

Row = Area | DimensionArea


def _sections(rows: Sequence[Row], group: Group) -> Iterator[tuple[str | None, list[Row]]]:
    """Give the rows tier by tier, without those that say the same as another."""
    for tier, found in groupby(rows, key=lambda row: row.tier):
        if tier is None and len(group.tiers) == 1:
            continue
        kept = list(found)
        cities = {row.city for row in kept if row.level == "city"}
        unnamed = {row.city for row in kept if row.level == "county" and row.county is None}
        named = {row.city for row in kept if row.level == "county" and row.county is not None}
        yield tier, [
            row for row in kept
            if not (row.level == "city" and row.city is None and len(cities) == 1)
            and not (row.level == "county" and row.county is None and row.city in unnamed - named)
        ]  # fmt: skip


def _place(words: Words, group: Group, row: Row, look: Look) -> list[Box]:
    city = words.say("area.total") if row.level == "total" else words.city_of(row.province, row.city)
    county = words.county(row.county) if row.level == "county" else None
    return [Box(city, look), Box(county, look), Box(words.tier(group, row.tier), look)]


def _heading(page: Page, words: Words, name: str, notes: Sequence[str]) -> None:
    whole = len(page.widths)
    page.line(Box(words.say(f"title.{name}"), TITLE, whole), height=34)
    for note in notes:
        page.line(Box(note, SMALL, whole), height=16)


def draw_overview(book: Book, words: Words, errors: int) -> None:
    """Draw the overview.

    Args:
        book: The workbook.
        words: Its words.
        errors: How many errors kept sites from being assessed.
    """
    groups = words.summary.groups
    pairs = [(group, at) for group in _graded(words) for at in range(len(group.grades))]
    widths = (
        [words.city_width(12), 13.0, 10.0, 26.0]
        + [8.0] * len(_COUNTS)
        + [7.5, 9.0] * len(pairs)
        + [8.5] * len(_MIDDLES)
    )
    page = book.page(words.say("sheet.overview"), widths, draws=True)
    _heading(page, words, "overview", _notes(words, errors))
    heads = _heads(page, words)
    charts: list[GradeChart] = []
    for group in groups:
        for tier, rows in _sections(group.areas, group):
            page.line(Box(words.section(group, tier), GROUP, len(widths)), height=21)
            first = next((at for at, pair in enumerate(pairs) if pair[0] is group), None)
            chart = GradeChart(group, tier, _FIXED + 2 * (first or 0))
            for row in rows:
                assert isinstance(row, Area)
                at = page.line(*_area(words, group, row, pairs), height=19)
                chart.take(row, at)
            if first is not None:
                charts.append(chart)
    if not groups:
        page.line(Box(words.say("none.overview"), MIDDLE, len(widths)), height=28)
    table, end = page.tall, page.row
    _not_rated(page, words)
    # What follows a table that one page holds begins a page of its own, and stands below no heads that are not its own.
    whole = page.room(0)
    if table <= whole < page.tall:
        page.break_at(end)
    draw_grades(book, page, words, charts)
    page.dress(heads, 2, words.say("title.book"), words.say("page.footer"), repeated=table > whole)


def _graded(words: Words) -> list[Group]:
    """Give the groups that need columns for their grades: those with a site that has one, else all."""
    groups = words.summary.groups
    return [group for group in groups if group.total().rated] or list(groups)


def _notes(words: Words, errors: int) -> list[str]:
    summary, say = words.summary, words.say
    facts = []
    if summary.sites:
        dates = {"oldest": day(summary.oldest, words.lang), "newest": day(summary.newest, words.lang)}
        facts.append(say("note.day" if summary.oldest == summary.newest else "note.period", **dates))
    counts = {name: getattr(summary, name) for name in ("sites", "rated", "not_rated", "no_score")}
    facts.append(say("note.counts", **counts))
    if errors:
        facts.append(say("note.errors", count=errors))
    if summary.superseded:
        facts.append(say("note.superseded", count=len(summary.superseded)))
    reading = [say("note.rates")]
    if words.several:
        reading.append(say("note.apart"))
    if any(area.sampled for group in summary.groups for area in group.areas):
        reading.append(say("note.sampled"))
    reading.append(say("note.charts"))
    return [words.joined(facts), "".join(reading) if words.lang == "zh" else " ".join(reading)]


def _heads(page: Page, words: Words) -> tuple[int, int]:
    """Write the heads in three rows: the standard, its grades with their bands, and what the numbers are."""
    say, groups = words.say, _graded(words)
    bare = replace(HEAD, bold=False)
    left = [Box(None, HEAD) for _ in range(_FIXED)]
    right = [Box(None, HEAD) for _ in _MIDDLES]
    titles = [Box(clean(g.standard_title, words.lang, 200), HEAD, 2 * len(g.grades)) for g in groups if g.grades]
    bands = [
        Box(words.band(g, at), replace(HEAD, fill=rank_fill(at, len(g.grades))), 2)
        for g in groups
        for at in range(len(g.grades))
    ]
    numbers = [Box(say(f"column.{key}"), bare) for _ in bands for key in ("count", "rate")]
    first = page.line(*left, *titles, *right, height=20)
    page.line(*left, *bands, *right, height=34)
    fixed = [Box(say(f"column.{key}"), HEAD) for key in (*_PLACE, *_COUNTS)]
    last = page.line(*fixed, *numbers, *(Box(say(f"column.{key}"), HEAD) for key in _MIDDLES), height=20)
    return first, last


def _area(words: Words, group: Group, area: Area, pairs: Sequence[tuple[Group, int]]) -> list[Box]:
    fill, bold = _FILLS[area.level], area.level == "total"
    text, count, percent, points = (
        replace(look, fill=fill, bold=bold) for look in (replace(TEXT, across="center"), MIDDLE, PERCENT, POINTS)
    )
    boxes = [*_place(words, group, area, text), Box(words.sampled(group, area), text)]
    boxes += [Box(getattr(area, name), count) for name in _COUNTS]
    for of, at in pairs:
        if of is group:
            grade = group.grades[at].id
            boxes += [Box(area.by_grade[grade], count), words.rate(area.rate(grade), percent)]
        else:
            boxes += [Box(None, count), Box(None, count)]
    return boxes + [words.points(getattr(area, name), points) for name in _MIDDLES]


def _not_rated(page: Page, words: Words) -> None:
    """List the sites that are not rated, with the reasons; from some number on, the sheet of their own has them."""
    found = [(g, row) for g in words.summary.groups for row in g.unscored if row.status == "not_rated"]
    if not found:
        return
    rest = len(page.widths) - 9
    page.skip()
    page.line(Box(words.say("unscored.head"), SECTION, len(page.widths)), height=22)
    heads = [("city", 1), ("county", 1), ("tier", 1), ("name", 6), ("reason", rest)]
    page.line(*(Box(words.say(f"column.{key}"), HEAD, span) for key, span in heads), height=20)
    for group, row in found[:_MOST_NAMED]:
        place = [Box(words.city(row), MIDDLE), Box(words.county(row.county), MIDDLE)]
        tier = Box(words.tier(group, row.tier), MIDDLE)
        name, reason = clean(row.name, words.lang, 200), clean(row.reason, words.lang, 400)
        page.line(*place, tier, Box(name, TEXT, 6), Box(reason, TEXT, rest), height=20)
    if len(found) > _MOST_NAMED:
        page.line(Box(words.say("unscored.more", count=len(found) - _MOST_NAMED), SMALL, len(page.widths)))


def draw_dimensions(book: Book, words: Words) -> None:
    """Draw the rates by dimension, coloured from low to high by one scale throughout."""
    groups = words.summary.groups
    titles = list(dict.fromkeys(title for group in groups for title in group.dimension_titles))
    widths = [words.city_width(12), 13.0, 10.0, 9.0] + [14.0] * len(titles)
    page = book.page(words.say("sheet.dimensions"), widths)
    _heading(page, words, "dimensions", [words.say("note.dimensions")])
    names = [words.say(f"column.{key}") for key in ("city", "county", "tier", "rated")]
    names += [clean(title.title, words.lang, 100) for title in titles]
    head = page.line(*(Box(name, HEAD) for name in names), height=32)
    for group in groups:
        for tier, rows in _sections(group.dimensions, group):
            if tier is None:
                continue
            page.line(Box(words.section(group, tier), GROUP, len(widths)), height=21)
            for row in rows:
                assert isinstance(row, DimensionArea)
                text = replace(MIDDLE, fill=_FILLS[row.level], bold=row.level == "total")
                bold = replace(PERCENT, bold=row.level == "total")
                own = [
                    words.rate(row.rates[t.id], bold) if t in group.dimension_titles else Box(None, PERCENT)
                    for t in titles
                ]
                page.line(*_place(words, group, row, text), Box(row.rated, text), *own, height=19)
    if page.row == head + 1:
        page.line(Box(words.say("none.dimensions"), MIDDLE, len(widths)), height=28)
    elif titles:
        page.sheet.conditional_format(head + 1, 4, page.row - 1, len(widths) - 1, _SCALE)
    page.dress((head, head), 2, words.say("title.book"), words.say("page.footer"))


_SCALE = {
    "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 0.4,
    "mid_value": 0.7, "max_value": 1, "min_color": "#F4A79A", "mid_color": "#FFE699", "max_color": "#8CC77A",
}  # fmt: skip
