"""A site's score on screen: headline, dimensions, and every item that is not met or still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from plsp_audit.cli.screen import PLAIN_WIDTH, Prose, Screen, plain_text, show
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import Result, State
from plsp_audit.reporting.rows import DimensionRow, Headline, RuleRow
from plsp_audit.reporting.view import SiteReportView, site_view
from plsp_audit.reporting.wording import NOTHING, clean

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from plsp_audit.model.standard import ResolvedStandard

_LONGEST = 300
_STYLES: dict[State, str] = {"fail": "bold red", "partial": "yellow", "not_checked": "cyan"}


def score_table(
    result: Result, lang: Lang = "zh", *, standard: ResolvedStandard | None = None, encoding: str = "utf-8"
) -> RenderableType:
    """Draw a site's score for the screen.

    Args:
        result: What scoring found.
        lang: The language of the table's own words.
        standard: The standard it was scored under, for the titles of tiers and grades.
        encoding: That of the stream; what it lacks is shown as `?`.
    """
    from rich.console import Group

    screen, view = Screen(lang, encoding), site_view(result, standard, lang)
    return Group(*_blocks(result, view, screen))


def score_text(
    result: Result,
    lang: Lang = "zh",
    width: int = PLAIN_WIDTH,
    *,
    standard: ResolvedStandard | None = None,
    encoding: str = "utf-8",
) -> str:
    """Give the same as plain lines, `width` columns wide, without colours."""
    return plain_text(score_table(result, lang, standard=standard, encoding=encoding), width, encoding)


def show_score(
    result: Result, lang: Lang = "zh", *, standard: ResolvedStandard | None = None, stream: TextIO | None = None
) -> None:
    """Print a site's score: in colour on a terminal, plain into a file or pipe."""
    show(lambda encoding: score_table(result, lang, standard=standard, encoding=encoding), stream)


def _blocks(result: Result, view: SiteReportView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    yield from _head(result, view, screen)
    yield _statements(view, screen)
    if view.headline is None:
        return
    if view.dimensions and any(row.share is not None for row in view.dimensions):
        yield Text()
        yield _dimensions((*view.dimensions, *([view.total] if view.total else [])), screen)
    items = [row for row in view.rules if _wanted(row)]
    yield Text()
    if items:
        yield Text(screen.say("item.heading", count=len(items)), style="bold")
        yield _items(items, screen)
        yield Text()
    elif result.status == "rated":
        yield Text(screen.say("item.none"), style="green")
    if result.status == "rated":
        yield Text(_rectification(view, screen))


def _statements(view: SiteReportView, screen: Screen) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for statement in view.statements:
        style = "" if statement.kind == "note" else "yellow"
        mark = Text(f"[{screen.say(f'mark.{statement.kind}')}]", style=style)
        grid.add_row(mark, Prose(screen.fit(statement.text)))
    return grid


def _wanted(row: RuleRow) -> bool:
    """Tell whether a row needs attention: a bonus that was not earned is no defect."""
    if row.level in ("bonus", "info"):
        return row.open and row.level == "bonus"
    return row.state in _STYLES or row.open


def _head(result: Result, view: SiteReportView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    tier = next((entry.value for entry in view.site if entry.label == say("report.site.tier", screen.lang)), "")
    name = screen.say("site.name", name=view.site_name, id=clean(result.site.id, screen.lang, 100))
    yield Text(screen.fit(name), style="bold")
    title = clean(result.standard.title, screen.lang, 200)
    kind = say(f"label.kind.{result.inspection.kind}", screen.lang)
    yield Text(screen.say("site.about", tier=tier, date=view.date, kind=kind, standard=title))
    if view.headline is None or result.status != "rated":
        words = [view.status_label, view.reason]
        yield Text(screen.fit(say("report.text.comma", screen.lang).join(filter(None, words))), style="bold yellow")
    if view.headline is not None:
        for line in _headline(view.headline, screen):
            yield Text("   ".join(line))


def _headline(given: Headline, screen: Screen) -> Iterator[list[str]]:
    if given.value:
        line = [screen.say("score.value", value=given.value)]
        if given.grade:
            line.append(screen.say("score.grade", grade=given.grade))
        if given.rounded:
            line.append(screen.say("score.rounded", value=given.rounded))
        yield line
    spans = [("span", given.span), ("grade_span", given.grade_span)]
    if shown := [screen.say(f"score.{key}", span=span) for key, span in spans if span]:
        yield shown
    line = [screen.say("score.coverage", rate=given.coverage, count=given.coverage_count)]
    extras = [("bonus", given.bonus), ("penalty", given.penalty)]
    yield line + [screen.say(f"score.{key}", value=value) for key, value in extras if value]


def _table(columns: Iterable[tuple[str, bool]]) -> Table:
    """Give a table of headings, each with whether its column is of numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1), safe_box=True, header_style="bold")
    for heading, numeric in columns:
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
    return table


def _dimensions(rows: Iterable[DimensionRow], screen: Screen) -> Table:
    from rich.text import Text

    keys = ("title", "points", "awarded", "span", "rate")
    table = _table((screen.say(f"dimension.{key}"), key != "title") for key in keys)
    for row in rows:
        cells = (row.title, row.points, row.awarded, row.span, row.rate)
        style = "red" if row.below_pass_mark else ""
        table.add_row(*(Text(_narrow(screen.fit(cell)), style=style) for cell in cells))
    return table


def _items(rows: Iterable[RuleRow], screen: Screen) -> Table:
    from rich.console import Group
    from rich.text import Text

    keys = ("id", "state", "points", "text")
    table = _table((screen.say(f"item.{key}"), key == "points") for key in keys)
    for row in rows:
        reason = row.reason or (row.observed if row.state != "pass" else "")
        lines = [Prose(screen.fit(clean(row.title, screen.lang, _LONGEST)))]
        span = say("report.rule.span", screen.lang, span=row.span) if row.span else ""
        for line in filter(None, (reason, span, row.waiver)):
            lines.append(Prose(screen.fit(clean(line, screen.lang, _LONGEST)), "dim"))
        points = _narrow(screen.fit(f"{row.awarded}/{row.points}"))
        state = Text(screen.fit(row.state_label), style=_STYLES.get(row.state, ""))
        table.add_row(Text(screen.fit(row.id)), state, Text(points), Group(*lines))
    return table


def _narrow(text: str) -> str:
    """Write a dash in one column everywhere: numbers stay aligned on consoles that draw the long one wide."""
    return text.replace(NOTHING, "-")


def _rectification(view: SiteReportView, screen: Screen) -> str:
    count = len(view.rectification)
    if not count:
        return screen.say("rectification.none")
    said = [screen.say("rectification.count", count=count)]
    if veto := sum(row.veto for row in view.rectification):
        said.append(screen.say("rectification.veto", count=veto))
    return screen.fit(say("report.text.comma", screen.lang)).join(said)
