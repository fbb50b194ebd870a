"""Rectification on screen: the lists that are made, and where the ledgers that came back stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plsp_audit.analysis.rectify import ListGroup
from plsp_audit.analysis.rectify_status import Case, Status
from plsp_audit.cli.grid import grid, heading, lines
from plsp_audit.cli.screen import Screen, show
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.rectify_status_view import COUNTS, counts_of, county_name, headline, several_cities
from plsp_audit.reporting.rectify_view import list_title, other_state, summary_line
from plsp_audit.reporting.wording import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST_LISTS, _MOST_RULES, _MOST_OVERDUE = 60, 15, 20


def show_lists(groups: Sequence[ListGroup], lang: Lang) -> None:
    """Print what is to be rectified, a line a list."""

    def draw(encoding: str) -> RenderableType:
        from rich.console import Group

        screen = Screen(lang, encoding)
        if len(groups) == 1:
            only = groups[0]
            said = [summary_line(only, lang)]
            if only.by == "site" and not only.count:
                said = ["；".join(filter(None, other_state(only.sites[0], lang)))]
            return Group(heading(list_title(only, lang), screen), *lines(said, screen))
        kinds = (
            ("list", "text"),
            ("sites", "number"),
            ("findings", "number"),
            ("veto", "number"),
            ("first_due", "word"),
        )
        columns = [(say(f"rectify.column.{key}", lang), kind) for key, kind in kinds]
        rows = [_list_row(group, lang) for group in groups[:_MOST_LISTS]]
        more = say("rectify.status.more", lang, count=len(groups) - _MOST_LISTS) if len(groups) > _MOST_LISTS else ""
        return Group(grid(columns, rows, screen), *lines([more], screen))

    show(draw)


def _list_row(group: ListGroup, lang: Lang) -> list[str]:
    findings = [finding for site in group.sites for finding in site.findings]
    due = min((f.entry.due for f in findings if f.entry.due is not None), default=None)
    veto = sum(finding.entry.priority == "veto" for finding in findings)
    return [
        list_title(group, lang),
        str(len(group.sites)),
        str(len(findings)),
        str(veto),
        due.isoformat() if due else "-",
    ]


def show_status(found: Status, lang: Lang) -> None:
    """Print where rectification stands: in a few lines, by county, by rule, and what is overdue."""
    show(lambda encoding: _status(found, Screen(lang, encoding)))


def _status(found: Status, screen: Screen) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    lang = screen.lang
    parts: list[RenderableType] = [heading(say("rectify.status.title.counties", lang), screen)]
    parts += lines(headline(found, lang), screen)
    parts += [Text(), _counties(found, screen)]
    rules = found.rules[:_MOST_RULES]
    parts += [Text(), heading(say("rectify.status.title.rules", lang), screen), _rules(found, screen)]
    if len(found.rules) > len(rules):
        parts += lines([say("rectify.status.more", lang, count=len(found.rules) - len(rules))], screen)
    overdue = sorted((c for c in found.cases if c.overdue), key=lambda c: c.due or c.entry.inspected)
    if overdue:
        title = say("rectify.status.title.overdue", lang)
        parts += [Text(), heading(title, screen), _overdue(overdue[:_MOST_OVERDUE], found, screen)]
        if len(overdue) > _MOST_OVERDUE:
            parts += lines([say("rectify.status.more", lang, count=len(overdue) - _MOST_OVERDUE)], screen)
    return Group(*parts)


def _heads(screen: Screen) -> list[tuple[str, str]]:
    return [(say(f"rectify.short.{name}", screen.lang), "number") for name in COUNTS]


def _counties(found: Status, screen: Screen) -> RenderableType:
    cities = several_cities(found)
    rows = [
        [county_name(row.city, row.county, screen.lang, cities=cities), *map(str, counts_of(row.count))]
        for row in found.counties
    ]
    if len(rows) > 1:
        rows.append([say("rectify.status.sum", screen.lang), *map(str, counts_of(found.total))])
    return grid([(say("rectify.column.county", screen.lang), "word"), *_heads(screen)], rows, screen)


def _rules(found: Status, screen: Screen) -> RenderableType:
    columns = [(say("rectify.column.rule", screen.lang), "word"), *_heads(screen)]
    columns.append((say("rectify.column.title", screen.lang), "text"))
    rows = [
        [clean(row.rule, screen.lang, 60), *map(str, counts_of(row.count)), clean(row.title, screen.lang, 200)]
        for row in found.rules[:_MOST_RULES]
    ]
    return grid(columns, rows, screen)


def _overdue(cases: Sequence[Case], found: Status, screen: Screen) -> RenderableType:
    kinds = (("due", "word"), ("days", "number"), ("rule", "word"), ("site", "text"), ("title", "text"))
    columns = [(say(f"rectify.column.{key}", screen.lang), kind) for key, kind in kinds]
    rows = []
    for case in cases:
        entry, due = case.entry, case.due or found.today
        rows.append([due.isoformat(), str((found.today - due).days), clean(entry.rule, screen.lang, 60),
                     clean(entry.site_name, screen.lang, 100), clean(entry.title, screen.lang, 100)])  # fmt: skip
    return grid(columns, rows, screen)
